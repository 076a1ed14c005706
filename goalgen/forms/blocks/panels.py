"""Lay the rows of an 指标表 in its panels: one panel, several side by side, or one below the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest
from typing import Any, Final, TypeAlias

from goalgen.forms.blocks.block import Look, PageCell, flat
from goalgen.forms.blocks.free_rows import printed
from goalgen.forms.blocks.tree import NAME_KEY, Group
from goalgen.forms.item import Item, Kind
from goalgen.forms.project import Row

VALUE_NAME: Final = "指标值"
"""The name of a panel's value in a template, where panels stand side by side or below each other."""
MERGE_RESTART: Final = "restart"
MERGE_CONTINUE: Final = "continue"
SIDE_BY_SIDE, STACKED = "并排", "上下"
Printed: TypeAlias = "dict[str, Any]"
Rows: TypeAlias = "Mapping[str, Sequence[Row]]"
"""The rows that are printed, by 二级指标."""
_Fill: TypeAlias = "Callable[[Sequence[Row], Printed, Look], list[Printed]]"
_NO_ROW: Final = Row("", "", {})
_MERGES: Final = {
    (opened, further): {
        "一级": MERGE_CONTINUE if opened else MERGE_RESTART,
        "二级": MERGE_CONTINUE if further else MERGE_RESTART,
    }
    for opened in (False, True)
    for further in (False, True)
}
"""Whether the cells of 一级 and of 二级 begin a merge, by whether they stand in the first row of it."""


@dataclass(frozen=True)
class Panels:
    """Lay out rows under a tree; a panel is a column of targets, `layout` says how panels stand ("" one panel).

    Where there are several, a row stands in those panels for which it has a value.
    """

    key: str
    name: Item
    columns: tuple[Item, ...]
    tree: tuple[Group, ...]
    layout: str

    @cached_property
    def panels(self) -> tuple[Item, ...]:
        """Return the columns of targets that make panels: all of them, or with one panel the first."""
        targets = tuple(column for column in self.columns if column.kind is Kind.TARGET)
        return targets if self.layout else targets[:1]

    @cached_property
    def _others(self) -> tuple[tuple[str, Item], ...]:
        """List the printed columns that are no panel of their own, by key."""
        panels = self.panels if self.layout else ()
        return tuple((column.key, column) for column in self.columns if column.printed and column not in panels)

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(column.key for column in self.columns)

    @cached_property
    def _frame(self) -> tuple[tuple[str, tuple[Group, ...]], ...]:
        """List every 一级指标 with its 二级指标."""
        names = dict.fromkeys(group.first for group in self.tree)
        return tuple((name, tuple(group for group in self.tree if group.first == name)) for name in names)

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        return {group.key: group.item.label() for group in self.tree}

    def printed(self, rows: Rows, look: Look) -> Any:
        """Return the lines of the table as a template prints them; of panels below each other those of each, by column.

        Each 二级指标 has as many lines as its longest panel, at least one; every panel fills its lines from the top. 一级 and
        二级 stand in the first line of their group; `合并` says of both whether the cell starts a vertical merge (restart) or
        goes on with it (continue).
        """
        if self.layout == STACKED:
            return {panel.key: self._stacked(rows, panel.key, look) for panel in self.panels}
        if self.layout:
            return self._framed(rows, self._beside, self._side(_NO_ROW, "", look), look)
        return self._framed(rows, self._single, self._line(_NO_ROW, look), look)

    def _framed(self, rows: Rows, fill: _Fill, blank: Printed, look: Look) -> list[Printed]:
        """Put 一级 and 二级 before the lines that `fill` makes of the rows of each 二级指标; `blank` is what it prints of none."""
        found: list[Printed] = []
        labels = self._labels
        for first, groups in self._frame:
            opened = False
            for group in groups:
                key, further = group.item.key, False
                for line in fill(rows.get(key, ()), blank, look):
                    line["一级"] = "" if opened else first
                    line["二级"] = "" if further else labels[key]
                    line["合并"] = _MERGES[opened, further]
                    found.append(line)
                    opened = further = True
        return found

    def _single(self, rows: Sequence[Row], blank: Printed, look: Look) -> list[Printed]:
        """Fill the lines of the only panel."""
        lines = [self._line(row, look) for row in rows if self._stands(row)]
        return lines or [blank.copy()]

    def _stands(self, row: Row) -> bool:
        """Tell whether a row stands in the only panel: not if all it has is values for panels of another form."""
        return self.panels[0].key in row.cells or self._known.issuperset(row.cells)

    def _line(self, row: Row, look: Look) -> Printed:
        line: Printed = {NAME_KEY: row.name}
        cells = row.cells
        for key, column in self._others:
            value = cells.get(key)
            line[key] = value if value.__class__ is str else printed(row, column, look)
        return line

    def _beside(self, rows: Sequence[Row], blank: Printed, look: Look) -> list[Printed]:
        """Fill the lines of panels side by side."""
        count = 1
        sides = []
        for panel in self.panels:
            key = panel.key
            side = [self._side(row, key, look) for row in rows if key in row.cells]
            count = max(count, len(side))
            sides.append((key, side))
        return [{key: side[n] if n < len(side) else blank for key, side in sides} for n in range(count)]

    def _side(self, row: Row, key: str, look: Look) -> Printed:
        side: Printed = {NAME_KEY: row.name, VALUE_NAME: row.cells.get(key, "")}
        for other, column in self._others:
            side[other] = printed(row, column, look)
        return side

    def _stacked(self, rows: Rows, key: str, look: Look) -> list[Printed]:
        """Fill the table of one panel of those below each other."""

        def fill(own: Sequence[Row], blank: Printed, look: Look) -> list[Printed]:
            lines = [self._side(row, key, look) for row in own if key in row.cells]
            return lines or [blank.copy()]

        return self._framed(rows, fill, self._side(_NO_ROW, key, look), look)

    def page(self, label: str, rows: Rows, look: Look) -> Iterator[tuple[PageCell, ...]]:
        """Show the table row by row, panels side by side however they are printed; `label` heads it."""
        yield PageCell(label, self.key, 2, heading=True), *self._heads()
        for first, groups in self._frame:
            opened = False
            for group in groups:
                path = f"{self.key}.{group.key}"
                for n, cells in enumerate(self._page_lines(rows.get(group.key, ()), look)):
                    head = PageCell("" if n else group.item.label(), "" if n else path, heading=True)
                    yield PageCell("" if opened else first, heading=True), head, *cells
                    opened = True

    def _heads(self) -> Iterator[PageCell]:
        others = [PageCell(column.label(), heading=True) for _, column in self._others]
        for panel in self.panels if self.layout else ():
            yield PageCell(f"{panel.key}{NAME_KEY}", heading=True)
            yield PageCell(f"{panel.key}{VALUE_NAME}", heading=True)
            yield from others
        if not self.layout:
            yield PageCell(self.name.label(), heading=True)
            yield from others

    def _page_lines(self, rows: Sequence[Row], look: Look) -> Iterator[tuple[PageCell, ...]]:
        if not self.layout:
            for row in [row for row in rows if self._stands(row)] or [_NO_ROW]:
                yield PageCell(row.name, self._field(row)), *self._page_others(row, look)
            return
        sides = [[row for row in rows if panel.key in row.cells] for panel in self.panels]
        for line in zip_longest(*sides, fillvalue=_NO_ROW) if any(sides) else [(_NO_ROW,) * len(sides)]:
            cells: list[PageCell] = []
            for panel, row in zip(self.panels, line, strict=True):
                cells += [PageCell(row.name), PageCell(row.text(panel.key) or "", self._field(row, panel.key))]
                cells += self._page_others(row, look)
            yield tuple(cells)

    def _page_others(self, row: Row, look: Look) -> Iterator[PageCell]:
        for key, column in self._others:
            yield PageCell(flat(printed(row, column, look)), self._field(row, key))

    def _field(self, row: Row, *below: str) -> str:
        return ".".join((self.key, row.group, row.name, *below)) if row.name else ""
