"""Values that a clerk gets wrong are told by `check` with the value meant, mended by `fmt` where it can, and never printed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from goalgen import source
from goalgen.checking.review import review
from goalgen.source.writing import scalar
from goalgen.submission.submission import Submission
from tests.support.command_runs import run
from tests.support.places import ROOT

INSPECTION = ROOT / "tests" / "support" / "inspection"
"""The data of a submission of one project, 政务督查经费."""
PROJECT = "data/2026/01-zheng-wu-du-cha.yaml"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new submission of one project that check finds nothing in but hints."""
    folder = tmp_path_factory.mktemp("made") / "申报"
    assert run(folder.parent, "init", "申报", "--year", "2026").returncode == 0
    shutil.copytree(INSPECTION, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it to be changed."""
    return Path(shutil.copytree(made, tmp_path / "申报"))


def change(folder: Path, *pairs: tuple[str, str], file: str = PROJECT) -> None:
    """Replace texts of a file, each of which is there."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def line(folder: Path, code: str) -> str:
    """The one line of a code that check says."""
    found = run(folder, "check")
    lines = [one for one in (found.stdout + found.stderr).splitlines() if f" {code} " in one]
    assert len(lines) == 1, found
    return lines[0]


@pytest.mark.parametrize("null", ["null", "~", "Null", "NULL"])
def test_null_is_an_error_and_in_quotes_it_is_text(folder: Path, null: str) -> None:
    change(folder, ("项目名称: 政务督查经费\n", f"项目名称: 政务督查经费\n联系电话: {null}\n"))
    for command in ("check", "render"):
        found = run(folder, command)
        said = found.stdout + found.stderr
        assert found.returncode == 2
        assert f"错误 M09 联系电话：{null} 是程序的空值" in said and f'空着；确实要印这几个字，写成 "{null}"' in said
    change(folder, (f"联系电话: {null}", f'联系电话: "{null}"'))
    assert run(folder, "render").returncode == 0


def test_goalgen_writes_what_looks_like_null_in_quotes() -> None:
    for text in ("null", "~", "Null", "NULL"):
        node = source.parse(f"a: {scalar(text)}\nb: [{scalar(text, flow=True)}]\n", "x").root
        assert isinstance(node, source.Mapping)
        first = node.get("a")
        assert isinstance(first, source.Scalar) and (first.text, first.plain) == (text, False)


def test_negative_money_is_not_printed(folder: Path) -> None:
    change(folder, ("年度: {总额: 35, 财政拨款: 35", "年度: {总额: -35, 财政拨款: -35"))
    for words in (("render",), ("render", "--strict"), ("check",)):
        found = run(folder, *words)
        assert found.returncode == 2
        assert (found.stdout + found.stderr).count("错误 M04 项目资金.年度.") == 2, found
    assert not (folder / "out").exists()


@pytest.mark.parametrize(
    ("written", "proposed"),
    [
        ("20260210", "写 2026-02-10"),
        ("２０２６－０２－１０", "写 2026-02-10"),
        ("2月10日", "补上年份，2025-02-10 还是 2026-02-10"),
        ("2026年2月", "补上日子，例如 2026-02-01"),
        ("二〇二六年二月十日", "写 2026-02-10"),
        ("46063", "写 2026-02-10"),
    ],
)
def test_the_date_that_was_read_is_proposed(folder: Path, written: str, proposed: str) -> None:
    change(folder, ("项目名称: 政务督查经费\n", f"项目名称: 政务督查经费\n填报日期: {written}\n"))
    assert line(folder, "M06").endswith(f"“{written}”不是日期；{proposed}")


def test_a_date_with_dots_is_a_date(folder: Path) -> None:
    change(folder, ("项目名称: 政务督查经费\n", "项目名称: 政务督查经费\n填报日期: 2025.12.10\n"))
    assert run(folder, "check").returncode == 0


def test_full_width_forms_are_told_and_mended(folder: Path) -> None:
    change(folder, ("年度: ≥95%", "年度: ≥９５％"), ("财政拨款: 35,", "财政拨款: ３５,"))
    change(folder, ("年度: ≥12期", '年度: ">=12期"'))
    found = run(folder, "fmt")
    assert found.returncode == 0, found.stderr
    text = (folder / PROJECT).read_text(encoding="utf-8")
    assert "财政拨款: 35," in text and "≥95%" in text and "≥12期" in text
    assert not re.search("[０-９％]|>=", text)
    assert run(folder, "fmt", "--check").returncode == 0


def test_a_greater_or_equal_sign_is_proposed(folder: Path) -> None:
    change(folder, ("年度: ≥12期", "年度: >=12期"))
    assert "写成 ≥12期" in line(folder, "Y06")


def test_a_deadline_is_a_measure(folder: Path) -> None:
    change(
        folder,
        (
            "指标: 决策事项按期办结率, 中长期: ≥96%, 年度: ≥95%",
            "指标: 完成时间, 中长期: 每年12月底前, 年度: 2026年4月底前",
        ),
    )
    assert " I05 " not in run(folder, "check").stdout


def test_equal_indicators_are_found(folder: Path) -> None:
    change(folder, ("指标: 督查通报期数", "指标: 督查次数"))
    assert "警告 I18 “督查次数”与第 1 项同名，值不同" in line(folder, "I18")


GREEN = (
    ("政务督查经费", "大院绿化经费"),
    ("中长期: {总额: 105, 财政拨款: 105,", "中长期: {总额: 920000, 财政拨款: 920000,"),
    ("年度: {总额: 35, 财政拨款: 35,", "年度: {总额: 300000, 财政拨款: 300000,"),
)


def test_money_in_yuan_is_told_by_its_size_alone(folder: Path) -> None:
    change(
        folder,
        *GREEN,
        ("指标: 每次督查平均费用, 中长期: ≤1.1万元, 年度: ≤1.1万元", "指标: 养护标准, 中长期: 市价, 年度: 市价"),
    )
    assert "警告 F10 年度资金 300000 万元像是元（30 万元）：一个项目很少到 100000 万元" in line(folder, "F10")


def test_money_in_yuan_is_told_by_the_costs(folder: Path) -> None:
    change(folder, *GREEN)
    assert "F10 年度资金 300000 万元像是元（30 万元）：成本指标合起来不过 33 万元" in line(folder, "F10")


def test_money_in_yuan_is_told_by_last_year(folder: Path) -> None:
    assert run(folder, "roll", "2026", "2027").returncode == 0
    change(
        folder, ("总额: 35, 财政拨款: 35,", "总额: 40000, 财政拨款: 40000,"), file="data/2027/01-zheng-wu-du-cha.yaml"
    )
    assert "F10 年度资金 40000 万元像是元（4 万元）：上年是 35 万元" in line(folder, "F10")


def test_the_years_that_goalgen_ships_raise_no_such_alarm(submission: Submission) -> None:
    assert [year.year for year in submission.years] == [2020, 2021]
    assert not {problem.code for problem in review(submission)} & {"F10", "I18"}


def test_a_file_of_another_year_is_told(folder: Path) -> None:
    (folder / "data/2025").mkdir()
    (folder / PROJECT).rename(folder / "data/2025/01.yaml")
    change(folder, ("- 2026/01-zheng-wu-du-cha.yaml", "- 2025/01.yaml"), file="data/projects.yaml")
    assert line(folder, "S10").startswith(
        "data/projects.yaml:20:9: 警告 S10 2025/01.yaml 在 2025 年度的文件夹里，却列在 2026 年度"
    )


@pytest.mark.parametrize("year", ["1989", "2101"])
def test_a_year_that_no_command_takes_is_told(folder: Path, year: str) -> None:
    change(folder, ("  2026:\n", f"  {year}:\n"), file="data/projects.yaml")
    assert "1990 到 2100" in line(folder, "M07")


def test_a_list_of_nothing_but_an_empty_name_is_an_error(folder: Path) -> None:
    change(folder, ("- 2026/01-zheng-wu-du-cha.yaml", '- ""'), file="data/projects.yaml")
    for command in ("check", "render"):
        found = run(folder, command)
        assert found.returncode == 2
        assert "错误 S02 “- ”后面没有文件名" in found.stdout + found.stderr


def test_render_strict_lists_the_errors_that_stop_it(folder: Path) -> None:
    change(folder, ("年度: {总额: 35, 财政拨款: 35", "年度: {总额: 36, 财政拨款: 35"))
    found = run(folder, "render", "--strict")
    assert found.returncode == 1
    assert re.search(rf"{PROJECT}:\d+:\d+: 错误 F02 ", found.stderr), found.stderr
    assert not (folder / "out").exists()
