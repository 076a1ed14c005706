"""What the modules of goalgen.files promise: every touch of disk and git."""
