"""Recognise tables of indicators: their heading, their tree of 一级 and 二级, the rows that the form itself prints."""

from __future__ import annotations

import re

from goalgen.authoring.learning.board import Board
from goalgen.authoring.learning.headings import Column, heading
from goalgen.authoring.learning.indicator_columns import propose
from goalgen.authoring.learning.indicator_places import NAME, Indicators, Place
from goalgen.authoring.learning.marks import is_ellipsis, is_placeholder
from goalgen.authoring.learning.words import bare, plain
from goalgen.word.editing import Row, Table


def read_indicators(board: Board, table: Table, at: int, before: list[Indicators]) -> int:
    """Take the table of indicators that begins with its heading in a row. Return how many rows it is, 0 for none.

    It is put to those `before` it; two of one kind below each other are panels of one block.
    """
    head = heading(board, table, at)
    if head is None:
        return 0
    places = [_place(board, column) for column in head.columns]
    sorts = [place.sort for place in places]
    if NAME not in sorts or not {"一级", "二级"} & {*sorts} or len(sorts) < 3:
        return 0
    _part(places)
    label = bare(head.side.text) if head.side is not None else ""
    above = [(bare(cell.text), cell.start, cell.end) for cell in table.rows[at - 1].cells] if at else []
    found = Indicators(table, label, places, _body(board, table, at + head.rows, places), above)
    if not found.rows or not _has_values(places) or not _read_tree(board, found):
        return 0
    used = head.rows + len(found.rows)
    below = table.rows[at + used] if at + used < len(table.rows) else None
    if below is not None and _is_totals(board, below, places):
        found.totals = below
        used += 1
    last = before[-1] if before else None
    if last is not None and last.block is not None and _stacks(last, found):
        last.block.given["排法"] = "上下"
        last.block.given.pop("标签", None)
        _stack(found, last)
    else:
        propose(board, found)
    before.append(found)
    return used


def _has_values(places: list[Place]) -> bool:
    return any(place.sort in ("值", "列") for place in places)


def _place(board: Board, column: Column) -> Place:
    word = board.words.find("指标列", column.text)
    if column.text in board.words.chances and column.over:
        return Place(column, "可能性", None)
    return Place(column, word.get("位") if word else "列", word)


def _part(places: list[Place]) -> None:
    """Say to which panel each column belongs: a new one begins where 二级 or the name comes again."""
    panel, seen = 0, set[str]()
    for place in places:
        if place.sort == "一级":
            continue
        if place.sort in ("二级", NAME) and place.sort in seen:
            panel, seen = panel + 1, set()
        seen.add(place.sort)
        place.panel = panel
    if any(place.panel > 0 for place in places) and not all(_has_own(places, n) for n in range(panel + 1)):
        for place in places:
            again = place.sort == NAME and place.panel > 0
            place.sort, place.panel = "列" if again else place.sort, min(place.panel, 0)


def _has_own(places: list[Place], panel: int) -> bool:
    """Tell whether a panel has names and values of its own."""
    return {NAME, "值"} <= {place.sort for place in places if place.panel == panel}


def _body(board: Board, table: Table, at: int, places: list[Place]) -> list[Row]:
    """Return the rows below a heading that are parted as it is."""
    needed = [place for place in places if place.sort not in ("一级", "二级", "序号")]
    found: list[Row] = []
    for row in table.rows[at:]:
        tree = [place for place in places if place.sort in ("一级", "二级")]
        starts = {cell.start for cell in row.cells}
        if any(place.column.cell(row) is None for place in needed) or tree[0].column.start not in starts:
            break
        words = [board.words.find("指标列", cell.text) for cell in row.cells if cell.above is None]
        if sum(word is not None and word.get("位") in ("一级", "二级", NAME) for word in words) > 1:
            break
        if _is_totals(board, row, places):
            break
        found.append(row)
    return found


def _is_totals(board: Board, row: Row, places: list[Place]) -> bool:
    first = row.at(places[0].column.start)
    return first is not None and board.words.is_total(first.text)


def _read_tree(board: Board, found: Indicators) -> bool:
    """Read 一级 and 二级 from the rows; False where the tree itself is to be filled."""
    firsts, seconds = found.of("一级"), found.of("二级")
    seen: dict[str, str] = {}
    for row in found.rows:
        first = _text(row, firsts[0]) if firsts else found.label or board.words.usual("指标")
        second = _text(row, seconds[0]) if seconds else first
        if is_ellipsis(second) and second:
            continue
        second = second or first
        if not first or not plain(second) or is_placeholder(second):
            return False
        key = _key(second)
        if seen.setdefault(key, first) != first:
            key = _key(first + second)
        group = found.tree.setdefault(bare(first), {}).setdefault(key, {})
        if bare(second) != key:
            group["标签"] = bare(second)
        role = board.words.group_role(second) or board.words.group_role(first)
        if role:
            group["角色"] = role
        if board.words.formerly(key):
            group["曾用"] = list(board.words.formerly(key))
        group.setdefault("_行", []).append(row)
    return bool(found.tree)


def _key(text: str) -> str:
    return re.sub(r"[\W]", "", plain(text)) or "指标"


def _text(row: Row, place: Place) -> str:
    cell = row.at(place.column.start)
    return bare(cell.origin.text) if cell is not None else ""


def _stacks(before: Indicators, found: Indicators) -> bool:
    """Tell whether two tables below each other differ only in that one is for the longer goals."""
    same = [(one.sort, one.column.text) for one in before.places] == [
        (one.sort, one.column.text) for one in found.places
    ]
    trees = [[first, *groups] for first, groups in before.tree.items()] == [
        [first, *groups] for first, groups in found.tree.items()
    ]
    return same and trees and before.panels == found.panels == 1 and before.longer != found.longer


def _stack(found: Indicators, before: Indicators) -> None:
    """Make a table one more panel of the block of the one before it."""
    assert before.block is not None
    block = found.block = before.block
    for place, other in zip(found.places, before.places, strict=True):
        place.key = other.key
    (value,) = found.of("值")[:1]
    value.key = "中长期" if found.longer else "年度"
    given = next(one for one in block.given["列"] if one["键"] == before.of("值")[0].key)
    at = block.given["列"].index(given)
    block.given["列"].insert(at + 1, {**given, "键": value.key, "角色": value.key})
