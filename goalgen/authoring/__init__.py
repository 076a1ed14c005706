"""Make project files and change them in place: init, new, fmt, roll, what editor and git are told."""
