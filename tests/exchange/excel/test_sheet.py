"""The workbook loses nothing, and a mistake in it is named by its sheet and cell."""

import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from goalgen.cli import cli
from goalgen.errors import GoalgenError
from goalgen.exchange.excel import reading
from goalgen.exchange.excel.reading import Sheets, cell_name, read_sheets
from goalgen.exchange.excel.writing import workbook
from goalgen.forms.item import Kind
from goalgen.forms.project import Project
from tests.support.filled_forms import year
from tests.support.project_making import indicator, replace, with_field
from tests.support.strategies import form, projects
from tests.support.year_2020 import copied


def read(data: bytes) -> list[Project]:
    return reading.read_projects(read_sheets(data, "x.xlsx"), form(), 2020, "x.xlsx")


def test_the_sixteen_projects_come_back_and_the_bytes_are_the_same_each_time() -> None:
    data = workbook(year().projects, form(), 2020)
    assert read(data) == list(year().projects) and len(year().projects) == 16
    assert data == workbook(year().projects, form(), 2020)


@settings(max_examples=15, deadline=None)
@given(st.lists(projects(), min_size=1, max_size=2))
def test_any_projects_come_back(made: list[Project]) -> None:
    made = [replace(project, year=2020, code=f"a{n}") for n, project in enumerate(made)]
    assert read(workbook(made, form(), 2020)) == made


def test_a_value_that_looks_like_the_sign_for_empty_comes_back() -> None:
    rows = tuple(indicator("数量指标", "甲", text, None) for text in ("", "（空）", "（空）的", "0012"))
    made = [replace(year().projects[0], indicators=rows)]
    assert read(workbook(made, form(), 2020)) == made


def changed(sheet: str, row: int, column: int, text: str) -> Sheets:
    found = read_sheets(workbook(year().projects, form(), 2020), "x.xlsx")
    found.rows[sheet][row][column] = text
    return found


@pytest.mark.parametrize(
    ("sheet", "row", "column", "text", "code", "cell"),
    [
        ("项目", 1, 3, "别的", "M05", "工作表“项目” D2"),
        ("项目", 2, 11, "五万", "M04", "工作表“项目” L3"),
        ("项目", 2, 0, "bao-an-zhuan-fu-jing", "S01", "工作表“项目” A3"),
        ("项目", 1, 1, "", "M02", "工作表“项目” A2"),
        ("项目", 0, 1, "名称", "E03", "工作表“项目” B1"),
        ("项目", 0, 3, "项目名称", "E03", "工作表“项目” D1"),
        ("指标", 1, 0, "bao-an", "E04", "工作表“指标” A2"),
        ("指标", 1, 1, "数量", "E04", "工作表“指标” B2"),
        ("指标", 1, 2, "", "M02", "工作表“指标” C2"),
    ],
)
def test_a_mistake_is_named_by_sheet_and_cell(
    sheet: str, row: int, column: int, text: str, code: str, cell: str
) -> None:
    with pytest.raises(GoalgenError) as caught:
        reading.read_projects(changed(sheet, row, column, text), form(), 2020, "x.xlsx")
    found = [(problem.code, problem.message.split("：")[0]) for problem in caught.value.problems]
    assert (code, cell) in found


def test_an_indicator_of_no_project_is_told_what_stands_for_one() -> None:
    with pytest.raises(GoalgenError, match="没有写编号；写“项目”表里的编号；新项目没有编号的，写它的项目名称"):
        reading.read_projects(changed("指标", 1, 0, ""), form(), 2020, "x.xlsx")


def test_numbers_and_days_that_excel_made_of_texts_are_read_as_shown() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for name in ("项目", "指标"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, [152.5, 35, 0.0125, True, "  ", "0012"])
            sheet.write_datetime(1, 0, date(2020, 2, 10), day)
            sheet.write_datetime(1, 1, datetime(2020, 2, 10, 8, 30), moment)
    first, second = read_sheets(file.getvalue(), "x.xlsx").rows["项目"]
    assert first == ["152.5", "35", "0.0125", "True", "", "0012"]
    assert second[:2] == ["2020-02-10", "2020-02-10"]


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({}, {"项目类型": 'errorTitle="表上没有这一项"'}),
        ({"kind": Kind.CHOICES}, {"项目类型": 'errorStyle="information"'}),
        ({"options": tuple(f"这是一个很长很长的选项{n}" for n in range(25))}, {}),
        ({"help": "", "examples": {}}, {"项目类型": 'errorTitle="表上没有这一项"'}),
    ],
)
def test_a_form_decides_what_a_cell_offers(change: dict[str, Any], rules: dict[str, str]) -> None:
    """A drop-down; one that only offers where several may be chosen; none where Excel could not take so long a list."""
    given = with_field(form(), "项目类型", **change)
    with zipfile.ZipFile(io.BytesIO(workbook((), given, 2020))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        notes = book.read("xl/comments1.xml").decode()
    found = re.findall(r'<dataValidation [^>]*sqref="D2[^>]*>', sheet)
    assert len(found) == len(rules)
    assert all(rules["项目类型"] in rule for rule in found)
    assert notes.count('<comment ref="D1"') == bool(change.get("help", "有"))


def test_cells_are_named_as_excel_names_them() -> None:
    assert [cell_name(5, n) for n in (0, 25, 26, 701, 702)] == ["A5", "Z5", "AA5", "ZZ5", "AAA5"]


@pytest.mark.parametrize(("data", "code"), [(b"no zip", "E01"), (b"", "E01")])
def test_what_is_no_workbook_is_said(data: bytes, code: str) -> None:
    with pytest.raises(GoalgenError, match=code):
        read_sheets(data, "x.xlsx")


def test_export_and_import_change_only_what_was_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied(tmp_path)
    monkeypatch.chdir(tmp_path)
    before = {path: path.read_bytes() for path in sorted((tmp_path / "data").rglob("*.yaml"))}
    run = CliRunner().invoke
    assert run(cli, ["sheet", "export", "-o", "x.xlsx"]).exit_code == 0
    assert run(cli, ["sheet", "import", "x.xlsx"]).exit_code == 0
    assert {path: path.read_bytes() for path in before} == before
    first = replace(year().projects[0], phone="1")
    (tmp_path / "x.xlsx").write_bytes(workbook([first, replace(first, code="", name="新项目")], form(), 2020))
    result = run(cli, ["sheet", "import", "x.xlsx"])
    assert result.exit_code == 0 and "8861058 → 1" in result.output and "表里没有" in result.output
    assert b"\n\xe8\x81\x94\xe7\xb3\xbb\xe7\x94\xb5\xe8\xaf\x9d: 1\n" in next(iter(before)).read_bytes()
    assert (tmp_path / "data" / "2020" / "17-新项目.yaml").is_file()


def test_a_workbook_of_a_year_that_is_not_there_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied(tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.xlsx").write_bytes(workbook(year().projects[:1], form(), 2019))
    refused = CliRunner().invoke(cli, ["sheet", "import", "x.xlsx"]).exception
    assert str(refused) == "data/projects.yaml: 错误 S06 没有 2019 年度；有：2020"
