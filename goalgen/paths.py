"""How a path is shown to a person."""

from __future__ import annotations

import os
from pathlib import Path


def shown(path: Path) -> str:
    """A path as a person would type it: relative when inside the working folder, always with forward slashes."""
    try:
        inside = path.resolve().is_relative_to(Path.cwd())
        return Path(os.path.relpath(path)).as_posix() if inside else path.as_posix()
    except (OSError, ValueError, RuntimeError):  # RuntimeError: links that lead back to themselves
        return path.as_posix()
