"""Files given to a command that are not what it needs: one line with its code, exit code 2, nothing written."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner
from conftest import ROOT
from killed_runs import contents

from goalgen.cli import cli
from goalgen.errors import GoalgenError


def workbook(*sheets: str) -> bytes:
    """An Excel file with empty worksheets."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        for name in sheets:
            book.add_worksheet(name)
    return file.getvalue()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the submission to stand in, with files that are not what their names say."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "empty").mkdir()
    (tmp_path / "text.xlsx").write_bytes(b"no zip")
    (tmp_path / "other.xlsx").write_bytes(workbook("甲"))
    (tmp_path / "text.docx").write_bytes(b"no zip")
    (tmp_path / "blank.docx").write_bytes((ROOT / "templates" / "form_2020.docx").read_bytes()[:100])
    (tmp_path / "big.docx").write_bytes(b"")
    os.truncate(tmp_path / "big.docx", 70_000_000)
    (tmp_path / "gbk.txt").write_bytes("今天天气很好".encode("gb18030"))
    (tmp_path / "other" / "data").mkdir(parents=True)
    (tmp_path / "other" / "data" / "projects.yaml").write_bytes(b"")
    (tmp_path / "strange.txt").write_bytes(b"\xff\xff\xff")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("sheet import text.xlsx", "E01"),
        ("sheet import other.xlsx", "E02"),
        ("sheet import none.xlsx", "Y01"),
        ("import none.docx", "Y01"),
        ("import empty", "K02"),
        ("import text.docx", "K01"),
        ("import blank.docx", "K01"),
        ("import big.docx", "K01"),
        ("import gbk.txt", "K02"),
        ("import strange.txt", "K02"),
        ("check none.yaml", "Y01"),
        ("check text.docx", "S06"),
        ("render data/none.yaml", "Y01"),
        ("template check none", "S05"),
        ("init .", "S08"),
        ("init new --form none", "S05"),
        ("check . other", "S07"),
        ("sheet export --year 1999", "S06"),
    ],
)
def test_a_file_of_another_kind_is_one_line(words: str, code: str, folder: Path) -> None:
    before = contents(folder)
    result = CliRunner().invoke(cli, words.split())
    error = result.exception
    assert isinstance(error, GoalgenError), result.output
    assert {problem.code for problem in error.problems} == {code}
    assert error.exit_code == 2
    assert contents(folder) == before


def test_verbose_shows_the_line_and_points_at_the_place(folder: Path) -> None:
    path = folder / "data" / "2020" / "03-ji-yao-gong-zuo.yaml"
    path.write_text(path.read_text("utf-8").replace("编号: ji-yao-gong-zuo", "编号: 机要"), encoding="utf-8")
    result = CliRunner().invoke(cli, ["check", "-v", str(path)])
    lines = result.output.splitlines()
    at = next(number for number, line in enumerate(lines) if "M08" in line)
    assert lines[at + 1 : at + 3] == ["    编号: 机要", "          ^"]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="a file that nobody can read, not even root")
@pytest.mark.parametrize("command", ["check", "fmt", "render"])
def test_a_file_that_the_system_does_not_give_is_told_with_its_name(command: str, folder: Path) -> None:
    path = folder / "data" / "2020" / "03-ji-yao-gong-zuo.yaml"
    path.unlink()
    path.symlink_to("/proc/self/mem")
    result = CliRunner().invoke(cli, [command])
    assert getattr(result.exception, "exit_code", 0) == 2
    assert f"{path.relative_to(folder).as_posix()}: 错误 Y01 文件读不到：Input/output error" in result.output
