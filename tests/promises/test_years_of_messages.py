"""What is said of dates and years speaks of the folder's year, in project files and in projects.yaml."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.command_runs import run

WRONG = {
    "填报日期: 明天\n": "M06 填报日期：“明天”不是日期；写成 2030-11-20",
    "中长期年限: 三年\n": "M07 中长期年限：“三年”不是起止年份；写成 2031-2033，先起后止",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A submission of 2031 with a project."""
    assert run(tmp_path, "init", ".", "--year", "2031", "--demo").returncode == 0
    return tmp_path


@pytest.mark.parametrize("line", WRONG)
def test_of_a_project_file(folder: Path, line: str) -> None:
    path = folder / "data/2031/01-da-yuan-lv-hua.yaml"
    key = line.partition(":")[0]
    text = re.sub(rf"(?m)^{key}:.*\n", "", path.read_text(encoding="utf-8"))
    path.write_text(text + line, encoding="utf-8")
    assert WRONG[line] in run(folder, "check").stdout


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("填报日期:\n", "填报日期: 明天\n", "写成 2030-11-20"),
        ("中长期年限: 2031-2033\n", "中长期年限: 2033-2031\n", "写成 2031-2033，先起后止"),
        ("年度:\n  2031:", "年度:\n  三一:\n  2031:", "“三一”不是年度；写四位数字，1990 到 2100，例如 2031"),
        ("      - 2031/01-da-yuan-lv-hua.yaml\n", "", "2031 年度还没有项目"),
        ("    项目:\n", "    项自:\n", "加一行 项目: 2031/01-xiang-mu.yaml"),
    ],
)
def test_of_projects_yaml(folder: Path, old: str, new: str, said: str) -> None:
    path = folder / "data/projects.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    found = run(folder, "check")
    assert said in found.stdout + found.stderr
    assert "2020" not in (found.stdout + found.stderr).replace("form_2020", "").replace("2020〕", "").replace(
        "2020 年的表上", ""
    )
