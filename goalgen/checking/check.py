"""Check a submission: all that is wrong with its files and all that the review finds, grouped by project."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from goalgen.checking.review import review
from goalgen.checking.rule import CRITERIA, RULES
from goalgen.errors import CODES, GoalgenError, Place, Problem, Severity
from goalgen.forms import Form
from goalgen.forms.project import Project
from goalgen.submission import Entry
from goalgen.submission.submission import Submission

_SEVERITY_ORDER: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
INPUT_HEADING: Final = "文件"
"""The heading of problems that keep a file from being read, which belong to no review criterion."""

_NO_PROJECT: Final = -1
"""In the place of a project's number: problems that belong to none."""


@dataclass(frozen=True, slots=True)
class Group:
    """Hold the problems of one project (None: of the submission's files), errors first, in the order of the file."""

    project: Project | None
    form: Form | None
    problems: tuple[Problem, ...]

    @property
    def title(self) -> str:
        """Return the group's heading: `大院保安转辅警经费（衡阳市人民政府办公室，2020 年度）`."""
        project = self.project
        return f"{project.name}（{project.unit}，{project.year} 年度）" if project else "申报文件"

    def count(self, severity: Severity) -> int:
        """Count the problems that are this bad."""
        return sum(problem.severity is severity for problem in self.problems)


@dataclass(frozen=True, slots=True)
class Review:
    """Hold what was checked and everything that was found; `clean` counts the projects without a problem."""

    department: str
    groups: tuple[Group, ...]
    problems: tuple[Problem, ...]
    clean: int

    def by_criterion(self) -> dict[str, dict[Severity, int]]:
        """Count for each review heading the problems of each severity; headings without any are left out."""
        table: dict[str, dict[Severity, int]] = {}
        for heading in (INPUT_HEADING, *CRITERIA):
            found = [problem for problem in self.problems if (problem.criterion or INPUT_HEADING) == heading]
            if found:
                table[heading] = {level: sum(p.severity is level for p in found) for level in Severity}
        return table


def check(
    submission: Submission,
    *,
    files: Sequence[Path] = (),
    select: Sequence[str] = (),
    ignore: Sequence[str] = (),
    every_error: bool = False,
) -> Review:
    """Find everything that is wrong with a submission: what keeps its files from being read, and what the review finds.

    `files` (resolved paths) limits it to these project files; `every_error` then still tells what keeps any other file
    from being read. `select` and `ignore` are the beginnings of codes to report and to leave out. What is wrong with
    the review profile is told, and the rules are left out. Raises GoalgenError (C03) for a code that nothing has.
    """
    wanted, unwanted = _codes("--select", select), _codes("--ignore", ignore)
    problems = [*submission.problems]
    try:
        problems += review(submission)
    except GoalgenError as error:  # of the review profile; what is wrong with the files is told all the same
        problems += error.problems
    problems = [problem for problem in problems if not wanted or problem.code.startswith(wanted)]
    problems = [problem for problem in problems if not unwanted or not problem.code.startswith(unwanted)]
    if not files:
        return grouped(submission, problems)
    entries = [entry for year in submission.years for entry in year.entries if entry.path.resolve() in files]
    return grouped(submission, _of(entries, problems, every_error), entries)


def _codes(option: str, words: Sequence[str]) -> tuple[str, ...]:
    codes = tuple(code.upper() for word in words for code in re.split(r"[,，\s]+", word) if code)
    strange = [code for code in codes if not any(known.startswith(code) for known in (*CODES, *RULES))]
    if strange:
        hint = "--explain all 列出全部规则；错误代码见 docs/errors.md"
        raise GoalgenError([Problem("C03", f"没有 {code} 这条规则", Place(option), hint) for code in strange])
    return codes


def _of(entries: Sequence[Entry], problems: Sequence[Problem], every_error: bool) -> list[Problem]:
    """Leave out what does not concern these entries."""
    wanted = {entry.file for entry in entries}
    projects = {(entry.project.year, entry.project.code) for entry in entries if entry.project}
    return [
        problem
        for problem in problems
        if problem.place.file in wanted
        or (problem.year, problem.project) in projects
        or (every_error and not problem.criterion and problem.severity is Severity.ERROR)
    ]


def grouped(submission: Submission, problems: Sequence[Problem], entries: Collection[Entry] | None = None) -> Review:
    """Group problems by the project that they concern, the worst first; `entries` limits the projects (None: all)."""
    pairs = [(entry, year.form) for year in submission.years for entry in year.entries if entry.project]
    read = [(entry.project, form) for entry, form in pairs if entry.project and (entries is None or entry in entries)]
    by_file = {project.origin.file: number for number, (project, _) in enumerate(read) if project.origin}
    by_code = {(project.year, project.code): number for number, (project, _) in enumerate(read)}
    found: dict[int, list[Problem]] = {}
    for problem in problems:
        number = by_code.get((problem.year, problem.project), by_file.get(problem.place.file, _NO_PROJECT))
        found.setdefault(number, []).append(problem)
    groups = [_group(read[number] if number != _NO_PROJECT else None, found[number]) for number in sorted(found)]
    groups.sort(key=_worst_first)
    ordered = tuple(problem for group in groups for problem in group.problems)
    return Review(submission.department, tuple(groups), ordered, len(read) - len(found.keys() - {_NO_PROJECT}))


def _group(read: tuple[Project, Form] | None, found: list[Problem]) -> Group:
    project, form = read or (None, None)
    return Group(project, form, tuple(sorted(found, key=_in_file)))


def _in_file(problem: Problem) -> tuple[int, str, int, int, str]:
    place = problem.place
    return _SEVERITY_ORDER[problem.severity], place.file, place.line, place.column, problem.code


def _worst_first(group: Group) -> tuple[int, ...]:
    return (int(group.project is not None), *(-group.count(severity) for severity in Severity))
