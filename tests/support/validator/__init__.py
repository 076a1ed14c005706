"""A validator of written .docx files that knows what goalgen must keep."""
