"""Read tables of free rows (明细表): found by their heading, read until something else begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from goalgen.exchange.filled_forms.labels import squeezed
from goalgen.exchange.filled_forms.texts import Computed, FormTexts, words_of
from goalgen.exchange.filled_forms.values import is_blank, value_of
from goalgen.forms.blocks.detail_table import NUMBER_NAME, DetailTable
from goalgen.forms.blocks.free_rows import TOTALS_KEY, computed
from goalgen.forms.blocks.indicator_table import IndicatorTable
from goalgen.forms.item import Item
from goalgen.forms.project import Row, Value
from goalgen.word.lines import Cell, Line

TOTAL_WORDS: Final = ("合计", "总计", "金额合计", "总分", "小计")
"""What stands in the row of totals below a table."""


@dataclass(frozen=True)
class DetailHeading:
    """Hold the heading of a table of free rows: its columns by the cell of the heading, and all of its cells."""

    table: DetailTable
    columns: Mapping[Cell, Item]
    cells: tuple[Cell, ...]

    def fits(self, line: Line) -> bool:
        """Tell whether a row has the cells of the heading."""
        return [cell[1:3] for cell in line.cells] == [cell[1:3] for cell in self.cells]


def is_total(table: DetailTable | IndicatorTable, text: str) -> bool:
    """Tell whether a text stands in the row of totals of a table that has one."""
    return bool(table.totals) and squeezed(text) in TOTAL_WORDS


def detail_heading(line: Line, texts: FormTexts) -> DetailHeading | None:
    """Find the table of free rows that a line heads: two or more of its columns stand there, at least half of them."""
    for table in texts.form.detail_tables:
        printed = [column for column in table.columns if column.printed]
        found = {
            cell: column
            for column in printed
            for cell in line.cells
            if squeezed(cell.text) in map(squeezed, words_of(column))
        }
        if len(found) >= min(2, len(printed)) and 2 * len(found) >= len(printed):
            return DetailHeading(table, found, line.cells)
    return None


def read_detail(heading: DetailHeading, line: Line, texts: FormTexts) -> None:
    """Read a row of free cells, or the row of totals; an empty row is none."""
    table = heading.table
    filled = [cell for cell in line.cells if cell.text]
    if any(is_total(table, cell.text) for cell in filled):
        _read_totals(heading, filled, line, texts)
        return
    cells: dict[str, Value] = {}
    for cell in filled:
        item = _under(cell, heading.columns)
        if item is None:
            texts.lost("" if _is_number(cell, heading) else cell.text, line, table.key)
        elif not is_blank(item, cell.text):
            value = value_of(item, cell.text, texts.form.money_unit) if item.formula is None else None
            if item.formula and cell.text == computed(Row("", "", {}), item.formula, texts.form.look):
                continue
            if value is None:
                texts.lost(f"{item.label()}：{cell.text}", line, table.key)
            else:
                cells[item.key] = value
    if cells:
        texts.path = table.key
        texts.rows.setdefault(table.key, []).append(Row("", "", cells))


def _read_totals(heading: DetailHeading, filled: Sequence[Cell], line: Line, texts: FormTexts) -> None:
    """Read the row of totals, which is held against what goalgen adds up."""
    table = heading.table
    for cell in filled:
        item = _under(cell, heading.columns)
        if item is not None and item.key in table.totals:
            texts.computed.append(Computed((table.key, TOTALS_KEY, item.key), cell.text, line.where))
        elif squeezed(cell.text) not in TOTAL_WORDS:
            texts.lost(cell.text, line, table.key)


def _under(cell: Cell, columns: Mapping[Cell, Item]) -> Item | None:
    """Find the column that a cell stands under."""
    shares = {head: min(cell.end, head.end) - max(cell.start, head.start) for head in columns}
    best = max(shares, key=lambda head: shares[head])
    return columns[best] if shares[best] > 0 else None


def _is_number(cell: Cell, heading: DetailHeading) -> bool:
    """Tell whether a cell holds the number of its row."""
    return any(
        squeezed(head.text) == NUMBER_NAME and head.start <= cell.start < head.end and cell.text.strip().isdigit()
        for head in heading.cells
    )
