"""The review on a terminal: little enough to be read, nothing lost, the total last."""

from __future__ import annotations

from pathlib import Path

import pytest

from goalgen.checking.check import Review, check, grouped
from goalgen.checking.reports.terminal import MAX_DETAILED, UNFILLED, idle_lines, text, told
from goalgen.errors import Place, Problem, Severity
from goalgen.reporting import MAX_OF_A_KIND
from goalgen.submission.submission import load
from tests.support.form_making import form_named
from tests.support.places import ROOT
from tests.support.review_cases import MOBILE, submission

NAMES = [f"督查{number:02d}" for number in range(1, 80)]


def problems_of(items: list[str | Problem]) -> list[Problem]:
    return [item for item in items if isinstance(item, Problem)]


def lines_of(review: Review, **options: bool) -> list[str]:
    return text(told(review, **options)).splitlines()


@pytest.fixture(scope="module")
def of_2020() -> Review:
    return check(load(ROOT, [2020]))


@pytest.fixture
def vague(tmp_path: Path) -> Review:
    """One project with five values that have no figure, all on one line."""
    submission(tmp_path, {"绩效指标": {"数量指标": [{"指标": f"第{n}项", "年度": "不少"} for n in "甲乙丙丁戊"]}})
    return check(load(tmp_path))


def test_hints_are_only_counted_unless_all_is_asked_for(of_2020: Review) -> None:
    few, every = list(told(of_2020)), list(told(of_2020, every=True))
    assert {problem.severity for problem in problems_of(few)} == {Severity.ERROR, Severity.WARNING}
    assert problems_of(every) == list(of_2020.problems)
    hints = sum(problem.severity is Severity.INFO for problem in of_2020.problems)
    assert str(few[-1]).endswith(f"；另有 {hints} 个提示，加 --all 列出")
    assert "--all" not in "".join(map(str, every))


def test_more_than_three_of_a_code_are_folded_with_their_lines(vague: Review) -> None:
    (alone,) = vague.groups
    of_a_kind = [
        problem for problem in alone.problems if problem.code == "I05" and problem.severity is Severity.WARNING
    ]
    assert len(of_a_kind) == 5
    items = list(told(vague))
    shown = [item for item in items if isinstance(item, Problem) and item.code == "I05"]
    assert shown == of_a_kind[:MAX_OF_A_KIND]
    assert items[items.index(shown[-1]) + 1] == "    警告 I05 还有 2 处：第 1 行；--all 全部列出"
    assert [p for p in told(vague, every=True) if isinstance(p, Problem) and p in of_a_kind] == of_a_kind


def test_the_lines_that_are_folded_are_named_five_of_them(tmp_path: Path) -> None:
    submission(tmp_path, {})
    lines = "".join(f"    - {{指标: 第{n}项, 中长期: ≥{n}0次, 年度: 不少}}\n" for n in range(1, 13))
    path = tmp_path / "data/2020/01.yaml"
    path.write_text(
        "编号: a\n项目名称: 甲\n预算单位: 衡阳市人民政府办公室\n绩效指标:\n  数量指标:\n" + lines, encoding="utf-8"
    )
    assert "    警告 I05 还有 9 处：第 9、10、11、12、13 等行；--all 全部列出" in lines_of(check(load(tmp_path)))


def test_a_fold_over_several_files_names_no_lines(tmp_path: Path) -> None:
    submission(tmp_path, {})
    for name in "bcdef":
        (tmp_path / f"data/2020/{name}.yaml").write_text("编号: b\n", encoding="utf-8")
    assert "    警告 S03 还有 2 处；--all 全部列出" in lines_of(check(load(tmp_path)))


def test_every_project_has_a_line_under_its_unit_the_worst_first(of_2020: Review) -> None:
    lines = lines_of(of_2020)
    start = lines.index("各项目，问题重的在前：")
    assert lines[start + 1] == "衡阳市人民政府办公室：12 个项目，57 个错误，272 个警告"
    assert lines[start + 2] == "  12 错误  20 警告  纪检派驻机构专项经费（2020 年度） ji-jian-pai-zhu"
    rows = [line for line in lines[start:] if "（2020 年度）" in line]
    assert len(rows) == 16
    assert lines[-1].startswith("合计：79 个错误，377 个警告；16 个项目有问题，0 个没有；")


def test_what_is_good_and_what_cannot_be_read_are_said_so(tmp_path: Path) -> None:
    submission(tmp_path, {}, {"编号": "b", **MOBILE, "预算单位": "衡阳市人民政府驻北京联络处"}, {"编号": "c"})
    path = tmp_path / "data/2020/03.yaml"
    path.write_text("编号: c\n项目名称: 甲\n项目类型: 没有的\n", encoding="utf-8")
    review = check(load(tmp_path), select=["P", "M"])
    lines = lines_of(review)
    start = lines.index("各项目，问题重的在前：")
    assert lines[start + 1 : start + 7] == [
        "单位还不知道：1 个项目，2 个错误",
        "   2 错误           甲（文件有错，没有审核，2020 年度） c",
        "衡阳市人民政府驻北京联络处：1 个项目，1 个警告",
        "            1 警告  政务督查经费（2020 年度） b",
        "衡阳市人民政府办公室：1 个项目，没有问题",
        "          没有问题  政务督查经费（2020 年度） zheng-wu-du-cha",
    ]
    assert lines[-1] == "合计：2 个错误，1 个警告；2 个项目有问题，1 个没有"


def test_a_unit_with_good_and_bad_projects_counts_the_good(tmp_path: Path) -> None:
    submission(tmp_path, {}, {"编号": "b", **MOBILE}, {"编号": "c", "预算单位": "衡阳市人民政府驻北京联络处"})
    lines = lines_of(check(load(tmp_path), select=["P"]))
    assert "衡阳市人民政府办公室：2 个项目，1 个警告，1 个项目没有问题" in lines


def test_one_project_has_no_summary_and_only_hints_are_no_problem(tmp_path: Path) -> None:
    submission(tmp_path, {"填报日期": "2020-02-10"})
    lines = lines_of(check(load(tmp_path)))
    assert not any(line.startswith(("各项目", "──")) for line in lines)
    assert lines[-1] == "合计：没有错误和警告；0 个项目有问题，1 个没有；另有 1 个提示，加 --all 列出"
    assert lines_of(check(load(tmp_path)), every=True)[-1] == "合计：1 个提示；1 个项目有问题，0 个没有"


def test_nothing_is_said_of_what_no_rule_decides_when_no_rule_ran(tmp_path: Path) -> None:
    submission(tmp_path, {"项目类型": "没有的"})
    assert "机器查不了" not in text(told(check(load(tmp_path))))
    submission(tmp_path, {})
    assert "机器查不了" in text(told(check(load(tmp_path))))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Review:
    """More projects than are told one by one, one of them unreadable, one good."""
    folder = tmp_path_factory.mktemp("many")
    changes = [{"编号": f"p{n}", "项目名称": name, **MOBILE} for n, name in enumerate(NAMES[: MAX_DETAILED + 1])]
    submission(folder, *changes, {"编号": "good", "项目名称": "好的"}, {"编号": "bad", "项目类型": "没有的"})
    return check(load(folder), select=["P", "M"])


def test_of_many_projects_each_has_a_line_and_only_what_cannot_be_read_is_told(many: Review) -> None:
    items = list(told(many))
    assert [problem.code for problem in problems_of(items)] == ["M05"]
    lines = [str(item) for item in items]
    assert sum("（2020 年度）" in line for line in lines) == MAX_DETAILED + 1
    assert not any("好的" in line for line in lines)
    assert lines[-2].startswith(f"{MAX_DETAILED + 2} 个项目有问题，不逐条列；看几个：goalgen check --only")
    assert lines[-1] == f"合计：1 个错误，{MAX_DETAILED + 1} 个警告；{MAX_DETAILED + 2} 个项目有问题，1 个没有"
    assert problems_of(list(told(many, every=True))) == list(many.problems)
    assert any("最多的：P01 写了手机号 51 处，M05 选项不在表上 1 处" in line for line in lines)


def test_stat_leaves_the_problems_out_and_brief_all_but_them(many: Review, of_2020: Review) -> None:
    assert problems_of(list(told(many, stat=True))) == []
    assert lines_of(many, stat=True)[0] == "各项目，问题重的在前：" and "不逐条列" not in text(told(many, stat=True))
    brief = list(told(of_2020, brief=True))
    assert problems_of(brief) == problems_of(list(told(of_2020)))
    assert {str(item)[:2] for item in brief if not isinstance(item, Problem)} == {"──", "", "  ", "合计"}


def test_a_project_that_nobody_filled_is_said_to_be_so(tmp_path: Path) -> None:
    read = submission(tmp_path, {}, {"编号": "b", **MOBILE}, {"编号": "c", "预算单位": "衡阳市人民政府驻北京联络处"})
    place = Place(read.years[0].entries[0].file, 1, 1)
    blank = Problem(UNFILLED, "还没有填", place, "", Severity.WARNING, "zheng-wu-du-cha", criterion="完整性", year=2020)
    lines = text(told(grouped(read, [blank]))).splitlines()
    assert "衡阳市人民政府办公室：2 个项目，1 个警告，1 个项目没有问题，1 个未填" in lines
    assert "              未填  政务督查经费（2020 年度） zheng-wu-du-cha" in lines
    assert lines[-1] == "合计：1 个警告；1 个项目有问题（1 个未填），2 个没有"


def test_what_a_form_lacks_is_told_with_the_rules_that_did_not_run(tmp_path: Path) -> None:
    """A line for each thing that the form has not, before the total; nothing without -v."""
    submission(tmp_path, {}, form="jiankong")
    review = check(load(tmp_path))
    lines = lines_of(review, verbose=True)
    assert "jiankong 没有角色是“中长期”和“年度”的金额列，不查 F04 年度资金大于中长期资金" in "\n".join(lines)
    assert "jiankong 没有申报的表，不查 B11 填报日期在预算年度开始以后" in lines
    assert lines[-1].startswith("合计：") and lines.index(lines[-1]) == len(lines) - 1
    assert [line for line in lines if line not in lines_of(review)] == idle_lines(form_named("jiankong"))
