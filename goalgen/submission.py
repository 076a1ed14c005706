"""A submission folder read whole: every project of every year that projects.yaml lists, and every problem of every file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from goalgen import project_file, source
from goalgen.characters import UNKNOWN
from goalgen.errors import GoalgenError, Place, Problem
from goalgen.files import DISK, Files
from goalgen.forms import Form
from goalgen.listing import ListedYear, open_index, read_file
from goalgen.model import Project, Unit


@dataclass(frozen=True, slots=True)
class Entry:
    """A project file named in projects.yaml, in bundle order; `project` is None when the file has an error."""

    number: int
    path: Path
    file: str
    project: Project | None


@dataclass(frozen=True, slots=True)
class Year:
    """One budget year: its form and its entries in bundle order."""

    year: int
    form: Form
    entries: tuple[Entry, ...]

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
        project, faults = project_file.convert(document, listed.form, listed.year, listed.defaults, listed.kind)
        problems += faults
        codes.append(written_code(document))
        entries.append(Entry(number, path, document.file, project))
    return Year(listed.year, listed.form, tuple(entries)), [*problems, *same_codes(codes), *listed.unlisted]


class WrittenCode(NamedTuple):
    """A 编号 as a file has it, right or wrong, and where."""

    text: str
    place: Place


def written_code(document: source.Document) -> WrittenCode | None:
    """The 编号 in a project file, also in one with other errors; None where there is none to compare."""
    code = document.root.get("编号") if isinstance(document.root, source.Mapping) else None
    if not isinstance(code, source.Scalar) or not code.text.strip() or UNKNOWN in code.text:
        return None
    return WrittenCode(code.text, Place(document.file, code.line, code.column))


def same_codes(codes: Iterable[WrittenCode | None]) -> list[Problem]:
    """编号 that an earlier file has already; upper and lower case count as one."""
    first: dict[str, Place] = {}
    problems = []
    for code in codes:
        if code is None:
            continue
        other = first.setdefault(code.text.casefold(), code.place)
        if other is not code.place:
            message = f"编号：{code.text[:64]} 与 {other} 重复"
            problems.append(Problem("S01", message, code.place, "改成别的编号", project=code.text, field="编号"))
    return problems
