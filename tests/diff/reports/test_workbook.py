"""A comparison as a workbook: money as numbers, texts as texts, no clock."""

from __future__ import annotations

import io
from datetime import datetime
from zipfile import ZipFile

from python_calamine import CalamineWorkbook

from goalgen.diff.reports.workbook import xlsx
from goalgen.diff.values import Difference
from tests.support.diff_reports import HARD, rows_of
from tests.support.docx_reading import parts_in


def test_the_workbook_has_money_as_numbers_and_texts_as_texts(difference: Difference, hard: Difference) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx(difference)))
    summary, details = (book.get_sheet_by_name(name).to_python() for name in ("汇总", "明细"))
    assert summary[5][:7] == ["合计", 16, 16, 1028.99, 1035.5, 6.51, 0.006]
    assert len(details) == len(rows_of(difference)) + 1
    (money,) = (row for row in details if row[2] == "zheng-wu-du-cha" and row[4] == "年度财政拨款")
    assert money[5:12] == [35, 42, 7, "万元", 0.2, "", "增加第三方核查"]
    data = xlsx(hard)
    with ZipFile(io.BytesIO(data)) as package:
        assert not any(b"<f>" in package.read(name) for name in package.namelist() if "worksheets" in name)
    texts = [
        str(cell)
        for row in CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(1).to_python()
        for cell in row
    ]
    assert any(text.endswith(HARD) for text in texts)


def test_the_workbook_is_frozen_filterable_and_dated_without_a_clock(difference: Difference) -> None:
    parts = parts_in(xlsx(difference))
    details = parts["xl/worksheets/sheet2.xml"].decode()
    assert "<pane " in details and "<autoFilter " in details
    assert datetime(2020, 1, 1).isoformat().encode() in parts["docProps/core.xml"]
