"""What the modules of goalgen.word.template promise: templates compiled and filled."""
