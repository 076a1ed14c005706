"""Make the Word template of a form: title and head line, its blocks from top to bottom, signatures below."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from goalgen.authoring.word_template.fields import (
    field_lines,
    is_signature,
    signature_stops,
    signature_text,
    signatures,
)
from goalgen.authoring.word_template.money import money_columns, money_lines
from goalgen.authoring.word_template.rows import detail_lines, indicator_lines
from goalgen.authoring.word_template.sheet import Line, official_styles, tables
from goalgen.forms import Form
from goalgen.forms.blocks.block import Block
from goalgen.forms.blocks.detail_table import DetailTable
from goalgen.forms.blocks.fields import Fields
from goalgen.forms.blocks.indicator_table import IndicatorTable
from goalgen.forms.blocks.money_table import MoneyTable
from goalgen.forms.blocks.panels import STACKED
from goalgen.forms.item import Role
from goalgen.word.wordml import Page, package, paragraphs, parts

_MOST_COLUMNS: Final = 9
"""So many columns an upright page has room for."""


def word_template(form: Form) -> bytes:
    """Return the bytes of a first Word template for a form, which prints all that stands in the form's spec."""
    page = Page().turned if _columns(form) > _MOST_COLUMNS else Page()
    signed = [block for block in _foot(form) if is_signature(block)]
    blocks = [[*_lines(block, form, page.inside)] for block in form.blocks if block not in signed]
    below = signatures(signed, _window_in_goals(form), page.inside)
    styles = official_styles(page.inside, signature_stops(below[0], page.inside) if below else ())
    above = (("Title", form.title), ("年度行", "（{{ 年度 }}年度）"), ("填报单位行", _head_line(form)))
    before = paragraphs(styles, above)
    after = paragraphs(styles, [("填报人行", signature_text(items)) for items in below] or [("表间", "")])
    body = f"{before}{tables(blocks, page.inside, styles)}{after}"
    return package(parts(form.title, body, page, styles.values()))


_PRINTERS: Final[Mapping[str, Callable[[Any, int], Iterator[Line]]]] = {
    MoneyTable.SORT: money_lines,
    DetailTable.SORT: detail_lines,
    IndicatorTable.SORT: indicator_lines,
}
"""What lays out a block on a width, by the kind of the block."""


def _lines(block: Block, form: Form, width: int) -> Iterator[Line]:
    if isinstance(block, Fields):
        return field_lines(block, _window_in_goals(form), width)
    return _PRINTERS[block.SORT](block, width)


def _columns(form: Form) -> int:
    """Return how many columns the widest table has, beside its name."""
    counts = [_columns_of(table) for table in form.indicator_tables]
    counts += [len(block.columns) + 1 for block in form.blocks if isinstance(block, DetailTable)]
    return max((*counts, *(money_columns(table) for table in form.money_tables)), default=0)


def _columns_of(table: IndicatorTable) -> int:
    printed = sum(column.printed for column in table.columns)
    if not table.layout:
        return printed + 3
    rest = printed - len(table.panels)
    return rest + 4 if table.layout == STACKED else 1 + len(table.panels) * (rest + 3)


def _foot(form: Form) -> list[Fields]:
    """Return the 栏目 that stand below the last table."""
    found: list[Fields] = []
    for block in reversed(form.blocks):
        if not isinstance(block, Fields):
            break
        found.insert(0, block)
    return found


def _window_in_goals(form: Form) -> str:
    """Return the path of 中长期年限 where it stands in the heading of the 中长期 goal, "" where it needs a cell of its own."""
    return form.window_path if len(form.goals) > 1 and Role.MEDIUM in form.goals else ""


def _head_line(form: Form) -> str:
    """Write the line above the tables: who files, and the unit of money where there is money."""
    money = any(cell.unit for cell in form.cells)
    return "填报单位（盖章）：" + (f"\t金额单位：{form.money_unit}" if money else "")
