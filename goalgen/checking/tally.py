"""How many errors `check` would find, counted project by project: what `render` warns of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from goalgen.checking import ignores
from goalgen.checking.ignores import Ignore
from goalgen.checking.review import as_problem, catalogue
from goalgen.checking.rule import Rule
from goalgen.checking.rules import funding
from goalgen.checking.subject import Subject
from goalgen.errors import Severity
from goalgen.forms import Form
from goalgen.forms.profile import Profile
from goalgen.forms.project import Project, Unit


def tally(
    project: Project, form: Form, profile: Profile, units: tuple[Unit, ...], ignored: Sequence[Ignore], data: bytes
) -> tuple[int, Decimal]:
    """The errors in one project, silenced ones left out, and its 年度 money in the form's unit.

    `ignored` is what projects.yaml silences, `data` the project's file, whose comments silence more.
    """
    sheet = Subject(project, form, profile, units)
    if b"ignore" in data and project.origin:
        ignored = (*ignored, *ignores.read(data.decode("utf-8-sig", "replace"), project.origin.file))
    return errors_of(sheet, ignored), sheet.funds()


def errors_of(sheet: Subject, ignored: Sequence[Ignore] = ()) -> int:
    """How many errors `review` finds in one project, without the rules that look at all projects together."""
    file = sheet.project.origin.file if sheet.project.origin else ""
    count = 0
    for rule in catalogue():
        level = sheet.profile.level(rule.code, rule.severity)
        if rule.one is None or level is None or Severity.ERROR not in (level, _worst(rule, level)):
            continue
        problems = (as_problem(rule, level, finding) for finding in rule.one(sheet))
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        count += sum(not any(ignore.hits(problem, file) for ignore in ignored) for problem in errors)
    return count


def _worst(rule: Rule, level: Severity) -> Severity:
    """The worst a finding of a rule says when the rule stands at a level: a changed level holds for all of them."""
    return rule.worst if level is rule.severity else level


def errors_together(
    profile: Profile, units: Iterable[Unit], year: int, spending: Sequence[tuple[str, Decimal]], twins: bool
) -> bool:
    """Whether rules across projects may find errors, so that only `review` can count.

    `spending` as for `overspent`; `twins` says that two projects of one 预算单位 go by one name.
    """
    over = any(funding.overspent(units, year, spending))
    return any(
        _may_be_error(rule, profile.level(rule.code, rule.severity), over, twins)
        for rule in catalogue()
        if rule.one is None
    )


def _may_be_error(rule: Rule, level: Severity | None, over: bool, twins: bool) -> bool:
    if rule.run is funding.above_budget:
        return over and level is Severity.ERROR
    return level is Severity.ERROR or (twins and level is not None and _worst(rule, level) is Severity.ERROR)
