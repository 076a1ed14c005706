"""Write problems as lines, many of a kind folded, as JSON, as totals, and with the source line under them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from goalgen.errors import Problem, Severity, one_line

MAX_OF_A_KIND: Final = 3
"""How many problems of one code are told where they are `folded`."""
_MAX_LINE_NUMBERS: Final = 5


def text(problems: Iterable[Problem]) -> str:
    """Return one line for each problem: `文件:行:列: 错误 代码 说明；改法`."""
    return "".join(f"{problem}\n" for problem in problems)


def columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows of words with their columns one below the other; wide characters count as two."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        padded = (word + " " * (width - _width(word)) for word, width in zip(row, widths, strict=True))
        yield "  ".join(padded).rstrip()


def _width(text: str) -> int:
    return sum(2 if ord(sign) > 0x2E7F else 1 for sign in text)


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


def folded(problems: Sequence[Problem], more: str) -> Iterator[str | Problem]:
    """Yield the first problems of each code where they stand, and after them a line that counts the others.

    `more` says how to see them all.
    """
    kinds: dict[tuple[str, Severity], list[Problem]] = {}
    for problem in problems:
        kinds.setdefault((problem.code, problem.severity), []).append(problem)
    seen: Counter[tuple[str, Severity]] = Counter()
    for problem in problems:
        kind = (problem.code, problem.severity)
        seen[kind] += 1
        if seen[kind] <= MAX_OF_A_KIND:
            yield problem
        if seen[kind] == MAX_OF_A_KIND and (rest := kinds[kind][MAX_OF_A_KIND:]):
            yield f"    {problem.severity.value} {problem.code} 还有 {len(rest)} 处{_lines(rest)}；{more}"


def _lines(problems: Sequence[Problem]) -> str:
    """Return the lines where problems stand: `：第 4、7 行`; "" where they stand in several files, or in no line."""
    numbers = list(dict.fromkeys(problem.place.line for problem in problems))
    if len({problem.place.file for problem in problems}) > 1 or 0 in numbers:
        return ""
    more = "等" if len(numbers) > _MAX_LINE_NUMBERS else ""
    return f"：第 {'、'.join(map(str, numbers[:_MAX_LINE_NUMBERS]))} {more}行"


def with_source(problem: Problem, line: str) -> str:
    """Return a problem, its source line, and a caret under its column (wide characters counted as two)."""
    before = line[: max(problem.place.column - 1, 0)]
    pad = "".join("\t" if char == "\t" else "  " if ord(char) > 0x2E7F else " " for char in before)
    return f"{problem}\n    {one_line(line.rstrip())}\n    {pad}^\n"
