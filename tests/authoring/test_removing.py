"""A project goes with its file, its line in the list and what other years say of it; other years keep what they have."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from goalgen.authoring.changes import make
from goalgen.authoring.removing import plan_removal
from goalgen.cli import remove
from goalgen.errors import GoalgenError
from goalgen.submission.submission import load
from tests.support.command_runs import run
from tests.support.submissions import INDEX, everything, text_of, two_years


def removed(folder: Path, *words: str, years: tuple[int, ...] = (), reason: str = "") -> tuple[str, ...]:
    plan = plan_removal(load(folder), words, years, reason)
    make(plan)
    return plan.notices


def test_a_project_goes_from_the_latest_year_and_stays_in_the_others(tmp_path: Path) -> None:
    two_years(tmp_path)
    assert removed(tmp_path, "甲项目") == ("甲项目：2025 年度也有，没有动；要一起去掉，加 --year 2025",)
    assert text_of(tmp_path) == INDEX.replace("[2026/01-jia.yaml, ", "[")
    assert not (tmp_path / "data/2026/01-jia.yaml").exists() and (tmp_path / "data/2025/01-jia.yaml").exists()
    assert load(tmp_path).problems == ()


def test_a_list_of_lines_loses_the_line_with_its_comment_and_may_become_empty(tmp_path: Path) -> None:
    two_years(tmp_path)
    removed(tmp_path, "jia", years=(2025,))
    assert "第一个" not in text_of(tmp_path) and "      - 2025/02-乙项目.yaml\n" in text_of(tmp_path)
    removed(tmp_path, "*项目", years=(2025, 2026))
    assert load(tmp_path).problems == ()
    assert [len(year.entries) for year in load(tmp_path).years] == [0, 0]
    assert "    项目: []\n" in text_of(tmp_path)


def test_why_it_goes_is_noted_where_the_year_before_has_it(tmp_path: Path) -> None:
    two_years(tmp_path)
    removed(tmp_path, "yi", reason="改列: 基本支出")
    assert '    变更说明: {bing: 并入甲, yi: "改列: 基本支出"}\n' in text_of(tmp_path)
    assert load(tmp_path).years[1].gone == {"bing": "并入甲", "yi": "改列: 基本支出"}


@pytest.mark.parametrize(
    ("notes", "after"),
    [
        ("    变更说明:\n      bing: 并入甲\n", "    变更说明:\n      yi: 停了\n      bing: 并入甲\n"),
        ("    变更说明:\n", "    变更说明: {yi: 停了}\n"),
        ("", "    变更说明: {yi: 停了}\n"),
    ],
    ids=["a block", "empty", "none"],
)
def test_a_reason_joins_notes_however_they_are_written(tmp_path: Path, notes: str, after: str) -> None:
    two_years(tmp_path, INDEX.replace("    变更说明: {bing: 并入甲}\n", notes))
    removed(tmp_path, "yi", reason="停了")
    assert f"    表样: form_2020\n{after}" in text_of(tmp_path)
    assert load(tmp_path).years[1].gone["yi"] == "停了"


def test_a_reason_joins_a_year_written_in_braces(tmp_path: Path) -> None:
    begin = INDEX.index("  2026:")
    two_years(tmp_path, INDEX[:begin] + "  2026: {表样: form_2020, 项目: [2026/01-jia.yaml, 2026/02-乙项目.yaml]}\n")
    removed(tmp_path, "yi", reason="停了")
    assert "变更说明: {yi: 停了}, 项目: [2026/01-jia.yaml]}" in text_of(tmp_path)
    assert load(tmp_path).years[1].gone == {"yi": "停了"}


@pytest.mark.parametrize("block", [False, True])
def test_the_year_after_no_longer_says_why_what_never_was_is_gone(tmp_path: Path, block: bool) -> None:
    notes = "    变更说明: {bing: 并入甲}\n"
    two_years(tmp_path, INDEX.replace(notes, "    变更说明:\n      bing: 并入甲\n") if block else INDEX)
    plan = plan_removal(load(tmp_path), ["bing"], [2025])
    assert any("2026 年度的变更说明里去掉 bing：并入甲" in line for change in plan.changes for line in change.words)
    make(plan)
    assert ("    变更说明:\n    项目" if block else "    变更说明: {}\n") in text_of(tmp_path)
    assert load(tmp_path).years[1].gone == {} and load(tmp_path).problems == ()


def test_a_project_that_goes_from_all_years_needs_no_reason(tmp_path: Path) -> None:
    two_years(tmp_path)
    assert removed(tmp_path, "yi", years=(2025, 2026), reason="停了") == ()
    assert "停了" not in text_of(tmp_path)


def test_a_file_that_another_year_lists_or_that_lies_outside_stays(tmp_path: Path) -> None:
    folder = two_years(tmp_path / "申报")
    outside = tmp_path / "x.yaml"
    outside.write_text(text_of(folder, "data/2026/01-jia.yaml").replace("jia", "wai"), encoding="utf-8")
    (folder / "data/projects.yaml").write_text(
        INDEX.replace("[2026/01-jia.yaml", "[2025/01-jia.yaml, ../../x.yaml"), encoding="utf-8"
    )
    notices = removed(folder, "jia", "wai", years=(2026,))
    assert sum("文件没有删" in notice for notice in notices) == 2
    assert outside.exists() and (folder / "data/2025/01-jia.yaml").exists()
    assert "    项目: [2026/02-乙项目.yaml]\n" in text_of(folder)


def test_what_is_nowhere_is_told_with_the_year_that_has_it(tmp_path: Path) -> None:
    two_years(tmp_path)
    with pytest.raises(GoalgenError) as refused:
        plan_removal(load(tmp_path), ["丙项目"], [])
    assert (
        str(refused.value) == "项目: 错误 S06 2026 年度没有项目符合“丙项目”；2025 年度有；要去掉那时的，加 --year 2025"
    )
    with pytest.raises(GoalgenError) as refused:
        plan_removal(load(tmp_path), ["甲项日"], [])
    assert "你是不是想写“甲项目”" in str(refused.value)


def test_the_command_asks_and_without_anybody_to_ask_changes_nothing(tmp_path: Path) -> None:
    before = everything(two_years(tmp_path))
    asked = run(tmp_path, "remove", "甲项目")
    assert (
        asked.returncode == 2 and "加 --yes" in asked.stderr and "data/2026/01-jia.yaml（甲项目）：删去" in asked.stdout
    )
    assert run(tmp_path, "remove", "甲项目", "-n").returncode == 0
    assert everything(tmp_path) == before
    done = run(tmp_path, "remove", "甲项目", "--yes")
    assert done.returncode == 0 and "不在 git 里" in done.stderr
    assert not (tmp_path / "data/2026/01-jia.yaml").exists()


@pytest.mark.parametrize(("answer", "gone"), [("y", True), ("n", False)])
def test_on_a_terminal_a_person_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str, gone: bool
) -> None:
    two_years(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("goalgen.cli.asking.sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: True)))
    said = CliRunner().invoke(remove.command, ["甲项目"], input=f"{answer}\n")
    assert "照上面改吗" in said.output
    assert (tmp_path / "data/2026/01-jia.yaml").exists() != gone
