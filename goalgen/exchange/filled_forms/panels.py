"""Join the panels of an indicator table to one list of indicators; every side keeps its order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from goalgen.forms import Form
from goalgen.forms.project import Project, Row

PanelRows: TypeAlias = "Sequence[tuple[str, str]]"
"""What one panel prints under a 二级指标: (指标, 指标值) from the top."""


def joined(group: str, sides: Mapping[str, PanelRows]) -> list[Row]:
    """Return indicators that print these sides (by column); the same name on two sides is one indicator where the order allows."""
    rows: list[Row] = []
    for column, lines in sides.items():
        rows = list(_merged(group, rows, column, lines))
    return rows


def _merged(group: str, rows: Sequence[Row], column: str, lines: PanelRows) -> Iterator[Row]:
    """Add one more side to rows: to those of the same name, the others between them in both orders."""
    pairs = _common([row.name for row in rows], [name for name, _ in lines])
    left = right = 0
    for i, j in [*pairs, (len(rows), len(lines))]:
        yield from rows[left:i]
        yield from (Row(group, name, {column: value}) for name, value in lines[right:j])
        if i < len(rows) and j < len(lines):
            yield rows[i]._replace(cells={**rows[i].cells, column: lines[j][1]})
        left, right = i + 1, j + 1


def _common(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int]]:
    """Find the positions of a longest common subsequence, the earliest where there are several."""
    best = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i in reversed(range(len(first))):
        for j in reversed(range(len(second))):
            same = first[i] == second[j]
            best[i][j] = best[i + 1][j + 1] + 1 if same else max(best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(first) and j < len(second):
        if first[i] == second[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def canonical(project: Project, form: Form) -> Project:
    """Return a project whose indicators are as `joined` would write them: the same for any project that prints the same.

    That is so where panels stand beside each other and nothing else; other tables print their rows as they are written.
    """
    for table in form.indicator_tables:
        columns = [panel.key for panel in table.panels]
        if not table.layout or {column.key for column in table.written} != set(columns):
            continue
        rows: list[Row] = []
        for group in table.groups:
            own = [row for row in project.table(table.key) if row.group == group]
            sides = {key: [(row.name, row.text(key) or "") for row in own if key in row.cells] for key in columns}
            rows += joined(group, sides)
        project = project.with_rows(table.key, rows)
    return project
