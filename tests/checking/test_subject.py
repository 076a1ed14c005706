"""What a rule reads of a project: cells, words, money, what is declared none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from goalgen.checking.review import catalogue
from goalgen.checking.rule import Finding
from goalgen.checking.subject import Branch
from goalgen.forms.item import Role
from goalgen.forms.project import Row
from tests.support.finding_making import batch, money, sheet
from tests.support.project_making import indicator, replace

COUNT, QUALITY, DEADLINE = (Branch("绩效指标", key) for key in ("数量指标", "质量指标", "时效指标"))
TWO_GROUPS = (
    "绩效指标: {数量指标: [{指标: 一, 年度: 1次}, {指标: 二, 中长期: 2次, 年度: 无}], 质量指标: [{指标: 三, 年度: ''}],"
    " 时效指标: [{指标: 不适用, 年度: 3次}]}\n"
)


def test_cells_are_the_printed_values_group_by_group_without_what_is_declared_none() -> None:
    found = sheet(TWO_GROUPS).in_groups((COUNT, QUALITY, DEADLINE))
    assert [(cell.row.name, cell.role, cell.text, cell.path, cell.field) for cell in found] == [
        ("一", Role.ANNUAL, "1次", "绩效指标.数量指标.0.年度", "绩效指标.数量指标.一.年度"),
        ("二", Role.MEDIUM, "2次", "绩效指标.数量指标.1.中长期", "绩效指标.数量指标.二.中长期"),
        ("三", Role.ANNUAL, "", "绩效指标.质量指标.0.年度", "绩效指标.质量指标.三.年度"),
    ]
    assert [cell.text for cell in sheet(TWO_GROUPS).in_groups((COUNT,), Role.MEDIUM)] == ["2次"]
    assert [quantity.unit for quantity in found[0].quantities] == ["次"]


@pytest.mark.parametrize(
    ("indicator", "declared"),
    [
        (indicator("质量指标", "无", "1", "1"), True),
        (indicator("质量指标", "率", "不适用", "1"), True),
        (indicator("质量指标", "率", None, "不涉及"), True),
        (indicator("质量指标", "率", None, None), False),
        (indicator("质量指标", "无差错率", "1", "1"), False),
        (indicator("数量指标", "无", "无", "无"), False),
    ],
)
def test_a_group_is_declared_none_by_any_word_of_an_indicator(indicator: Row, declared: bool) -> None:
    one = sheet()
    assert replace(one, project=replace(one.project, indicators=(indicator,))).declared_none(QUALITY) is declared


def test_words_are_every_text_but_people_and_numbers() -> None:
    change = TWO_GROUPS + "总体目标: {中长期: , 年度: 目标}\n项目概况: {申报条件: }"
    words = [word for word in sheet(change).words if "效益" not in word.path and "满意度" not in word.path]
    assert [(word.path, word.field) for word in words if not word.path.startswith("绩效指标.")] == [
        (path, path)
        for path in (
            "项目名称",
            "项目概况.中长期规划",
            "项目概况.资金管理办法",
            "项目概况.立项依据",
            "项目概况.使用范围",
            "项目概况.起止年限",
            "总体目标.年度",
        )
    ]
    assert [(word.path, word.field, word.text) for word in words if "数量" in word.path or "质量" in word.path] == [
        ("绩效指标.数量指标.0.指标", "绩效指标.数量指标.一", "一"),
        ("绩效指标.数量指标.1.指标", "绩效指标.数量指标.二", "二"),
        ("绩效指标.质量指标.0.指标", "绩效指标.质量指标.三", "三"),
        ("绩效指标.数量指标.0.年度", "绩效指标.数量指标.一.年度", "1次"),
        ("绩效指标.数量指标.1.中长期", "绩效指标.数量指标.二.中长期", "2次"),
        ("绩效指标.数量指标.1.年度", "绩效指标.数量指标.二.年度", "无"),
    ]
    assert (words[0].text, words[4].text) == ("政务督查经费", "督查差旅费、通报印刷费")


def test_a_project_with_hardly_anything_in_it_is_read_too() -> None:
    one = sheet()
    bare = replace(one, project=replace(one.project, overview={}, goals={}, funding={}, indicators=()))
    assert [word.path for word in bare.words] == ["项目名称"]
    assert {word.text for word in bare.overview} == {""}
    annual = bare.funding(Role.ANNUAL)
    assert annual and (annual.written("总额"), bare.funds(), bare.cells) == (None, Decimal(0), ())
    assert (bare.funding(Role.LAST_YEAR), bare.field(Role.REASON)) == (None, ("", "", ""))
    for one_rule in catalogue():
        assert all(isinstance(finding, Finding) for finding in one_rule.run(replace(batch(""), subjects=(bare,))))


def test_money_is_read_line_by_line_and_as_a_whole() -> None:
    one = sheet(money((36, "35.5", None), (None, 100, 8)))
    annual, basis = one.funding(Role.ANNUAL), one.field(Role.BASIS)
    assert annual and basis
    assert (annual.table.tops, annual.table.parts) == (("总额",), {"总额": ("财政拨款", "其他资金")})
    assert [annual.written(key) for key in ("总额", "财政拨款", "其他资金")] == [36, Decimal("35.5"), None]
    assert (one.funds(), one.funds(Role.MEDIUM)) == (Decimal("35.5"), Decimal(108))
    assert (basis.path, basis.text[:4]) == ("项目概况.立项依据", "《关于加")


def test_what_every_form_must_say_is_asked_of_a_project_that_says_nothing() -> None:
    one = sheet()
    nothing = replace(one, project=replace(one.project, name="", unit="", filler="", phone="", filed=None, goals={}))
    (rule_of_all,) = (found for found in catalogue() if found.code == "B01")
    asked = rule_of_all.run(replace(batch(""), subjects=(nothing,)))
    assert [(finding.path, finding.message) for finding in asked] == [
        *((key, f"“{key}”空着") for key in ("项目名称", "预算单位", "填报人", "联系电话", "填报日期")),
        *((f"总体目标.{side}", f"{side}目标空着") for side in ("中长期", "年度")),
    ]
