"""How a rule is registered, and what each says of itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goalgen.checking import rule
from goalgen.checking.review import catalogue
from goalgen.checking.rule import Finding, Findings, Rule, several
from goalgen.checking.subject import Batch, Subject
from goalgen.errors import Severity
from tests.support.finding_cases import cases
from tests.support.finding_making import batch


def test_rules_register_themselves_with_their_docstring_as_manual(monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str, Rule] = {}
    monkeypatch.setattr(rule, "RULES", told)

    @rule.each("Z01", Severity.INFO, "规范性", "依据一", "改法一")
    def one(sheet: Subject) -> Findings:
        """一句 话。

        为什么：  \t
            例子
        """
        yield Finding(sheet.project, "项目名称", "说")

    @rule.across("Z02", Severity.WARNING, "相关性", "依据二", "改法二")
    def every(batch: Batch) -> Findings:
        """二。"""
        yield Finding(None, "", str(len(batch.subjects)))

    @rule.across("Z03", Severity.INFO, "相关性", "依据三", "改法三")
    def bad(batch: Batch) -> Findings:
        """三。"""
        yield from every(batch)

    @rule.each("Z04", Severity.INFO, "相关性", "依据四", "改法四")
    def plain(sheet: Subject) -> Findings:
        """四。"""
        yield from one(sheet)

    assert [*told] == ["Z01", "Z02", "Z03", "Z04"]
    first, second, third, fourth = told.values()
    assert (first.code, first.severity, first.criterion, first.source, first.hint) == (
        "Z01", Severity.INFO, "规范性", "依据一", "改法一",
    )  # fmt: skip
    assert first.manual == "一句 话。\n\n    为什么：\n        例子"
    assert first.title == "一句 话"
    two = batch("编号: a\n---\n编号: b")
    assert [finding.project and finding.project.code for finding in first.run(two)] == ["a", "b"]
    assert (second.code, second.severity, second.criterion, second.source, second.hint) == (
        "Z02", Severity.WARNING, "相关性", "依据二", "改法二",
    )  # fmt: skip
    assert (second.manual, second.title) == ("二。", "二")
    assert second.run is every and [finding.message for finding in second.run(two)] == ["2"]
    assert third.run is bad
    assert [finding.message for finding in fourth.run(two)] == ["说", "说"]


def test_every_rule_says_why_and_on_what_ground() -> None:
    for one in catalogue():
        assert "为什么：" in one.manual, one.code
        assert one.source and one.hint and one.title


def test_a_title_is_the_first_line_of_the_manual_without_its_full_stop() -> None:
    shown = replace(catalogue()[0], manual="缺少资金。\n\n第二段。\n第三段。")
    assert shown.title == "缺少资金"


@pytest.mark.parametrize("one", catalogue(), ids=lambda one: one.code)
def test_a_rule_says_which_severities_its_findings_have(one: Rule) -> None:
    """Each of `levels` is reached by a case of its table, and no other: docs/rules.md shows what a clerk sees."""
    module = one.run.__module__.rpartition(".")[2]
    found = [
        finding.severity or one.severity
        for case in cases(module)
        if case.code == one.code
        for finding in one.over(case.batch())
    ]
    assert {*found} == {*one.levels} and one.levels == tuple(sorted(one.levels, key=[*Severity].index))


def test_of_many_names_three_are_said_and_the_others_counted() -> None:
    assert several(["甲", "乙", "丙"]) == "甲、乙、丙"
    assert several(["甲", "乙", "丙", "丁"], "，") == "甲，乙，丙等 4 个"
