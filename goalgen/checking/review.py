"""Run every rule over every year of a submission; what they find becomes problems at their places."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Final

from goalgen.checking.ignores import ignored
from goalgen.checking.rule import COMPLETE, FEASIBLE, RULES, Finding, Rule
from goalgen.checking.rules import across, completeness, consistency, funding, indicators, outcomes, overview, wording
from goalgen.checking.subject import Batch, Subject
from goalgen.errors import Place, Problem, Severity
from goalgen.files.names import shown
from goalgen.forms import Form
from goalgen.forms.item import COLUMN_ROLES, FIELD_ROLES, Role
from goalgen.forms.profile import load_profile
from goalgen.forms.project import Project
from goalgen.submission import Year
from goalgen.submission.comments import Mark
from goalgen.submission.index import INDEX
from goalgen.submission.submission import Submission

ROOMS: Final = (funding, overview, wording, completeness, indicators, consistency, outcomes, across)
"""The modules whose import fills RULES."""

_ORDER: Final = "FBNTIXP"


@cache
def catalogue() -> tuple[Rule, ...]:
    """List every rule in the order of the catalogue: F, B, N, T, I, X, P."""
    return tuple(sorted(RULES.values(), key=lambda rule: (_ORDER.index(rule.code[0]), rule.code)))


def idle_rules(form: Form) -> dict[str, tuple[Rule, ...]]:
    """Return the rules that do not run on a form, by what it has not that they need, in words."""
    found: dict[str, list[Rule]] = {}
    for rule in catalogue():
        lacking = rule.lacks(form)
        if lacking:
            found.setdefault("、".join(lacking), []).append(rule)
    return {words: tuple(rules) for words, rules in found.items()}


def review(submission: Submission) -> list[Problem]:
    """Find what a reviewer would send back, silenced findings left out.

    Raises GoalgenError when the profile in templates/review.yaml cannot be read.
    """
    problems: list[Problem] = []
    off: set[str] = set()
    for year in submission.years:
        batch = prepared(submission, year)
        strange = _strange_words(submission, batch, shown(submission.root / INDEX))
        problems += (one for one in strange if one not in problems)
        for rule in catalogue():
            level = batch.profile.level(rule.code, rule.severity)
            if level is None:
                off.add(rule.code)
            else:
                problems += (as_problem(rule, level, finding) for finding in rule.over(batch))
        problems += (_unfilled(project) for project in year.projects if project.unfilled)
    entries = [entry for year in submission.years for entry in year.entries]
    said = [submission.comments, *(entry.comments for entry in entries)]
    problems += (_undecided(mark) for comments in said for mark in comments.marks)
    silenced = [one for comments in said for one in comments.ignores]
    files = {(p.year, p.code): p.origin.file for year in submission.years for p in year.projects if p.origin}
    return ignored(problems, silenced, files, frozenset(off))


def _undecided(mark: Mark) -> Problem:
    """Tell of a 待核 mark that `goalgen roll` left in a file and nobody has decided yet."""
    note = f"：{mark.note}" if mark.note else ""
    return Problem("C04", f"还没有定下来{note}", mark.place, "定好后删掉“待核”", Severity.WARNING, criterion=FEASIBLE)


def _unfilled(project: Project) -> Problem:
    """Tell of a project that nobody has filled yet, in the place of all that the rules would miss in it."""
    about = (project.code, "", COMPLETE, project.year)
    hint = f"照文件里的注释填；不要的用 goalgen remove {project.code} 去掉"
    return Problem(
        "C05", f"“{project.name}”还没有填", project.place(project.form.name_path), hint, Severity.WARNING, *about
    )


def prepared(submission: Submission, year: Year) -> Batch:
    """Prepare a year's projects as the rules read them; those that nobody has filled yet are left out."""
    profile = load_profile(year.form.folder, submission.review)
    filled = [project for project in year.projects if not project.unfilled]
    sheets = tuple(Subject(project, year.form, profile, submission.units) for project in filled)
    return Batch(year.year, profile, submission.units, sheets, _money_before(submission, year))


def _money_before(submission: Submission, year: Year) -> dict[str, Decimal]:
    """Return the 年度 money of each project, by 编号, in the latest earlier year that has it; in the unit of the year's form."""
    earlier = sorted((one for one in submission.years if one.year < year.year), key=lambda one: one.year)
    return {
        project.code: one.form.converted(one.form.funds(project, Role.ANNUAL) or Decimal(0), year.form.money_unit)
        for one in earlier
        for project in one.projects
    }


def as_problem(rule: Rule, level: Severity, finding: Finding) -> Problem:
    """Make a problem at its place of a finding, for a rule that stands at a level."""
    project = finding.project
    place = project.place(finding.path) if project else Place(INDEX.as_posix())
    severity = finding.severity if finding.severity and level is rule.severity else level
    code, year = (project.code, project.year) if project else ("", 0)
    about = (code, finding.field or finding.path, rule.criterion, year)
    return Problem(rule.code, finding.message, place, finding.hint or rule.hint, severity, *about)


def _strange_words(submission: Submission, batch: Batch, file: str) -> Iterator[Problem]:
    """Tell of what the profile says of rules that there are none of, and of fields that no form has."""
    roles = [role.value for role in FIELD_ROLES if role not in COLUMN_ROLES]
    fields = {*roles, *(path for year in submission.years for path in year.form.cell_at)}
    for word in batch.profile.required:
        if word not in fields:
            hint = f"写角色（{'、'.join(roles)}），或项目文件里的键"
            yield Problem("C03", f"必填里的“{word}”各张表上都没有", Place(file), hint, Severity.WARNING)
    for code in batch.profile.levels:
        if code not in RULES:
            yield Problem(
                "C03", f"没有 {code} 这条规则", Place(file), "看 goalgen check --explain all", Severity.WARNING
            )
