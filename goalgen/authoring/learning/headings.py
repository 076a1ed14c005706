"""Read the heading of a table: one row or several, a column for each narrowest cell of it, and the rows that stand below."""

from __future__ import annotations

from typing import NamedTuple

from goalgen.authoring.learning.board import Board, inner, side_of
from goalgen.authoring.learning.marks import is_empty
from goalgen.authoring.learning.words import bare
from goalgen.word.editing import Cell, Row, Table


class Column(NamedTuple):
    """Hold a column below a heading: its own words, those above it ("" for none), the grid columns it covers."""

    text: str
    over: str
    start: int
    end: int

    def cell(self, row: Row) -> Cell | None:
        """Return the cell of a row in this column, None where the row is parted otherwise."""
        return next((cell for cell in row.cells if (cell.start, cell.end) == (self.start, self.end)), None)


class Heading(NamedTuple):
    """Hold a heading: its columns, how many rows it has, the label at its side."""

    columns: tuple[Column, ...]
    rows: int
    side: Cell | None


def heading(board: Board, table: Table, at: int) -> Heading | None:
    """Read the heading that begins in a row: words only, two at least; None where there is none."""
    row = table.rows[at]
    side = side_of(row)
    cells = inner(row)
    if side is not None and _is_part(board, table, at, side):
        side, cells = None, [cell for cell in row.cells if cell.above is None]
    elif side is None and len(cells) > 1 and board.words.area("指标", cells[0].text) and _is_first(board, cells[1]):
        side, cells = cells[0], cells[1:]
    if len(cells) > 2 and (corner := board.empty(cells[0])) and _is_first(board, cells[1]):
        board.leave(corner, "是表头的空角，不填")
        side, cells = cells[0], cells[1:]
    if len(cells) < 2 or not all(board.is_label(cell) for cell in cells):
        return None
    rows = max(cell.rows for cell in cells)
    if rows > 3 or at + rows > len(table.rows):
        return None
    columns = [column for cell in cells for column in _leaves(table, at, rows, cell)]
    return Heading(tuple(columns), rows, side) if all(column.text for column in columns) else None


def _is_first(board: Board, cell: Cell) -> bool:
    word = board.words.find("指标列", cell.text)
    return word is not None and word.get("位") in ("一级", "二级")


def _is_part(board: Board, table: Table, at: int, side: Cell) -> bool:
    """Tell whether what seems a label at the side is a heading over two rows, like the others beside it."""
    return side in table.rows[at].cells and side.rows <= 2 and _is_first(board, side)


def _leaves(table: Table, at: int, rows: int, cell: Cell) -> list[Column]:
    """Return the columns below a cell of a heading, or the cell itself."""
    if cell.rows >= rows:
        return [Column(bare(cell.text), "", cell.start, cell.end)]
    below = table.rows[at + cell.rows]
    under = [one for one in below.cells if cell.start <= one.start and one.end <= cell.end and one.above is None]
    if not under or any(is_empty(one.text) for one in under):
        return [Column(bare(cell.text), "", cell.start, cell.end)]
    return [Column(bare(one.text), bare(cell.text), one.start, one.end) for one in under]


def aligned(columns: tuple[Column, ...], row: Row) -> bool:
    """Tell whether a row has a cell in every column."""
    return all(column.cell(row) is not None for column in columns)
