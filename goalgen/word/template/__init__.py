"""A Word template compiled once and filled many times; the only room that knows docxtpl and jinja2."""
