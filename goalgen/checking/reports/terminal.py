"""Write the review for a terminal: the problems project by project, a line for each project, the total last of all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from goalgen.checking.check import Group, Review, criteria
from goalgen.checking.manual import FOOT, title_of
from goalgen.checking.review import idle_rules
from goalgen.errors import Problem, Severity, errors_in, one_line
from goalgen.forms import Form
from goalgen.reporting import MAX_OF_A_KIND, folded, totals

MAX_DETAILED: Final = 50
"""How many projects with problems are told problem by problem; of more, only what keeps their files from being read."""
UNFILLED: Final = "C05"
"""The code that tells of a project which nobody has filled yet: a state of its own in the summary."""
_MAX_CODES: Final = 5


def text(items: Iterable[str | Problem]) -> str:
    """Write what is `told` as a text."""
    return "".join(f"{item}\n" for item in items)


def told(
    review: Review, *, every: bool = False, stat: bool = False, brief: bool = False, verbose: bool = False
) -> Iterator[str | Problem]:
    """Tell the problems project by project, then a line for each project, then the totals; the last line is the total.

    Problems come as such, for whoever prints them, the worst project first. Unless `every`, hints are left out, more of
    a code than MAX_OF_A_KIND are folded, and of more projects than MAX_DETAILED only what keeps their files from being
    read is told. `stat` leaves out the problems, `brief` all but them and the last line; `verbose` says which rules did not
    run on the forms.
    """
    groups = [group if every else _without_hints(group) for group in review.groups]
    bad = [group for group in groups if group.problems]
    many = len(bad) > MAX_DETAILED and not every
    for group in () if stat else _unread(bad) if many else bad:
        yield heading(group)
        yield from group.problems if every else folded(group.problems, "--all 全部列出")
        yield ""
    if not brief:
        yield from _summary([*groups, *review.passed], every, many)
        yield from _totals([problem for group in bad for problem in group.problems])
        yield from _idle(review) if verbose else ()
        if review.passed or any(group.project for group in review.groups):
            yield from (FOOT, "")
    if many and not stat:
        yield f"{len(bad)} 个项目有问题，不逐条列；看几个：goalgen check --only 单位或项目，全部：--all 或 --format xlsx"
    yield _total(review, bad)


def idle_lines(form: Form) -> list[str]:
    """Tell which rules do not run on a form and why, a line for each thing that it has not."""
    return [
        f"{form.id} 没有{words}，不查 {'、'.join(f'{rule.code} {rule.title}' for rule in rules)}"
        for words, rules in idle_rules(form).items()
    ]


def _idle(review: Review) -> Iterator[str]:
    forms = {group.form.id: group.form for group in (*review.groups, *review.passed) if group.form}
    for form in forms.values():
        yield from idle_lines(form)
    yield from [""] if forms else ()


def _without_hints(group: Group) -> Group:
    return replace(group, problems=tuple(p for p in group.problems if p.severity is not Severity.INFO))


def _unread(groups: Sequence[Group]) -> Iterator[Group]:
    """Cut groups down to the errors that no review criterion covers: they keep a file from being read."""
    for group in groups:
        errors = tuple(problem for problem in errors_in(group.problems) if not problem.criterion)
        if errors:
            yield replace(group, problems=errors)


def heading(group: Group) -> str:
    """Return the line over a project's problems."""
    code = f" {group.code}" if group.code else ""
    return one_line(f"── {group.title}{code}：{totals(group.problems)}")


def _summary(groups: Sequence[Group], every: bool, many: bool) -> Iterator[str]:
    """Tell of each project in a line, under its 预算单位 where there are several; the worst first.

    Nothing is told of a single project, which has its heading. Of `many` those without a problem are only counted.
    """
    units: dict[str, list[Group]] = {}
    for group in groups:
        if group.entry:
            units.setdefault(group.unit, []).append(group)
    if sum(map(len, units.values())) < 2:
        return
    yield "各项目，问题重的在前："
    for unit, own in sorted(units.items(), key=lambda item: _weight(item[1])):
        if len(units) > 1:
            yield _unit_line(unit, own)
        yield from (_row(g, every) for g in sorted(own, key=lambda g: _weight([g])) if g.problems or not many)
    yield ""


def _weight(groups: Sequence[Group]) -> tuple[int, ...]:
    """Return by what groups are sorted: files that cannot be read first, then the number of errors, of warnings."""
    unread = any(group.project is None for group in groups)
    return (not unread, *(-sum(group.count(severity) for group in groups) for severity in Severity))


def _unit_line(unit: str, groups: Sequence[Group]) -> str:
    """Return the line over the projects of a 预算单位: how many there are, and what is wrong with them in all."""
    clean = sum(not group.problems for group in groups)
    parts = [f"{len(groups)} 个项目", totals([problem for group in groups for problem in group.problems])]
    if 0 < clean < len(groups):
        parts.append(f"{clean} 个项目没有问题")
    if unfilled := sum(map(_is_unfilled, groups)):
        parts.append(f"{unfilled} 个未填")
    return one_line(f"{unit or '单位还不知道'}：{'，'.join(parts)}")


def _row(group: Group, every: bool) -> str:
    """Return a project's line of the summary: its counts or its state, its name, year and 编号."""
    levels = [level for level in Severity if every or level is not Severity.INFO]
    counts = "".join(f"{group.count(level):>4} {level.value}" if group.count(level) else " " * 9 for level in levels)
    if not group.problems:
        counts = f"{'':{9 * len(levels) - 8}}没有问题"
    elif _is_unfilled(group):
        counts = f"{'':{9 * len(levels) - 4}}未填"
    state = "" if group.project else "文件有错，没有审核，"
    return one_line(f"{counts}  {group.name}（{state}{group.year} 年度） {group.code}".rstrip())


def _is_unfilled(group: Group) -> bool:
    return any(problem.code == UNFILLED for problem in group.problems)


def _totals(problems: Sequence[Problem]) -> Iterator[str]:
    """Tell the totals of each criterion and the commonest codes."""
    for name, counts in criteria(problems).items():
        yield f"{name}：{'，'.join(f'{count} 个{level.value}' for level, count in counts.items() if count)}"
    common = Counter(problem.code for problem in problems).most_common(_MAX_CODES)
    if common and common[0][1] > MAX_OF_A_KIND:
        yield f"最多的：{'，'.join(f'{code} {title_of(code)} {count} 处' for code, count in common)}"
    if problems:
        yield ""


def _total(review: Review, bad: Sequence[Group]) -> str:
    """Return the last line: all that is wrong, how many projects have problems and how many none, how many hints wait."""
    shown = [problem for group in bad for problem in group.problems]
    hidden = len(review.problems) - len(shown)
    projects = sum(group.entry is not None for group in bad)
    every_project = len(review.passed) + sum(group.entry is not None for group in review.groups)
    nothing = "没有错误和警告" if hidden else "没有问题"
    unfilled = sum(map(_is_unfilled, bad))
    state = f"（{unfilled} 个未填）" if unfilled else ""
    hints = f"；另有 {hidden} 个提示，加 --all 列出" if hidden else ""
    return f"合计：{totals(shown) if shown else nothing}；{projects} 个项目有问题{state}，{every_project - projects} 个没有{hints}"
