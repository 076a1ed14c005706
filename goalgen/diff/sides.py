"""Read the two sides of a comparison, and pair them year by year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import TypeAlias

from goalgen.diff.arguments import BudgetYear, GitRevision, Named, ProjectFile, SubmissionFolder
from goalgen.diff.values import Side, Unread
from goalgen.errors import GoalgenError, Place, Problem, stop_for
from goalgen.files.names import shown
from goalgen.forms.pack import DEFAULT_FORM, find_spec, load_form
from goalgen.submission import Year
from goalgen.submission.index import Index, find_root, open_index
from goalgen.submission.project_file import Setting, convert, read_file
from goalgen.submission.submission import Submission, load


@dataclass(frozen=True, slots=True)
class SubmissionYears:
    """Holds a submission of one or more years, any of which can be a side.

    `label` says which submission (`v1`, `../备份`), "" for the one that the person stands in.
    """

    label: str
    submission: Submission

    @property
    def years(self) -> tuple[int, ...]:
        """Return the years it holds."""
        return tuple(year.year for year in self.submission.years)

    def side(self, year: int) -> Side:
        """Make one year a side; a year that the submission does not have is a side without projects."""
        label = f"{self.label} 的 {year} 年度" if self.label else f"{year} 年度"
        found = next((one for one in self.submission.years if one.year == year), None)
        if found is None:
            return Side(f"{label}（没有）", year, self.submission.latest().form, ())
        return replace(
            of_year(found),
            label=label,
            problems=self._problems(found),
            aliases=self._aliases(),
            department=self.submission.department,
        )

    def _problems(self, year: Year) -> tuple[Problem, ...]:
        """Collect the problems of the submission, but those in files that only other years have."""
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


ReadSide: TypeAlias = "SubmissionYears | Side"


def read_sides(old: Named, new: Named) -> tuple[ReadSide, ReadSide]:
    """Read what was named as the old and the new side; a submission named twice is read once.

    Raises GoalgenError when a side cannot be read at all; other problems lie on the sides.
    """
    known: dict[Path, Submission] = {}
    return _read(old, known), _read(new, known)


def _read(named: Named, known: dict[Path, Submission]) -> ReadSide:
    """Read one side; `known` are the submissions on disk that have been read, by folder, and grows."""
    match named:
        case BudgetYear(root, year, label):
            side = SubmissionYears("", _on_disk(root, known)).side(year)
            return replace(side, label=label) if label else side
        case SubmissionFolder(root, label):
            return SubmissionYears(label, _on_disk(root, known))
        case GitRevision(root, name, files):
            return SubmissionYears(name, load(root, (), files))
        case ProjectFile(path):
            return read_project(path)
        case _:
            from goalgen.diff.filled_forms import side as read_filled_forms  # late: lxml is for Word files only

            return read_filled_forms(named.path)


def _on_disk(root: Path, known: dict[Path, Submission]) -> Submission:
    if root not in known:
        known[root] = load(root)
    return known[root]


def of_year(year: Year) -> Side:
    """Make a side of a year that has been read, with what is known of its projects that have errors."""
    unread = tuple(Unread(entry.file, entry.code, entry.name) for entry in year.entries if entry.project is None)
    return Side(f"{year.year} 年度", year.year, year.form, year.projects, unread, gone=year.gone)


def read_project(path: Path) -> Side:
    """Read one project file as a side, as the submission that lists it says, or else by itself.

    Raises GoalgenError with the errors of the file; S05 when goalgen's form pack is missing.
    """
    listed = _listing(path)
    if listed is None:
        return _read_by_itself(path)
    index, number = listed
    submission = load(index.root, [number])
    year = submission.latest()
    entry = next(one for one in year.entries if one.path.resolve() == path.resolve())
    if entry.project is None:
        stop_for(submission.problems, {entry.file})
    projects = (entry.project,) if entry.project else ()
    return Side(entry.file, year.year, year.form, projects, alone=True, department=submission.department)


def _listing(path: Path) -> tuple[Index, int] | None:
    """Find the projects.yaml that lists a file, and under which year; None when there is none."""
    try:
        index = open_index(find_root(path.parent))
    except GoalgenError:
        return None
    real = path.resolve()
    years = (listed.year for listed in index.years for file in listed.files if file.path.resolve() == real)
    year = next(years, None)
    return None if year is None else (index, year)


def _read_by_itself(path: Path) -> Side:
    """Read a project file that no submission lists by the form pack beside it, or else by goalgen's own."""
    spec = find_spec(DEFAULT_FORM, path.parent)
    if spec is None:
        raise Problem("S05", f"找不到表样 {DEFAULT_FORM}", Place(shown(path))).error()
    form = load_form(spec, shown(spec))
    found, problems = convert(read_file(path), Setting.alone(form, 0))
    if found is None:
        raise GoalgenError(problems)
    return Side(shown(path), 0, form, (found,), alone=True)


def pairs(old: ReadSide, new: ReadSide, year: int | None) -> list[tuple[Side, Side]]:
    """Pair the sides to compare with each other, the latest year first; `year` chooses one where a side holds several.

    Raises GoalgenError: S06 when no side holds that year, R04 when there is nothing to choose.
    """
    return [_as_printed(_side_of(old, one), _side_of(new, one)) for one in _years(old, new, year)]


def _side_of(side: ReadSide, year: int) -> Side:
    return side if isinstance(side, Side) else side.side(year)


def _as_printed(old: Side, new: Side) -> tuple[Side, Side]:
    """Reduce both sides to what they print where one of them is a filled form, of which no more is known."""
    if not (old.printed or new.printed):
        return old, new
    from goalgen.diff.filled_forms import as_printed  # late: lxml is for Word files only

    return as_printed(old), as_printed(new)


def _years(old: ReadSide, new: ReadSide, year: int | None) -> list[int]:
    """List the years to compare: the one asked for; that of a side which has only one; else all that a side holds."""
    submissions = [side for side in (old, new) if isinstance(side, SubmissionYears)]
    fixed = [side.year for side in (old, new) if isinstance(side, Side)]
    if not submissions:
        if year is not None:
            raise Problem("R04", "两边各只有一个年度", Place("--year"), "去掉 --year").error()
        return fixed[:1]
    held = _held(submissions, year)
    return [fixed[0] if fixed[0] in held else held[0]] if fixed else held


def _held(submissions: Sequence[SubmissionYears], year: int | None) -> list[int]:
    """List the years that these submissions hold, the latest first, or just the one asked for."""
    held = sorted({one for side in submissions for one in side.years}, reverse=True)
    if not held:
        raise GoalgenError(dict.fromkeys(problem for side in submissions for problem in side.submission.problems))
    if year is not None and year not in held:
        hint = f"有：{'、'.join(map(str, sorted(held)))}"
        raise Problem("S06", f"两边都没有 {year} 年度", Place("--year"), hint).error()
    return held if year is None else [year]
