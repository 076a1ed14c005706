"""No command puts anything out over what goalgen reads: one line, exit 2, every byte as it was."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from goalgen.cli import check, diff
from goalgen.submission.outputs import ENDINGS
from tests.support.command_runs import run
from tests.support.killed_runs import contents

PROJECT = "data/2026/01-da-yuan-lv-hua.yaml"
posix = pytest.mark.skipif(sys.platform == "win32", reason="links as POSIX has them")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A submission of one project, rendered, with files of the user's own; no test may change it."""
    tmp_path = tmp_path_factory.mktemp("made")
    root = tmp_path / "申报"
    assert run(tmp_path, "init", "申报", "--year", "2026", "--demo").returncode == 0
    assert run(root, "render").returncode == 0
    (root / ".git").mkdir()
    (root / "别人的.yaml").write_text("甲: 乙\n", encoding="utf-8")
    (root / "通知.docx").write_bytes((root / "out/2026/bundle.docx").read_bytes())
    (tmp_path / "来表").mkdir()
    (tmp_path / "来表" / "一.docx").write_bytes((root / "out/2026/bundle.docx").read_bytes())
    return root


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it to be changed."""
    shutil.copytree(made.parent, tmp_path / "x")
    return tmp_path / "x" / made.name


def refused(folder: Path, *words: str) -> str:
    """Run a command that must refuse in one line and leave all as it was; returns the line."""
    before = contents(folder.parent)
    found = run(folder, *words)
    assert (found.returncode, found.stdout) == (2, ""), (words, found)
    lines = found.stderr.splitlines()
    assert len(lines) == 1 and " 错误 O05 " in lines[0], (words, lines)
    assert contents(folder.parent) == before, words
    return lines[0]


@pytest.mark.parametrize(
    "target",
    [
        PROJECT,
        "data/projects.yaml",
        "data/2026/new.json",
        "data/new/deeper/x.json",
        "./data/../data/2026/x.json",
        "../申报/data/x.json",
        "templates/form_2020.docx",
        "templates/x.json",
        "schema/project.schema.json",
        ".git/config",
        ".vscode/settings.json",
        "README.md",
        ".gitignore",
        "别人的.yaml",
        "通知.docx",
    ],
)
def test_a_report_is_no_file_of_the_sources(made: Path, target: str) -> None:
    refused(made, "check", "--format", "json", "-o", target)
    refused(made, "sheet", "export", "-o", target)


@pytest.mark.parametrize("form", ["json", "docx", "html"])
def test_nor_is_a_comparison(made: Path, form: str) -> None:
    refused(made, "diff", "2026", "2026", "--format", form, "-o", PROJECT)
    refused(made, "diff", "2026", "2026", "--format", form, "-o", f"data/x.{form}")


def test_every_format_says_what_it_may_replace() -> None:
    assert {*check.FORMATS, *diff.FORMATS} == set(ENDINGS)


@posix
@pytest.mark.parametrize("target", ["link.json", "linked/x.json", "linked/projects.yaml", "hard/x.json"])
def test_links_do_not_lead_there(folder: Path, target: str) -> None:
    (folder / "link.json").symlink_to(folder / PROJECT)
    (folder / "linked").symlink_to(folder / "data")
    (folder / "hard").symlink_to("linked/2026")
    refused(folder, "check", "--format", "json", "-o", target)
    refused(folder, "sheet", "export", "-o", target)


@posix
def test_data_that_lies_elsewhere_is_spared_too(folder: Path) -> None:
    (folder / "data").rename(folder.parent / "盘")
    (folder / "data").symlink_to(folder.parent / "盘")
    for target in ("data/x.json", "../盘/x.json", "../盘/2026/x.json"):
        refused(folder, "check", "--format", "json", "-o", target)


def test_a_project_file_listed_from_elsewhere_is_spared(folder: Path) -> None:
    (folder / "外.txt").write_text("编号: a\n项目名称: 甲\n预算单位: 乙\n", encoding="utf-8")
    index = folder / "data/projects.yaml"
    index.write_text(index.read_text(encoding="utf-8") + "      - ../外.txt\n", encoding="utf-8")
    assert "刚读的就是这个文件" in refused(folder, "check", "-o", "外.txt")


def test_a_side_of_a_comparison_is_not_written_over(made: Path) -> None:
    for target in ("../来表/一.docx", "../来表/./一.docx"):
        line = refused(made, "diff", "../来表", "2026", "--format", "docx", "-o", target)
        assert "刚读的就是这个文件" in line
    refused(made, "diff", "../来表/一.docx", "2026", "--format", "docx", "-o", "../来表/一.docx")


@pytest.mark.parametrize("target", ["data", "data/2026", "templates", "schema/x", "./data/../templates"])
def test_forms_are_not_printed_among_the_sources(made: Path, target: str) -> None:
    refused(made, "render", "-o", target)


def test_schemas_and_imports_go_where_theirs_is(folder: Path) -> None:
    refused(folder, "schema", "-o", "data")
    refused(folder, "schema", "-o", "templates")
    assert run(folder, "schema", "-o", "schema").returncode == 0
    for target in ("templates", "schema", "templates/2026"):
        refused(folder, "import", "../来表/一.docx", "-o", target)
    found = run(folder, "import", "../来表/一.docx", "-o", "data/2026", "--update")
    assert found.returncode == 0, found.stderr


def test_another_submission_is_spared_from_outside(folder: Path) -> None:
    other = folder.parent / "别处"
    assert run(folder.parent, "init", "别处").returncode == 0
    refused(other, "check", "--format", "json", "-o", f"../{folder.name}/data/x.json")
    refused(other, "render", "-o", os.fspath(folder / "templates"))


def test_a_report_takes_the_place_of_the_last_one_and_says_so(folder: Path) -> None:
    for form, ending in (("json", "json"), ("markdown", "md"), ("xlsx", "xlsx")):
        for _ in range(2):
            found = run(folder, "check", "--format", form, "-o", f"检查.{ending}")
            assert (found.returncode, found.stderr) == (0, f"已写 检查.{ending}\n")
    (folder / "检查.txt").write_text("旧的", encoding="utf-8")
    assert "已写 检查.txt，换掉了原来的" in run(folder, "check", "-o", "检查.txt").stderr
    assert "换掉" not in run(folder, "check", "-o", "检查.txt").stderr, "nothing changed"


def test_reports_may_lie_beside_the_sources(folder: Path) -> None:
    assert run(folder, "check", "-o", "datax/a.txt").returncode == 0
    assert run(folder, "render", "-o", "templates2").returncode == 0
    assert run(folder, "sheet", "export", "-o", "填报.xlsx").returncode == 0
