"""Write what `check` found for people and machines: one module a format, from a Review to text or bytes."""
