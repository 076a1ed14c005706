"""Recognise what is filled inside a text: boxes to tick, lines, years, days, and what follows a colon."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from goalgen.authoring.learning.board import Board, Opening, Proposed, tag
from goalgen.authoring.learning.marks import Sort, label_before
from goalgen.authoring.learning.words import bare
from goalgen.word.editing import Spot

WINDOW: Final = "中长期年限"
"""The key of the years that the longer goals are for."""
_AROUND: Final = " \t\u3000；;，,、。.：:"


def read_text(board: Board, spot: Spot, block: Proposed, left: str = "") -> None:
    """Take the openings inside a text; `left` is the label beside it, "" for none."""
    own = board.of(spot)
    boxes = [one for one in own if one.mark.sort is Sort.BOX]
    brackets = [one for one in own if one.mark.sort is Sort.BRACKET]
    if boxes or len(brackets) > 1:
        own = [one for one in own if one not in _options(board, spot, block, left, boxes or brackets)]
    for opening in own:
        if opening.mark.sort in (Sort.YEAR, Sort.PRINTED_YEAR):
            opening.tag = tag("年度")
            if opening.mark.sort is Sort.PRINTED_YEAR:
                board.guesses.append(f"{opening.said}：改成随年度变")
        elif opening.mark.sort is Sort.WINDOW and not _is_period(board, spot, left):
            opening.tag = window(board)
        else:
            _field(board, block, opening, left)


def _is_period(board: Board, spot: Spot, left: str) -> bool:
    """Tell whether years belong to the time of the project, not to the longer goals."""
    return any((word := board.words.find("栏", one)) and word.get("角色") == "起止" for one in (left, spot.text))


def window(board: Board) -> str:
    """Return the tag of the years of the longer goals, which the spec then has."""
    board.window_wanted = True
    return tag(WINDOW)


def _field(board: Board, block: Proposed, opening: Opening, left: str) -> None:
    """Take an opening as a field named by the words before it, or by the label beside it."""
    text, mark = opening.spot.text, opening.mark
    label = label_before(text, mark, [one.mark for one in board.of(opening.spot)])
    label = re.sub(r"^[（(]|[（(]$", "", label)
    if not bare(label) or re.fullmatch(r"[千万亿]?元|自|从|由|[\d.]+", bare(label)):
        label = left
    about: dict[str, str] = {}
    if mark.sort is Sort.DATE:
        about["值"] = "日期"
    elif mark.sort is Sort.WINDOW:
        about["值"] = "年限"
    elif re.match(r"\s*[（(]?[千万亿]?元", text[mark.end :]):
        about["值"] = "金额"
    record = board.record(block, label, **about) if label else None
    if record is None:
        board.leave(opening, f"另一格也叫“{bare(label)}”，分不开" if label else "前面没有字，不知道填什么")
        return
    opening.tag = tag(*filter(None, (block.key, record["键"])))


def _options(board: Board, spot: Spot, block: Proposed, left: str, boxes: Sequence[Opening]) -> Sequence[Opening]:
    """Take boxes as the options of one field."""
    text = spot.text
    start = 0
    head = re.match(r"[^\n：:□（(]{2,14}[：:]", text)
    if head and head.end() <= boxes[0].mark.start:
        left, start = head.group(), head.end()
    names = _names(text, start, boxes)
    if not left or "" in names or len({*names}) < len(names):
        return _unread(board, boxes, "" if left else "左边没有字，不知道选的是什么")
    record = board.record(block, left, 选项=names)
    if record is None:
        return _unread(board, boxes, f"另一格也叫“{bare(left)}”，分不开")
    record.pop("值", None)
    for box, name in zip(boxes, names, strict=True):
        box.tag = tag(*filter(None, (block.key, record["键"])), name)
    return boxes


def _unread(board: Board, boxes: Sequence[Opening], why: str) -> Sequence[Opening]:
    for box in boxes:
        board.leave(box, why or "方框旁边的字读不出各选项")
    return boxes


def _names(text: str, start: int, boxes: Sequence[Opening]) -> list[str]:
    """Return the words of the options: before the boxes, or behind them where the first box stands first."""
    edges = [start, *(place for box in boxes for place in (box.mark.start, box.mark.end)), len(text)]
    behind = not text[start : boxes[0].mark.start].strip(_AROUND)
    pieces = [
        text[edges[n] : edges[n + 1]]
        for n in range(2 if behind else 0, len(edges) - (0 if behind else 1), 2)
        if n + 1 < len(edges)
    ]
    return [bare(re.split(r"[_＿]{2,}|[：:]", piece.strip(_AROUND))[0].strip(_AROUND)) for piece in pieces][
        : len(boxes)
    ]


def read_apart(board: Board, spots: Sequence[Spot], block: Proposed, left: str) -> bool:
    """Take boxes that stand in a cell each as the options of one field; False where they do not."""
    boxes = [board.of(spot) for spot in spots]
    if len(spots) < 2 or any([one.mark.sort for one in own].count(Sort.BOX) != 1 for own in boxes) or not left:
        return False
    boxes = [[one for one in own if one.mark.sort is Sort.BOX] for own in boxes]
    names = [_names(spot.text, 0, own)[0] for spot, own in zip(spots, boxes, strict=True)]
    record = board.record(block, left, 选项=names) if "" not in names and len({*names}) == len(names) else None
    if record is None:
        return False
    record.pop("值", None)
    for (box,), name in zip(boxes, names, strict=True):
        box.tag = tag(*filter(None, (block.key, record["键"])), name)
    for opening in [one for spot in spots for one in board.of(spot) if not one.tag]:
        _field(board, block, opening, "")
    return True
