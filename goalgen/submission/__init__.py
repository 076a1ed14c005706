"""Read a department's folder: its index data/projects.yaml, its project files, and which of them are meant."""

from goalgen.submission.reading import Entry, Year

__all__ = ["Entry", "Year"]
