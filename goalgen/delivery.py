"""Files on disk: names that every system can open, and writes that are whole or not at all."""

from __future__ import annotations

import contextlib
import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.paths import shown

MAX_STEM_BYTES: Final = 120
TEMPORARY: Final = ".goalgen-"

_UNSAFE: Final = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"/\\|?*\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]')
_RESERVED: Final = re.compile(r"(?i)^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)")


def file_names(names: Iterable[tuple[str, str]], ending: str = ".docx") -> list[str]:
    """File names for (name, code) pairs in bundle order: `01-大院保安转辅警经费.docx`.

    They sort in bundle order, are unique also where case or Unicode form is ignored, and open on Windows. Of two
    projects with one name, both also carry their code.
    """
    pairs = list(names)
    width = max(2, len(str(len(pairs))))
    cleaned = [clean(name) for name, _ in pairs]
    folded = [name.casefold() for name in cleaned]
    stems = (
        f"{name}-{clean(code)}" if folded.count(name.casefold()) > 1 else name
        for name, (_, code) in zip(cleaned, pairs, strict=True)
    )
    return [f"{number:0{width}d}-{stem}{ending}" for number, stem in enumerate(stems, 1)]


def clean(name: str) -> str:
    """A name without what a file name cannot hold on Windows, macOS or Linux, at most MAX_STEM_BYTES long."""
    name = _UNSAFE.sub("_", unicodedata.normalize("NFC", name))
    name = re.sub(r"\s+", " ", name).strip(" .")
    while len(name.encode("utf-8", "replace")) > MAX_STEM_BYTES:
        name = name[:-1].rstrip(" .")
    return f"_{name}" if _RESERVED.match(name) else name or "_"


def write(path: Path, data: bytes) -> bool:
    """Write a file whole: beside the target first, then in its place. False when it already held these bytes.

    Raises GoalgenError (O01, exit code 3) when it cannot be written; what was there before then stays.
    """
    try:
        if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, data)
    except OSError as error:
        raise GoalgenError([cannot_write(path, error)], 3) from error
    return True


def _replace(path: Path, data: bytes) -> None:
    temporary = path.with_name(f"{TEMPORARY}{os.getpid()}.tmp")
    try:
        with open(temporary, "wb") as file:
            file.write(data)
            file.flush()
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def cannot_write(path: Path, error: OSError) -> Problem:
    """The problem of a file that cannot be written, with the likely remedy."""
    busy = isinstance(error, PermissionError)
    hint = "如果它在 Word 或 WPS 里打开着，请先关闭；否则检查文件夹权限" if busy else "检查磁盘空间和文件夹"
    return Problem("O01", f"写不了文件：{error.strerror or error}", Place(shown(path)), hint)


def remove(folder: Path, names: Iterable[str]) -> list[Path]:
    """Remove these files of a folder where they are there; gives back what was removed."""
    removed = []
    for path in (folder / name for name in names):
        with contextlib.suppress(FileNotFoundError):
            try:
                path.unlink()
            except PermissionError as error:
                raise GoalgenError([cannot_write(path, error)], 3) from error
            removed.append(path)
    return removed


def sweep(folder: Path) -> None:
    """Remove temporary files that a run killed half-way left behind."""
    for path in folder.glob(f"{TEMPORARY}*.tmp") if folder.is_dir() else ():
        with contextlib.suppress(OSError):
            path.unlink()
