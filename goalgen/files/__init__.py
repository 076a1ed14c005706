"""Touch disk and git, for every other room: bounded reading, whole writing, locks, names, kept results."""

from goalgen.files.reading import DISK, Files

__all__ = ["DISK", "Files"]
