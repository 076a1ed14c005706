"""What the modules of goalgen.text promise: characters, likeness, what is written in Chinese."""
