"""Read a workbook that colleagues filled back to projects, and name every mistake by sheet and cell; the only door to calamine."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final, NamedTuple, TypeAlias

from python_calamine import CalamineError, CalamineWorkbook

from goalgen import source
from goalgen.errors import GoalgenError, Place, Problem
from goalgen.exchange.excel import columns
from goalgen.exchange.excel.columns import Column
from goalgen.forms import Form
from goalgen.forms.blocks.block import RowList
from goalgen.forms.project import CODE_KEY, Project
from goalgen.submission.project_file import Setting, convert
from goalgen.text.likeness import suggest

_SHEET_OFFSET: Final = 1_000_000
"""Added to the row numbers of the second sheet, twice to those of the third …, so that a place names the sheet too."""
_NEW_ROW_CODE: Final = "new-row-"


class Sheets(NamedTuple):
    """Hold the rows of every sheet as texts, headings included, and the lines of 说明 by their first cell."""

    rows: dict[str, list[list[str]]]
    notes: dict[str, str]


def read_sheets(data: bytes, file: str) -> Sheets:
    """Read the cells of an .xlsx as texts. Raises GoalgenError (E01) when it is none."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        grids = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except CalamineError as error:
        raise Problem("E01", "不是 Excel 文件（.xlsx），或者文件坏了", Place(file), "另存为 .xlsx").error() from error
    texts = {name: [[_text(cell) for cell in row] for row in grid] for name, grid in grids.items()}
    notes = {row[0]: row[1] for row in texts.get(columns.NOTES_SHEET, []) if len(row) > 1}
    return Sheets(texts, notes)


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

    `year` is their budget year, `file` the workbook's name in messages. Raises GoalgenError with every mistake, by cell, and
    for sheets that are not there (E02).
    """
    problems: list[Problem] = []
    lists = columns.row_lists(form)
    grids = _grids(found, (columns.PROJECTS_SHEET, *lists), file)
    heads = _columns_at(grids[0], columns.project_columns(form), columns.PROJECTS_SHEET, file, problems)
    below = [
        _TableSheet(name, n, grid, _columns_at(grid, columns.row_columns(own, form), name, file, problems), own)
        for n, (name, own, grid) in enumerate(zip(lists, lists.values(), grids[1:], strict=True), 1)
    ]
    if problems:
        raise GoalgenError(problems)
    rows = [(n, row) for n, row in enumerate(grids[0][1:], 2) if any(row)]
    keys = _rows_by_key(rows, heads, form)
    groups = [_lists(sheet, keys, file, problems) for sheet in below]
    setting = Setting.alone(form, year)
    made = []
    for number, row in rows:
        tree = _tree(number, row, heads, [own.get(number, {}) for own in groups])
        project, faults = convert(source.Document(file, tree, ()), setting)
        problems += [_celled(fault, file, [sheet.name for sheet in below]) for fault in faults]
        if project:
            made.append(
                replace(project, code="" if project.code.startswith(_NEW_ROW_CODE) else project.code, origin=None)
            )
    problems += _repeated(rows, heads, file)
    if problems:
        raise GoalgenError(problems)
    return made


class _TableSheet(NamedTuple):
    """Hold a sheet of free rows: its name and number, its cells, its columns by position, and the lists in it."""

    name: str
    number: int
    grid: list[list[str]]
    heads: Mapping[int, Column]
    lists: Sequence[RowList]


def _grids(found: Sheets, names: Sequence[str], file: str) -> list[list[list[str]]]:
    """Return the cells of these sheets. Raises GoalgenError (E02) for each that is not there."""
    missing = [name for name in names if name not in found.rows]
    if missing:
        hint = "用 goalgen sheet export 生成的文件，不要改工作表的名字"
        raise GoalgenError([Problem("E02", f"没有工作表“{name}”", Place(file), hint) for name in missing])
    return [found.rows[name] for name in names]


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


def _celled(fault: Problem, file: str, tables: Sequence[str]) -> Problem:
    number, line = divmod(fault.place.line, _SHEET_OFFSET)
    return _problem(
        fault.code,
        fault.message,
        (columns.PROJECTS_SHEET, *tables)[number],
        line,
        fault.place.column - 1,
        file,
        fault.hint,
    )


def _at(row: Sequence[str], heads: Mapping[int, Column], title: str) -> tuple[int, str]:
    n = next(n for n, head in heads.items() if head.title == title)
    return n, row[n] if n < len(row) else ""


def _rows_by_key(rows: Sequence[tuple[int, Sequence[str]]], heads: Mapping[int, Column], form: Form) -> dict[str, int]:
    """Return the row numbers of projects by what the sheet 指标 may call them: the 编号, for new rows the name."""
    keys: dict[str, int] = {}
    titles = [head.title for head in heads.values() if head.path in ((CODE_KEY,), tuple(form.name_path.split(".")))]
    for number, row in rows:
        code, name = (_at(row, heads, title)[1] for title in sorted(titles, key=lambda title: title != CODE_KEY))
        keys.setdefault(code or name, number)
    return keys


def _repeated(rows: Sequence[tuple[int, Sequence[str]]], heads: Mapping[int, Column], file: str) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for number, row in rows:
        n, code = _at(row, heads, CODE_KEY)
        if code and code.casefold() in seen:
            message = f"编号 {code} 与第 {seen[code.casefold()]} 行重复"
            yield _problem("S01", message, columns.PROJECTS_SHEET, number, n, file, "一个项目一行")
        seen.setdefault(code.casefold(), number)


Lists: TypeAlias = "dict[tuple[str, ...], list[source.Node]]"
"""Free rows as nodes, by the keys of their list in a project file."""


def _lists(sheet: _TableSheet, keys: Mapping[str, int], file: str, problems: list[Problem]) -> dict[int, Lists]:
    """Collect the free rows of each project (by its row number) as nodes."""
    found: dict[int, Lists] = {}
    by_group = {one.group: one for one in sheet.lists}
    for number, row in ((n, row) for n, row in enumerate(sheet.grid[1:], 2) if any(row)):
        n, key = _at(row, sheet.heads, CODE_KEY)
        if key not in keys:
            message = f"“项目”表里没有“{key}”" if key else "没有写编号"
            hint = suggest(key, keys) if key else "写“项目”表里的编号；新项目没有编号的，写它的项目名称"
            problems.append(_problem("E04", message, sheet.name, number, n, file, hint))
        n, group = _at(row, sheet.heads, columns.GROUP_TITLE) if sheet.lists[0].group else (0, "")
        if group not in by_group:
            message = f"没有“{group}”这个二级指标" if group else "没有写二级指标"
            problems.append(_problem("E04", message, sheet.name, number, n, file, suggest(group, by_group)))
        if key in keys and group in by_group:
            one = by_group[group]
            found.setdefault(keys[key], {}).setdefault(one.keys, []).append(_row(number, row, sheet, one))
    return found


def _row(number: int, row: Sequence[str], sheet: _TableSheet, one: RowList) -> source.Mapping:
    line = sheet.number * _SHEET_OFFSET + number
    names = {one.name, *(column.key for column in one.columns)}
    cells: list[tuple[source.Scalar, source.Node]] = []
    for n, head in sheet.heads.items():
        text = row[n] if n < len(row) else ""
        if head.title in names and text:
            value = text if head.title == one.name else columns.row_value(text)
            cells.append((_scalar(head.title, line, n), _node(value, head, line, n)))
    first = next(n for n, head in sheet.heads.items() if head.title in names)
    return source.Mapping(tuple(cells), line, first + 1, 0, 0)


def _node(text: str, head: Column, line: int, n: int) -> source.Node:
    """Make the nodes of a cell; several options stand in it apart by 、."""
    options = text.split(columns.OPTIONS_JOINT) if head.many else [text]
    items = tuple(_scalar(option, line, n) for option in options)
    return source.Sequence(items, line, n + 1, 0, 0) if len(items) > 1 else items[0]


def _scalar(text: str, line: int, column: int) -> source.Scalar:
    return source.Scalar(text, line, column + 1, 0, 0, False)


def _tree(number: int, row: Sequence[str], heads: Mapping[int, Column], tables: Sequence[Lists]) -> source.Mapping:
    """Make a row the nodes of a project file, so that it is checked like one; lines are rows, columns are columns."""
    tree: dict[str, Any] = {}
    for n, head in heads.items():
        text = row[n] if n < len(row) else ""
        if head.path == (CODE_KEY,):
            text = text or f"{_NEW_ROW_CODE}{number}"
        if not text:
            continue
        _put(tree, head.path, _node(text, head, number, n))
    for lists in tables:
        for path, nodes in lists.items():
            _put(tree, path, source.Sequence(tuple(nodes), number, 1, 0, 0))
    return _mapping(tree, number)


def _put(tree: dict[str, Any], path: Sequence[str], node: source.Node) -> None:
    """Put a node at its path in a tree of dicts."""
    for word in path[:-1]:
        tree = tree.setdefault(word, {})
    tree[path[-1]] = node


def _mapping(tree: Mapping[str, Any], number: int) -> source.Mapping:
    entries = (
        (_scalar(key, number, 0), _mapping(value, number) if isinstance(value, dict) else value)
        for key, value in tree.items()
    )
    return source.Mapping(tuple(entries), number, 1, 0, 0)
