"""What the modules of goalgen.source promise: YAML text, located."""
