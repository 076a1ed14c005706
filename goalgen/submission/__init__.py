"""A department's folder read: its index data/projects.yaml, its project files, which of them are meant."""

from goalgen.submission.reading import Entry, Year

__all__ = ["Entry", "Year"]
