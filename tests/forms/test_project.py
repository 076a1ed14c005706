"""Whether nobody has filled a project yet is decided in one place: Project.unfilled."""

from __future__ import annotations

from pathlib import Path

import pytest

from goalgen.submission.submission import load
from tests.support.command_runs import run

BARE = "编号: a\n项目名称: 甲\n"
OWN = "预算单位: 乙\n中长期年限: 2020-2022\n填报人: 张三\n联系电话: 1\n填报日期: 2020-02-10\n"
FILLED = (
    "项目类型: 其他\n",
    "项目概况: {申报条件: 无}\n",
    "项目概况: {绩效分配方式: 项目法}\n",
    "项目资金: {年度: {总额: 0}}\n",
    "总体目标: {中长期: 好}\n",
    "绩效指标: {数量指标: [{指标: 补种}]}\n",
    "变更说明: 新增\n",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A submission of 2020 without any project or unit."""
    assert run(tmp_path, "init", ".").returncode == 0
    index = tmp_path / "data/projects.yaml"
    index.write_text(index.read_text(encoding="utf-8") + "      - 2020/a.yaml\n", encoding="utf-8")
    (tmp_path / "data/2020").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    "text", [BARE, BARE + OWN, BARE + "项目概况:\n项目资金: {年度: {}}\n绩效指标: {数量指标: []}\n"]
)
def test_names_and_shared_values_alone_are_unfilled(folder: Path, text: str) -> None:
    (folder / "data/2020/a.yaml").write_text(text, encoding="utf-8")
    (year,) = load(folder).years
    assert year.projects[0].unfilled
    for _ in range(2):  # read, and known from the run before
        assert [entry.code for entry in load(folder).years[0].unfilled] == ["a"]
    checked = run(folder, "check")
    assert (
        checked.returncode == 0 and checked.stdout.count("a.yaml:2") == 1 and "警告 C05 “甲”还没有填" in checked.stdout
    )
    printed = run(folder, "render")
    assert printed.returncode == 0 and "甲还没有填，印出来是空表" in printed.stderr


@pytest.mark.parametrize("more", FILLED)
def test_any_other_value_is_the_beginning_of_filling(folder: Path, more: str) -> None:
    (folder / "data/2020/a.yaml").write_text(BARE + OWN + more, encoding="utf-8")
    (year,) = load(folder).years
    assert not year.projects[0].unfilled and year.unfilled == ()
    assert "C05" not in run(folder, "check").stdout
    (folder / "data/2020/a.yaml").write_text(BARE + more, encoding="utf-8")
    assert "缺少“预算单位”" in run(folder, "check").stdout  # what is begun must have what the form requires


def test_a_project_that_is_unfilled_is_one_warning_and_disturbs_no_other(tmp_path: Path) -> None:
    run(tmp_path, "init", ".", "--demo")
    alone = run(tmp_path, "check").stdout
    for name in ("甲", "乙", "丙", "丁"):
        assert run(tmp_path, "new", name).returncode == 0
    found = run(tmp_path, "check")
    assert found.returncode == 0 and found.stdout.count("警告 C05") == 4 == found.stdout.count("警告 ")
    assert "01-da-yuan" not in alone + found.stdout
    assert "甲、乙、丙等 4 个项目还没有填" in run(tmp_path, "render").stderr
    assert "甲、乙 2 个项目还没有填" in run(tmp_path, "render", "--only", "甲", "--only", "乙").stderr
    assert run(tmp_path, "check", "--strict").returncode == 1
