"""A lock on an open file: the operating system's own, which ends with the process that holds it, however it ends."""

from __future__ import annotations

import contextlib
import errno
import sys
from typing import IO, Any, Final

_BUSY: Final = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}

if sys.platform == "win32":  # pragma: no cover - msvcrt is a module of Python on Windows only
    import msvcrt

    def _take(file: IO[Any]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def release(file: IO[Any]) -> None:
        """Give a file free that `grab` locked; Windows only does it at leisure when the file is closed."""
        with contextlib.suppress(OSError):
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: IO[Any]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def release(file: IO[Any]) -> None:
        """Give a file free that `grab` locked."""
        with contextlib.suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_UN)


def grab(file: IO[Any]) -> bool:
    """Lock an open file, False when another process has; True also where the file system knows no locks."""
    try:
        _take(file)
    except OSError as error:
        return error.errno not in _BUSY
    return True
