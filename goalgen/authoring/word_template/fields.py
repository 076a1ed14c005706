"""Print a 栏目 in a Word template: label and value beside each other, goals under headings, signatures below the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from goalgen.authoring.word_template.sheet import (
    LABEL,
    LETTER,
    LOW,
    SIDE,
    TALL,
    TEXT,
    Box,
    Line,
    label_share,
    label_width,
    tag,
    wrapped,
)
from goalgen.forms.blocks.fields import Fields
from goalgen.forms.item import Item, Kind, Printing, Role
from goalgen.word.wordml import TICK

_LONG: Final = 100
"""So many characters make a text long, which a form leaves more room for."""
_NARROW: Final = 430
"""The width of a block's name over rows that have labels of their own: one character a line."""
_UNTIL: Final = 430
"""The width of the 至 between two ends of a period."""
_DATE, _PHONE, _NAME = 1600, 1400, 800


def field_lines(block: Fields, window: str, width: int) -> Iterator[Line]:
    """Lay out the rows of a 栏目; `window` is the path of 中长期年限, which stands with the 中长期 goal."""
    items = [item for item in block.items if _has_cell(block, item, window)]
    if block.role is Role.GOAL and len(items) > 1:
        yield from _goals(block, items, window, width)
        return
    rows = in_rows(items)
    side = _side(block, rows)
    first = label_width(row[0].label() for row in rows)
    for n, row in enumerate(rows):
        name = (
            (Box(side, LABEL, "" if n else wrapped(block.label, side), "continue" if n else "restart"),) if side else ()
        )
        share = (width - side) // len(row)
        boxes = [box for item in row for box in _field(block, item, first if item is row[0] else 0, share)]
        texts = any(item.kind is Kind.TEXT for item in row)
        yield Line((*name, *boxes[:-1], boxes[-1]._replace(width=0)), _height(row), splits=texts)


def _names(block: Fields, item: Item) -> tuple[str, ...]:
    return (item.key,) if block.top else (block.key, item.key)


def _has_cell(block: Fields, item: Item, window: str) -> bool:
    return item.printed and ".".join(_names(block, item)) != window


def in_rows(items: Sequence[Item]) -> list[list[Item]]:
    """Put the items that stand beside each other into one row."""
    rows: list[list[Item]] = []
    for item in items:
        if item.beside and rows:
            rows[-1].append(item)
        else:
            rows.append([item])
    return rows


def _side(block: Fields, rows: Sequence[Sequence[Item]]) -> int:
    """Return the width of the cell that names the block, 0 where none does."""
    if not block.label:
        return 0
    return _NARROW if len(rows) > len(block.label) // 2 else SIDE


def _height(row: Sequence[Item]) -> int:
    return TALL if any(item.most >= _LONG for item in row) else LOW


def _field(block: Fields, item: Item, label: int, share: int) -> list[Box]:
    """Lay out label and value of a field, which take their share of a row; without a width the label has that of its words."""
    label = label_share(label or label_width([item.label()], 860), share)
    value = share - label
    boxes = [Box(label, LABEL, wrapped(item.label(), label))]
    names = _names(block, item)
    if item.printing is Printing.ENDS:
        ends = (value - _UNTIL) // 2
        return [
            *boxes,
            Box(ends, TEXT, tag(*names, "起")),
            Box(_UNTIL, LABEL, "到"),
            Box(ends, TEXT, tag(*names, "止")),
        ]
    return [*boxes, Box(value, TEXT, value_text(item, names))]


def value_text(item: Item, names: Sequence[str], between: str = "　") -> str:
    """Write what prints a value: its tag, or every option with a box to tick."""
    if item.kind.is_ticked:
        return between.join(f"{option}{TICK}{tag(*names, option)}" for option in item.options)
    if item.printing is Printing.ENDS:
        return f"{tag(*names, '起')}到{tag(*names, '止')}"
    return tag(*names)


def _goals(block: Fields, items: Sequence[Item], window: str, width: int) -> Iterator[Line]:
    """Lay out goals beside each other. Their heading is not merged with the row below, or Word would not repeat it."""
    share = (width - SIDE) // len(items)
    names = [_names(block, item) for item in items]
    years = [f"（{tag(*window.split('.'))}）" if window and item.role is Role.MEDIUM else "" for item in items]
    heads = [Box(share, LABEL, f"{item.label()}{year}") for item, year in zip(items, years, strict=True)]
    cells = [Box(share, TEXT, value_text(item, own)) for item, own in zip(items, names, strict=True)]
    heads[-1], cells[-1] = heads[-1]._replace(width=0), cells[-1]._replace(width=0)
    yield Line((Box(SIDE, LABEL, open="bottom"), *heads), head=True)
    yield Line((Box(SIDE, LABEL, wrapped(block.label or block.key, SIDE), open="top"), *cells), TALL, splits=True)


def is_signature(block: Fields) -> bool:
    """Tell whether a block below the tables is a line of signatures: who files, what all projects have in common."""
    return block.top and not block.label and all(item.shared for item in block.items)


def signatures(blocks: Iterable[Fields], window: str, width: int) -> list[list[Item]]:
    """Return what stands below the tables, line by line, each within the width."""
    lines: list[list[Item]] = []
    for item in (item for block in blocks for item in block.items if _has_cell(block, item, window)):
        if lines and sum(map(_needed, (*lines[-1], item))) <= width:
            lines[-1].append(item)
        else:
            lines.append([item])
    return lines


def _needed(item: Item) -> int:
    """Return what a signature takes of a line: its label, and a date, a telephone number or a name."""
    value = _DATE if item.kind is Kind.DATE else _PHONE if item.role is Role.PHONE else _NAME
    return (len(item.label()) + 1) * LETTER + value


def signature_text(items: Iterable[Item]) -> str:
    """Write a line of signatures, with tabs between them."""
    return "\t".join(f"{item.label()}：{value_text(item, (item.key,))}" for item in items)


def signature_stops(items: Sequence[Item], width: int) -> list[int]:
    """Return where the signatures of a line begin after the first, but for the last, which ends with the line."""
    needed = [*map(_needed, items)]
    gap = max(width - sum(needed), 0) // max(len(items) - 1, 1)
    return [sum(needed[:n]) + gap * n for n in range(1, len(items) - 1)]
