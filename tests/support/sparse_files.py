"""Files that say they are large and take no room."""

from __future__ import annotations

from pathlib import Path


def sparse(path: Path, size: int, head: bytes = b"") -> Path:
    """A file that says it is this large and takes no room."""
    path.write_bytes(head)
    with path.open("r+b") as file:
        file.truncate(size)
    return path
