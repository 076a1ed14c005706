"""What the modules of goalgen.word promise: Word files both ways, knowing no form."""
