"""What the modules of goalgen.printing promise: a year printed and written."""
