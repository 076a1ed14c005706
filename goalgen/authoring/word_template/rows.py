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
_GRID_ROW: Final = 230
_NARROW: Final = 430
_LETTERS_BY_KIND: Final = {
    Kind.TEXT: 8,
    Kind.TARGET: 7,
    Kind.SCORE: 3,
    Kind.NUMBER: 4,
    Kind.MONEY: 5,
    Kind.DATE: 8,
    Kind.YEARS: 6,
    Kind.CHOICE: 5,
    Kind.CHOICES: 5,
}
"""How many characters a column takes, by the kind of its values."""
_LETTERS_BY_FORMULA: Final = {SIGN: 3, UNIT: 3, NUMBER: 4}
_NAME_LETTERS, _NUMBER_LETTERS = 9, 2
_FIRST_LETTERS, _SECOND_LETTERS = 2, 4
"""How many characters of 一级 and 二级指标 stand in a line where there are many columns."""
_MORE_FIRST, _MORE_SECOND = 4, 8
"""How many may where there are few."""
_MANY: Final = 7


class Column(NamedTuple):
    """Describe a column of free rows: its heading, how many characters it takes, the style and text of its cells.

    `item` is the key of the column in the spec, under which it has a cell in the row of totals; a `fixed` one is no wider.
    """

    head: str
    letters: int
    style: str
    text: str
    item: str = ""
    fixed: bool = False


def _column(item: Item, *names: str) -> Column:
    """Make the column of an item; `names` lead to its value in a row."""
    computed = item.formula is not None and item.kind is Kind.TEXT
    letters = (
        _LETTERS_BY_FORMULA.get(item.formula.name, 4) if item.formula and computed else _LETTERS_BY_KIND[item.kind]
    )
    style = MARK if computed or item.kind.is_number or item.kind is Kind.DATE else SMALL
    return Column(item.label(), item.width or letters, style, value_text(item, names, "\n"), item.key)


def _widths(columns: Sequence[Column], width: int) -> list[int]:
    """Share out the width of a table; columns whose words should not break anywhere get what these need."""
    needed = [column.letters * SMALL_LETTER + ROOM for column in columns]
    rest = [own for own, column in zip(needed, columns, strict=True) if not column.fixed]
    others = iter(scaled(rest, width - sum(needed) + sum(rest)))
    return [own if column.fixed else next(others) for own, column in zip(needed, columns, strict=True)]


def detail_lines(block: DetailTable, width: int) -> Iterator[Line]:
    """Lay out a 明细表."""
    shown = [_column(item, ROW, item.key) for item in block.columns if item.printed]
    columns = [Column(NUMBER_NAME, _NUMBER_LETTERS, MARK, tag(ROW, NUMBER_NAME), fixed=True), *shown]
    yield from _table(_Side(block.label or block.key, SIDE, LABEL), block.loop, columns, width)
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
            columns = [*_tree(block, len(rest) + 4), *ahead, _name(block, ROW), value, *behind]
            name = panel.label() if panel.labels else f"{panel.key}{label}"
            yield from _table(_Side(name, _NARROW, SMALL_LABEL), joined(block.loop, panel.key), columns, width)
    else:
        columns = _beside(block, rest) if block.layout else _single(block, others)
        yield from _table(_Side(label, _NARROW, SMALL_LABEL), block.loop, columns, width)
    yield from _totals(block.totals, block.key, columns, _NARROW, width)


def _single(block: IndicatorTable, others: Sequence[Item]) -> list[Column]:
    ahead, behind = _parted(others, (ROW,))
    return [*_tree(block, len(others) + 3), *ahead, _name(block, ROW), *behind]


def _name(block: IndicatorTable, *names: str) -> Column:
    return Column(block.name.label(), block.name.width or _NAME_LETTERS, SMALL, tag(*names, NAME_KEY))


def _tree(block: IndicatorTable, count: int) -> tuple[Column, Column]:
    """Make the columns of 一级 and 二级指标, in a table of so many columns."""
    firsts, seconds = block.firsts, [group.item.label() for group in block.tree]
    few = count < _MANY
    wide = (_MORE_FIRST, _MORE_SECOND) if few else (_FIRST_LETTERS, _SECOND_LETTERS)
    letters = (min(max(map(len, words)), most) for words, most in zip((firsts, seconds), wide, strict=True))
    first, second = (
        Column(f"{name}指标", own, SMALL_LABEL, tag(ROW, name), fixed=True)
        for name, own in zip(FIRSTS, letters, strict=True)
    )
    return first, second


def _beside(block: IndicatorTable, rest: Sequence[Item]) -> list[Column]:
    """List the columns of panels side by side, each with its 二级指标."""
    first, second = _tree(block, _MANY)
    columns = [first]
    for panel in block.panels:
        ahead, behind = _parted(rest, (ROW, panel.key))
        value = _column(panel, ROW, panel.key, VALUE_NAME)
        columns += [second, *ahead, _name(block, ROW, panel.key), value, *behind]
    return columns


def _parted(items: Sequence[Item], names: tuple[str, ...]) -> tuple[list[Column], list[Column]]:
    """Make the columns that stand before the names of the indicators, and those that stand behind."""
    ahead, behind = ([_column(item, *names, item.key) for item in items if item.ahead is way] for way in (True, False))
    return ahead, behind


class _Side(NamedTuple):
    """Name a table on its left side."""

    text: str
    width: int
    style: str


def _table(name: _Side, loop: str, columns: Sequence[Column], width: int) -> Iterator[Line]:
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
