"""Print a 金额表 in a Word template: a label and an amount a line, two panels beside each other, or columns with headings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from goalgen.authoring.word_template.fields import in_rows
from goalgen.authoring.word_template.sheet import (
    LABEL,
    SIDE,
    TEXT,
    Box,
    Line,
    label_share,
    label_width,
    part,
    scaled,
    tag,
    wrapped,
)
from goalgen.forms.blocks.money_table import MoneyTable
from goalgen.forms.item import Item


def money_lines(block: MoneyTable, width: int) -> Iterator[Line]:
    """Lay out the rows of a 金额表: with headings where its columns have words of their own, else without."""
    columns = [column for column in block.columns if column.printed]
    rows = [item for item in block.items if item.printed]
    if money_columns(block):
        yield from _with_headings(block, columns, rows, width)
    elif len(columns) > 1:
        yield from _panels(block, columns, rows, width)
    else:
        yield from _labelled(block, columns[0], rows, width)


def money_columns(block: MoneyTable) -> int:
    """Return how many columns a 金额表 has under headings, beside the labels of its rows; 0 where it has no headings."""
    printed = [column for column in block.columns if column.printed]
    return len(printed) if any(column.labels for column in printed) else 0


def depth(block: MoneyTable, row: str) -> int:
    """Return in how many sums a row stands, one inside the other; three at most, as far as a form can show it."""
    above = next((total for total, parts in block.parts.items() if row in parts), None)
    return min(depth(block, above) + 1, 3) if above else 0


def _name(block: MoneyTable, n: int) -> Box:
    """Name the block beside its rows, in one cell merged downwards."""
    return Box(SIDE, LABEL, "" if n else wrapped(block.label or block.key, SIDE), "continue" if n else "restart")


def _panels(block: MoneyTable, columns: Sequence[Item], rows: Sequence[Item], width: int) -> Iterator[Line]:
    """Lay out label and amount in one cell, a cell for each column."""
    widths = scaled([1] * len(columns), width - SIDE)
    for n, row in enumerate(rows):
        cells = (
            Box(own, part(depth(block, row.key)), f"{_colon(row.label(column.key))}{_amount(block, column, row)}")
            for column, own in zip(columns, widths, strict=True)
        )
        yield Line((_name(block, n), *cells))


def _labelled(block: MoneyTable, column: Item, items: Sequence[Item], width: int) -> Iterator[Line]:
    """Lay out the only column: label and amount in cells beside each other."""
    rows = in_rows(items)
    label = label_width([item.label(column.key) + "　" * depth(block, item.key) for item in items], 1900, 3300)
    for n, row in enumerate(rows):
        share = (width - SIDE) // len(row)
        own = label_share(label, share)
        boxes = [
            box
            for item in row
            for box in (
                Box(own, part(depth(block, item.key)), item.label(column.key)),
                Box(share - own, TEXT, _amount(block, column, item)),
            )
        ]
        yield Line((_name(block, n), *boxes[:-1], boxes[-1]._replace(width=0)))


def _with_headings(block: MoneyTable, columns: Sequence[Item], rows: Sequence[Item], width: int) -> Iterator[Line]:
    """Lay out columns under headings, which are not merged with the rows below."""
    label = label_width([item.label() + "　" * depth(block, item.key) for item in rows], 1900, 3300)
    widths = scaled([1] * len(columns), width - SIDE - label)
    heads = (Box(own, LABEL, column.label()) for column, own in zip(columns, widths, strict=True))
    yield Line((Box(SIDE, LABEL, open="bottom"), Box(label, LABEL), *heads), head=True)
    for n, row in enumerate(rows):
        amounts = (Box(own, LABEL, _amount(block, column, row)) for column, own in zip(columns, widths, strict=True))
        side = _name(block, n)._replace(open="" if n else "top")
        yield Line((side, Box(label, part(depth(block, row.key)), row.label()), *amounts))


def _amount(block: MoneyTable, column: Item, row: Item) -> str:
    return tag(block.key, column.key, row.key)


def _colon(label: str) -> str:
    return label if label.endswith("：") else f"{label}："
