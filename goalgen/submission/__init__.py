"""A department's folder read: its index data/projects.yaml, its project files, which of them are meant."""

from goalgen.submission.submission import Entry, Submission, Year, load

__all__ = ["Entry", "Submission", "Year", "load"]
