"""Recognise free rows: a heading of columns, below it rows with nothing in them or only a number, perhaps a row of sums."""

from __future__ import annotations

import re
from typing import Any, Final

from goalgen.authoring.learning.board import Board, Loop, Proposed, tag
from goalgen.authoring.learning.headings import Column, Heading, aligned, heading
from goalgen.authoring.learning.marks import is_placeholder, is_serial
from goalgen.authoring.learning.words import bare, plain
from goalgen.word.editing import Row, Table

ROW: Final = "行"
"""The name of a row within a loop."""
_MONEY: Final = re.compile("金额|资金|总额|预算|拨款|万元|投资|经费|费用")


def read_details(board: Board, table: Table, at: int) -> int:
    """Take a table of free rows that begins with its heading. Return how many rows it is, 0 for none."""
    head = heading(board, table, at)
    if head is None:
        return 0
    body = _body(board, table, at + head.rows, head)
    named = head.side is not None and board.words.area("明细", head.side.text)
    if not body or (len(body) < 2 and not named):
        return 0
    label = bare(head.side.text) if head.side is not None else ""
    block = board.block(plain(label) or "明细", {"类": "明细表", **({"标签": label} if label else {}), "列": []})
    keys = [_column(board, block, column) for column in head.columns]
    _loop(board, block, table, body, list(zip(head.columns, keys, strict=True)))
    after = at + head.rows + len(body)
    totals = after < len(table.rows) and _totals(board, block, table.rows[after], head, keys)
    return head.rows + len(body) + (1 if totals else 0)


def _body(board: Board, table: Table, at: int, head: Heading) -> list[Row]:
    found: list[Row] = []
    for row in table.rows[at:]:
        cells = [column.cell(row) for column in head.columns]
        texts = [cell.text for cell in cells if cell is not None and cell.above is None]
        free = len(texts) == len(cells) and all(is_placeholder(text) or is_serial(text) for text in texts)
        if not aligned(head.columns, row) or not free or all(is_serial(text) for text in texts):
            break
        found.append(row)
    return found


def _column(board: Board, block: Proposed, column: Column) -> str:
    """Propose a column; return its key, "序号" for the column of numbers."""
    place = board.words.find("指标列", column.text)
    if place is not None and place.get("位") == "序号":
        return "序号"
    word = board.words.find("栏", column.text)
    key = board.key(plain(column.text), block.key)
    given: dict[str, Any] = {"键": key, **({"标签": column.text} if column.text != key else {})}
    if word is not None and word.get("值"):
        given["值"] = word.get("值")
    elif _MONEY.search(column.text + column.over):
        given["值"] = "金额"
    block.given["列"].append(given)
    return key


def _loop(board: Board, block: Proposed, table: Table, body: list[Row], columns: list[tuple[Column, str]]) -> None:
    texts = []
    for row in body:
        for column, key in columns:
            cell = column.cell(row)
            assert cell is not None
            opening = board.empty(cell)
            if opening:
                opening.tag = tag(ROW, key)
            if row is body[0]:
                texts.append((cell, tag(ROW, key)))
    side = body[0].cells[0] if body[0].cells[0] not in [cell for cell, _ in texts] else None
    board.loops.append(Loop(table, body, f"{block.key}{ROW}", texts, side))


def _totals(board: Board, block: Proposed, row: Row, head: Heading, keys: list[str]) -> bool:
    """Take the row of sums below, if it is one."""
    first = row.at(head.columns[0].start)
    if first is None or not board.words.is_total(first.text):
        return False
    money = {given["键"] for given in block.given["列"] if given.get("值") == "金额"}
    for column, key in zip(head.columns, keys, strict=True):
        cell = column.cell(row)
        opening = board.empty(cell) if cell is not None else None
        if opening is not None and key in money:
            block.given.setdefault("合计", {})[key] = "合计"
            opening.tag = tag(block.key, "合计", key)
        elif opening is not None:
            board.leave(opening, "合计那一行里，这一列没有要加的数")
    return True
