"""`goalgen show`: a Word file as lines of text, whatever the console."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from goalgen.cli.show import command
from goalgen.errors import GoalgenError
from goalgen.forms.project import Project
from goalgen.printing.printer import Printer
from goalgen.word.lines import Cell, Line, lines
from goalgen.word.plain_text import rows
from tests.support.docx_making import cell, docx, table
from tests.support.docx_reading import BODY, golden_rows, parts_in
from tests.support.filled_forms import bundle as bundle_of_2020
from tests.support.filled_forms import merged_headings, raw_document


def line(*cells: Cell, table: bool = True) -> Line:
    return Line(cells, "第1个表, 第1行", table)


def test_a_row_is_understood_alone() -> None:
    given = [
        line(Cell("产出指标", 0, 1), Cell("数量\n指标", 1, 2), Cell("30 \u3000人", 2, 3), Cell("", 3, 4)),
        line(Cell("", 0, 1, True), Cell("", 1, 2, True), Cell("", 2, 3), Cell("8小时", 3, 4)),
        line(Cell("", 0, 1, True), Cell("效率", 1, 2), Cell("", 2, 3), Cell("", 3, 4)),
        line(Cell("填报人：甲\t电话：1", 0, 1), table=False),
        line(Cell("", 0, 1, True)),
    ]
    assert list(rows(given)) == [
        "产出指标 | 数量 / 指标 | 30 人",
        "产出指标 | 数量 / 指标 |  | 8小时",
        "产出指标 | 效率",
        "填报人：甲 电话：1",
        "",
    ]


def with_borders(*lines: str) -> str:
    """A cell that draws or does not draw some of its lines."""
    sides = "".join(f'<w:{side} w:val="{kind}"/>' for side, _, kind in (said.partition(" ") for said in lines))
    return f"<w:tcBorders>{sides}</w:tcBorders>"


@pytest.mark.parametrize(
    ("above", "below", "said"),
    [
        (("bottom nil",), ("top nil",), "绩效指标 | 数量"),
        (("bottom none",), ("top none",), "绩效指标 | 数量"),
        (("bottom single",), ("top nil",), " | 数量"),  # as Excel pastes: each line drawn by the upper cell
        (("bottom nil",), ("top single",), " | 数量"),
        ((), (), " | 数量"),
    ],
)
def test_an_empty_cell_goes_on_with_the_one_above_where_no_line_parts_them(
    above: tuple[str, ...], below: tuple[str, ...], said: str
) -> None:
    rows_made = (
        [cell("绩效指标", properties=with_borders(*above)), cell("指标")],
        [cell("", properties=with_borders(*below)), cell("数量")],
    )
    shown = rows(lines(docx(table(*rows_made)), lambda text: False))
    assert list(shown) == ["绩效指标 | 指标", said]


def test_a_form_of_last_year_reads_as_one_of_this_year() -> None:
    """Though its headings were merged with the rows below them, so that git shows no change where none is."""
    body = parts_in(bundle_of_2020())[BODY].decode()
    old = merged_headings(body)
    assert old.count('<w:vMerge w:val="restart"/>') > body.count('<w:vMerge w:val="restart"/>') > 0
    now, then = (list(rows(lines(raw_document(xml), lambda text: False))) for xml in (body, old))
    assert now == then
    assert now[19].startswith("绩效指标 | 产出指标 | 数量指标")


def test_nothing_that_moves_the_cursor_comes_out() -> None:
    assert list(rows([line(Cell("甲\x1b[31m\u202e", 0, 1))])) == ["甲�[31m�"]


@pytest.fixture
def bundle(tmp_path: Path, printer: Printer, sixteen: tuple[Project, ...]) -> Path:
    path = tmp_path / "合订本.docx"
    path.write_bytes(printer.bundle(printer.fill(project) for project in sixteen))
    return path


def test_the_sixteen_forms_are_printed_with_every_word(bundle: Path) -> None:
    shown = CliRunner().invoke(command, [str(bundle)]).output
    squeezed = "".join(shown.split()).replace("/", "")
    texts = [cell for form in golden_rows() for row in form["rows"] for cell in row if cell]
    assert len(texts) > 1000
    assert [text for text in texts if "".join(text.split()).replace("/", "") not in squeezed] == []
    assert shown.count("项目名称 | ") == 16


@pytest.mark.parametrize("encoding", ["gbk", "ascii"])
def test_it_is_utf_8_whatever_the_console(bundle: Path, encoding: str) -> None:
    env = {**os.environ, "PYTHONIOENCODING": encoding, "LC_ALL": "C"}
    words = [sys.executable, "-m", "goalgen", "show", "--textconv", str(bundle)]
    said = subprocess.run(words, capture_output=True, env=env, check=True).stdout
    assert "项目类型 | 产业发展□" in said.decode("utf-8") and b"\r" not in said


def test_several_files_are_told_apart(bundle: Path) -> None:
    (bundle.parent / "另一份.docx").write_bytes(bundle.read_bytes())
    result = CliRunner().invoke(command, [str(bundle.parent)])
    assert result.stderr.count("── ") == 2 and result.stdout.count("项目名称 | 政务督查经费") == 2


def test_what_cannot_be_opened_is_said_and_under_git_shown(tmp_path: Path) -> None:
    broken = tmp_path / "坏.docx"
    broken.write_bytes(b"no zip")
    refused = CliRunner().invoke(command, [str(broken)])
    assert isinstance(refused.exception, GoalgenError) and "K01" in str(refused.exception)
    assert "Y01" in str(CliRunner().invoke(command, [str(tmp_path / "没有.docx")]).exception)
    told = CliRunner().invoke(command, ["--textconv", str(broken)])
    assert told.exit_code == 0 and "sha256" in told.output and told.output.count("\n") == 1
