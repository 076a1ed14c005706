"""Read files, never more of one than is asked for, from the disk or from what stands in for it (a git revision)."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Final, Protocol

from goalgen.files.names import shown

MAX_FILE_BYTES: Final = 60_000_000
"""How many bytes a Word file or a workbook may have."""


class Files(Protocol):
    """Promise what a loader asks of a file system; paths are those of the submission folder on disk."""

    def read(self, path: Path, most: int) -> bytes:
        """Return the bytes of a file, not more than `most` of them. Raises OSError."""
        ...

    def is_file(self, path: Path) -> bool:
        """Say whether a path names a file; False also for a name no file can have (too long)."""
        ...

    def is_folder(self, path: Path) -> bool:
        """Say whether a path names a folder."""
        ...

    def matching(self, folder: Path, pattern: str) -> list[Path]:
        """Return the files under a folder that a glob pattern fits, sorted."""
        ...

    def shown(self, path: Path) -> str:
        """Return a path as messages name it."""
        ...


class Disk:
    """Read the files on disk."""

    def read(self, path: Path, most: int) -> bytes:
        """See Files. Raises OSError (EINVAL) for a pipe or a device, which may never end."""
        about = path.stat()
        if not stat.S_ISREG(about.st_mode) and not stat.S_ISDIR(about.st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        with path.open("rb") as file:
            return file.read() if about.st_size < most else file.read(most)

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


def read_whole(path: Path) -> bytes:
    """Return all bytes of a file on disk. Raises OSError; EFBIG for one of more than MAX_FILE_BYTES."""
    data = DISK.read(path, MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return data
