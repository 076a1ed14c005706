"""Write a difference as an .xlsx to filter and reckon with: money per 预算单位, and every change in a row."""

from __future__ import annotations

from decimal import Decimal
from functools import partial
from typing import Any, Final

from goalgen.diff.reports import words
from goalgen.diff.reports.rows import Row, sections
from goalgen.diff.values import Difference, Strength, Sum, Total
from goalgen.files.workbook import workbook_bytes

_CELL_LOOK: Final = {"font_name": "宋体", "font_size": 10, "valign": "top", "text_wrap": True, "border": 1}
_MONEY_FORMAT: Final = "#,##0.########"
_DELTA_FORMAT: Final = "+#,##0.########;-#,##0.########;0"
_SHARE_FORMAT: Final = "+0.0%;-0.0%;0.0%"
_DETAIL_WIDTHS: Final = (28, 32, 24, 12, 36, 44, 44, 12, 10, 10, 10, 36, 40)


def xlsx(difference: Difference) -> bytes:
    """Return the bytes of a workbook, the same each time, with the sheets 汇总 and 明细; money is in the form's unit (万元).

    汇总 has the money and the counts per 预算单位, 明细 a row for each change, to filter. Amounts, 增减 and
    percents are numbers; all other values are texts, never formulas or links.
    """
    return workbook_bytes(f"{difference.old} → {difference.new}", partial(_write_sheets, difference))


def _write_sheets(difference: Difference, book: Any) -> None:
    writer = _Writer(book)
    _summary(writer, difference)
    _details(writer, difference)


class _Writer:
    """Keeps the looks of a workbook, and writes cells in them."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.head = book.add_format({**_CELL_LOOK, "bold": True, "bg_color": "#D9E2F3"})
        self.body = book.add_format(_CELL_LOOK)
        self.money, self.delta, self.share = (
            book.add_format({**_CELL_LOOK, "num_format": form})
            for form in (_MONEY_FORMAT, _DELTA_FORMAT, _SHARE_FORMAT)
        )

    def sheet(self, name: str, heads: tuple[str, ...], widths: tuple[int, ...]) -> Any:
        """Add a sheet with a head that stays in sight and comes again on every printed page."""
        sheet = self.book.add_worksheet(name)
        for column, (title, width) in enumerate(zip(heads, widths, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, self.head)
        sheet.freeze_panes(1, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        return sheet

    def number(self, sheet: Any, row: int, column: int, number: Decimal | None, look: Any) -> None:
        """Write a number, or an empty cell where there is none."""
        if number is None:
            sheet.write_blank(row, column, None, look)
        else:
            sheet.write_number(row, column, float(number), look)


def _summary(writer: _Writer, difference: Difference) -> None:
    unit = difference.money_unit
    money = (f"{difference.old}（{unit}）", f"{difference.new}（{unit}）", f"增减（{unit}）", "增减%")
    heads = ("预算单位", "原项目数", "现项目数", *(f"{side}{word}" for side in ("年度 ", "中长期 ") for word in money))
    sheet = writer.sheet("汇总", heads, (40, 10, 10, *(16,) * 8))
    totals = [*((total, total.unit) for total in difference.totals), (difference.whole, "合计")]
    for row, (total, name) in enumerate(totals, 1):
        _total(writer, sheet, row, total, name)
    lines = [words.counts(difference), words.strengths(difference), *words.unread(difference)]
    for row, line in enumerate(lines, len(totals) + 2):
        sheet.write_string(row, 0, line)


def _total(writer: _Writer, sheet: Any, row: int, total: Total, name: str) -> None:
    sheet.write_string(row, 0, name, writer.body)
    for column, count in enumerate((total.old_count, total.new_count), 1):
        sheet.write_number(row, column, count, writer.body)
    for column, money in ((3, total.annual), (7, total.medium)):
        _sum(writer, sheet, row, column, money)


def _sum(writer: _Writer, sheet: Any, row: int, column: int, money: Sum) -> None:
    writer.number(sheet, row, column, money.old, writer.money)
    writer.number(sheet, row, column + 1, money.new, writer.money)
    writer.number(sheet, row, column + 2, money.delta, writer.delta)
    writer.number(sheet, row, column + 3, _hundredth(money.percent), writer.share)


def _details(writer: _Writer, difference: Difference) -> None:
    heads = (
        *("预算单位", "项目", "编号", "变动", "字段", difference.old, difference.new),
        *("增减", "单位", "增减%", "评价", "说明", "位置"),
    )
    sheet = writer.sheet("明细", heads, _DETAIL_WIDTHS)
    rows = [row for section in sections(difference) for rows in section.projects for row in rows]
    for number, row in enumerate(rows, 1):
        _row(writer, sheet, number, row)
    sheet.autofilter(0, 0, max(len(rows), 1), len(heads) - 1)


def _row(writer: _Writer, sheet: Any, number: int, row: Row) -> None:
    change = row.change
    for column, text in enumerate((row.unit, row.name, row.code, row.sorts[-1], row.label)):
        sheet.write_string(number, column, text, writer.body)
    for column, text in ((5, row.before), (6, row.after)):
        if change and change.is_money and text:
            sheet.write_number(number, column, float(Decimal(text)), writer.money)
        else:
            sheet.write_string(number, column, text, writer.body)
    delta = change.delta if change else None
    writer.number(sheet, number, 7, delta.number if delta else None, writer.delta)
    writer.number(sheet, number, 9, _hundredth(change.percent if change else None), writer.share)
    judged = change.strength.value if change and change.strength is not Strength.PLAIN else ""
    texts = ((8, delta.unit if delta else ""), (10, judged), (11, row.note), (12, row.place))
    for column, text in texts:
        sheet.write_string(number, column, text, writer.body)


def _hundredth(percent: Decimal | None) -> Decimal | None:
    return None if percent is None else percent / 100
