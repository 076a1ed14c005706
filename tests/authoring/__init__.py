"""What the modules of goalgen.authoring promise: project files made and changed in place."""
