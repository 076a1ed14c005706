"""Which projects of a year are meant by words on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import Protocol, TypeVar

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.forms.project import Unit
from goalgen.text.likeness import suggest


class Known(Protocol):
    """A project as far as it can be named."""

    @property
    def code(self) -> str:
        """编号."""
        ...

    @property
    def name(self) -> str:
        """项目名称."""
        ...

    @property
    def unit(self) -> str:
        """预算单位."""
        ...


class Numbered(Protocol):
    """A project file in bundle order, whether read whole (Entry) or for printing (Item)."""

    @property
    def number(self) -> int:
        """Its place in the bundle, from 1."""
        ...

    @property
    def path(self) -> Path:
        """Where the file lies."""
        ...

    @property
    def project(self) -> Known | None:
        """How its project is known, None when the file has an error."""
        ...


N = TypeVar("N", bound=Numbered)


def select(year: int, entries: Sequence[N], only: Sequence[str], units: Iterable[Unit] = ()) -> tuple[N, ...]:
    """The entries that any of the patterns names: by 编号, 预算单位 (or its 简称), 项目名称 or file name, `*` allowed.

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
    years: Mapping[int, Sequence[N]], only: Sequence[str], units: Iterable[Unit] = ()
) -> dict[int, tuple[N, ...]]:
    """The same of several years: a pattern need not name something in each of them.

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


def _matches(entry: Numbered, pattern: str) -> bool:
    project = entry.project
    return is_named(pattern, entry.path, *((project.code, project.unit, project.name) if project else ()))


def _no_match(pattern: str, year: int, entries: Iterable[Numbered]) -> Problem:
    projects = [entry.project for entry in entries if entry.project]
    words = {word for project in projects for word in (project.code, project.name, project.unit)}
    return Problem("S06", f"{year} 年度没有项目符合“{pattern}”", Place("--only"), suggest(pattern, sorted(words)))
