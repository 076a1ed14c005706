"""Where files are read from, never more of one than is asked for: the disk, or what stands in for it (a git revision)."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Final, Protocol

from goalgen.errors import Place, Problem
from goalgen.paths import shown

MOST: Final = 60_000_000
"""How many bytes a Word file or a workbook may have."""

_CHECK: Final = "检查文件名和权限"
_REASONS: Final = {
    errno.ENOENT: ("没有这个文件", "检查文件名"),
    errno.ENOTDIR: ("路径中间有一段不是文件夹", "检查文件名"),
    errno.EACCES: ("没有权限", "请能读它的人改权限"),
    errno.EPERM: ("没有权限", "请能读它的人改权限"),
    errno.EISDIR: ("这是文件夹，不是文件", "检查文件名"),
    errno.EINVAL: ("这不是普通的文件", "检查文件名"),
    errno.EFBIG: (f"文件太大，超过 {MOST // 1_000_000} MB", "去掉大图片，另存一份再试"),
    errno.ELOOP: ("链接绕成了圈", "删掉这个链接"),
    errno.ENAMETOOLONG: ("文件名太长", "检查文件名"),
    errno.EIO: ("磁盘读写出错", "检查磁盘或网络盘"),
}
"""What the system's error numbers mean here, and the remedy."""


class Files(Protocol):
    """What the loader asks of a file system. Paths are those of the submission folder on disk."""

    def read(self, path: Path, most: int) -> bytes:
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

    def read(self, path: Path, most: int) -> bytes:
        """See Files. A pipe or a device is refused: it may never end."""
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


def whole(path: Path) -> bytes:
    """All bytes of a file on disk. Raises OSError, EFBIG for one of more than MOST bytes."""
    data = DISK.read(path, MOST + 1)
    if len(data) > MOST:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    return data


def refusal(error: OSError) -> tuple[str, str]:
    """Why the system does not let a file be read, and the likely remedy."""
    return _REASONS.get(error.errno or 0, (error.strerror or str(error), _CHECK))


def unreadable(label: str, error: OSError) -> Problem:
    """The problem (Y01) of a file that cannot be read; `label` is its name to report."""
    why, hint = refusal(error)
    return Problem("Y01", f"文件读不到：{why}", Place(label), hint)
