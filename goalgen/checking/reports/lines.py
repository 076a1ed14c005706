"""Write the review as lines: for a terminal, for GitHub's annotations, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator

from goalgen.checking.check import Group, Review
from goalgen.checking.manual import FOOT
from goalgen.errors import Problem, Severity, one_line
from goalgen.reporting import as_json, totals
from goalgen.text.markup import cell

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def heading(group: Group) -> str:
    """Return the line over a project's problems."""
    code = f" {group.project.code}" if group.project else ""
    return one_line(f"── {group.title}{code}：{totals(group.problems)}")


def closing(review: Review) -> str:
    """Return the totals per criterion, and what no rule can decide."""
    lines = [f"{name}：{_counts(counts)}" for name, counts in review.by_criterion().items()]
    projects = sum(group.project is not None for group in review.groups)
    whole = f"合计：{totals(review.problems)}；{projects} 个项目有问题，{review.clean} 个没有"
    return "\n".join([*lines, whole, "", FOOT])


def _counts(counts: dict[Severity, int]) -> str:
    return "，".join(f"{count} 个{severity.value}" for severity, count in counts.items() if count)


def text(review: Review) -> str:
    """Write the problems grouped by project, worst first, a line each, and the totals per criterion at the end."""
    parts = ["\n".join([heading(group), *map(str, group.problems), ""]) for group in review.groups]
    return "\n".join([*parts, closing(review)]) + "\n"


def json(review: Review) -> str:
    """Return a JSON array of {code, severity, criterion, message, file, line, column, project, field}."""
    return as_json(review.problems)


def github(review: Review) -> str:
    """Write workflow commands: GitHub shows each problem at its line of a pull request."""
    return "".join(_annotation(problem) for problem in review.problems)


def _annotation(problem: Problem) -> str:
    place = problem.place
    where = f"file={_property(place.file)},line={max(place.line, 1)},col={max(place.column, 1)}"
    title = _property(f"{problem.code} {problem.criterion}".strip())
    return f"::{_COMMANDS[problem.severity]} {where},title={title}::{_data(problem.said)}\n"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


def markdown(review: Review) -> str:
    """Write a page with a table per project, for an issue, a mail or a merge request."""
    return "\n".join(_markdown(review)) + "\n"


def _markdown(review: Review) -> Iterator[str]:
    yield f"# {review.department}绩效目标审核意见\n"
    yield "| 标准 | 错误 | 警告 | 提示 |\n| --- | ---: | ---: | ---: |"
    for name, counts in review.by_criterion().items():
        yield f"| {name} | {' | '.join(str(counts[severity]) for severity in Severity)} |"
    yield f"\n合计：{totals(review.problems)}；{review.clean} 个项目没有问题。\n"
    for group in review.groups:
        yield f"## {cell(group.title)}\n\n{totals(group.problems)}\n"
        yield "| 轻重 | 规则 | 标准 | 问题 | 改法 | 位置 |\n| --- | --- | --- | --- | --- | --- |"
        for problem in group.problems:
            words = (problem.severity.value, problem.code, problem.criterion, problem.message, problem.hint)
            yield f"| {' | '.join(map(cell, words))} | `{cell(str(problem.place))}` |"
        yield ""
    yield "\n".join(f"> {line}" for line in FOOT.split("\n"))
