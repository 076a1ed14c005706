"""What is read from filled Word forms."""
