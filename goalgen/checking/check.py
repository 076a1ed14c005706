"""Check a submission: all that is wrong with its files and all that the review finds, grouped by project."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from goalgen.checking.review import review
from goalgen.checking.rule import CRITERIA, RULES
from goalgen.errors import CODES, GoalgenError, Place, Problem, Severity
from goalgen.forms import Form
from goalgen.forms.project import Project
from goalgen.submission import Entry
from goalgen.submission.selection import chosen_in_years
from goalgen.submission.submission import Submission

_SEVERITY_ORDER: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
INPUT_HEADING: Final = "文件"
"""The heading of problems that keep a file from being read, which belong to no review criterion."""

_NO_PROJECT: Final = -1
"""In the place of a project's number: problems that belong to none."""


@dataclass(frozen=True, slots=True)
class Group:
    """Hold the problems of one project file (entry None: of the submission's files), errors first, in the order of the file.

    `project` is None for a file that has an error, and where there is no entry.
    """

    project: Project | None
    form: Form | None
    problems: tuple[Problem, ...]
    entry: Entry | None = None
    year: int = 0

    @property
    def name(self) -> str:
        """Return what to call it: the project's name, that which stands in a file with an error, else the file's."""
        return (self.entry.name or self.entry.path.name) if self.entry else "申报文件"

    @property
    def unit(self) -> str:
        """Return the project's 预算单位, "" where it is not known."""
        return self.entry.unit if self.entry else ""

    @property
    def code(self) -> str:
        """Return the project's 编号, "" where it is not known."""
        return self.entry.code if self.entry else ""

    @property
    def title(self) -> str:
        """Return the group's heading: `大院保安转辅警经费（衡阳市人民政府办公室，2020 年度）`."""
        if self.entry is None:
            return self.name
        about = self.unit if self.project else "文件有错，没有审核"
        return f"{self.name}（{'，'.join(filter(None, (about, f'{self.year} 年度')))}）"

    def count(self, severity: Severity) -> int:
        """Count the problems that are this bad."""
        return sum(problem.severity is severity for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Review:
    """Hold what was checked and everything that was found: the groups with problems, and the projects without (`passed`)."""

    department: str
    groups: tuple[Group, ...]
    problems: tuple[Problem, ...]
    passed: tuple[Group, ...] = ()

    @property
    def clean(self) -> int:
        """Count the projects without a problem."""
        return len(self.passed)

    def by_criterion(self) -> dict[str, dict[Severity, int]]:
        """Count for each review heading the problems of each severity; headings without any are left out."""
        return criteria(self.problems)


def criteria(problems: Iterable[Problem]) -> dict[str, dict[Severity, int]]:
    """Count problems by review heading and severity; headings without any are left out."""
    counts = Counter((problem.criterion or INPUT_HEADING, problem.severity) for problem in problems)
    table = {heading: {level: counts[heading, level] for level in Severity} for heading in (INPUT_HEADING, *CRITERIA)}
    return {heading: levels for heading, levels in table.items() if any(levels.values())}


def check(
    submission: Submission,
    *,
    files: Sequence[Path] = (),
    only: Sequence[str] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    every_error: bool = False,
    reviewed: bool = True,
) -> Review:
    """Find everything that is wrong with a submission: what keeps its files from being read, and what the review finds.

    `files` (resolved paths) and `only` (patterns) limit it to these projects; `every_error` then still tells what keeps
    any other file from being read; without `reviewed` the review is left out. `select` and `ignore` are the beginnings of
    codes to report and to leave out. What is wrong with the review profile is told, and the rules are left out. Raises
    GoalgenError: C03 for a code that nothing has, S06 for a pattern that names nothing.
    """
    years = {year.year: year.entries for year in submission.years}
    chosen = {
        entry.file for entries in chosen_in_years(years, only, files, submission.units).values() for entry in entries
    }
    wanted, unwanted = _codes("--select", select), _codes("--ignore", ignore)
    problems = [*submission.problems]
    try:
        problems += review(submission) if reviewed else ()
    except GoalgenError as error:  # of the review profile; what is wrong with the files is told all the same
        problems += error.problems
    problems = [problem for problem in problems if not wanted or problem.code.startswith(wanted)]
    problems = [problem for problem in problems if not unwanted or not problem.code.startswith(unwanted)]
    if not (files or only):
        return grouped(submission, problems)
    return grouped(submission, _of(submission, chosen, problems, every_error), chosen)


def _codes(option: str, words: Sequence[str]) -> tuple[str, ...]:
    codes = tuple(code.upper() for word in words for code in re.split(r"[,，\s]+", word) if code)
    strange = [code for code in codes if not any(known.startswith(code) for known in (*CODES, *RULES))]
    if strange:
        hint = "goalgen check --explain all 列出全部"
        raise GoalgenError([Problem("C03", f"没有 {code} 这条规则", Place(option), hint) for code in strange])
    return codes


def _of(
    submission: Submission, chosen: Collection[str], problems: Sequence[Problem], every_error: bool
) -> list[Problem]:
    """Leave out what does not concern these files: what stands in another, or elsewhere about another file's project."""
    entries = [entry for year in submission.years for entry in year.entries]
    others = {entry.file for entry in entries} - {*chosen}
    projects = {(e.project.year, e.project.code) for e in entries if e.project and e.file in chosen}
    return [
        problem
        for problem in problems
        if problem.place.file in chosen
        or (problem.place.file not in others and (problem.year, problem.project) in projects)
        or (every_error and not problem.criterion and problem.severity is Severity.ERROR)
    ]


def grouped(submission: Submission, problems: Sequence[Problem], files: Collection[str] | None = None) -> Review:
    """Group problems by the project file that they concern, the worst first; `files` limits the projects (None: all)."""
    read = [
        Group(entry.project, year.form, (), entry, year.year)
        for year in submission.years
        for entry in year.entries
        if files is None or entry.file in files
    ]
    by_file = {group.entry.file: number for number, group in enumerate(read) if group.entry}
    by_code = {(group.year, group.code): number for number, group in enumerate(read) if group.project}
    found: dict[int, list[Problem]] = {}
    for problem in problems:
        number = by_file.get(problem.place.file, by_code.get((problem.year, problem.project), _NO_PROJECT))
        found.setdefault(number, []).append(problem)
    groups = [_with(read[n] if n != _NO_PROJECT else Group(None, None, ()), found[n]) for n in sorted(found)]
    groups.sort(key=_worst_first)
    ordered = tuple(problem for group in groups for problem in group.problems)
    passed = tuple(group for number, group in enumerate(read) if number not in found)
    return Review(submission.department, tuple(groups), ordered, passed)


def _with(group: Group, found: list[Problem]) -> Group:
    return replace(group, problems=tuple(sorted(found, key=_in_file)))


def _in_file(problem: Problem) -> tuple[int, str, int, int, str]:
    place = problem.place
    return _SEVERITY_ORDER[problem.severity], place.file, place.line, place.column, problem.code


def _worst_first(group: Group) -> tuple[int, ...]:
    return (int(group.entry is not None), *(-group.count(severity) for severity in Severity))
