"""Find the slips in YAML text that have a known repair, name them, and mend them in memory."""
