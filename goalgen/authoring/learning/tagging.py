"""Put the tags into the Word file of a blank."""

from __future__ import annotations

from typing import Final

from goalgen.authoring.learning.board import Board, Loop, Opening
from goalgen.authoring.learning.marks import Sort, is_empty

_WHOLE: Final = (Sort.EMPTY, Sort.PLACEHOLDER)
MERGES: Final = "{% vm %}"
"""docxtpl's tag for a cell that merges with that of the next row."""


def put_tags(board: Board) -> None:
    """Put every tag in its place; rows that are one loop become it, rows that others hold go."""
    looped = {id(cell) for loop in board.loops for row in loop.rows for cell in row.cells}
    gone = {id(cell) for row in board.dropped for cell in row.cells}
    for spot in board.spots():
        if id(spot) not in looped and id(spot) not in gone:
            for opening in reversed([one for one in board.of(spot) if one.tag]):
                _put(opening)
    for loop in board.loops:
        _loop(loop)
    for row in board.dropped:
        row.element.getparent().remove(row.element)
    board.draft.grow()


def _put(opening: Opening) -> None:
    spot, mark, tag = opening.spot, opening.mark, opening.tag
    if mark.sort in _WHOLE:
        spot.put(tag)
        return
    start, end = mark.start, mark.end
    if mark.sort is Sort.BRACKET and not tag.endswith("] }}") and spot.text.count("（") == 1:
        start, end = start + 1, end - 1
    elif mark.sort is Sort.COLON:
        follows = spot.text[end : end + 1].strip()
        end = max(start, end - 2) if follows else end
    spot.replace(start, end, tag)


def _loop(loop: Loop) -> None:
    """Make the first of the rows the one that is printed again and again, take the others away."""
    first, *others = loop.rows
    place = min(loop.rows, key=lambda row: row.element.getparent().index(row.element))
    begins_here = loop.side is not None and loop.side.above is None and loop.side.rows > 1
    if place is not first:
        place.element.addprevious(first.element)
    texts = {id(cell): text for cell, text in loop.texts}
    for cell in first.cells:
        if id(cell) in texts:
            cell.unmerge()
            cell.put(texts[id(cell)])
    side = loop.side.origin if loop.side is not None else None
    if side is not None and side in [row.cells[0] for row in loop.rows]:
        home = first.cells[0]
        if begins_here or home is not side:
            words = side.text.replace("\n", "")
            home.unmerge()
            home.put(MERGES + ("" if is_empty(words) else words))
    loop.table.loop(first, f"{{%tr for 行 in {loop.over} %}}", "{%tr endfor %}")
    for row in others:
        row.element.getparent().remove(row.element)
