"""Filled Word forms read back into projects; what has no place is kept and reported."""
