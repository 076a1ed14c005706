"""Files on disk: names that every system can open, and writes that are whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import re
import stat
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pathlib import Path
from typing import IO, Final

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.lock import grab, release
from goalgen.paths import shown

MAX_STEM_BYTES: Final = 120
TEMPORARY: Final = ".goalgen-"
LOCK: Final = ".goalgen.lock"
"""The file that is locked while a folder is written."""
PATIENCE: Final = 60.0
"""Seconds to wait for another run."""

_PAUSE: Final = 0.05

_number = itertools.count()
_REASONS: Final = {
    errno.ENOSPC: ("磁盘满了", "腾出空间再运行一次"),
    errno.EDQUOT: ("磁盘配额用完了", "腾出空间再运行一次"),
    errno.EFBIG: ("文件太大，这个磁盘放不下", "换一个磁盘，用 -o 写到那里"),
    errno.EROFS: ("磁盘或文件夹是只读的", "换一个能写的文件夹，用 -o 写到那里"),
    errno.EISDIR: ("那里已经有一个同名的文件夹", "把它移开再运行一次"),
    errno.EEXIST: ("要建文件夹的地方已经有一个同名的文件", "把它移开再运行一次"),
    errno.ENOTDIR: ("要建文件夹的地方已经有一个同名的文件", "把它移开再运行一次"),
    errno.ENOENT: ("文件夹不见了，可能刚被别人删掉", "再运行一次"),
    errno.ENAMETOOLONG: ("文件名或路径太长", "换一个路径短的文件夹，用 -o 写到那里"),
    errno.EBUSY: ("别的程序正用着它", "关闭那个程序再运行一次"),
    errno.ELOOP: ("路径里的链接绕成了圈", "删掉这个链接再运行一次"),
    errno.EINVAL: ("那里是设备或管道，不是文件", "换一个文件名"),
    errno.EIO: ("磁盘读写出错", "检查磁盘，换一个文件夹再试"),
}
"""What the system's error numbers mean here, and the remedy."""

_CONTROLS: Final = (range(0x20), range(0x7F, 0xA0), range(0x200B, 0x2010), range(0x2028, 0x202F), range(0x2066, 0x206A))
_UNSAFE: Final = dict.fromkeys([*itertools.chain(*_CONTROLS), 0xFEFF, *map(ord, '<>:"/\\|?*')], "_")
_RESERVED: Final = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³")}


def file_names(names: Iterable[tuple[str, str]], ending: str = ".docx") -> list[str]:
    """File names for (name, code) pairs in bundle order: `01-大院保安转辅警经费.docx`.

    They sort in bundle order, are unique also where case or Unicode form is ignored, and open on Windows. Of two
    projects with one name, both also carry their code.
    """
    pairs = list(names)
    width = max(2, len(str(len(pairs))))
    cleaned = [clean(name) for name, _ in pairs]
    often = Counter(name.casefold() for name in cleaned)
    stems = (
        f"{name}-{clean(code)}" if often[name.casefold()] > 1 else name
        for name, (_, code) in zip(cleaned, pairs, strict=True)
    )
    return [f"{number:0{width}d}-{stem}{ending}" for number, stem in enumerate(stems, 1)]


def clean(name: str) -> str:
    """A name without what a file name cannot hold on Windows, macOS or Linux, at most MAX_STEM_BYTES long."""
    name = unicodedata.normalize("NFC", name).translate(_UNSAFE)
    name = re.sub(r"\s+", " ", name).strip(" .")
    while len(name.encode("utf-8", "replace")) > MAX_STEM_BYTES:
        name = name[:-1].rstrip(" .")
    return f"_{name}" if name.partition(".")[0].lower() in _RESERVED else name or "_"


@contextlib.contextmanager
def locked(folder: Path, waiting: Callable[[], object] = lambda: None, patience: float = PATIENCE) -> Iterator[None]:
    """Keep other runs of goalgen from writing into a folder, which is made if need be.

    When another run holds it, `waiting` is called once and the other's end awaited. Raises GoalgenError, exit code 3,
    when that takes longer than `patience` seconds (O02) or the folder cannot be made or written (O01).
    """
    with telling(folder):
        folder.mkdir(parents=True, exist_ok=True)
        file = _await(folder, waiting, patience)
    try:
        yield
    finally:
        _let_go(file, folder / LOCK)


def _await(folder: Path, waiting: Callable[[], object], patience: float) -> IO[bytes]:
    end = time.monotonic() + patience
    file = _hold(folder / LOCK)
    if not file:
        waiting()
    while not file:
        if time.monotonic() >= end:
            hint = "等它结束再运行一次；如果它停住不动，先把它结束掉"
            raise GoalgenError([Problem("O02", "另一个 goalgen 一直在写这个文件夹", Place(shown(folder)), hint)], 3)
        time.sleep(_PAUSE)
        file = _hold(folder / LOCK)
    return file


def _hold(path: Path) -> IO[bytes] | None:
    """The lock file, open and locked; None while another run has it or has just removed it."""
    file = open(path, "ab")  # noqa: SIM115 - stays open as long as it is held
    with contextlib.suppress(FileNotFoundError):
        if grab(file) and os.path.samestat(os.fstat(file.fileno()), path.stat()):
            return file
    file.close()
    return None


def _let_go(file: IO[bytes], path: Path) -> None:
    """Remove the lock file and free it. Windows removes only what nobody has open, so it stays there for who waits."""
    for step in (file.close, path.unlink) if sys.platform == "win32" else (path.unlink, file.close):
        with contextlib.suppress(OSError):
            step()


def write(path: Path, data: bytes, lasting: bool = True) -> bool:
    """Write a file whole: beside the target first, then in its place. False when it already held these bytes.

    `lasting` waits until the disk has it, so that a power cut loses neither the old text nor the new; what can be made
    again need not wait. Raises GoalgenError (O01, exit code 3) when it cannot be written; what was there before stays.
    """
    with telling(path):
        for _ in range(2):
            with contextlib.suppress(FileNotFoundError):
                return _written(path, data, lasting)
            # The folder is not there yet, or somebody removed it or a file meanwhile.
            path.parent.mkdir(parents=True, exist_ok=True)
        return _written(path, data, lasting)


def _written(path: Path, data: bytes, lasting: bool) -> bool:
    there = path.is_file()
    if there and path.stat().st_size == len(data) and path.read_bytes() == data:
        return False
    if not there and path.exists() and not path.is_dir():
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))  # /dev/null must not become a file
    temporary = _beside(path)
    try:
        _fill(temporary, data, lasting)
        _put(temporary, path, there)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return True


class Draft:
    """A file that grows beside its place and is put there whole; until then what was there before stays.

    Every step raises GoalgenError (O01, exit code 3) when it cannot be done.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._temporary = _beside(path)
        with telling(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            self.file: IO[bytes] = open(self._temporary, "wb")  # noqa: SIM115 - open until placed or discarded
            grab(self.file)

    def finish(self) -> None:
        """All of it is written: it still stands beside its place, but takes no open file."""
        with telling(self.path):
            self.file.flush()
            release(self.file)
            self.file.close()

    def place(self) -> bool:
        """Put it in its place. False when the file there already held these bytes."""
        with telling(self.path):
            there = self.path.is_file()
            if there and _same(self.path, self._temporary):
                self._temporary.unlink()
                return False
            _put(self._temporary, self.path, there)
            return True

    def discard(self) -> None:
        """Take it back."""
        with contextlib.suppress(OSError):
            self.file.close()
        with contextlib.suppress(OSError):
            self._temporary.unlink()


def _same(one: Path, other: Path) -> bool:
    same: bool = import_module("filecmp").cmp(one, other, shallow=False)  # loaded only where there was a bundle before
    return same


@contextlib.contextmanager
def telling(path: Path) -> Iterator[None]:
    """What the system refuses in here is a GoalgenError (O01, exit code 3) about this file."""
    try:
        yield
    except OSError as error:
        raise GoalgenError([cannot_write(path, error)], 3) from error
    except UnicodeEncodeError as error:
        hint = "给文件夹和项目起能用的名字；在 Linux 上先 export PYTHONUTF8=1"
        raise GoalgenError(
            [Problem("O01", "这台电脑的语言设置写不出这个文件名", Place(shown(path)), hint)], 3
        ) from error


def _fill(temporary: Path, data: bytes, lasting: bool) -> None:
    """Write a temporary file, locked meanwhile so that no `sweep` takes it."""
    with open(temporary, "wb") as file:
        grab(file)
        file.write(data)
        file.flush()
        if lasting:
            os.fsync(file.fileno())
        release(file)


def _beside(path: Path) -> Path:
    """A temporary file in the folder of another, of a name that no other run or write has."""
    return path.parent / f"{TEMPORARY}{os.getpid()}-{next(_number)}.tmp"


def _put(temporary: Path, path: Path, there: bool) -> None:
    """A temporary file in its place; who may read an old file that is there may read the new one, and nobody else."""
    if there:
        mode = stat.S_IMODE(path.stat().st_mode)
        with contextlib.suppress(OSError):  # some file systems know no modes
            temporary.chmod(mode)
    os.replace(temporary, path)


def cannot_write(path: Path, error: OSError) -> Problem:
    """The problem of a file that cannot be written, with the likely remedy."""
    said, hint = reason(error)
    return Problem("O01", f"写不了文件：{said}", Place(shown(path)), hint)


def reason(error: OSError) -> tuple[str, str]:
    """What the system refuses, and the likely remedy."""
    if isinstance(error, PermissionError):
        return "没有权限", "如果它在 Word 或 WPS 里打开着，请先关闭；否则检查文件夹权限"
    return _REASONS.get(error.errno or 0, (error.strerror or str(error), "检查磁盘空间和文件夹"))


def remove(folder: Path, names: Iterable[str]) -> list[Path]:
    """Remove these files of a folder where they are there; gives back what was removed."""
    removed = []
    for path in (folder / name for name in names):
        with telling(path), contextlib.suppress(FileNotFoundError):
            path.unlink()
            removed.append(path)
    return removed


def sweep(folder: Path) -> None:
    """Remove temporary files that a run killed half-way left behind, but none that another process is writing."""
    names = os.listdir(folder) if folder.is_dir() else []
    for path in (folder / name for name in names if name.startswith(TEMPORARY) and name.endswith(".tmp")):
        with contextlib.suppress(OSError):
            if _abandoned(path):
                path.unlink()


def _abandoned(path: Path) -> bool:
    with open(path, "rb+") as file:
        if not grab(file):
            return False
        release(file)
    return True
