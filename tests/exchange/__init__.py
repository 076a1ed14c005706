"""What the modules of goalgen.exchange promise: projects from and to other hands."""
