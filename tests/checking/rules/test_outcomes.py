"""What the rules on points and outcomes say, word for word, at their borders."""

from __future__ import annotations

import pytest

from goalgen.checking.rule import RULES
from tests.support.broken_twins import batch_of
from tests.support.finding_cases import Case, cases, gaps
from tests.support.form_making import filled, form_of_text


@pytest.mark.parametrize("case", cases("outcomes"), ids=str)
def test_a_rule_says_exactly_this(case: Case) -> None:
    assert case.said() == case.says


def test_every_rule_has_a_case_that_hits_and_one_that_does_not() -> None:
    assert gaps("outcomes") == []


def test_a_form_that_has_no_word_for_certain_means_its_first_option() -> None:
    form = form_of_text(
        "表样: own\n名称: 甲\n模板: a.docx\n金额单位: 元\n已选: ☑\n未选: □\n日期格式: '{年}'\n块:\n"
        "  头: {类: 栏目, 顶层: 是, 行: [{键: 编号, 值: 编号, 必填: 是}, {键: 名称, 必填: 是, 角色: 名称}]}\n"
        "  指标: {类: 指标表, 列: [{键: 值, 值: 指标值, 角色: 年度}, {键: 把握, 选项: [能, 难], 角色: 可能性},"
        " {键: 原因, 角色: 原因}], 体系: {产出: {数量: }}}\n"
    )
    text = "编号: a\n名称: 甲\n指标: {数量: [{指标: 一, 值: 1次, 把握: 能}, {指标: 二, 值: 1次, 把握: 难}]}\n"
    found = RULES["I22"].over(batch_of((filled(form, text),), ()))
    assert [hit.message for hit in found] == ["“二”把握是“难”，没有写原因"]
