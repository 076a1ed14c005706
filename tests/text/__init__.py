"""What the modules of goalgen.text promise: what a piece of Chinese text is."""
