"""What the commands promise on the command line."""
