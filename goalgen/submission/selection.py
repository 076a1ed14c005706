"""Choose the projects of a year that words on the command line mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePath

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.files.names import shown
from goalgen.forms.project import Unit
from goalgen.submission.index import INDEX
from goalgen.submission.reading import Entry
from goalgen.text.likeness import suggest


def select(year: int, entries: Sequence[Entry], only: Sequence[str], units: Iterable[Unit] = ()) -> tuple[Entry, ...]:
    """Choose the entries that any of the patterns names: by 编号, 预算单位 (or its 简称), 项目名称 or file name, `*` allowed.

    All entries when there is no pattern. Raises GoalgenError (S06) for a pattern that names nothing.
    """
    if not only:
        return tuple(entries)
    full = {alias: unit.name for unit in units for alias in unit.aliases}
    chosen: set[int] = set()
    for pattern in only:
        found = {entry.number for entry in entries if _matches(entry, full.get(pattern, pattern))}
        if not found:
            raise _no_match(pattern, year, entries).error()
        chosen |= found
    return tuple(entry for entry in entries if entry.number in chosen)


def select_in_years(
    years: Mapping[int, Sequence[Entry]], only: Sequence[str], units: Iterable[Unit] = ()
) -> dict[int, tuple[Entry, ...]]:
    """Choose as `select` does in several years; a pattern need not name something in each of them.

    Raises GoalgenError (S06) for a pattern that names nothing in any.
    """
    units = tuple(units)
    if not only:
        return {year: tuple(entries) for year, entries in years.items()}
    named: dict[int, set[int]] = {year: set() for year in years}
    for pattern in only:
        faults: list[Problem] = []
        for year, entries in years.items():
            try:
                named[year] |= {entry.number for entry in select(year, entries, [pattern], units)}
            except GoalgenError as error:
                faults += error.problems
        if len(faults) == len(years):
            raise GoalgenError(faults)
    return {year: tuple(entry for entry in years[year] if entry.number in numbers) for year, numbers in named.items()}


def is_named(pattern: str, file: PurePath, *words: str) -> bool:
    """Tell whether a pattern (`*` allowed) names a project: by one of its `words` (编号, 名称, 单位) or its file's name."""
    return any(fnmatchcase(word, pattern) for word in (file.name, file.stem, *words))


def _matches(entry: Entry, pattern: str) -> bool:
    return is_named(pattern, entry.path, *((entry.code, entry.unit, entry.name) if entry.sound else ()))


def _no_match(pattern: str, year: int, entries: Iterable[Entry]) -> Problem:
    words = {word for entry in entries if entry.sound for word in (entry.code, entry.name, entry.unit)}
    return Problem("S06", f"{year} 年度没有项目符合“{pattern}”", Place("--only"), suggest(pattern, sorted(words)))


def require_listed(files: Sequence[Path], root: Path, listed: Iterable[Path]) -> None:
    """Raise GoalgenError (S06) for each of these project files that is none of the listed ones."""
    known = {path.resolve() for path in listed} if files else set()
    strange = [file for file in files if file not in known]
    if strange:
        hint = f"在 {shown(root / INDEX)} 的“项目”里加上它"
        message = "projects.yaml 里（或这个年度里）没有这个文件"
        raise GoalgenError([Problem("S06", message, Place(shown(file)), hint) for file in strange])
