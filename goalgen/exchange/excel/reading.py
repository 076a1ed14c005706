"""Read a workbook that colleagues filled back to projects, and name every mistake by sheet and cell; the only door to calamine."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from python_calamine import CalamineError, CalamineWorkbook

from goalgen import source
from goalgen.errors import GoalgenError, Place, Problem
from goalgen.exchange.excel import columns
from goalgen.exchange.excel.columns import Column
from goalgen.forms import Form
from goalgen.forms.project import Project
from goalgen.forms.shape import INDICATOR_SHAPE
from goalgen.submission.project_file import Setting, convert
from goalgen.text.likeness import suggest

_INDICATORS_LINE_OFFSET: Final = 1_000_000
"""Added to the row numbers of the sheet 指标, so that a place names the sheet too."""
_NEW_ROW_CODE: Final = "new-row-"


class Sheets(NamedTuple):
    """Hold the rows of the sheets 项目 and 指标 as texts, headings included, and the lines of 说明 by their first cell."""

    projects: list[list[str]]
    indicators: list[list[str]]
    notes: dict[str, str]


def read_sheets(data: bytes, file: str) -> Sheets:
    """Read the cells of an .xlsx as texts. Raises GoalgenError (E01, E02) when it is none, or not one that goalgen wrote."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        missing = [n for n in (columns.PROJECTS_SHEET, columns.INDICATORS_SHEET) if n not in book.sheet_names]
        if missing:
            hint = "用 goalgen sheet export 生成的文件，不要改工作表的名字"
            raise GoalgenError([Problem("E02", f"没有工作表“{name}”", Place(file), hint) for name in missing])
        grids = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except CalamineError as error:
        raise Problem("E01", "不是 Excel 文件（.xlsx），或者文件坏了", Place(file), "另存为 .xlsx").error() from error
    texts = {name: [[_text(cell) for cell in row] for row in grid] for name, grid in grids.items()}
    notes = {row[0]: row[1] for row in texts.get(columns.NOTES_SHEET, []) if len(row) > 1}
    return Sheets(texts[columns.PROJECTS_SHEET], texts[columns.INDICATORS_SHEET], notes)


def _text(cell: Any) -> str:
    """Return what a person sees in a cell; Excel's own numbers and days become texts."""
    if isinstance(cell, str):
        return cell if cell.strip() else ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def read_projects(found: Sheets, form: Form, year: int, file: str) -> list[Project]:
    """Read the projects in the sheets; those of new rows have the 编号 "".

    `year` is their budget year, `file` the workbook's name in messages. Raises GoalgenError with every mistake, by cell.
    """
    problems: list[Problem] = []
    heads = _columns_at(found.projects, columns.project_columns(form), columns.PROJECTS_SHEET, file, problems)
    below = _columns_at(found.indicators, columns.indicator_columns(form), columns.INDICATORS_SHEET, file, problems)
    if problems:
        raise GoalgenError(problems)
    rows = [(n, row) for n, row in enumerate(found.projects[1:], 2) if any(row)]
    keys = _rows_by_key(rows, heads)
    groups = _groups(found.indicators, below, form, keys, file, problems)
    setting = Setting.alone(form, year)
    made = []
    for number, row in rows:
        tree = _tree(number, row, heads, groups.get(number, {}))
        project, faults = convert(source.Document(file, tree, ()), setting)
        problems += [_celled(fault, file) for fault in faults]
        if project:
            made.append(
                replace(project, code="" if project.code.startswith(_NEW_ROW_CODE) else project.code, origin=None)
            )
    problems += _repeated(rows, heads, file)
    if problems:
        raise GoalgenError(problems)
    return made


def _columns_at(
    grid: Sequence[Sequence[str]], known: Sequence[Column], sheet: str, file: str, problems: list[Problem]
) -> dict[int, Column]:
    """Find the columns by their headings, by position; moved columns are fine, unknown and missing ones become problems."""
    titles = list(grid[0]) if grid else []
    by_title = {column.title: column for column in known}
    for n, title in enumerate(titles):
        if title and title not in by_title:
            hint = suggest(title, by_title)
            problems.append(_problem("E03", f"不认识这一列“{title[:20]}”", sheet, 1, n, file, hint))
        elif title and titles.index(title) != n:
            problems.append(_problem("E03", f"“{title}”有两列", sheet, 1, n, file, "只留一列"))
    for title in by_title:
        if title not in titles:
            problems.append(_problem("E03", f"缺少“{title}”这一列", sheet, 1, len(titles), file, "重新导出，不要删列"))
    return {n: by_title[title] for n, title in enumerate(titles) if title in by_title}


def _problem(code: str, message: str, sheet: str, row: int, column: int, file: str, hint: str = "") -> Problem:
    return Problem(code, f"工作表“{sheet}” {cell_name(row, column)}：{message}", Place(file), hint)


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell: `D5` for row 5 (from 1) and column 3 (from 0)."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def _celled(fault: Problem, file: str) -> Problem:
    sheet = columns.INDICATORS_SHEET if fault.place.line > _INDICATORS_LINE_OFFSET else columns.PROJECTS_SHEET
    return _problem(
        fault.code,
        fault.message,
        sheet,
        fault.place.line % _INDICATORS_LINE_OFFSET,
        fault.place.column - 1,
        file,
        fault.hint,
    )


def _at(row: Sequence[str], heads: Mapping[int, Column], title: str) -> tuple[int, str]:
    n = next(n for n, head in heads.items() if head.title == title)
    return n, row[n] if n < len(row) else ""


def _rows_by_key(rows: Sequence[tuple[int, Sequence[str]]], heads: Mapping[int, Column]) -> dict[str, int]:
    """Return the row numbers of projects by what the sheet 指标 may call them: the 编号, for new rows the name."""
    keys: dict[str, int] = {}
    for number, row in rows:
        code, name = (_at(row, heads, title)[1] for title in ("编号", "项目名称"))
        keys.setdefault(code or name, number)
    return keys


def _repeated(rows: Sequence[tuple[int, Sequence[str]]], heads: Mapping[int, Column], file: str) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, row in rows:
        n, code = _at(row, heads, "编号")
        if code and code.casefold() in seen:
            message = f"编号 {code} 与第 {seen[code.casefold()]} 行重复"
            yield _problem("S01", message, columns.PROJECTS_SHEET, number, n, file, "一个项目一行")
        seen.setdefault(code.casefold(), number)


Groups = dict[str, list[source.Node]]


def _groups(
    grid: Sequence[Sequence[str]],
    heads: Mapping[int, Column],
    form: Form,
    keys: Mapping[str, int],
    file: str,
    problems: list[Problem],
) -> dict[int, Groups]:
    """Collect the indicators of each project (by its row number) under their 二级指标, as nodes."""
    found: dict[int, Groups] = {}
    for number, row in ((n, row) for n, row in enumerate(grid[1:], 2) if any(row)):
        n, key = _at(row, heads, "编号")
        if key not in keys:
            message = f"“项目”表里没有“{key}”" if key else "没有写编号"
            hint = suggest(key, keys) if key else "写“项目”表里的编号；新项目没有编号的，写它的项目名称"
            problems.append(_problem("E04", message, columns.INDICATORS_SHEET, number, n, file, hint))
        n, group = _at(row, heads, "二级指标")
        if group not in form.all_groups:
            message = f"没有“{group}”这个二级指标" if group else "没有写二级指标"
            hint = suggest(group, form.all_groups)
            problems.append(_problem("E04", message, columns.INDICATORS_SHEET, number, n, file, hint))
        if key in keys:
            found.setdefault(keys[key], {}).setdefault(group, []).append(_indicator(number, row, heads))
    return {row: {g: nodes for g, nodes in groups.items() if g in form.all_groups} for row, groups in found.items()}


def _indicator(number: int, row: Sequence[str], heads: Mapping[int, Column]) -> source.Mapping:
    line = _INDICATORS_LINE_OFFSET + number
    cells = []
    for n, head in heads.items():
        text = row[n] if n < len(row) else ""
        if head.title in INDICATOR_SHAPE.keys and text:
            value = text if head.title == "指标" else columns.side_value(text)
            cells.append((_scalar(head.title, line, n), _scalar(value, line, n)))
    name = next(n for n, head in heads.items() if head.title == "指标")
    return source.Mapping(tuple(cells), line, name + 1, 0, 0)


def _scalar(text: str, line: int, column: int) -> source.Scalar:
    return source.Scalar(text, line, column + 1, 0, 0, False)


def _tree(number: int, row: Sequence[str], heads: Mapping[int, Column], groups: Groups) -> source.Mapping:
    """Make a row the nodes of a project file, so that it is checked like one; lines are rows, columns are columns."""
    tree: dict[str, Any] = {}
    for n, head in heads.items():
        text = row[n] if n < len(row) else ""
        if head.path == ("编号",):
            text = text or f"{_NEW_ROW_CODE}{number}"
        if not text:
            continue
        inner = tree
        for word in head.path[:-1]:
            inner = inner.setdefault(word, {})
        options = text.split(columns.OPTIONS_JOINT) if head.many else [text]
        items = tuple(_scalar(option, number, n) for option in options)
        inner[head.path[-1]] = source.Sequence(items, number, n + 1, 0, 0) if len(items) > 1 else items[0]
    if groups:
        tree["绩效指标"] = {g: source.Sequence(tuple(nodes), number, 1, 0, 0) for g, nodes in groups.items()}
    return _mapping(tree, number)


def _mapping(tree: Mapping[str, Any], number: int) -> source.Mapping:
    entries = (
        (_scalar(key, number, 0), _mapping(value, number) if isinstance(value, dict) else value)
        for key, value in tree.items()
    )
    return source.Mapping(tuple(entries), number, 1, 0, 0)
