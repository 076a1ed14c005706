"""What a finding becomes: a problem at its place, of the level that the profile gives it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from goalgen.checking.review import as_problem, review
from goalgen.checking.rule import RULES, Finding
from goalgen.errors import Place, Problem, Severity, errors_in
from goalgen.submission.submission import load
from tests.support.finding_making import money, project
from tests.support.form_making import spec_of
from tests.support.review_cases import FILE, GOOD, PHONE, Texts, submission, values, with_comments, write


def test_a_finding_becomes_a_problem_at_its_place() -> None:
    blank, one = RULES["F03"], project(money((35, 35, None)))
    finding = Finding(one, "项目资金.年度.总额", "说", "某处", "改", Severity.INFO)
    about = ("zheng-wu-du-cha", "某处", "完整性", 2020)
    place = one.place("项目资金.年度.总额")
    assert place.line and place.column > 1
    assert as_problem(blank, blank.severity, finding) == Problem("F03", "说", place, "改", Severity.INFO, *about)
    # a level that projects.yaml changes holds for every finding of the rule
    assert as_problem(blank, Severity.ERROR, finding).severity is Severity.ERROR
    plain = as_problem(blank, blank.severity, Finding(one, "项目资金.年度.总额", "说"))
    assert (plain.hint, plain.field, plain.severity) == (blank.hint, "项目资金.年度.总额", Severity.WARNING)


def test_a_finding_of_no_project_stands_in_the_index() -> None:
    found = as_problem(RULES["F08"], Severity.ERROR, Finding(None, "单位", "说"))
    assert found == Problem(
        "F08", "说", Place("data/projects.yaml"), RULES["F08"].hint, Severity.ERROR, "", "单位", "适当性", 0
    )


def test_marks_of_a_new_year_and_unknown_rules_are_told(tmp_path: Path) -> None:
    read = submission(tmp_path, {}, index={"检查": {"规则": {"Z99": "关"}}})
    text = "a: b\n总额: 35  # 待核 上年：总额 30\n财政拨款: 35 # 待核\n"
    strange, *undecided = review(with_comments(read, {FILE: text, "data/none.yaml": "a: b\n"}))
    index = Place((tmp_path / "data/projects.yaml").as_posix())
    assert strange == Problem("C03", "没有 Z99 这条规则", index, "看 goalgen check --explain all", Severity.WARNING)
    said = (("还没有定下来：上年：总额 30", Place(FILE, 2, 9)), ("还没有定下来", Place(FILE, 3, 10)))
    assert undecided == [
        Problem("C04", message, place, "定好后删掉“待核”", Severity.WARNING, criterion="可行性")
        for message, place in said
    ]


def test_a_comment_for_a_rule_that_is_off_is_of_use_another_time(tmp_path: Path) -> None:
    text = "# goalgen: ignore F05 逐年相同\n# goalgen: ignore F06 逐年相同\n"
    read = submission(tmp_path, {}, index={"检查": {"规则": {"F05": "关"}}})
    assert [found.message for found in review(with_comments(read, {FILE: text}))] == [
        "goalgen: ignore F06 没有对上任何问题"
    ]


def test_a_finding_is_silenced_in_the_file_of_its_project_wherever_its_value_stands(tmp_path: Path) -> None:
    """A number in projects.yaml that two projects share: one of them says that it may be so."""
    shared = {"共用": {"联系电话": "13800000000"}}
    first, second = ({"编号": code, "项目名称": code, "联系电话": ""} for code in ("a", "b"))
    read = submission(tmp_path, first, second, index={**shared, "检查": {"规则": {"X01": "关", "X03": "关"}}})
    files = [entry.file for entry in read.years[0].entries]
    texts = {files[0]: "# goalgen: ignore P01 公开的\n", files[1]: "a: b # goalgen: ignore F06 因\n"}
    found = review(with_comments(read, texts))
    index = (tmp_path / "data/projects.yaml").as_posix()
    assert [(one.code, one.project, one.place.file, one.severity) for one in found] == [
        ("P01", "b", index, Severity.WARNING),
        ("C01", "", files[1], Severity.WARNING),
    ]
    assert (found[0].message, found[0].hint, found[0].criterion) == ("联系电话是手机号", "写办公电话", "规范性")


def test_money_is_held_against_the_budget_of_its_year(tmp_path: Path) -> None:
    units = [{"名称": "衡阳市人民政府办公室", "预算": {"2019": "1", "2020": "30"}}]
    found = review(submission(tmp_path, {}, index={"单位": units}))
    assert [(one.code, one.severity, one.year) for one in found] == [("F08", Severity.ERROR, 2020)]


def test_a_mark_in_quotes_is_text(tmp_path: Path) -> None:
    read = submission(tmp_path, {})
    assert review(with_comments(read, {FILE: 'a: "b # 待核"\n'})) == []


@pytest.mark.parametrize(
    ("change", "levels", "count"),
    [
        ("", {}, 0),
        ("总体目标: {年度: }", {}, 1),
        ("总体目标: {中长期: , 年度: }", {}, 2),
        ("总体目标: {年度: }", {"B01": "关"}, 0),
        ("总体目标: {年度: }", {"B01": "警告"}, 0),
        # a warning by itself, an error where 起止年限 is empty: unless its level is set
        ("项目概况: {起止年限: }", {}, 1),
        ("项目概况: {起止年限: }", {"B02": "提示"}, 0),
        ("联系电话: 13800000000", {}, 0),
        ("联系电话: 13800000000", {"P01": "错误"}, 1),
        ("总体目标: {中长期: 办会30次, 年度: 办会30次}", {"X03": "错误"}, 1),
    ],
)
def test_the_profile_decides_what_is_an_error(change: str, levels: dict[str, str], count: int, tmp_path: Path) -> None:
    read = submission(tmp_path, values(change) if change else {}, index={"检查": {"规则": levels}} if levels else {})
    assert len(errors_in(review(read))) == count


def level(code: str, word: str) -> dict[str, Any]:
    return {"检查": {"规则": {code: word}}}


def test_a_rule_can_be_switched_off_and_made_harder(tmp_path: Path) -> None:
    bad = {"联系电话": "13800000000"}
    assert [p.severity for p in review(submission(tmp_path / "a", bad))] == [Severity.WARNING]
    assert review(submission(tmp_path / "b", bad, index=level("P01", "关"))) == []
    (found,) = review(submission(tmp_path / "c", bad, index=level("P01", "错误")))
    assert found.severity is Severity.ERROR


def test_an_unknown_rule_in_the_profile_is_reported(tmp_path: Path) -> None:
    (found,) = review(submission(tmp_path, {}, index=level("Z99", "关")))
    assert found.code == "C03"


def test_a_required_field_that_no_form_has_is_reported_once_a_word(tmp_path: Path) -> None:
    profile = {"检查": {"必填": ["填报人", "联系电话", "电话", "项目概况.使用范围", "填报人员"]}}
    (found,) = review(submission(tmp_path, {}, index=profile))
    assert (found.code, found.message) == ("C03", "必填里的“填报人员”各张表上都没有")


def test_a_threshold_of_projects_yaml_wins(tmp_path: Path) -> None:
    assert {p.code for p in review(submission(tmp_path, {}, index={"检查": {"满意度下限": 95}}))} == {"I06"}


def test_an_emptied_word_list_finds_nothing(tmp_path: Path) -> None:
    bad = {"绩效指标": {"时效指标": [{"指标": "文件收发", "中长期": "及时高效1次", "年度": "及时高效"}]}}
    assert "I07" in {p.code for p in review(submission(tmp_path / "a", bad))}
    assert "I07" not in {p.code for p in review(submission(tmp_path / "b", bad, index={"检查": {"空泛词": []}}))}


def indicators(group: str, name: str, value: str) -> dict[str, Any]:
    return {"绩效指标": {group: [{"指标": name, "中长期": value, "年度": value}]}}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"项目资金": {"年度": {"总额": "0", "财政拨款": "0", "其他资金": "0"}}}, ["F09 年度总额 0 是零"]),
        (
            {"项目资金": {"年度": {"总额": "35.00001", "财政拨款": "35.00001", "其他资金": "0"}}},
            ["F09 年度总额 35.00001 多于 4 位小数", "F09 年度财政拨款 35.00001 多于 4 位小数"],
        ),
        (indicators("时效指标", "不适用", "不适用"), []),
        (indicators("时效指标", "按期办结率", "≥120%"), ["I08 “按期办结率”超过 100%：≥120%"] * 2),
        (indicators("成本指标", "每人每月费用", "≤1.1万元"), []),  # nobody says how many people
        ({"项目概况": {"起止年限": "长期"}}, []),
        ({"项目概况": {"起止年限": "2016年-2019年"}}, ["B02 2020 年度不在起止年限“2016年-2019年”里"]),
        ({"项目概况": {"起止年限": "2020年-2021年"}}, ["B02 中长期目标 2020年-2022年 超出起止年限“2020年-2021年”"]),
        ({"预算单位": "没有的单位"}, ["B09 “没有的单位”不在 projects.yaml 的单位名录里"]),
        ({"项目概况": {"使用范围": "报名请打13800000000"}}, ["P01 文字里有手机号"]),
    ],
)
def test_a_change_of_the_good_project_has_these_findings(
    change: dict[str, Any], found: list[str], tmp_path: Path
) -> None:
    assert [f"{p.code} {p.message}" for p in review(submission(tmp_path, change))] == found


def test_what_roll_left_to_be_decided_is_a_finding_with_what_it_was(reviewed: Texts) -> None:
    text = GOOD.replace(PHONE, f"{PHONE} # 待核")
    text = text.replace("项目类型: 其他", "项目类型: 其他 # 待核 上年：民生保障")
    assert [(p.code, p.message, p.place.line) for p in reviewed(text)] == [
        ("C04", "还没有定下来：上年：民生保障", 5),
        ("C04", "还没有定下来", 31),
    ]


def test_money_of_last_year_is_held_against_this_years_in_the_unit_of_the_form(tmp_path: Path) -> None:
    """2023 on a form in 万元, 2024 on one in 元: 95 and 950000 are the same, 95 and 95 are not."""
    submission(tmp_path, {}, {"编号": "b", "项目名称": "办公楼维修"}, form="ningxiang")
    shutil.copy(spec_of("hexin_101"), tmp_path / "templates")
    (tmp_path / "data/2023").mkdir()
    for number, code in ((1, "xue-xiao-wei-xiu"), (2, "b")):
        text = f"编号: {code}\n项目名称: {code}\n实施单位: 某市培训中心\n项目资金: {{年度: {{财政拨款: 95}}}}\n"
        (tmp_path / f"data/2023/0{number}.yaml").write_text(text, encoding="utf-8")
    file = tmp_path / "data/projects.yaml"
    index = json.loads(file.read_text(encoding="utf-8"))
    index["年度"]["2023"] = {"表样": "hexin_101", "项目": ["2023/01.yaml", "2023/02.yaml"]}
    write(file, index)
    assert [one for one in review(load(tmp_path)) if one.code == "F10"] == []
    project_file = tmp_path / "data/2024/02.yaml"
    text = project_file.read_text(encoding="utf-8")
    money_of_2024 = re.search(r'"本年": \{.*?\}', text)
    assert money_of_2024
    small = '"本年": {"总额": "95", "财政拨款": "95", "上级": "95", "本级": "0", "自有资金": "0", "其他": "0"}'
    project_file.write_text(text.replace(money_of_2024.group(), small), encoding="utf-8")
    (found,) = (one for one in review(load(tmp_path)) if one.code == "F10")
    assert found.message == "本年资金 95 元像是万元（950000 元）：上年是 950000 元"
