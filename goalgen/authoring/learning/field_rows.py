"""Recognise rows of labels with a cell to fill beside or below each, and the goals among them."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, Final

from goalgen.authoring.learning.board import Board, Opening, Proposed, inner, side_of, tag
from goalgen.authoring.learning.texts import read_apart, read_text
from goalgen.authoring.learning.words import bare, most, plain
from goalgen.word.editing import Cell, Row, Table

MERGED: Final = "（并入上面一格）"
"""Stands for the tag of a place that another one holds too."""
_FOR_OTHERS: Final = "由审核的部门填写，留着不动"


def read_goals(board: Board, table: Table, at: int) -> int:
    """Take goals: headings with a cell below each, or beside each. Return how many rows they are, 0 for none."""
    row = table.rows[at]
    cells = inner(row)
    heads = [cell for cell in cells if board.words.find("目标", cell.text) and board.empty(cell) is None]
    if not heads or _side_is_other(board, row):
        return 0
    below = table.rows[at + 1] if at + 1 < len(table.rows) else None
    pairs: list[tuple[Cell, Opening]] = []
    if len(heads) == len(cells) and below is not None:
        under = [(head, _beginning_at(below, head.start)) for head in heads]
        pairs = [(head, opening) for head, cell in under if cell and (opening := board.empty(cell))]
        used = 2 + _more_rows(board, table, at + 2, heads) if pairs else 0
    if not pairs:
        beside = [(cell, following) for cell, following in pairwise(cells) if cell in heads]
        pairs = [(head, opening) for head, cell in beside if (opening := board.empty(cell))]
        used = 1
    if len(pairs) < len(heads) or not _propose_goals(board, row, pairs):
        return 0
    return used


def _side_is_other(board: Board, row: Row) -> bool:
    """Tell whether the label at the side says that these are no goals."""
    side = side_of(row)
    return side is not None and not board.words.area("目标", side.text)


def _beginning_at(row: Row, start: int) -> Cell | None:
    return next((cell for cell in row.cells if cell.start == start and cell.above is None), None)


def _more_rows(board: Board, table: Table, at: int, heads: list[Cell]) -> int:
    """Drop the further rows of goals (`目标2：`): one cell holds them all. Return how many they are."""
    count = 0
    for row in table.rows[at:]:
        cells = inner(row)
        if side_of(row) is None or not cells or [cell.start for cell in cells] != [head.start for head in heads]:
            break
        found = [board.empty(cell) for cell in cells]
        if None in found:
            break
        for opening in filter(None, found):
            opening.tag = MERGED
        board.dropped.append(row)
        count += 1
    return count


def _propose_goals(board: Board, row: Row, pairs: list[tuple[Cell, Opening]]) -> bool:
    """Propose goals, unless the form has them already."""
    words = [board.words.find("目标", head.text) for head, _ in pairs]
    block = _goals_for(board, row, [word.get("角色") for word in words if word])
    if block is None:
        return False
    for (head, opening), word in zip(pairs, words, strict=True):
        assert word is not None
        shown = plain(head.text)
        key = board.key(word.get("键"), block.key)
        limit = {"字数": str(most(head.text))} if most(head.text) else {}
        block.given["行"].append({"键": key, "标签": shown, "角色": word.get("角色"), **limit})
        opening.tag = tag(block.key, key)
        read_text(board, head, board_top(board, block))
    return True


def _goals_for(board: Board, row: Row, roles: list[str]) -> Proposed | None:
    """Return the block for goals of these roles: a new one, or the last one where that lacks them; None: they are there."""
    known = next((block for block in board.blocks if block.given.get("角色") == "目标"), None)
    taken = {given["角色"] for given in known.given["行"]} if known is not None else set()
    side = side_of(row)
    if len({*roles}) < len(roles) or taken & {*roles}:
        return None
    if known is not None:
        return known if known is board.blocks[-1] and side is None else None
    label = {"标签": bare(side.text)} if side is not None else {}
    return board.block(board.words.usual("目标"), {"类": "栏目", **label, "角色": "目标", "行": []})


def board_top(board: Board, block: Proposed) -> Proposed:
    """Return a block for what stands in the headings of another: fields at the top."""
    found = next((one for one in board.blocks if one.top), None)
    return found or block


def read_fields(board: Board, table: Table, at: int) -> int:
    """Take a row of labels and cells, whatever it is. Return 1."""
    row = table.rows[at]
    side = side_of(row)
    cells = inner(row)
    if _is_for_others(board, row):
        for cell in cells:
            for opening in board.of(cell):
                board.leave(opening, _FOR_OTHERS)
        return 1
    labels = [cell for cell in cells if board.is_label(cell)]
    fills = len(labels) < len(cells)
    if (
        side is None
        and fills
        and len(labels) > 1
        and cells[:2] == labels[:2]
        and not board.words.find("栏", labels[1].text)
    ):
        side, cells = labels[0], cells[1:]
    own_field = side is not None and side.origin in row.cells and not labels and len(cells) == 1
    name = "" if side is None or own_field else bare(side.text)
    block = board.fields(name, top=_is_of_all(board, cells) or board.words.area("基本", name))
    _read_row(board, block, table, at, cells, side.text if side is not None and own_field else "")
    return 1


def _is_of_all(board: Board, cells: list[Cell]) -> bool:
    """Tell whether a row names what every form has at its head or foot: the project, its unit, the people."""
    found = [board.words.find("栏", cell.text) for cell in cells if board.is_label(cell)]
    return any(word is not None and bool(word.get("共用") or word.get("必填")) for word in found)


def _is_for_others(board: Board, row: Row) -> bool:
    first = row.cells[0].origin if row.cells else None
    return first is not None and board.is_label(first) and board.words.area("审核", first.text)


def _read_row(board: Board, block: Proposed, table: Table, at: int, cells: list[Cell], label: str) -> None:
    boxed = [cell for cell in cells if board.of(cell) and not board.empty(cell)]
    first = next((cell for cell in cells if board.is_label(cell)), None)
    if first is not None and len(boxed) == len(cells) - 1 and read_apart(board, boxed, block, first.text):
        return
    period: dict[str, Any] | None = None
    last: Opening | None = None
    for cell, following in zip(cells, [*cells[1:], None], strict=True):
        opening = board.empty(cell)
        if board.is_label(cell):
            label = cell.text
        elif opening is None:
            read_text(board, cell, block, label)
            label = ""
        else:
            label = label or ("" if first is not None else _above(board, table, at, cell))
            if following is not None and board.empty(following) and label and first is not None:
                label = label if board.words.find("栏", label) else ""
            if last is not None and _ends(board, label, period):
                _split(block, period, last, opening)
            else:
                period = _take(board, block, label, opening)
            label, last = "", opening


def _take(board: Board, block: Proposed, label: str, opening: Opening) -> dict[str, Any] | None:
    """Take an empty cell as the field of a label."""
    record = board.record(block, label) if label else None
    if record is None:
        board.leave(opening, f"另一格也叫“{bare(label)}”，分不开" if label else "旁边和上面都没有字，不知道填什么")
        return None
    opening.tag = tag(*filter(None, (block.key, record["键"])))
    return record


def _ends(board: Board, label: str, before: dict[str, Any] | None) -> bool:
    """Tell whether a label says that its cell ends the period that the cell before it begins."""
    word = board.words.find("栏", label)
    begun = before["词"] if before else None
    return word is not None and bool(word.get("止")) and begun is not None and begun.get("角色") == "起止"


def _split(block: Proposed, record: dict[str, Any] | None, first: Opening, second: Opening) -> None:
    """Print a period in two cells."""
    assert record is not None
    record |= {"值": "年限", "印": "起止"}
    keys = (*filter(None, (block.key,)), record["键"])
    first.tag, second.tag = tag(*keys, "起"), tag(*keys, "止")


def _above(board: Board, table: Table, at: int, cell: Cell) -> str:
    """Return the label right above a cell, of the same width, "" for none."""
    above = table.rows[at - 1].at(cell.start) if at else None
    fits = above is not None and (above.start, above.end) == (cell.start, cell.end)
    return (
        above.text
        if above is not None and fits and board.is_label(above) and bare(above.text) not in board.labels
        else ""
    )


def read_paragraph(board: Board, spot: Any) -> None:
    """Take the openings of a paragraph outside of tables."""
    if board.of(spot):
        read_text(board, spot, board.fields())
