"""A submission folder read whole: every project of every year that projects.yaml lists, and every problem of every file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.files import DISK, Files
from goalgen.files.names import shown
from goalgen.forms import Form
from goalgen.forms.project import Project, Unit
from goalgen.submission.index import INDEX, ListedYear, open_index
from goalgen.submission.project_file import convert, read_file, same_codes, written_code


@dataclass(frozen=True, slots=True)
class Entry:
    """A project file named in projects.yaml, in bundle order; `project` is None when the file has an error."""

    number: int
    path: Path
    file: str
    project: Project | None


@dataclass(frozen=True, slots=True)
class Year:
    """One budget year: its form and its entries in bundle order; `gone` says by 编号 why an earlier project is none of them."""

    year: int
    form: Form
    entries: tuple[Entry, ...]
    gone: Mapping[str, str] = field(default_factory=dict)

    @property
    def projects(self) -> tuple[Project, ...]:
        """The projects that could be read, in bundle order."""
        return tuple(entry.project for entry in self.entries if entry.project is not None)


@dataclass(frozen=True, slots=True)
class Submission:
    """A department's submission as read, with every problem found on the way."""

    root: Path
    department: str
    units: tuple[Unit, ...]
    years: tuple[Year, ...]
    problems: tuple[Problem, ...]
    review: Mapping[str, Any] = field(default_factory=dict)
    """What projects.yaml changes in the review profile."""

    def latest(self) -> Year:
        """The latest year that could be read. Raises GoalgenError with the problems when there is none."""
        if not self.years:
            raise GoalgenError(self.problems)
        return max(self.years, key=lambda year: year.year)

    def of(self, year: int | None) -> Year:
        """A year by its number, else the latest. Raises GoalgenError: with the problems when none was read, else S06."""
        if year is None or not self.years:
            return self.latest()
        found = next((one for one in self.years if one.year == year), None)
        if found is None:
            place, have = Place(shown(self.root / INDEX)), "、".join(str(one.year) for one in self.years)
            raise Problem("S06", f"没有 {year} 年度", place, f"有：{have}").error()
        return found


def load(root: Path, years: Iterable[int] = (), files: Files = DISK) -> Submission:
    """The submission in a folder; `years` limits which are read (all when empty), `files` is where they are read from.

    Problems of the files are in the result, so that the good projects can be used; GoalgenError is raised only when
    projects.yaml itself cannot be used or a year is not in it.
    """
    index = open_index(root, years, files)
    found = [_year(listed, files) for listed in index.years]
    problems = [*index.problems, *(problem for _, faults in found for problem in faults)]
    read = tuple(year for year, _ in found)
    return Submission(root, index.department, index.units, read, tuple(problems), index.review)


def _year(listed: ListedYear, files: Files) -> tuple[Year, list[Problem]]:
    problems = [*listed.problems]
    entries, codes = [], []
    for number, (path, label) in enumerate(listed.files, 1):
        document = read_file(path, label, files)
        project, faults = convert(document, listed.form, listed.year, listed.defaults, listed.kind)
        problems += faults
        codes.append(written_code(document))
        entries.append(Entry(number, path, document.file, project))
    year = Year(listed.year, listed.form, tuple(entries), listed.gone)
    return year, [*problems, *same_codes(codes), *listed.unlisted]
