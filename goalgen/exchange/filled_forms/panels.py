"""Join the panels of an indicator table to one list of indicators; every side keeps its order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from goalgen.exchange.filled_forms.values import same_parts
from goalgen.forms import Form, formulas
from goalgen.forms.blocks.free_rows import computed
from goalgen.forms.blocks.indicator_table import IndicatorTable
from goalgen.forms.blocks.tree import Group
from goalgen.forms.item import Item
from goalgen.forms.project import Project, Row, Value, said

PanelRows: TypeAlias = "Sequence[Row]"
"""What one panel prints under a 二级指标, from the top: rows with a value in its column, and those of the other columns."""


def joined(group: str, sides: Mapping[str, PanelRows]) -> list[Row]:
    """Return indicators that print these sides (by column), where the order allows one for the same name on two sides.

    Rows that say different things in the columns that stand on either side are different indicators.
    """
    rows: list[Row] = []
    for lines in sides.values():
        rows = list(_merged(rows, [row._replace(group=group) for row in lines], [*sides]))
    return rows


def _merged(rows: Sequence[Row], lines: PanelRows, panels: Sequence[str]) -> Iterator[Row]:
    """Add one more side to rows: to those of the same name, the others between them in both orders."""
    pairs = _common([_same(row, panels) for row in rows], [_same(row, panels) for row in lines])
    left = right = 0
    for i, j in [*pairs, (len(rows), len(lines))]:
        yield from rows[left:i]
        yield from lines[right:j]
        if i < len(rows) and j < len(lines):
            yield rows[i]._replace(cells={**rows[i].cells, **lines[j].cells})
        left, right = i + 1, j + 1


def _same(row: Row, panels: Sequence[str]) -> tuple[str, Mapping[str, Value]]:
    """Return what two sides of one indicator have in common."""
    return row.name, {key: value for key, value in row.cells.items() if key not in panels}


def _common(first: Sequence[object], second: Sequence[object]) -> list[tuple[int, int]]:
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
    """Return a project as import would read it from its printed form: the same for any project that prints the same.

    Panels are joined, targets that are printed in parts are joined of them, and what goalgen computes is not written.
    """
    for block in form.indicator_tables:
        rows = [row for group in block.tree for row in _read_back(project, block, group, form)]
        project = project.with_rows(block.key, rows)
    return without_computed(project, form)


def _read_back(project: Project, table: IndicatorTable, group: Group, form: Form) -> Iterator[Row]:
    """Return the rows of a 二级指标 as they would be read."""
    panels = [panel.key for panel in table.panels]
    fixed = {row.name: row for row in group.fixed}
    own = {row.name: row for row in reversed(project.table(table.key)) if row.group == group.key and row.name in fixed}
    free = [row for row in project.table(table.key) if row.group == group.key and row.name not in fixed]
    rows = [
        *(_plain(own[name], row, table, form) for name, row in fixed.items() if name in own),
        *(_plain(row, None, table, form) for row in free),
    ]
    kept = [row for row in rows if row.name not in fixed or row.cells]
    if not table.layout:
        yield from (row if row.name in fixed else _with_target(row, panels[0]) for row in kept)
        return
    known = {name: row.cells for name, row in fixed.items()}
    sides = {
        key: [_side(row, key, panels) for row in kept if key in {**known.get(row.name, {}), **row.cells}]
        for key in panels
    }
    yield from joined(group.key, sides)


def _with_target(row: Row, key: str) -> Row:
    return row if key in row.cells else row._replace(cells={key: "", **row.cells})


def _side(row: Row, key: str, panels: Sequence[str]) -> Row:
    return row._replace(cells={word: value for word, value in row.cells.items() if word == key or word not in panels})


def _plain(row: Row, fixed: Row | None, table: IndicatorTable, form: Form) -> Row:
    """Return a row without what the form prints or computes, and with targets as they come back from their parts."""
    cells: dict[str, Value] = {}
    for column in table.columns:
        value = row.cells.get(column.key)
        target = column.key in (panel.key for panel in table.panels)
        idle = value is None or (value == "" and (fixed or not target)) or (fixed and column.key in fixed.cells)
        if value is None or idle or (column.formula and said(value) == computed(row, column.formula, form.look)):
            continue
        cells[column.key] = same_parts(value) if isinstance(value, str) and _in_parts(table, column) else value
    return row._replace(cells=cells)


def _in_parts(table: IndicatorTable, target: Item) -> bool:
    return not target.printed and any(
        column.formula and column.formula.arguments == (target.key,) for column in table.columns
    )


def without_computed(project: Project, form: Form) -> Project:
    """Leave out sums that goalgen prints by itself the way they are written."""
    idle: dict[str, None] = {}
    for table in form.money_tables:
        for item, column in ((item, column) for item in table.items if item.automatic for column in table.columns):
            path = table.path(column.key, item.key)
            bare = project.with_values({path: None})
            worth = table.worth(bare, column.key, item.key)
            if path in project.values and formulas.number_text(worth) == project.said(path):
                idle[path] = None
    return project.with_values(idle) if idle else project
