"""Group the problems of a submission by project, worst first, and count them by criterion, for every report."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from goalgen.checking.rule import CRITERIA
from goalgen.errors import Problem, Severity
from goalgen.forms import Form
from goalgen.forms.project import Project
from goalgen.submission import Submission

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
class ReviewReport:
    """Hold what was checked and everything that was found; `clean` is how many projects have no problem."""

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


def report_of(submission: Submission, problems: Sequence[Problem], keep: Callable[[Project], bool]) -> ReviewReport:
    """Group these problems by the projects of a submission that `keep` wants."""
    read = [(project, year.form) for year in submission.years for project in year.projects if keep(project)]
    by_file = {project.origin.file: number for number, (project, _) in enumerate(read) if project.origin}
    by_code = {(project.year, project.code): number for number, (project, _) in enumerate(read)}
    found: dict[int, list[Problem]] = {}
    for problem in problems:
        number = by_code.get((problem.year, problem.project), by_file.get(problem.place.file, _NO_PROJECT))
        found.setdefault(number, []).append(problem)
    groups = [_group(read[number] if number != _NO_PROJECT else None, found[number]) for number in sorted(found)]
    groups.sort(key=_worst_first)
    ordered = tuple(problem for group in groups for problem in group.problems)
    return ReviewReport(submission.department, tuple(groups), ordered, len(read) - len(found.keys() - {_NO_PROJECT}))


def _group(read: tuple[Project, Form] | None, found: list[Problem]) -> Group:
    project, form = read or (None, None)
    return Group(project, form, tuple(sorted(found, key=_in_file)))


def _in_file(problem: Problem) -> tuple[int, str, int, int, str]:
    place = problem.place
    return _SEVERITY_ORDER[problem.severity], place.file, place.line, place.column, problem.code


def _worst_first(group: Group) -> tuple[int, ...]:
    return (int(group.project is not None), *(-group.count(severity) for severity in Severity))
