"""Make a first Word template of a form's spec: the official look, every tag in its place, fit for Word's page breaks."""
