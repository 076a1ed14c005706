"""Print the tables of free rows, 明细表 and 指标表, in a Word template: headings, a loop, and the row of totals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from goalgen.authoring.word_template.fields import value_text
from goalgen.authoring.word_template.sheet import (
    LABEL,
    LOW,
    ROOM,
    SIDE,
    SMALL,
    SMALL_LABEL,
    SMALL_LETTER,
    TAG_HEIGHT,
    TAGS,
    Box,
    Line,
    joined,
    scaled,
    tag,
)
from goalgen.forms.blocks.detail_table import NUMBER_NAME, DetailTable
from goalgen.forms.blocks.free_rows import TOTALS_KEY, Totals
from goalgen.forms.blocks.indicator_table import IndicatorTable
from goalgen.forms.blocks.panels import STACKED, VALUE_NAME
from goalgen.forms.blocks.tree import NAME_KEY
from goalgen.forms.formulas import NUMBER, SIGN, UNIT
from goalgen.forms.item import Item, Kind

ROW: Final = "行"
"""The name of a row inside the loops of the templates that goalgen makes."""
FIRSTS: Final = ("一级", "二级")
MARK: Final = "指标居中"
_GRID_ROW: Final = 250
_NARROW: Final = 430
_LETTERS_BY_KIND: Final = {
    Kind.TEXT: 8,
    Kind.TARGET: 7,
    Kind.SCORE: 3,
    Kind.NUMBER: 4,
    Kind.MONEY: 5,
    Kind.DATE: 6,
    Kind.YEARS: 6,
    Kind.CHOICE: 5,
    Kind.CHOICES: 5,
}
"""How many characters a column takes, by the kind of its values."""
_LETTERS_BY_FORMULA: Final = {SIGN: 3, UNIT: 3, NUMBER: 4}
_FIRST_LETTERS: Final = {"一级": 2, "二级": 4, NAME_KEY: 9, NUMBER_NAME: 2}
_FIXED: Final = {"一级指标": 610, "二级指标": 910}
"""The widths of the columns of 一级 and 二级指标, in which two and four characters stand in a line."""


class Column(NamedTuple):
    """Describe a column of free rows: its heading, how many characters it takes, the style and text of its cells.

    `item` is the key of the column in the spec, under which it has a cell in the row of totals.
    """

    head: str
    letters: int
    style: str
    text: str
    item: str = ""


def _column(item: Item, *names: str) -> Column:
    """Make the column of an item; `names` lead to its value in a row."""
    computed = item.formula is not None and item.kind is Kind.TEXT
    letters = (
        _LETTERS_BY_FORMULA.get(item.formula.name, 4) if item.formula and computed else _LETTERS_BY_KIND[item.kind]
    )
    style = MARK if computed or item.kind.is_number or item.kind is Kind.DATE else SMALL
    return Column(item.label(), item.width or letters, style, value_text(item, names, "\n"), item.key)


def _leading(name: str, head: str = "") -> Column:
    style = SMALL if name == NAME_KEY else MARK if name == NUMBER_NAME else SMALL_LABEL
    return Column(head or f"{name}指标", _FIRST_LETTERS[name], style, tag(ROW, name))


def _widths(columns: Sequence[Column], width: int) -> list[int]:
    """Share out the width of a table; 一级 and 二级指标 take what their words need."""
    rest = [column.letters * SMALL_LETTER + ROOM for column in columns if column.head not in _FIXED]
    others = iter(scaled(rest, width - sum(_FIXED.get(column.head, 0) for column in columns)))
    return [_FIXED.get(column.head) or next(others) for column in columns]


def detail_lines(block: DetailTable, width: int) -> Iterator[Line]:
    """Lay out a 明细表."""
    shown = [_column(item, ROW, item.key) for item in block.columns if item.printed]
    columns = [_leading(NUMBER_NAME, NUMBER_NAME), *shown]
    yield from _table(_Name(block.label or block.key, SIDE, LABEL), block.loop, columns, width)
    yield from _totals(block.totals, block.key, columns, SIDE, width)


def indicator_lines(block: IndicatorTable, width: int) -> Iterator[Line]:
    """Lay out an 指标表: in one table, its panels beside each other, or a table for each panel."""
    label = block.label or block.key
    others = [item for item in block.columns if item.printed]
    rest = [item for item in others if item not in block.panels]
    if block.layout == STACKED:
        for panel in block.panels:
            ahead, behind = _parted(rest, (ROW,))
            value = Column(VALUE_NAME, panel.width or _LETTERS_BY_KIND[panel.kind], SMALL, tag(ROW, VALUE_NAME))
            columns = [*map(_leading, FIRSTS), *ahead, _leading(NAME_KEY, block.name.label()), value, *behind]
            name = panel.label() if panel.labels else f"{panel.key}{label}"
            yield from _table(_Name(name, _NARROW, SMALL_LABEL), joined(block.loop, panel.key), columns, width)
    else:
        columns = _beside(block, rest) if block.layout else _single(block, others)
        yield from _table(_Name(label, _NARROW, SMALL_LABEL), block.loop, columns, width)
    yield from _totals(block.totals, block.key, columns, _NARROW, width)


def _single(block: IndicatorTable, others: Sequence[Item]) -> list[Column]:
    ahead, behind = _parted(others, (ROW,))
    return [*map(_leading, FIRSTS), *ahead, _leading(NAME_KEY, block.name.label()), *behind]


def _beside(block: IndicatorTable, rest: Sequence[Item]) -> list[Column]:
    """List the columns of panels side by side, each with its 二级指标."""
    columns = [_leading("一级")]
    for panel in block.panels:
        ahead, behind = _parted(rest, (ROW, panel.key))
        name = _leading(NAME_KEY, block.name.label())._replace(text=tag(ROW, panel.key, NAME_KEY))
        value = _column(panel, ROW, panel.key, VALUE_NAME)
        columns += [_leading("二级"), *ahead, name, value, *behind]
    return columns


def _parted(items: Sequence[Item], names: tuple[str, ...]) -> tuple[list[Column], list[Column]]:
    """Make the columns that stand before the names of the indicators, and those that stand behind."""
    ahead, behind = ([_column(item, *names, item.key) for item in items if item.ahead is way] for way in (True, False))
    return ahead, behind


class _Name(NamedTuple):
    """Name a table on its left side."""

    text: str
    width: int
    style: str


def _table(name: _Name, loop: str, columns: Sequence[Column], width: int) -> Iterator[Line]:
    """Lay out headings and a loop. The name stands below the headings: merged with them, Word would not repeat them."""
    widths = _widths(columns, width - name.width)
    heads = (Box(own, SMALL_LABEL, column.head) for column, own in zip(columns, widths, strict=True))
    cells = (Box(own, column.style, column.text) for column, own in zip(columns, widths, strict=True))
    yield Line((Box(name.width, name.style, "", open="bottom"), *heads), _GRID_ROW, head=True)
    yield Line((Box(0, TAGS, f"{{%tr for {ROW} in {loop} %}}"),), TAG_HEIGHT)
    yield Line((Box(name.width, name.style, f"{{% vm %}}{name.text}", open="top"), *cells), _GRID_ROW)
    yield Line((Box(0, TAGS, "{%tr endfor %}"),), TAG_HEIGHT)


def _totals(totals: Totals, key: str, columns: Sequence[Column], side: int, width: int) -> Iterator[Line]:
    """Lay out the row of totals under the columns that it sums up."""
    if not totals:
        return
    widths = _widths(columns, width - side)
    first = next(n for n, column in enumerate(columns) if column.item in totals)
    cells = (
        Box(own, MARK, tag(key, TOTALS_KEY, column.item) if column.item in totals else "")
        for column, own in zip(columns[first:], widths[first:], strict=True)
    )
    yield Line((Box(side + sum(widths[:first]), LABEL, TOTALS_KEY), *cells), LOW)
