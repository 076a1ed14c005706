"""Project files made and changed in place: init, new, fmt, roll, what editor and git are told."""
