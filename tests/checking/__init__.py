"""What the modules of goalgen.checking promise: the review."""
