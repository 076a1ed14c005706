"""What the modules of goalgen.forms promise: what an official form is."""
