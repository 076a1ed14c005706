"""Files that are large by their own account."""

from pathlib import Path


def sparse(path: Path, size: int, head: bytes = b"") -> Path:
    """A file that says it is this large and takes no room."""
    path.write_bytes(head)
    with path.open("r+b") as file:
        file.truncate(size)
    return path
