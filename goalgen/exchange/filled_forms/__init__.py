"""Read filled Word forms back into projects; what has no place is kept and reported."""
