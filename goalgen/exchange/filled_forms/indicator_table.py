"""Read the rows of an indicator table under the columns that its heading has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from goalgen.exchange.filled_forms.detail_table import TOTAL_WORDS, is_total
from goalgen.exchange.filled_forms.indicator_heading import Grid, Panel
from goalgen.exchange.filled_forms.labels import find_similar_label, squeezed
from goalgen.exchange.filled_forms.texts import Computed, FormTexts, words_of
from goalgen.exchange.filled_forms.values import is_blank, joined_target, value_of
from goalgen.forms.blocks.free_rows import TOTALS_KEY, computed, is_written
from goalgen.forms.blocks.indicator_table import IndicatorTable
from goalgen.forms.formulas import NUMBER, SIGN, UNIT
from goalgen.forms.item import Item, Kind
from goalgen.forms.project import Row, Value
from goalgen.forms.project import said as text_of
from goalgen.word.lines import Cell, Line


def read_indicators(grid: Grid, line: Line, texts: FormTexts) -> None:
    """Read what a row says in each panel; texts in columns that are no panel's have no place."""
    columns, aside = _by_column(grid, line)
    if any(is_total(grid.table, text) for text in (*columns.values(), *aside)):
        _totals(grid, columns, aside, line, texts)
        return
    _move(grid, columns, line, texts)
    for n, panel in enumerate(grid.panels):
        said = ((item, columns.get(cell, "")) for cell, item in panel.items.items())
        cells = {item.key: "" if is_blank(item, text) else text for item, text in said}
        name = columns.get(panel.name, "")
        if name or any(cells.values()):
            _take(panel, grid.current.get(n, ""), name, cells, _Reading(grid.table, texts, line))
    known = {cell for panel in grid.panels for cell in (panel.group, panel.name, *panel.items)}
    for column, text in columns.items():
        if column not in known and not find_similar_label(text, grid.table.firsts):
            texts.lost(text, line, grid.table.key)
    for text in aside:
        texts.lost(text, line, grid.table.key)


def _by_column(grid: Grid, line: Line) -> tuple[dict[Cell, str], list[str]]:
    """Return the texts of a row by the cell of the heading over them, and those that stand under none."""
    columns: dict[Cell, list[str]] = {}
    aside: list[str] = []
    for cell in filter(lambda cell: cell.text, line.cells):
        column = grid.column(cell)
        (aside if column is None else columns.setdefault(column, [])).append(cell.text)
    return {column: "\n".join(parts) for column, parts in columns.items()}, aside


def group_words(table: IndicatorTable) -> dict[str, str]:
    """Return the 二级指标 of a table by every word that a form may have for them."""
    found = {group.item.label(): group.key for group in table.tree}
    for group in table.tree:
        for word in words_of(group.item):
            found.setdefault(word, group.key)
    return found


def _move(grid: Grid, columns: Mapping[Cell, str], line: Line, texts: FormTexts) -> None:
    """Move on to the 二级指标 that the row names; the right panel follows the left where it names none."""
    words = group_words(grid.table)
    moved: str | None = None
    for n, panel in enumerate(grid.panels):
        text = columns.get(panel.group, "") if panel.group else ""
        if text:
            found = find_similar_label(text, words)
            moved = words[found.label] if found else ""
            grid.current[n] = moved
            if found is None:
                texts.lost(text, line, grid.table.key)
            else:
                texts.lost(found.rest, line, grid.table.path(moved))
        elif moved is not None:
            grid.current[n] = moved


def _totals(grid: Grid, columns: Mapping[Cell, str], aside: Sequence[str], line: Line, texts: FormTexts) -> None:
    """Read the row of totals, which is held against what goalgen adds up."""
    items = {cell: item for panel in grid.panels for cell, item in panel.items.items()}
    for cell, text in columns.items():
        item = items.get(cell)
        if item is not None and item.key in grid.table.totals:
            texts.computed.append(Computed((grid.table.key, TOTALS_KEY, item.key), text, line.where))
        elif squeezed(text) not in TOTAL_WORDS:
            texts.lost(text, line, grid.table.key)
    for text in aside:
        if squeezed(text) not in TOTAL_WORDS:
            texts.lost(text, line, grid.table.key)


def _take(panel: Panel, group: str, name: str, cells: Mapping[str, str], reading: _Reading) -> None:
    """Make one side of a row a row of its panel, or tell of its texts that they have no place."""
    table, texts, line = reading
    path = table.path(group) if group and panel.column else table.key
    if not (group and panel.column and name):
        for text in filter(None, (name, *cells.values())):
            texts.lost(text, line, path)
        return
    texts.path = path
    row = Row(group, name, dict(_written(panel, Row(group, name, {}), cells, reading)))
    row = row._replace(cells=dict(_checked(panel, row, cells, reading)))
    fixed = next((one for one in table.groups[group].fixed if squeezed(one.name) == squeezed(name)), None)
    if fixed is not None:
        row = row._replace(cells=dict(_open_cells(fixed, row, reading)))
    if fixed is None or row.cells:
        texts.column(group, table, panel.column).append(row)


class _Reading(NamedTuple):
    """Hold what is read into what, and the line that is read."""

    table: IndicatorTable
    texts: FormTexts
    line: Line

    def lost(self, item: Item, text: str) -> None:
        """Keep a text of a column that has no place there."""
        self.texts.lost(f"{item.label()}：{text}", self.line)


def _written(panel: Panel, row: Row, cells: Mapping[str, str], reading: _Reading) -> Iterator[tuple[str, Value]]:
    """Read the columns that a person fills: the target of the panel, which may be empty, and the others."""
    yield panel.column, _target(panel, cells, reading)
    for item in reading.table.columns:
        text = cells.get(item.key, "")
        if item.key == panel.column or item.formula is not None or is_blank(item, text):
            continue
        value = value_of(item, text, reading.texts.form.money_unit)
        if value is None:
            reading.lost(item, text)
        else:
            yield item.key, value


def _target(panel: Panel, cells: Mapping[str, str], reading: _Reading) -> str:
    """Return the target of a panel: as it stands in its cell, or joined of its parts."""
    if panel.column in cells:
        return cells[panel.column]
    parts = {
        item.formula.name: cells.get(item.key, "") for item in parts_of(reading.table, panel.column) if item.formula
    }
    sign, number, unit = (parts.get(name, "") for name in (SIGN, NUMBER, UNIT))
    found = joined_target(sign, number, unit)
    if found is None:
        reading.texts.lost(f"{sign} {number} {unit}", reading.line)
    return found or ""


def parts_of(table: IndicatorTable, target: str) -> list[Item]:
    """Return the columns in which a form prints the parts of a target."""
    return [
        item
        for item in table.columns
        if item.formula and item.formula.name in (SIGN, NUMBER, UNIT) and item.formula.arguments == (target,)
    ]


def _checked(panel: Panel, row: Row, cells: Mapping[str, str], reading: _Reading) -> Iterator[tuple[str, Value]]:
    """Hold the cells that goalgen computes against what stands there; a score of one's own is kept, another value told."""
    yield from row.cells.items()
    look = reading.texts.form.look
    parts = [item.key for item in parts_of(reading.table, panel.column)]
    for item in reading.table.columns:
        text = cells.get(item.key, "")
        if item.formula is None or item.key in parts or not text or text == computed(row, item.formula, look):
            continue
        value = value_of(item._replace(kind=Kind.SCORE), text, "") if is_written(item) else None
        if value is None:
            reading.lost(item, text)
        else:
            yield item.key, value


def _open_cells(fixed: Row, row: Row, reading: _Reading) -> Iterator[tuple[str, Value]]:
    """Keep what a project fills of a row that the form prints; where it says other than the form, that is told."""
    for item in reading.table.columns:
        value = row.cells.get(item.key)
        if value is None or value == "":
            continue
        if item.key not in fixed.cells:
            yield item.key, value
        elif squeezed(text_of(value)) != squeezed(text_of(fixed.cells[item.key])):
            reading.lost(item, text_of(value))
