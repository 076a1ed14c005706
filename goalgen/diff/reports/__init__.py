"""Write a difference for people and machines: one module a format, from a Difference to text or bytes."""
