"""Hold the review rules, a small function each: a rule yields what it finds, its docstring is its manual page."""
