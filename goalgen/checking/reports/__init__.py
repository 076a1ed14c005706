"""Write what `check` found for people and machines: one module a format, from a ReviewReport to text or bytes."""
