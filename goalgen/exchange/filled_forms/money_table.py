"""Read rows of money: a label and its amount in each panel, or a label and amounts under the headings of the columns."""

from __future__ import annotations

from collections.abc import Sequence

from goalgen.exchange.filled_forms.labels import find_label, squeezed
from goalgen.exchange.filled_forms.outline import funding_cell, nearest
from goalgen.exchange.filled_forms.texts import Computed, FormTexts, words_of
from goalgen.forms.blocks.block import Cell as FormCell
from goalgen.forms.blocks.money_table import MoneyTable
from goalgen.word.lines import Cell, Line


class MoneyReader:
    """Read the rows of the money tables of a form, one after the other."""

    def __init__(self, texts: FormTexts) -> None:
        """Begin with no heading read."""
        self.texts = texts
        self.cells: Sequence[FormCell] = [
            cell for cell in texts.form.cells if cell.column is not None and cell.item.printed and cell.column.printed
        ]
        self.labels = list(dict.fromkeys(cell.label for cell in self.cells))
        self.began: dict[str, int] = {}
        self.table: MoneyTable | None = None
        self.columns: dict[str, Cell] = {}

    def take(self, line: Line) -> bool:
        """Read a line of a table that holds money; False where it holds none."""
        if not line.table or not self.cells:
            return False
        return self._head(line) or self._below(line) or self._labelled(line)

    def _head(self, line: Line) -> bool:
        """Read the headings of columns, where a table has several and prints their names."""
        for table in self.texts.form.money_tables:
            found = {
                column.key: cell
                for column in table.columns
                for cell in line.cells
                if column.printed and squeezed(cell.text) in map(squeezed, words_of(column))
            }
            if len(found) > 1:
                self.table, self.columns = table, found
                for cell in line.cells:
                    if cell not in found.values():
                        self.texts.lost(cell.text, line, table.key)
                return True
        return False

    def _below(self, line: Line) -> bool:
        """Read a row under such headings: a label, and under each heading what stands there."""
        table = self.table
        if table is None:
            return False
        label = next((cell for cell in line.cells if self._row(table, cell.text)), None)
        if label is None:
            self.table = None
            return False
        row = self._row(table, label.text)
        for cell in line.cells:
            column = nearest(cell, self.columns) if cell.start >= label.end else None
            if cell is label:
                continue
            if column is None:
                self.texts.lost(cell.text, line, table.key)
            else:
                self._put(table, column, row, cell.text, line)
        return True

    def _row(self, table: MoneyTable, text: str) -> str:
        """Return the key of the row that a cell names, "" where it names none."""
        if not text:
            return ""
        for item in table.items:
            words = {*words_of(item), *item.labels.values()}
            found = find_label(text, words)
            if found and not found.rest:
                return item.key
        return ""

    def _put(self, table: MoneyTable, column: str, row: str, text: str, line: Line) -> None:
        path = table.path(column, row)
        if path in self.texts.form.cell_at:
            self.texts.put(path, text, line)
        else:
            self.texts.computed.append(Computed((table.key, column, row), text, line.where))

    def _labelled(self, line: Line) -> bool:
        """Read labels with their amounts, in the same cell or the next."""
        found: list[tuple[Cell, str, str]] = []
        rest: list[Cell] = []
        for cell in line.cells:
            amount = funding_cell(cell.text, self.labels)
            if amount:
                found.append((cell, *amount))
            elif found and not found[-1][2] and cell.text:
                found[-1] = (*found[-1][:2], cell.text)
            else:
                rest.append(cell)
        if not found:
            return False
        block = self.cells[0].block
        for n, (cell, label, text) in enumerate(found):
            place = self._cell(label, cell, n, len(found))
            if place is None:
                self.texts.lost(f"{label}：{text}" if text else "", line, block)
            else:
                self.texts.put(place.path, text, line)
        for cell in rest:
            self.texts.lost(cell.text, line, block)
        return True

    def _cell(self, label: str, cell: Cell, n: int, count: int) -> FormCell | None:
        """Find the cell of an amount: by its label, else by its order in the row, else by its column; None: it cannot be told."""
        own = {one.column.key: one for one in self.cells if one.column and one.label == label}
        if len(own) == 1:
            key = next(iter(own))
            self.began.pop(key, None)
            self.began[key] = cell.start
            return next(iter(own.values()))
        columns = list(own)
        if count >= len(columns):
            return own[columns[min(n, len(columns) - 1)]]
        left = [(start, n, key) for n, (key, start) in enumerate(self.began.items()) if start <= cell.start]
        near = max((one for one in left if one[2] in own), default=None)  # of two at one place the last that was headed
        return own[near[2]] if near else None
