"""Files given to a command that are not what it needs: one line with its code, exit code 2, nothing written."""

from __future__ import annotations

import io
import os
import shutil
import sys
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner

from goalgen.cli import cli
from goalgen.errors import GoalgenError
from goalgen.files import writing
from goalgen.files.refusals import cannot_write
from goalgen.submission.index import INDEX, open_index
from tests.support.docx_making import changed, docx, paragraph
from tests.support.killed_runs import contents
from tests.support.places import ROOT


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
    for ending in ("docx", "doc", "xlsx"):
        (tmp_path / f"big.{ending}").write_bytes(b"")
        os.truncate(tmp_path / f"big.{ending}", 70_000_000)
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
        ("import big.docx", "Y01"),
        ("import big.doc", "Y01"),
        ("show big.docx", "Y01"),
        ("sheet import big.xlsx", "Y01"),
        ("diff big.docx 2020", "Y01"),
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


@pytest.mark.parametrize(
    ("name", "code"), [("", "M02"), (" \u200b", "M02"), ("甲\x1b[31m乙", "Y03"), ("\u202e甲", "Y03")]
)
def test_a_new_project_needs_a_name_that_can_be_printed(name: str, code: str, folder: Path) -> None:
    before = contents(folder)
    result = CliRunner().invoke(cli, ["new", name])
    assert isinstance(result.exception, GoalgenError)
    assert [problem.code for problem in result.exception.problems] == [code]
    assert contents(folder) == before


def test_new_leaves_line_ends_and_byte_order_mark_of_the_list(folder: Path) -> None:
    index = folder / "data" / "projects.yaml"
    before = b"\xef\xbb\xbf" + index.read_bytes().replace(b"\n", b"\r\n")
    index.write_bytes(before)
    assert CliRunner().invoke(cli, ["new", "大院绿化", "--code", "lv-hua"]).exit_code == 0
    assert set(index.read_bytes().splitlines(keepends=True)) - set(before.splitlines(keepends=True)) == {
        b"      - 2021/18-lv-hua.yaml\r\n"
    }


def test_new_takes_its_file_back_when_it_cannot_be_listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(folder)
    write = writing.write

    def only_projects(path: Path, data: bytes) -> bool:
        if path.name == "projects.yaml":
            raise GoalgenError([cannot_write(path, PermissionError(13, "no"))], 3)
        return write(path, data)

    monkeypatch.setattr(writing, "write", only_projects)
    result = CliRunner().invoke(cli, ["new", "大院绿化"])
    assert isinstance(result.exception, GoalgenError)
    assert contents(folder) == before


def test_a_name_of_two_lines_keeps_the_heading_on_one(folder: Path) -> None:
    path = folder / "data" / "2020" / "03-ji-yao-gong-zuo.yaml"
    path.write_text("编号: a\n项目名称: |\n  甲\n  乙\n预算单位: 丙\n", encoding="utf-8")
    lines = CliRunner().invoke(cli, ["check", str(path)]).output.splitlines()
    assert any(line.startswith("── 甲�乙（") for line in lines)


def test_an_amount_with_too_many_digits_is_not_asked_for_digits(folder: Path) -> None:
    path = folder / "data" / "2020" / "03-ji-yao-gong-zuo.yaml"
    path.write_text(f"编号: a\n项目名称: 甲\n项目资金: {{年度: {{总额: {'9' * 5000}}}}}\n", encoding="utf-8")
    assert "最多 12 位" in CliRunner().invoke(cli, ["check", str(path)]).output


def test_a_listed_folder_is_not_also_an_unlisted_file(folder: Path) -> None:
    path = folder / "data" / "2020" / "03-ji-yao-gong-zuo.yaml"
    path.unlink()
    path.mkdir()
    result = CliRunner().invoke(cli, ["render", "--year", "2020"])
    lines = [line for line in result.output.splitlines() if "03-ji-yao" in line]
    assert len(lines) == 1
    assert "S02 2020/03-ji-yao-gong-zuo.yaml 不是文件" in lines[0]
    assert "想写 2020/03-ji-yao-gong-zuo.yaml" not in lines[0]


def test_a_form_without_years_leaves_a_list_that_can_be_read(folder: Path) -> None:
    """Even the empty template: what it says goes to comments, and nothing of it harms projects.yaml."""
    template = ROOT / "templates" / "form_2020.docx"
    assert CliRunner().invoke(cli, ["import", str(template), "--year", "2023"]).exit_code == 0
    index = open_index(folder, [2023])
    assert index.problems == ()
    assert "中长期年限: 2023-2025" in (folder / INDEX).read_text(encoding="utf-8")


def test_a_form_with_entities_is_not_read_past_them(folder: Path) -> None:
    data = docx(paragraph("项目名称"))
    entity = changed(
        data, "word/document.xml", "<w:document", '<!DOCTYPE d [<!ENTITY a SYSTEM "/etc/passwd">]><w:document'
    )
    (folder / "entity.docx").write_bytes(entity)
    result = CliRunner().invoke(cli, ["show", "entity.docx"])
    assert isinstance(result.exception, GoalgenError)
    assert "K01 里面有 DTD 声明" in str(result.exception)


def spoil(folder: Path) -> None:
    """A project, the review profile and the template of a submission of two years, each with a mistake."""
    shutil.copytree(ROOT / "templates", folder / "templates")
    path = folder / "data" / "2020" / "03-ji-yao-gong-zuo.yaml"
    path.write_text("编号: 机要\n项目名称: 甲\n预算单位: 乙\n", encoding="utf-8")
    (folder / "templates" / "review.yaml").write_text("金额小数位: 三\n", encoding="utf-8")
    (folder / "templates" / "form_2020.docx").write_bytes(docx(paragraph("{{ 项目名 }}")))


def test_a_mistake_in_one_kind_of_file_hides_none_in_the_others(folder: Path) -> None:
    spoil(folder)
    told = CliRunner().invoke(cli, ["render"]).output
    assert [told.count(code) for code in (" M08 ", " M07 ", " D03 ")] == [1, 1, 1]
    assert "共 3 个错误" in told
    told = CliRunner().invoke(cli, ["check"]).output
    assert [told.count(code) for code in (" M08 ", " M07 ")] == [1, 1]


@pytest.mark.parametrize("words", ["roll 2021 2022", "sheet export", "diff 2020 2021", "new 甲", "render", "check"])
def test_a_form_that_cannot_be_read_is_named_and_not_its_years(words: str, folder: Path) -> None:
    shutil.copytree(ROOT / "templates", folder / "templates")
    spec = folder / "templates" / "form_2020.yaml"
    spec.write_text(spec.read_text("utf-8").replace("金额单位: ", "金额单位："), encoding="utf-8")
    result = CliRunner().invoke(cli, words.split())
    told = f"{result.output}{result.exception}"
    line = 1 + spec.read_text("utf-8").splitlines().index("金额单位：万元")
    assert f"templates/form_2020.yaml:{line}:5: 错误 Y05" in told
    assert "S06" not in told


@pytest.mark.skipif(sys.platform != "linux", reason="a file that nobody can read, not even root")
@pytest.mark.parametrize("command", ["check", "fmt", "render"])
def test_a_file_that_the_system_does_not_give_is_told_with_its_name(command: str, folder: Path) -> None:
    path = folder / "data" / "2020" / "03-ji-yao-gong-zuo.yaml"
    path.unlink()
    path.symlink_to("/proc/self/mem")
    result = CliRunner().invoke(cli, [command])
    assert getattr(result.exception, "exit_code", 0) == 2
    assert f"{path.relative_to(folder).as_posix()}: 错误 Y01 文件读不到：磁盘读写出错" in result.output


FIRST = "01-bao-an-zhuan-fu-jing.yaml"


@pytest.mark.parametrize(
    ("there", "listed", "remedy"),
    [
        (f"2020/{FIRST}.txt", f"2020/{FIRST}", f"它存成了 2020/{FIRST}.txt；把文件名末尾的 .txt 去掉"),
        (FIRST, f"2020/{FIRST}", f"它在 data/{FIRST}；移进 data/2020，或这里写 {FIRST}"),
        ("2020/01-bao-an-zhuan-fu-jing.yml", f"2020/{FIRST}", "你是不是想写 2020/01-bao-an-zhuan-fu-jing.yml"),
        (f"2020/{FIRST}", FIRST, f"你是不是想写 2020/{FIRST}"),
        (f"2020/{FIRST}", f"2020\\{FIRST}", f"你是不是想写 2020/{FIRST}"),
        (f"2019/{FIRST}", f"2020/{FIRST}", f"你是不是想写 2019/{FIRST}"),
        ("2020/旧.yaml", f"2020/{FIRST}", "检查文件名，或删掉这一行"),
    ],
)
def test_a_listed_file_that_is_not_there_is_told_once_with_its_neighbour(
    there: str, listed: str, remedy: str, tmp_path: Path
) -> None:
    """One slip, one problem: the neighbour is not told again as a file that nobody lists."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    path = tmp_path / "data" / there
    path.parent.mkdir(parents=True)
    shutil.copy(ROOT / "data/2020" / FIRST, path)
    index = f"年度:\n  2020:\n    表样: form_2020\n    项目:\n      - {listed}\n"
    (tmp_path / INDEX).write_text(index, encoding="utf-8")
    found = [problem for year in open_index(tmp_path).years for problem in (*year.problems, *year.unlisted)]
    assert [(problem.code, problem.hint) for problem in found if problem.code == "S02"] == [("S02", remedy)]
    assert len(found) == (2 if "旧" in there else 1)
