"""Write files on disk whole or not at all, and remove them."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import stat
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Final

from goalgen.files.cache import digest_of_file
from goalgen.files.locking import grab, release
from goalgen.files.patience import patiently
from goalgen.files.refusals import as_problems
from goalgen.files.windows_errors import is_read_only

TEMPORARY_PREFIX: Final = ".goalgen-"

_number = itertools.count()
_swept: set[Path] = set()


def write(path: Path, data: bytes, lasting: bool = True) -> bool:
    """Write a file whole: beside the target first, then in its place. Return False when it already held these bytes.

    A link stays, and the file it leads to is written.
    `lasting` waits until the disk has it, so that a power cut loses neither the old text nor the new; what can be made
    again need not wait. Raises GoalgenError (O01, exit code 3) when it cannot be written; what was there before stays.
    """
    with as_problems(path):
        for _ in range(2):
            with contextlib.suppress(FileNotFoundError):
                return _written(path, data, lasting)
            # The folder is not there yet, or somebody removed it or a file meanwhile.
            path.parent.mkdir(parents=True, exist_ok=True)
        return _written(path, data, lasting)


def holds_other(path: Path, data: bytes) -> bool:
    """Tell whether there is a file that holds other bytes than these. Raises GoalgenError (O01, exit code 3)."""
    with as_problems(path):
        return path.is_file() and not _holds(path, data)


def _holds(path: Path, data: bytes) -> bool:
    return path.stat().st_size == len(data) and path.read_bytes() == data


def _written(path: Path, data: bytes, lasting: bool) -> bool:
    there = path.is_file()
    if there and _holds(path, data):
        return False
    if not there and path.exists() and not path.is_dir():
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))  # /dev/null must not become a file
    if there:
        _refuse_read_only(path)
    real = _real(path)
    if lasting:
        _sweep_once(real.parent)
    temporary = _beside(real)
    try:
        _fill(temporary, data, lasting)
        _put(temporary, real, there)
    except BaseException:
        _drop(temporary)
        raise
    return True


class FileDraft:
    """Write a file that grows beside its place and is put there whole; until then what was there before stays.

    Every step raises GoalgenError (O01, exit code 3) when it cannot be done.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._temporary = _beside(_real(path))
        with as_problems(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self.file: IO[bytes] = open(self._temporary, "wb")  # noqa: SIM115 - open until placed or discarded
            grab(self.file)

    def finish(self) -> None:
        """End the file, all written; it still stands beside its place, locked so that no `sweep` takes it."""
        with as_problems(self.path):
            self.file.flush()
            if sys.platform == "win32":  # pragma: no cover - there nothing open can be put in place
                self._close()

    def digest(self) -> str:
        """Return the name of the bytes that were written (see goalgen.files.cache.digest_of)."""
        with as_problems(self.path):
            return digest_of_file(self._temporary)

    def differs(self) -> bool:
        """Tell whether there is a file at the place that holds other bytes."""
        with as_problems(self.path):
            return self.path.is_file() and not _same(self.path, self._temporary)

    def place(self) -> bool:
        """Put the file in its place. Return False when the file there already held these bytes."""
        with as_problems(self.path):
            there = self.path.is_file()
            if there and not self.differs():
                self._temporary.unlink()
                changed = False
            else:
                if there:
                    _refuse_read_only(self.path)
                _put(self._temporary, _real(self.path), there)
                changed = True
            self._close()
            return changed

    def _close(self) -> None:
        release(self.file)
        self.file.close()

    def discard(self) -> None:
        """Remove what was written so far."""
        with contextlib.suppress(OSError):
            self.file.close()
        _drop(self._temporary)


def _same(one: Path, other: Path) -> bool:
    from filecmp import cmp  # late: only where there was a bundle before

    return cmp(one, other, shallow=False)


def _fill(temporary: Path, data: bytes, lasting: bool) -> None:
    """Write a temporary file, locked meanwhile so that no `sweep` takes it."""
    with open(temporary, "wb") as file:
        grab(file)
        file.write(data)
        file.flush()
        if lasting:
            os.fsync(file.fileno())
        release(file)


def _real(path: Path) -> Path:
    """Return where a path that is a link leads to; any other as it is."""
    return Path(os.path.realpath(path)) if path.is_symlink() else path


def _sweep_once(folder: Path) -> None:
    """Sweep a folder before the first file that this process writes there."""
    if folder not in _swept:
        _swept.add(folder)
        sweep(folder)


def _beside(path: Path) -> Path:
    """Name a temporary file in the folder of another, as no other run or write does."""
    return path.parent / f"{TEMPORARY_PREFIX}{os.getpid()}-{next(_number)}.tmp"


def _put(temporary: Path, path: Path, there: bool) -> None:
    """Put a temporary file in its place; whoever may read an old file there may read the new one, and nobody else.

    So the old file's mode comes before the rename: after it, others could read the new text for a moment.
    """
    if there:
        mode = stat.S_IMODE(path.stat().st_mode)
        with contextlib.suppress(OSError):  # some file systems know no modes
            temporary.chmod(mode)
    patiently(lambda: os.replace(temporary, path))


def _refuse_read_only(path: Path) -> None:
    """Raise PermissionError for a file that is marked read-only on Windows, before anything is made for it in vain."""
    if is_read_only(path.stat()):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def _drop(temporary: Path) -> None:
    """Remove a temporary file, if need be its read-only mark first, which Windows and its shares would not let it go with."""
    with contextlib.suppress(OSError):
        try:
            patiently(temporary.unlink)
        except PermissionError:
            temporary.chmod(stat.S_IRUSR | stat.S_IWUSR)
            temporary.unlink()


def remove(folder: Path, names: Iterable[str]) -> list[Path]:
    """Remove those of these files that a folder has; return the paths that were removed."""
    removed = []
    for path in (folder / name for name in names):
        with as_problems(path), contextlib.suppress(FileNotFoundError):
            patiently(path.unlink)
            removed.append(path)
    return removed


def sweep(folder: Path) -> None:
    """Remove temporary files that a run killed half-way left behind, but none that another process is writing."""
    names: list[str] = []
    with contextlib.suppress(OSError):
        names = os.listdir(folder)
    for path in (folder / name for name in names if name.startswith(TEMPORARY_PREFIX) and name.endswith(".tmp")):
        with contextlib.suppress(OSError):
            if _abandoned(path):
                _drop(path)


def _abandoned(path: Path) -> bool:
    with open(path, "rb+") as file:
        if not grab(file):
            return False
        release(file)
    return True
