"""Write problems as lines, as JSON, as totals, and with the source line under them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from goalgen.errors import Problem, Severity, one_line


def text(problems: Iterable[Problem]) -> str:
    """Return one line for each problem: `文件:行:列: 错误 代码 说明；改法`."""
    return "".join(f"{problem}\n" for problem in problems)


def as_json(problems: Iterable[Problem]) -> str:
    """Return a JSON array of {code, severity, criterion, message, file, line, column, project, field}."""
    items = [
        {
            "code": problem.code,
            "severity": problem.severity.name.lower(),
            "criterion": problem.criterion,
            "message": problem.said,
            "file": problem.place.file,
            "line": problem.place.line,
            "column": problem.place.column,
            "project": problem.project,
            "field": problem.field,
        }
        for problem in problems
    ]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def totals(problems: Sequence[Problem]) -> str:
    """Count the problems by severity: `3 个错误，1 个警告`, or 没有问题."""
    counts = [(sum(problem.severity is severity for problem in problems), severity.value) for severity in Severity]
    return "，".join(f"{count} 个{word}" for count, word in counts if count) or "没有问题"


def with_source(problem: Problem, line: str) -> str:
    """Return a problem, its source line, and a caret under its column (wide characters counted as two)."""
    before = line[: max(problem.place.column - 1, 0)]
    pad = "".join("\t" if char == "\t" else "  " if ord(char) > 0x2E7F else " " for char in before)
    return f"{problem}\n    {one_line(line.rstrip())}\n    {pad}^\n"
