"""Find the columns of an indicator table by its heading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from goalgen.exchange.filled_forms.labels import squeezed
from goalgen.exchange.filled_forms.texts import FormTexts, words_of
from goalgen.forms.blocks.indicator_table import IndicatorTable
from goalgen.forms.formulas import NUMBER, SIGN, UNIT
from goalgen.forms.item import Item, Role
from goalgen.word.lines import Cell, Line

_FIRST_LEVEL_HEADINGS: Final = ("一级指标",)
_SECOND_LEVEL_HEADINGS: Final = ("二级指标",)
_NAME_HEADINGS: Final = ("三级指标", "指标名称", "指标内容", "具体指标")
_VALUE_HEADINGS: Final = ("指标值", "目标值", "年度指标值")
_PART_HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    SIGN: ("指标性质", "计算符号", "性质"),
    NUMBER: ("指标值",),
    UNIT: ("计量单位", "度量单位"),
}
"""What forms call the columns of the parts of an 指标值, whatever this form calls them."""
_WEIGHT_HEADINGS: Final = ("权重", "分值", "权重(分值)", "分值权重", "分值(权重)")
_PANEL_WORDS: Final = (("长期|中期", Role.MEDIUM), ("年度|本年|当年", Role.ANNUAL))
_LIMIT: Final = re.compile(r"\(\d+字[以之]?内?\)$")


class Panel(NamedTuple):
    """Hold a panel by the cells of the heading; `column` is the key of its column, "" where it cannot be told."""

    column: str
    group: Cell | None
    name: Cell
    items: Mapping[Cell, Item]


@dataclass(slots=True)
class Grid:
    """Hold the panels of a table; `current` remembers the 二级指标 that each panel has come to."""

    table: IndicatorTable
    headings: tuple[Cell, ...]
    panels: tuple[Panel, ...]
    current: dict[int, str] = field(default_factory=dict)

    def column(self, cell: Cell) -> Cell | None:
        """Find the cell of the heading that a cell stands under."""

        def overlap(column: Cell) -> int:
            return min(cell.end, column.end) - max(cell.start, column.start)

        best = max(self.headings, key=overlap)
        return best if overlap(best) > 0 else None

    def holds_value(self, cell: Cell) -> bool:
        """Tell whether a cell stands in a column of names or values."""
        column = self.column(cell)
        return any(column == panel.name or column in panel.items for panel in self.panels)


def grid_of(line: Line, below: Line | None, above: str, texts: FormTexts) -> Grid | None:
    """Make the grid of a heading row; None where it has no column of names or none of values.

    Where a heading has one panel and the form has more, the words beside it say which it is: those in its own row, beside
    the row `below`, or over it (`above`); else it is this year's, if that was not read yet. If nothing can tell, the panel's
    column is "".
    """
    found = [grid for table in texts.form.indicator_tables for grid in _grids(line, table)]
    if not found:
        return None
    said = [*_beside(line, found[0]), *(_beside(below, found[0]) if below else ()), squeezed(above)]
    best = max(found, key=lambda grid: (_is_named(grid.table, said), sum(len(panel.items) for panel in grid.panels)))
    if len(best.panels) == 1 and len(best.table.panels) > 1:
        taken = {panel for table, _, panel in texts.sides if table == best.table.key}
        best.panels = (_headed(best.panels[0], best.table, _only_panel(best, said, taken)),)
    return best


def _headed(panel: Panel, table: IndicatorTable, column: str) -> Panel:
    """Give the only panel of a heading the column that it turned out to be."""
    target = next((one for one in table.panels if one.key == column), table.panels[0])
    items = {cell: target if item.key == table.panels[0].key else item for cell, item in panel.items.items()}
    return panel._replace(column=column, items=items)


def _is_named(table: IndicatorTable, said: Sequence[str]) -> bool:
    return any(squeezed(word) in said for word in (table.label, table.key) if word)


def _beside(line: Line, grid: Grid) -> list[str]:
    """Return what stands in a row under none of the columns."""
    return [
        squeezed(cell.text) for cell in line.cells if cell.text and cell not in grid.headings and not grid.column(cell)
    ]


def _plain(text: str) -> str:
    return _LIMIT.sub("", squeezed(text))


def _grids(line: Line, table: IndicatorTable) -> Iterator[Grid]:
    """Make the grid of a table, if the line is its heading."""
    words = {*_NAME_HEADINGS, _plain(table.name.label())}
    names = [cell for cell in line.cells if _plain(cell.text) in words]
    if not names:
        return
    groups = [cell for cell in line.cells if squeezed(cell.text) in _SECOND_LEVEL_HEADINGS]
    starts = [0]
    for before, name in pairwise(names):
        own = [cell.start for cell in groups if before.end <= cell.start < name.start]
        starts.append(own[-1] if own else name.start)
    panels = tuple(
        _panel(table, line, n if len(names) == len(table.panels) else None, name, start, end)
        for n, (name, start, end) in enumerate(zip(names, starts, [*starts[1:], _END], strict=True))
    )
    if all(panel.items for panel in panels):
        firsts = [cell for cell in line.cells if squeezed(cell.text) in _FIRST_LEVEL_HEADINGS]
        items = (cell for panel in panels for cell in panel.items)
        yield Grid(table, tuple(sorted({*firsts, *groups, *names, *items}, key=lambda cell: cell.start)), panels)


_END: Final = 1 << 30


def _panel(table: IndicatorTable, line: Line, number: int | None, name: Cell, start: int, end: int) -> Panel:
    """Make the panel whose heading lies between `start` and `end`; it is the table's panel of that `number`."""
    own = [cell for cell in line.cells if start <= cell.start < end]
    group = next((cell for cell in own if squeezed(cell.text) in _SECOND_LEVEL_HEADINGS), None)
    target = table.panels[number or 0]
    items: dict[Cell, Item] = {}
    others = [column for column in table.columns if column.printed and (not table.layout or column not in table.panels)]
    candidates = [*([target] if target.printed and table.layout else []), *others]
    for cell in own:
        if cell.text and cell not in (name, group):
            item = _item(cell, [one for one in candidates if one not in items.values()], target)
            if item is not None:
                items[cell] = item
    return Panel(target.key if number is not None else "", group, name, items)


def _item(cell: Cell, candidates: Sequence[Item], target: Item) -> Item | None:
    """Find the column that a cell heads: by the form's own words, else by those of other forms."""
    word = _plain(cell.text)
    exact = next((item for item in candidates if word in map(_plain, words_of(item))), None)
    plain = word.removeprefix("绩效")
    return exact or next((item for item in candidates if plain in _near_words(item, target)), None)


def _near_words(item: Item, target: Item) -> tuple[str, ...]:
    if item is target or item.key == target.key:
        return _VALUE_HEADINGS
    if item.formula and item.formula.name in _PART_HEADINGS:
        return _PART_HEADINGS[item.formula.name]
    return _WEIGHT_HEADINGS if item.role is Role.WEIGHT else ()


def _only_panel(grid: Grid, said: Sequence[str], taken: set[str]) -> str:
    """Return the column that the only panel of a heading is; "" where it cannot be told."""
    panels = grid.table.panels
    named = next((panel.key for panel in panels if {*map(squeezed, words_of(panel))} & {*said}), "")
    if named:
        return named
    values = "".join(cell.text for panel in grid.panels for cell in panel.items)
    role = next((role for words, role in _PANEL_WORDS if re.search(words, "".join(said) + values)), Role.ANNUAL)
    column = next((panel.key for panel in panels if panel.role is role), "")
    return "" if column in taken else column
