"""Choose the projects of a year that words on the command line mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import Final

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.files.names import shown
from goalgen.forms.project import Unit
from goalgen.submission.index import INDEX
from goalgen.submission.reading import Entry
from goalgen.text.likeness import suggest

PATTERN: Final = "项目"
"""What the command line calls a pattern: where one that names nothing is told to stand."""


def select(year: int, entries: Sequence[Entry], only: Sequence[str], units: Iterable[Unit] = ()) -> tuple[Entry, ...]:
    """Choose the entries that any of the patterns names: by 编号, 预算单位 (or its 简称), 项目名称 or file name, `*` allowed.

    All entries when there is no pattern. Raises GoalgenError (S06) for each pattern that names nothing.
    """
    return select_in_years({year: entries}, only, units)[year]


def select_in_years(
    years: Mapping[int, Sequence[Entry]], only: Sequence[str], units: Iterable[Unit] = ()
) -> dict[int, tuple[Entry, ...]]:
    """Choose as `select` does in several years; a pattern need not name something in each of them.

    Raises GoalgenError (S06) for each pattern that names nothing in any.
    """
    if not only:
        return {year: tuple(entries) for year, entries in years.items()}
    full = {alias: unit.name for unit in units for alias in unit.aliases}
    patterns = [full.get(pattern, pattern) for pattern in only]
    strange = [
        pattern
        for pattern, meant in zip(only, patterns, strict=True)
        if not any(_matches(entry, meant) for entries in years.values() for entry in entries)
    ]
    if strange:
        raise GoalgenError([_no_match(pattern, years, full) for pattern in strange])
    return {
        year: tuple(entry for entry in entries if any(_matches(entry, meant) for meant in patterns))
        for year, entries in years.items()
    }


def chosen_in_years(
    years: Mapping[int, Sequence[Entry]], only: Sequence[str], files: Sequence[Path], units: Iterable[Unit] = ()
) -> dict[int, tuple[Entry, ...]]:
    """Choose the entries that a pattern names and that are among the files (resolved paths), where any are given.

    Raises GoalgenError (S06) for each pattern that names nothing, and when no file is named by a pattern.
    """
    named = select_in_years(years, only, units)
    found = {
        year: tuple(entry for entry in entries if not files or entry.path.resolve() in files)
        for year, entries in named.items()
    }
    if only and files and not any(found.values()):
        message = f"写出的文件里没有项目符合{'、'.join(f'“{pattern}”' for pattern in only)}"
        raise Problem("S06", message, Place(PATTERN), "只写文件，或只写 --only").error()
    return found


def is_named(pattern: str, file: PurePath, *words: str) -> bool:
    """Tell whether a pattern (`*` allowed) names a project: by one of its `words` (编号, 名称, 单位) or its file's name."""
    return any(fnmatchcase(word, pattern) for word in (file.name, file.stem, *words))


def _matches(entry: Entry, pattern: str) -> bool:
    return is_named(pattern, entry.path, *filter(None, (entry.code, entry.unit, entry.name)))


def _no_match(pattern: str, years: Mapping[int, Sequence[Entry]], aliases: Iterable[str]) -> Problem:
    """Say that a pattern names nothing, and the likeliest word that would."""
    every = [entry for entries in years.values() for entry in entries]
    words = {*aliases, *(word for entry in every for word in (entry.code, entry.name, entry.unit) if word)}
    hint = suggest(pattern, sorted(words)) or suggest(pattern, sorted(entry.path.name for entry in every))
    said = f"{'、'.join(map(str, years))} 年度没有项目符合“{pattern}”"
    return Problem("S06", said, Place(PATTERN), hint)


def require_listed(files: Sequence[Path], root: Path, listed: Iterable[Path]) -> None:
    """Raise GoalgenError (S06) for each of these project files that is none of the listed ones."""
    known = {path.resolve() for path in listed} if files else set()
    strange = [file for file in files if file not in known]
    if strange:
        hint = f"在 {shown(root / INDEX)} 的“项目”里加上它"
        message = "projects.yaml 里（或这个年度里）没有这个文件"
        raise GoalgenError([Problem("S06", message, Place(shown(file)), hint) for file in strange])
