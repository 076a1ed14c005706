"""`goalgen check`: exit codes, choice of years, files and rules."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from goalgen.cli.check import command
from goalgen.errors import GoalgenError
from tests.support.places import ROOT
from tests.support.review_cases import MOBILE, run, submission


def test_a_clean_submission_leaves_with_zero_even_when_strict() -> None:
    code, said = run(str(ROOT / "docs" / "example"), "--strict")
    assert code == 0
    assert "没有问题" in said and "机器查不了" in said


def test_findings_leave_with_one_and_warnings_only_when_strict(tmp_path: Path) -> None:
    assert run(str(ROOT))[0] == 1
    submission(tmp_path, MOBILE)
    assert run(str(tmp_path))[0] == 0
    assert run(str(tmp_path), "--strict")[0] == 1


def test_wrong_input_leaves_with_two(tmp_path: Path) -> None:
    submission(tmp_path, {"项目类型": "没有的"})
    assert run(str(tmp_path))[0] == 2
    assert run(str(ROOT), "--select", "Q")[0] == 2
    assert run(str(ROOT), "--explain", "Q01")[0] == 2


def test_rules_are_selected_and_ignored() -> None:
    found = json.loads(run(str(ROOT), "--format", "json", "--select", "F,I12", "--ignore", "F0")[1])
    assert {item["code"] for item in found} == {"I12"}


def test_the_second_year_has_no_error_and_its_findings_stand_apart(tmp_path: Path) -> None:
    said = run(str(ROOT), "--year", "2021")[1]
    assert run(str(ROOT), "--year", "2021")[0] == 0 and "错误" not in said
    whole = run(str(ROOT))[1]
    assert "（衡阳市人民政府驻长沙办事处，2020 年度）" in whole and "（衡阳市人民政府驻长沙办事处，2021 年度）" in whole
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    silenced = tmp_path / "data/2021/01-bao-an-zhuan-fu-jing.yaml"
    silenced.write_text(f"# goalgen: ignore F01 试一试\n{silenced.read_text(encoding='utf-8')}", encoding="utf-8")
    found = json.loads(run(str(tmp_path), "--format", "json", "--select", "F01,C01")[1])
    about = [item["code"] for item in found if "01-bao-an" in item["file"]]
    assert sorted(about) == ["C01", "F01", "F01"]  # both horizons of 2020; the comment of 2021 finds nothing to silence


def test_one_file_is_checked_alone() -> None:
    said = run(str(ROOT / "data/2020/13-zhao-shang-lian-xuan-bei-jing.yaml"))[1]
    assert said.count("──") == 1 and "驻广办" in said


def test_a_rule_is_explained() -> None:
    assert "好例" in run("--explain", "f02")[1]
    assert run("--explain", "all")[1].count("\n") > 40


def test_problems_of_files_stand_apart_in_every_format(tmp_path: Path) -> None:
    """A file that is not listed belongs to no project, and its problem has no line."""
    submission(tmp_path, MOBILE)
    (tmp_path / "data/2020/09.yaml").write_text("编号: b\n", encoding="utf-8")
    page = run(str(tmp_path), "--format", "html")[1]
    alone = page[page.index("<h2>申报文件 ") : page.index("</section>")]
    assert '<div class="sheet"></div>' in alone and "<b>警告 S03</b>" in alone and 'data-cell=""' in alone
    (only,) = json.loads(run(str(tmp_path), "--format", "sarif")[1])["runs"]
    places = {r["ruleId"]: r["locations"][0]["physicalLocation"] for r in only["results"]}
    assert "region" not in places["S03"] and places["S03"]["artifactLocation"]["uri"].endswith("09.yaml")
    assert run(str(tmp_path), "-o", str(tmp_path / "found.txt"))[0] == 0
    assert (tmp_path / "found.txt").read_text(encoding="utf-8") == run(str(tmp_path))[1]


def codes_of(*words: str) -> list[tuple[str, str]]:
    """What check finds, as (编号, code)."""
    return [(item["project"], item["code"]) for item in json.loads(run(*words, "--format", "json")[1])]


@pytest.mark.parametrize(
    "words", [["b"], ["--only", "b"], ["督查二"], ["督查*二", "--only", "b"], ["02"], ["02.yaml"], ["驻京办"]]
)
def test_projects_are_chosen_by_name_like_files(
    words: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unit = "衡阳市人民政府驻北京联络处"
    submission(tmp_path, MOBILE, {"编号": "b", "项目名称": "督查二", "预算单位": unit, **MOBILE})
    monkeypatch.chdir(tmp_path)
    if words == ["02.yaml"]:
        monkeypatch.chdir(tmp_path / "data/2020")
    assert codes_of(*words, "--select", "P") == [("b", "P01")]


def test_files_and_patterns_together_leave_what_is_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    submission(tmp_path, MOBILE, {"编号": "b", **MOBILE})
    monkeypatch.chdir(tmp_path)
    files = ["data/2020/01.yaml", "data/2020/02.yaml"]
    assert codes_of(*files, "--only", "b", "--select", "P") == [("b", "P01")]
    with pytest.raises(GoalgenError, match="项目: 错误 S06 写出的文件里没有项目符合“b”；只写文件，或只写 --only"):
        command.main([files[0], "--only", "b"], standalone_mode=False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["政务督察经费"], "项目: 错误 S06 2020 年度没有项目符合“政务督察经费”；你是不是想写“政务督查经费”"),
        (["--only", "甲"], "项目: 错误 S06 2020 年度没有项目符合“甲”；可写："),
        (["b", "驻京"], "项目: 错误 S06 2020 年度没有项目符合“驻京”；你是不是想写“驻京办”"),
        (["data/2020/01a.yaml"], "data/2020/01a.yaml: 错误 Y01 没有这个文件或文件夹；你是不是想写 data/2020/01.yaml"),
        (["01.yaml"], "01.yaml: 错误 Y01 没有这个文件或文件夹；你是不是想写 data/2020/01.yaml"),
        (["../没有/甲.yaml"], "../没有/甲.yaml: 错误 Y01 没有这个文件或文件夹；检查路径"),
        (["data/2020/01.yaml", "督查"], "督查: 错误 Y01 没有这个文件或文件夹；检查路径"),
    ],
)  # fmt: skip
def test_a_wrong_word_is_told_the_nearest(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission(tmp_path, {}, {"编号": "b"})
    monkeypatch.chdir(tmp_path)
    with pytest.raises(GoalgenError) as caught:
        command.main(words, standalone_mode=False)
    (problem,) = caught.value.problems
    assert str(problem).replace(tmp_path.as_posix(), "").startswith(said)


def test_outside_of_a_submission_a_missing_file_is_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(GoalgenError, match=r"甲\.yaml: 错误 Y01 没有这个文件或文件夹；检查路径"):
        command.main(["甲.yaml"], standalone_mode=False)


def test_a_file_with_a_fault_is_a_project_with_problems(tmp_path: Path) -> None:
    submission(tmp_path, {}, {"编号": "b"})
    path = tmp_path / "data/2020/02.yaml"
    path.write_text("编号: b\n项目名称: 甲\n预算单位：乙\n", encoding="utf-8")
    code, said = run(str(tmp_path), "--select", "Y")
    assert code == 2 and "── 甲（文件有错，没有审核，2020 年度） b：1 个错误\n" in said
    assert said.endswith("合计：1 个错误；1 个项目有问题，1 个没有\n")


def test_of_two_projects_with_one_code_a_chosen_one_is_told_alone(tmp_path: Path) -> None:
    submission(tmp_path, {}, {**MOBILE})
    first, second = (str(tmp_path / f"data/2020/0{n}.yaml") for n in (1, 2))
    assert codes_of(first, "--select", "P,S") == []
    assert codes_of(second, "--select", "P,S") == [("zheng-wu-du-cha", "S01"), ("zheng-wu-du-cha", "P01")]


def test_all_stat_and_quiet_say_more_and_less(tmp_path: Path) -> None:
    submission(tmp_path, {"填报日期": "2020-02-10", **MOBILE}, {"编号": "b", "项目名称": "乙"})
    path, only = str(tmp_path), ("--select", "B11,P")
    assert "B11" not in run(path, *only)[1] and "B11" in run(path, *only, "--all")[1]
    assert "P01 联系电话" not in run(path, *only, "--stat")[1] and "1 警告  政务" in run(path, *only, "--stat")[1]
    quiet = run(path, *only, "-q")[1].splitlines()
    assert [line[:2] for line in quiet] == ["──", quiet[1][:2], "", "合计"] and "P01" in quiet[1]
    assert run(path, *only, "--all", "-o", str(tmp_path / "found.txt"))[0] == 0
    assert (tmp_path / "found.txt").read_text(encoding="utf-8") == run(path, *only, "--all")[1]


def test_verbose_shows_the_line_of_each_problem(tmp_path: Path) -> None:
    submission(tmp_path, MOBILE)
    assert '\n    {"编号"' in run(str(tmp_path), "-v", "--select", "P")[1]
