"""Where the files of a submission are read from: the disk, or whatever else can stand in for it (a git revision)."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, Protocol

from goalgen.paths import shown


class Files(Protocol):
    """What the loader asks of a file system. Paths are those of the submission folder on disk."""

    def read(self, path: Path, most: int = -1) -> bytes:
        """The bytes of a file, not more than `most` of them. Raises OSError."""
        ...

    def is_file(self, path: Path) -> bool:
        """Whether a path names a file; False also for a name no file can have (too long)."""
        ...

    def is_folder(self, path: Path) -> bool:
        """Whether a path names a folder."""
        ...

    def matching(self, folder: Path, pattern: str) -> list[Path]:
        """The files under a folder that a glob pattern fits, sorted."""
        ...

    def shown(self, path: Path) -> str:
        """A path as messages name it."""
        ...


class Disk:
    """The files on disk."""

    def read(self, path: Path, most: int = -1) -> bytes:
        """See Files."""
        if most < 0 or path.stat().st_size <= most:
            return path.read_bytes()
        with path.open("rb") as file:
            return file.read(most)

    def is_file(self, path: Path) -> bool:
        """See Files."""
        try:
            return path.is_file()
        except (OSError, ValueError):
            return False

    def is_folder(self, path: Path) -> bool:
        """See Files."""
        return os.path.isdir(path)

    def matching(self, folder: Path, pattern: str) -> list[Path]:
        """See Files."""
        return sorted(folder.glob(pattern))

    def shown(self, path: Path) -> str:
        """See Files."""
        return shown(path)


DISK: Final = Disk()
