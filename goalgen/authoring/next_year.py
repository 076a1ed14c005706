"""Plan the files of a new budget year from those of an earlier one, and write them."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from goalgen import source
from goalgen.authoring.new_files import refuse_existing
from goalgen.authoring.roll import Rewrite, next_name, rolled_index, rolled_project, shared_edits
from goalgen.errors import GoalgenError, Place, Problem, stop_for
from goalgen.files import writing
from goalgen.files.names import shown
from goalgen.forms import Form
from goalgen.forms.item import Role
from goalgen.forms.project import Project
from goalgen.source.editing import applied
from goalgen.source.reading import parsed_for_editing
from goalgen.submission import Entry, Year
from goalgen.submission.changing import refuse_outside
from goalgen.submission.index import INDEX
from goalgen.submission.listing import index_with_file
from goalgen.submission.selection import select
from goalgen.submission.submission import Submission
from goalgen.text.likeness import suggest


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """Hold a file to be written, and what is different in it from its model of the year before."""

    path: Path
    data: bytes
    changes: tuple[Rewrite, ...]


@dataclass(frozen=True, slots=True)
class YearPlan:
    """Hold the project files of the new year, projects.yaml with the year in it, and the 编号 left out.

    `notices` are lines for a person on what roll cannot decide.
    """

    projects: tuple[PlannedFile, ...]
    index: PlannedFile
    dropped: tuple[str, ...]
    notices: tuple[str, ...]

    @property
    def files(self) -> tuple[PlannedFile, ...]:
        """List all files in the order of writing: projects.yaml last, so that it never names a file that is not there."""
        return (*self.projects, self.index)


def plan_year(
    submission: Submission, old: int, new: int, only: Sequence[str], drop: Sequence[str], overwrite: bool = False
) -> YearPlan:
    """Plan the year `new` from the year `old` of a submission read whole; nothing is written.

    `only` are patterns as in render (none: all projects); `drop` are 编号 that do not go on. A year that is there
    already is added to when it lists no project yet or `only` says what. Raises GoalgenError with the problems of the
    files to be rolled, or why it cannot be done: G01 or S06 for the years and projects asked for, G02 for how the files
    lie or are written, S08 for project files that are there already, unless `overwrite` allows it or they are as planned;
    O06 for files outside.
    """
    year = _year_to_roll(submission, old, new, bool(only))
    entries = _entries_to_roll(year, only, drop, submission)
    stop_for(submission.problems, {entry.file for entry in entries} | {shown(submission.root / INDEX)})
    projects = []
    keep: dict[str, str] = {}
    data_folder = submission.root / INDEX.parent
    for entry, project in ((entry, entry.project) for entry in entries if entry.project):
        name = Path(os.path.relpath(entry.path, data_folder)).as_posix()
        keep[name] = next_name(name, old, new)
        projects.append(_planned_project(project, data_folder / keep[name], old, new))
    if len({file.path for file in projects}) < len(projects):
        hint = "把项目文件放进按年度命名的文件夹，再运行一次"
        raise Problem("G02", "两个项目文件在新年度会同名", Place(shown(data_folder)), hint).error()
    index = _IndexText.read(submission.root / INDEX)
    planned_index = _planned_index(index, submission, year.form, old, new, keep)
    gone = tuple(entry.project.code for entry in year.entries if entry.project and entry.project.code in drop)
    refuse_outside(submission.root, [planned_index.path, *(file.path for file in projects)])
    if not overwrite:
        refuse_existing([file.path for file in projects if not _is_written(file)])
    return YearPlan(tuple(projects), planned_index, gone, tuple(_notices(index, year.form)))


def _is_written(file: PlannedFile) -> bool:
    """Say whether a planned file is there as planned: by a roll that was killed before it came to projects.yaml."""
    return file.path.is_file() and file.path.read_bytes() == file.data


def write_planned(plan: YearPlan) -> Iterator[PlannedFile]:
    """Write the files of a plan one after the other, and yield each once it is written. Raises GoalgenError (O01)."""
    for file in plan.files:
        writing.write(file.path, file.data)
        yield file


def _year_to_roll(submission: Submission, old: int, new: int, adding: bool) -> Year:
    """Find the year `old`. Raises GoalgenError (S06, G01) when it is not there or the year `new` cannot follow it."""
    year = submission.of(old)
    have = [year.year for year in submission.years]
    file = shown(submission.root / INDEX)
    if new <= old:
        raise Problem("G01", f"{new} 不在 {old} 之后", Place(file), f"写 goalgen roll {old} {old + 1}").error()
    if new in have and not adding and not submission.of(new).empty:
        raise Problem("G01", f"已经有 {new} 年度", Place(file), "要补个别项目，加 --only 编号").error()
    return year


def _entries_to_roll(year: Year, only: Sequence[str], drop: Sequence[str], submission: Submission) -> tuple[Entry, ...]:
    """Choose the entries that go on. Raises GoalgenError (S06) for words that name no project."""
    codes = [project.code for project in year.projects]
    unknown = [code for code in drop if code not in codes]
    if unknown:
        raise GoalgenError(
            [Problem("S06", f"没有编号 {code}", Place("--drop"), suggest(code, codes)) for code in unknown]
        )
    chosen = select(year.year, year.entries, only, submission.units)
    return tuple(entry for entry in chosen if not entry.project or entry.project.code not in drop)


def _planned_project(project: Project, path: Path, old: int, new: int) -> PlannedFile:
    origin = project.origin
    assert origin, "a project of a submission was read from a file"
    rolled = rolled_project(origin.text, origin.node, project.form, project.window, old, new)
    return PlannedFile(path, source.encode(rolled.text, origin.data), rolled.changes)


class _IndexText(NamedTuple):
    """Hold projects.yaml as it is now: its bytes, its text, its nodes."""

    path: Path
    data: bytes
    text: str
    root: source.Mapping

    @classmethod
    def read(cls, path: Path) -> _IndexText:
        """Read projects.yaml. Raises GoalgenError with its faults."""
        data = path.read_bytes()
        return cls(path, data, *parsed_for_editing(data, shown(path)))


def _planned_index(
    index: _IndexText, submission: Submission, form: Form, old: int, new: int, keep: dict[str, str]
) -> PlannedFile:
    """Add the new year to projects.yaml, or to a year that is there already the files that it does not have yet."""
    there = next((year for year in submission.years if year.year == new), None)
    if there is None:
        rolled = rolled_index(index.text, index.root, form, old, new, keep)
        return PlannedFile(index.path, source.encode(rolled.text, index.data), rolled.changes)
    edits = shared_edits(index.text, index.root, form, old, new) if there.empty else ()
    text = applied(index.text, edits)
    have = {entry.path for entry in there.entries}
    for name in keep.values():
        if index.path.parent / name not in have:
            text = index_with_file(text, new, name, Place(shown(index.path)))
    return PlannedFile(index.path, source.encode(text, index.data), ())


def _notices(index: _IndexText, form: Form) -> Iterator[str]:
    """Tell what roll cannot decide: a date shared by all years stays for the new one."""
    shared = index.root.get("共用")
    key = form.path(Role.FILED)
    day = shared.get(key) if isinstance(shared, source.Mapping) else None
    if isinstance(day, source.Scalar) and day.text:
        place = Place(shown(index.path), day.line, day.column)
        yield f"{place}: 提示 {key} {day.text} 由各年度共用，新年度也会印它；请移到各年度的“共用”里"
