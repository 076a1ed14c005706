"""The files of a new budget year, made from those of an earlier one and not yet written."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from goalgen import source
from goalgen.authoring import roll
from goalgen.authoring.new_files import index_with_file
from goalgen.authoring.roll import Change
from goalgen.errors import GoalgenError, Place, Problem, stop_for
from goalgen.files.names import shown
from goalgen.source.reading import parsed_for_editing
from goalgen.source.shapes import Window
from goalgen.submission import Entry, Year
from goalgen.submission.index import INDEX
from goalgen.submission.selection import select
from goalgen.submission.submission import Submission
from goalgen.text.likeness import suggest


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file to be written, and what is different in it from its model of the year before."""

    path: Path
    data: bytes
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The project files of the new year, projects.yaml with the year in it, and the 编号 left out."""

    files: tuple[NewFile, ...]
    index: NewFile
    dropped: tuple[str, ...]
    notices: tuple[str, ...]


def plan(submission: Submission, old: int, new: int, only: Sequence[str], drop: Sequence[str]) -> Plan:
    """The year `new` made from the year `old` of a submission read whole.

    `only` are patterns as in render (none: all projects); `drop` are 编号 that do not go on. A year that is there
    already is added to when `only` says what. Raises GoalgenError with the problems of the files to be rolled, or why
    it cannot be done.
    """
    year = _year(submission, old, new, bool(only))
    entries = _chosen(year, only, drop, submission)
    stop_for(submission.problems, {entry.file for entry in entries} | {shown(submission.root / INDEX)})
    files = []
    keep: dict[str, str] = {}
    data_folder = submission.root / INDEX.parent
    for entry, project in ((entry, entry.project) for entry in entries if entry.project):
        listed = Path(os.path.relpath(entry.path, data_folder)).as_posix()
        keep[listed] = roll.entry(listed, old, new)
        files.append(_rolled(entry, project.window, data_folder / keep[listed], old, new))
    if len({file.path for file in files}) < len(files):
        hint = "把项目文件放进按年度命名的文件夹，再运行一次"
        raise Problem("G02", "两个项目文件在新年度会同名", Place(shown(data_folder)), hint).error()
    index = _index(submission, old, new, keep)
    gone = tuple(entry.project.code for entry in year.entries if entry.project and entry.project.code in drop)
    return Plan(tuple(files), index, gone, tuple(_notices(submission.root / INDEX)))


def _year(submission: Submission, old: int, new: int, adding: bool) -> Year:
    year = submission.of(old)
    have = [year.year for year in submission.years]
    file = shown(submission.root / INDEX)
    if new <= old:
        raise Problem("G01", f"{new} 不在 {old} 之后", Place(file), f"写 goalgen roll {old} {old + 1}").error()
    if new in have and not adding:
        raise Problem("G01", f"已经有 {new} 年度", Place(file), "要补个别项目，加 --only 编号").error()
    return year


def _chosen(year: Year, only: Sequence[str], drop: Sequence[str], submission: Submission) -> tuple[Entry, ...]:
    codes = [project.code for project in year.projects]
    unknown = [code for code in drop if code not in codes]
    if unknown:
        raise GoalgenError(
            [Problem("S06", f"没有编号 {code}", Place("--drop"), suggest(code, codes)) for code in unknown]
        )
    chosen = select(year.year, year.entries, only, submission.units)
    return tuple(entry for entry in chosen if not entry.project or entry.project.code not in drop)


def _rolled(entry: Entry, window: Window, path: Path, old: int, new: int) -> NewFile:
    data = entry.path.read_bytes()
    text, root = parsed_for_editing(data, entry.file)
    rolled = roll.project(text, root, window, old, new)
    return NewFile(path, source.encode(rolled.text, data), rolled.changes)


def _index(submission: Submission, old: int, new: int, keep: dict[str, str]) -> NewFile:
    path = submission.root / INDEX
    data = path.read_bytes()
    text, root = parsed_for_editing(data, shown(path))
    there = next((year for year in submission.years if year.year == new), None)
    if there is None:
        rolled = roll.index(text, root, old, new, keep)
        return NewFile(path, source.encode(rolled.text, data), rolled.changes)
    have = {entry.path for entry in there.entries}
    for name in keep.values():
        if path.parent / name not in have:
            text = index_with_file(text, new, name, Place(shown(path)))
    return NewFile(path, source.encode(text, data), ())


def _notices(index: Path) -> Iterator[str]:
    """What roll cannot decide: a date shared by all years stays for the new one."""
    _, root = parsed_for_editing(index.read_bytes(), shown(index))
    shared = root.get("共用")
    day = shared.get("填报日期") if isinstance(shared, source.Mapping) else None
    if isinstance(day, source.Scalar) and day.text:
        yield f"{shown(index)}:{day.line}:{day.column}: 提示 填报日期 {day.text} 由各年度共用，新年度也会印它；请移到各年度的“共用”里"
