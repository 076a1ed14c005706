"""A folder rendered by the command, and what it then holds."""

from __future__ import annotations

from pathlib import Path


def documents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.docx"))}
