"""What the command promises its user, one sentence a file."""
