"""Write the review as lines: as JSON, as GitHub's annotations, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from goalgen.checking.check import Review
from goalgen.checking.manual import FOOT
from goalgen.errors import Problem, Severity
from goalgen.reporting import as_json, totals
from goalgen.text.markup import cell

ANNOTATIONS: Final = 10
"""How many annotations of a kind GitHub shows of a step."""
_COMMANDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def json(review: Review) -> str:
    """Return a JSON array of {code, severity, criterion, message, file, line, column, project, field}."""
    return as_json(review.problems)


def github(review: Review) -> str:
    """Write workflow commands: GitHub shows each problem at its line of a pull request, errors first.

    It shows ANNOTATIONS of a kind in a step; of more, one annotation of all says how many there are and where to see them.
    """
    by_level = {level: [p for p in review.problems if p.severity is level] for level in Severity}
    lines = {level: "".join(map(_annotation, found)) for level, found in by_level.items()}
    if all(len(found) <= ANNOTATIONS for found in by_level.values()):
        return "".join(lines.values())
    said = f"共 {totals(review.problems)}；GitHub 一步只显示每种前 {ANNOTATIONS} 条，全部在这一步的日志里，或用 --format sarif"
    summary = f"::notice title={_property('goalgen check')}::{_data(said)}\n"
    return "".join([lines[Severity.ERROR], summary, lines[Severity.WARNING], lines[Severity.INFO]])


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
