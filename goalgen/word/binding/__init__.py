"""Bind filled forms into one document so that each prints there as it does alone: ids, lists, notes, fields, sections, styles."""
