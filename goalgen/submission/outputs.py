"""Keep what a command puts out off the sources: no report, workbook or form is written over what goalgen reads."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from goalgen.errors import Place, Problem
from goalgen.files.names import shown
from goalgen.submission.index import INDEX

DATA, TEMPLATES, SCHEMA = INDEX.parent.name, "templates", "schema"
SOURCE_FOLDERS: Final = (DATA, TEMPLATES, SCHEMA, ".git", ".vscode")
"""The folders of a submission in which no command puts out anything."""
SOURCE_FILES: Final = ("README.md", ".gitignore", ".gitattributes")
"""The files beside them that people write by hand."""
_TEXTS: Final = ("", ".txt", ".text", ".log", ".out")
ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "text": _TEXTS,
    "github": _TEXTS,
    "markdown": (*_TEXTS, ".md", ".markdown"),
    "json": (*_TEXTS, ".json"),
    "sarif": (*_TEXTS, ".json", ".sarif"),
    "html": (".html", ".htm"),
    "xlsx": (".xlsx",),
    "docx": (".docx",),
}
"""Which endings an existing file may have that a report of a format takes the place of."""


def refuse_source_folder(folder: Path, root: Path | None = None, but: str = "") -> None:
    """Raise GoalgenError (O05) when a folder for outputs is one of a submission's SOURCE_FOLDERS, or lies in one.

    However the path is spelled and whatever links lead there. `root` is the submission at hand; that of any folder above
    counts too. `but` is the one of them that is meant for these outputs.
    """
    found = next((name for name in _source_folders(folder, root) if name != but), None)
    if found:
        hint = "写到别处，例如 out" + (f"，或写到 {but}" if but else "")
        raise Problem("O05", f"{found} 文件夹放着源数据，不写在那里", Place(shown(folder)), hint).error()


def refuse_source(path: Path, form: str, read: Iterable[Path] = (), root: Path | None = None) -> None:
    """Raise GoalgenError (O05) when a report would take the place of source data, or lie among it.

    That is: below a SOURCE_FOLDER of a submission (see `refuse_source_folder`), one of its SOURCE_FILES, a file that was
    `read` (or a file in a folder that was), or a file whose ending is none that a report of this `form` has.
    """
    refuse_source_folder(path, root)
    if not path.exists():
        return
    place = Place(shown(path))
    if _is_source_file(path, root):
        raise Problem("O05", "这个文件是手工写的，没有动它", place, "换一个文件名").error()
    if any(_holds(one, path) for one in read):
        raise Problem("O05", "刚读的就是这个文件，没有动它", place, "换一个文件名").error()
    if path.is_file() and path.suffix.lower() not in ENDINGS[form]:
        hint = "换一个文件名；要的就是它，先把原来的移走"
        raise Problem("O05", f"那里已经有一个别的文件，不像 {form} 报告，没有动它", place, hint).error()


def _source_folders(path: Path, root: Path | None) -> Iterator[str]:
    """Name the source folders of submissions that hold a path, as it is spelled and where it really lies."""
    for spelled in {os.path.abspath(path), os.path.realpath(path)}:
        above = [Path(spelled), *Path(spelled).parents]
        roots = [folder for folder in above if (folder / INDEX).is_file()]
        for submission in {*roots, *((root,) if root else ())}:
            for name in SOURCE_FOLDERS:
                if any(_same(folder, submission / name) for folder in above):
                    yield name


def _is_source_file(path: Path, root: Path | None) -> bool:
    homes = {Path(os.path.abspath(path)).parent, Path(os.path.realpath(path)).parent, *((root,) if root else ())}
    roots = [home for home in homes if (home / INDEX).is_file()]
    return any(_same(path, home / name) for home in roots for name in SOURCE_FILES)


def _holds(read: Path, path: Path) -> bool:
    """Say whether a path is what was read: this file, or a file in this folder unless that is a submission's."""
    if read.is_dir():
        above = Path(os.path.realpath(path)).parents
        return not (read / INDEX).is_file() and any(_same(folder, read) for folder in above)
    return _same(read, path)


def _same(one: Path, other: Path) -> bool:
    try:
        return os.path.samefile(one, other)
    except (OSError, ValueError):
        return False
