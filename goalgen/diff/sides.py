"""What stands on either side of a comparison: a year of a submission (on disk or in a git revision), or single projects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Final, TypeAlias

from goalgen.diff.values import Side, Unread
from goalgen.errors import GoalgenError, Place, Problem, stop_for
from goalgen.files import DISK, Files
from goalgen.files.names import shown
from goalgen.forms.pack import find_spec, load_form
from goalgen.submission import Entry, Year
from goalgen.submission.index import find_root
from goalgen.submission.project_file import Setting, convert, read_file
from goalgen.submission.submission import Submission, load

_FORM: Final = "form_2020"
"""The form pack by which a project file outside of any submission is read."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A submission of one or more years; `label` says which (`v1`, `../备份`; "" the one we stand in)."""

    label: str
    submission: Submission
    files: Files = DISK

    @property
    def years(self) -> tuple[int, ...]:
        """The years it holds."""
        return tuple(year.year for year in self.submission.years)

    def side(self, year: int) -> Side:
        """One year of it; a year that it does not have is a side without projects."""
        label = f"{self.label} 的 {year} 年度" if self.label else f"{year} 年度"
        found = next((one for one in self.submission.years if one.year == year), None)
        if found is None:
            return Side(f"{label}（没有）", year, self.submission.latest().form, ())
        return replace(of_year(found), label=label, problems=self._problems(found), aliases=self._aliases())

    def _problems(self, year: Year) -> tuple[Problem, ...]:
        """The problems of the submission that do not stand in files of other years only."""
        own = {entry.file for entry in year.entries}
        listed = {entry.file for one in self.submission.years for entry in one.entries}
        folders = {PurePath(file).parent for file in listed - own} - {PurePath(file).parent for file in own}
        return tuple(
            problem
            for problem in self.submission.problems
            if problem.place.file in own or PurePath(problem.place.file).parent not in folders
        )

    def _aliases(self) -> dict[str, str]:
        return {alias: unit.name for unit in self.submission.units for alias in unit.aliases}


Source: TypeAlias = "Whole | Side"


def of_year(year: Year) -> Side:
    """A year of a submission as a side."""
    unread = tuple(Unread(entry.file, entry.code, entry.name) for entry in year.entries if entry.project is None)
    return Side(f"{year.year} 年度", year.year, year.form, year.projects, unread, gone=year.gone)


def whole(root: Path, label: str = "", files: Files = DISK) -> Whole:
    """The submission in a folder. Raises GoalgenError when its projects.yaml cannot be used."""
    return Whole(label, load(root, (), files), files)


def project(path: Path) -> Side:
    """One project file, by the submission that lists it, or by itself. Raises GoalgenError with its errors."""
    listed = _listed(path)
    if listed is None:
        return _by_itself(path)
    submission, year, entry = listed
    if entry.project is None:
        stop_for(submission.problems, {entry.file})
    projects = (entry.project,) if entry.project else ()
    return Side(entry.file, year.year, year.form, projects, alone=True)


def _listed(path: Path) -> tuple[Submission, Year, Entry] | None:
    try:
        submission = load(find_root(path.parent))
    except GoalgenError:
        return None
    entries = ((year, entry) for year in submission.years for entry in year.entries)
    return next(
        ((submission, year, entry) for year, entry in entries if entry.path.resolve() == path.resolve()),
        None,
    )


def _by_itself(path: Path) -> Side:
    spec = find_spec(_FORM, path.parent)
    if spec is None:
        raise Problem("S05", f"找不到表样 {_FORM}", Place(shown(path))).error()
    form = load_form(spec, shown(spec))
    found, problems = convert(read_file(path), Setting.alone(form, 0))
    if found is None:
        raise GoalgenError(problems)
    return Side(shown(path), 0, form, (found,), alone=True)


def pairs(old: Source, new: Source, year: int | None) -> list[tuple[Side, Side]]:
    """The sides to compare with each other, the latest year first; `year` chooses one where a side holds several.

    Raises GoalgenError: S06 when no side holds that year, R04 when there is nothing to choose.
    """
    return [_as_printed(_of(old, one), _of(new, one)) for one in _years(old, new, year)]


def _of(side: Source, year: int) -> Side:
    return side if isinstance(side, Side) else side.side(year)


def _as_printed(old: Side, new: Side) -> tuple[Side, Side]:
    """Both sides by what they print, where one of them is a filled form and no more is known of it."""
    if not (old.printed or new.printed):
        return old, new
    from goalgen.diff.filled_forms import as_printed  # late: lxml is for Word files only

    return as_printed(old), as_printed(new)


def _years(old: Source, new: Source, year: int | None) -> list[int]:
    """The years to compare: the one asked for; that of a side which has only one; else all that a side holds."""
    wholes = [side for side in (old, new) if isinstance(side, Whole)]
    fixed = [side.year for side in (old, new) if isinstance(side, Side)]
    if not wholes:
        if year is not None:
            raise Problem("R04", "两边各只有一个年度", Place("--year"), "去掉 --year").error()
        return fixed[:1]
    held = _held(wholes, year)
    return [fixed[0] if fixed[0] in held else held[0]] if fixed else held


def _held(wholes: Sequence[Whole], year: int | None) -> list[int]:
    """The years that these submissions hold, or just the one asked for."""
    held = sorted({one for side in wholes for one in side.years}, reverse=True)
    if not held:
        raise GoalgenError(dict.fromkeys(problem for side in wholes for problem in side.submission.problems))
    if year is not None and year not in held:
        hint = f"有：{'、'.join(map(str, sorted(held)))}"
        raise Problem("S06", f"两边都没有 {year} 年度", Place("--year"), hint).error()
    return held if year is None else [year]
