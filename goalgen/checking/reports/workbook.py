"""Write the review as an .xlsx that goes round the office: a filterable list and the counts; the same bytes each time."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any, Final

from goalgen.checking.check import Review
from goalgen.checking.manual import FOOT
from goalgen.errors import Severity
from goalgen.files.workbook import workbook_bytes

_COLUMNS: Final = (
    ("项目", 30),
    ("预算单位", 26),
    ("轻重", 7),
    ("标准", 9),
    ("规则", 7),
    ("栏目", 34),
    ("问题", 52),
    ("改法", 40),
    ("文件", 40),
    ("处理情况", 16),
)
_FILLS: Final = {Severity.ERROR: "#F8D7DA", Severity.WARNING: "#FFF3CD", Severity.INFO: "#E2E8F0"}


def xlsx(review: Review) -> bytes:
    """Write a workbook: 问题 (one row a problem, autofilter, frozen head, link to the file) and 汇总 (counts per project)."""
    return workbook_bytes(f"{review.department}绩效目标审核意见", partial(_write_sheets, review))


def _write_sheets(review: Review, book: Any) -> None:
    look = {"font_name": "宋体", "font_size": 10, "valign": "top", "text_wrap": True, "border": 1}
    head = book.add_format({**look, "bold": True, "bg_color": "#D9E2F3"})
    _problems(book, review, look, head)
    _summary(book, review, book.add_format(look), head)


def _problems(book: Any, review: Review, look: dict[str, Any], head: Any) -> None:
    sheet = book.add_worksheet("问题")
    body = book.add_format(look)
    link = book.add_format({**look, "font_color": "#0563C1", "underline": 1})
    levels = {severity: book.add_format({**look, "bg_color": colour}) for severity, colour in _FILLS.items()}
    for column, (title, width) in enumerate(_COLUMNS):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
    row = 0
    for group in review.groups:
        name, unit = (group.project.name, group.project.unit) if group.project else (group.title, "")
        for problem in group.problems:
            row += 1
            cells = (name, unit, problem.severity.value, problem.criterion, problem.code, problem.field)
            for column, text in enumerate((*cells, problem.message, problem.hint)):
                sheet.write_string(row, column, text, levels[problem.severity] if column == 2 else body)
            url = f"external:{Path(problem.place.file).as_posix()}"
            sheet.write_url(row, 8, url, link, str(problem.place))
            sheet.write_blank(row, 9, None, body)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(row, 1), len(_COLUMNS) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _summary(book: Any, review: Review, body: Any, head: Any) -> None:
    sheet = book.add_worksheet("汇总")
    sheet.set_column(0, 0, 46)
    row = 0
    for column, title in enumerate(("项目", *(severity.value for severity in Severity))):
        sheet.write_string(row, column, title, head)
    for group in review.groups:
        row += 1
        sheet.write_string(row, 0, group.title, body)
        for column, severity in enumerate(Severity, 1):
            sheet.write_number(row, column, group.count(severity), body)
    row += 2
    for column, title in enumerate(("标准", *(severity.value for severity in Severity))):
        sheet.write_string(row, column, title, head)
    for name, counts in review.by_criterion().items():
        row += 1
        sheet.write_string(row, 0, name, body)
        for column, severity in enumerate(Severity, 1):
            sheet.write_number(row, column, counts[severity], body)
    sheet.write_string(row + 2, 0, FOOT, body)
    sheet.freeze_panes(1, 0)
