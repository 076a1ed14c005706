"""Lock open files by the operating system's own lock, which ends with the process that holds it, however it ends."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any, Final

from goalgen.errors import Place, Problem
from goalgen.files.names import shown
from goalgen.files.patience import patiently
from goalgen.files.refusals import as_problems

LOCK_FILE: Final = ".goalgen.lock"
"""The name of the file that is locked while a folder is written."""
LOCK_PATIENCE: Final = 60.0
"""Seconds to wait for another run."""

_RETRY_SECONDS: Final = 0.05


@contextlib.contextmanager
def locked(
    folder: Path, waiting: Callable[[], object] = lambda: None, patience: float = LOCK_PATIENCE
) -> Iterator[None]:
    """Keep other runs of goalgen from writing into a folder, which is made if need be.

    When another run holds it, `waiting` is called once and the other's end awaited. Raises GoalgenError, exit code 3,
    when that takes longer than `patience` seconds (O02) or the folder cannot be made or written (O01).
    """
    with as_problems(folder):
        folder.mkdir(parents=True, exist_ok=True)
        file = _await(folder, waiting, patience)
    try:
        yield
    finally:
        _let_go(file, folder / LOCK_FILE)


def sweep_lock(folder: Path) -> None:
    """Remove the lock file that a killed run left in a folder, but none that another run holds."""
    path = folder / LOCK_FILE
    with contextlib.suppress(OSError):
        if path.is_file() and (file := _hold(path)):
            _let_go(file, path)


def _await(folder: Path, waiting: Callable[[], object], patience: float) -> IO[bytes]:
    end = time.monotonic() + patience
    file = _hold(folder / LOCK_FILE)
    if not file:
        waiting()
    while not file:
        if time.monotonic() >= end:
            hint = "等它结束再运行一次；如果它停住不动，先把它结束掉"
            raise Problem("O02", "另一个 goalgen 一直在写这个文件夹", Place(shown(folder)), hint).error(3)
        time.sleep(_RETRY_SECONDS)
        file = _hold(folder / LOCK_FILE)
    return file


def _hold(path: Path) -> IO[bytes] | None:
    """Return the lock file, open and locked; None while another run has it or has just removed it."""
    # Patiently: on Windows a lock file that another run just removed refuses to be opened until nobody has it open.
    file = patiently(lambda: open(path, "ab"))  # noqa: SIM115 - stays open as long as it is held
    with contextlib.suppress(FileNotFoundError):
        if grab(file) and os.path.samestat(os.fstat(file.fileno()), path.stat()):
            return file
    file.close()
    return None


def _let_go(file: IO[bytes], path: Path) -> None:
    """Remove the lock file and free it. Windows removes only what nobody has open: there it stays while others wait."""
    for step in (file.close, path.unlink) if sys.platform == "win32" else (path.unlink, file.close):
        with contextlib.suppress(OSError):
            step()


_BUSY_ERRNOS: Final = {errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK}

if sys.platform == "win32":  # pragma: no cover - msvcrt is a module of Python on Windows only
    import msvcrt

    def _take(file: IO[Any]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def release(file: IO[Any]) -> None:
        """Unlock a file that `grab` locked; Windows itself would do so only some time after the file is closed."""
        with contextlib.suppress(OSError):
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: IO[Any]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def release(file: IO[Any]) -> None:
        """Unlock a file that `grab` locked."""
        with contextlib.suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_UN)


def grab(file: IO[Any]) -> bool:
    """Lock an open file; return False when another process has locked it, True also where no file system locks exist."""
    try:
        _take(file)
    except OSError as error:
        return error.errno not in _BUSY_ERRNOS
    return True
