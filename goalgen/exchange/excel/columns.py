"""Say what stands in which column of the workbook: one table for writing and reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final, NamedTuple

from goalgen.forms import Form
from goalgen.forms.blocks.block import Cell, RowList
from goalgen.forms.item import Item, Kind
from goalgen.forms.project import CODE_KEY, Project, Value, said
from goalgen.forms.values import written_values

PROJECTS_SHEET: Final = "项目"
INDICATORS_SHEET: Final = "指标"
NOTES_SHEET: Final = "说明"
EMPTY_SIDE: Final = "（空）"
"""A side that prints the indicator with an empty value; an empty cell means that the side does not print it."""
OPTIONS_JOINT: Final = "、"
GROUP_TITLE: Final = "二级指标"


class Column(NamedTuple):
    """Describe a column: its heading, the keys of its value in a project file, what goes there, the options to choose from.

    `wide` asks for room for a sentence.
    """

    title: str
    path: tuple[str, ...]
    help: str
    options: tuple[str, ...] = ()
    many: bool = False
    wide: bool = False


def project_columns(form: Form) -> list[Column]:
    """Return the columns of the sheet 项目, 编号 first; 变更说明 stays with the project file."""
    titles = Counter(_title(cell) for cell in form.cells)
    return [_column(cell, cell.path if titles[_title(cell)] > 1 else _title(cell)) for cell in form.cells]


def _title(cell: Cell) -> str:
    return ".".join(cell.keys[1:] or cell.keys)


def _column(cell: Cell, title: str) -> Column:
    item = cell.item
    about = f"{item.help}（{cell.unit}）" if cell.unit else item.help
    note = f"{about}。例：{item.example}" if item.example else about
    many, wide = item.kind is Kind.CHOICES, item.kind is Kind.TEXT and not item.shared
    return Column(title, cell.keys, note, item.options, many, wide)


def row_lists(form: Form) -> dict[str, list[RowList]]:
    """Return the lists of free rows by the sheet that holds them: 指标 the first table of indicators, else named by its block."""
    first = next((table.key for table in form.indicator_tables), "")
    found: dict[str, list[RowList]] = {}
    for one in form.lists:
        found.setdefault(INDICATORS_SHEET if one.block == first else one.block, []).append(one)
    return found


def row_columns(lists: Sequence[RowList], form: Form) -> list[Column]:
    """Return the columns of a sheet of free rows: 编号, 二级指标 and 指标 where rows have them, and the columns of the table."""
    first = lists[0]
    heads = [Column(CODE_KEY, (CODE_KEY,), "“项目”表里的编号；新项目写它的项目名称")]
    if first.group:
        groups = tuple(one.group for one in lists)
        name = form.table_of(first.group).name
        heads += [Column(GROUP_TITLE, (GROUP_TITLE,), "从表上的二级指标里选", groups), _row_column(name)]
    return [*heads, *(_row_column(column) for column in first.columns)]


def _row_column(item: Item) -> Column:
    wide = item.kind in (Kind.TEXT, Kind.TARGET)
    return Column(item.key, (item.key,), item.help, item.options, item.kind is Kind.CHOICES, wide)


def cell_texts(project: Project, form: Form) -> dict[tuple[str, ...], str]:
    """Return the texts of a project by path, "" where there is none; several options are joined by 、."""
    found = written_values(project, form).items()
    return {path: value if isinstance(value, str) else OPTIONS_JOINT.join(value) for path, value in found}


def row_cell(value: Value | None) -> str:
    """Return the cell for a column of a row; None, a column that is not written, is an empty cell."""
    if value is None:
        return ""
    text = said(value)
    return f"{EMPTY_SIDE}{text}" if not text or text.startswith(EMPTY_SIDE) else text


def row_value(cell: str) -> str:
    """Return the value of a row's column that a cell with text stands for."""
    return cell.removeprefix(EMPTY_SIDE)
