"""Slips in YAML text that have a known repair: found, named, mended in memory."""
