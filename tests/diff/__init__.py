"""What the modules of goalgen.diff promise: two sides compared."""
