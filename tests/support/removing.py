"""Remove what git wrote: its objects are read-only, and Windows removes no read-only file."""

from __future__ import annotations

import shutil
import stat
from pathlib import Path


def remove(path: Path) -> None:
    """Remove a file, or a folder with all that is in it."""
    for each in (path, *path.rglob("*")):
        each.chmod(each.stat().st_mode | stat.S_IWUSR)
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
