"""Compile a Word template once and fill it many times; the only room that knows docxtpl and jinja2."""
