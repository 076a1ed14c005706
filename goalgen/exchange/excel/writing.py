"""Write a year's projects as the bytes of an .xlsx."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from goalgen.errors import stop_for
from goalgen.exchange.excel import columns
from goalgen.exchange.excel.columns import Column
from goalgen.files import writing
from goalgen.files.workbook import workbook_bytes
from goalgen.forms import Form
from goalgen.forms.blocks.block import RowList
from goalgen.forms.project import Project
from goalgen.submission.outputs import refuse_source
from goalgen.submission.selection import select
from goalgen.submission.submission import load

SPARE_ROWS: Final = 40
"""Empty rows left open for new projects; ten times as many for indicators."""
_WORKBOOK_DATE: Final = datetime(1980, 1, 1)
_ALLOWED_IN_SHEETS: Final = {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True}


def export_workbook(root: Path, year: int | None, only: Sequence[str] = (), output: Path | None = None) -> Path:
    """Write the projects of a year of the submission in `root` as an .xlsx, and return its path.

    `year` None is the latest; `only` chooses projects by 编号, name, 预算单位 or file, with * for anything; `output` None is
    out/<year>/projects.xlsx. Raises GoalgenError when there is no such year or project (S06), a chosen project file has
    errors, the workbook would take the place of source data (O05), or it cannot be written (O01).
    """
    submission = load(root, [year] if year else [])
    chosen = submission.of(year)
    entries = select(chosen.year, chosen.entries, only, submission.units)
    stop_for(submission.problems, {entry.file for entry in entries})
    path = output or root / "out" / str(chosen.year) / "projects.xlsx"
    refuse_source(path, "xlsx", [entry.path for entry in chosen.entries], root)
    projects = [entry.project for entry in entries if entry.project]
    writing.write(path, workbook(projects, chosen.form, chosen.year))
    return path


def workbook(projects: Sequence[Project], form: Form, year: int) -> bytes:
    """Return the .xlsx of these projects, the same bytes each time: sheets 项目, 指标, 说明. Every cell holds text, money in 万元."""
    return workbook_bytes(f"{form.title} {year}年度", partial(_write_sheets, projects, form, year), _WORKBOOK_DATE)


def _write_sheets(projects: Sequence[Project], form: Form, year: int, book: Any) -> None:
    looks = _looks(book)
    heads = columns.project_columns(form)
    rows = [[columns.cell_texts(project, form).get(head.path, "") for head in heads] for project in projects]
    _sheet(book, columns.PROJECTS_SHEET, heads, rows, looks, SPARE_ROWS)
    for name, lists in columns.row_lists(form).items():
        _sheet(book, name, columns.row_columns(lists, form), list(_rows(projects, lists)), looks, 10 * SPARE_ROWS)
    _notes(book, form, year, looks)


def _looks(book: Any) -> dict[str, Any]:
    cell = {"num_format": "@", "text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
    return {
        "head": book.add_format({**cell, "bold": True, "bg_color": "#DDEBF7", "locked": True}),
        "open": book.add_format({**cell, "locked": False}),
        "locked": book.add_format({**cell, "locked": True, "bg_color": "#EDEDED"}),
        "plain": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _rows(projects: Iterable[Project], lists: Sequence[RowList]) -> Iterable[list[str]]:
    """Write the free rows of a sheet, project by project."""
    for project in projects:
        for one in lists:
            for row in one.rows(project):
                heads = [row.group, row.name] if one.group else []
                cells = (columns.row_cell(row.cells.get(column.key)) for column in one.columns)
                yield [project.code or project.name, *heads, *cells]


def _sheet(
    book: Any, name: str, heads: Sequence[Column], rows: Sequence[Sequence[str]], looks: dict[str, Any], spare: int
) -> None:
    sheet = book.add_worksheet(name)
    last = len(rows) + spare
    for n, head in enumerate(heads):
        sheet.set_column(n, n, 34 if head.wide else 16)
        sheet.write_string(0, n, head.title, looks["head"])
        if head.help:
            sheet.write_comment(0, n, head.help, {"x_scale": 2})
        if head.options:
            _choices(sheet, n, head, last)
        for row in range(1, last + 1):
            look = looks["locked" if n == 0 and row <= len(rows) else "open"]
            text = rows[row - 1][n] if row <= len(rows) else ""
            if text:
                sheet.write_string(row, n, text, look)
            else:
                sheet.write_blank(row, n, None, look)
    sheet.freeze_panes(1, 2)
    sheet.protect("", _ALLOWED_IN_SHEETS)


def _choices(sheet: Any, column: int, head: Column, last: int) -> None:
    """Give a column a drop-down; where several may be chosen it only offers. Excel takes lists of at most 255 characters."""
    if len(",".join(head.options)) > 255:
        return
    rule: dict[str, Any] = {"validate": "list", "source": list(head.options)}
    if head.many:
        rule["error_type"] = "information"
    rule |= {"error_title": "表上没有这一项", "error_message": "请从下拉的选项里选"}
    sheet.data_validation(1, column, last, column, rule)


def _notes(book: Any, form: Form, year: int, looks: dict[str, Any]) -> None:
    sheet = book.add_worksheet(columns.NOTES_SHEET)
    sheet.set_column(0, 0, 12)
    sheet.set_column(1, 1, 90)
    lines = [
        ("年度", str(year)),
        ("表样", form.id),
        ("项目", "一行一个项目。编号不能改；新项目接在最后一行下面写，编号空着，导入时会给一个。"),
        ("指标", "一行一个三级指标。编号照“项目”表；新项目还没有编号，写它的项目名称。次序就是印刷的次序。"),
        ("空格子", f"指标值空着，这一侧就不印这个指标；要印出名称而不印值，写{columns.EMPTY_SIDE}。"),
        ("金额", f"单位{form.money_unit}，只写数字，例如 152.5。"),
        ("日期", "写成 2020-02-10；中长期年限写成 2020-2022。"),
        ("交回", "填好后把这个文件交给管理项目文件的人，由他运行 goalgen sheet import。"),
    ]
    for n, line in enumerate(lines):
        for column, text in enumerate(line):
            sheet.write_string(n, column, text, looks["plain"])
    sheet.protect()
