"""Which project of one side is which of the other: by code, by name, by likeness."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from goalgen.diff.projects import matched
from goalgen.diff.values import (
    Basis,
)
from goalgen.forms.project import Horizon, Indicator, Project
from tests.support.diff_parts import bare


def pairs(old: list[Project], new: list[Project], together: bool = False) -> list[tuple[str, str, str, str]]:
    found = matched(old, new, together)
    return [(one.old.code, one.new.code, one.basis.value, str(one.likeness)) for one in found.both]


def test_a_code_is_the_same_whatever_its_case_and_comes_first() -> None:
    old = [bare("a", "甲"), bare("b", "乙")]
    new = [bare("B", "甲"), bare("A", "乙"), bare("c", "丙")]
    assert pairs(old, new) == [("b", "B", "编号", "1"), ("a", "A", "编号", "1")]
    left = matched([*old, bare("d", "丁戊"), bare("e", "己")], new)
    assert ([one.code for one in left.removed], [one.code for one in left.added]) == (["d", "e"], ["c"])


def test_a_name_is_the_same_whatever_its_spaces() -> None:
    old, new = [bare("a", "会议（一）", "乙")], [bare("b", "会议 (一)", "乙")]
    assert pairs(old, new) == [("a", "b", "名称", "1")]


def test_of_one_name_those_of_one_unit_then_those_left_alone() -> None:
    old = [bare("a", "会议", "甲"), bare("b", "会议", "乙"), bare("c", "会议", "丙")]
    new = [bare("d", "会议", "丙"), bare("e", "会议", "乙"), bare("f", "会议", "丁")]
    assert pairs(old, new) == [("c", "d", "名称", "1"), ("b", "e", "名称", "1"), ("a", "f", "名称", "1")]


def test_of_several_alike_in_everything_the_order_decides() -> None:
    old = [bare("a", "会议"), bare("b", "会议")]
    new = [bare("c", "会议"), bare("d", "会议"), bare("e", "会议")]
    assert pairs(old, new) == [("a", "c", "名称", "1"), ("b", "d", "名称", "1")]


def test_of_several_of_one_name_the_likest_are_one() -> None:
    old = [bare("a", "会议", **says("甲乙丙丁")), bare("b", "会议", **says("子丑寅卯"))]
    new = [bare("c", "会议", **says("子丑寅卯辰")), bare("d", "会议", **says("甲乙丙丁戊"))]
    assert pairs(old, new) == [("b", "c", "相似", "0.94"), ("a", "d", "相似", "0.94")]


def says(text: str) -> dict[str, Any]:
    return {"goals": {Horizon.ANNUAL: text}}


def test_projects_without_code_or_name_in_common_are_one_when_they_are_alike_enough() -> None:
    """Half by name, half by what they say; less where the unit is another."""
    old = [bare("", "会议经费", **says("甲乙丙丁"))]
    # 会议经费 / 会议费用: 会 议 费 会议 of 7 each, 8/14; all the same said
    (one,) = matched(old, [bare("", "会议费用", **says("甲乙丙丁"))]).both
    assert (one.basis, one.likeness) == (Basis.LIKENESS, Decimal("0.79"))
    # the same in another unit: 0.79 * 0.8 = 0.63
    (one,) = matched(old, [bare("", "会议费用", "丙", **says("甲乙丙丁"))]).both
    assert one.likeness == Decimal("0.63")
    # 甲 乙 丙 甲乙 乙丙 of 7 each: (8/14 + 10/14) / 2 = 0.64; in another unit 0.51
    assert len(matched(old, [bare("", "会议费用", **says("甲乙丙己"))]).both) == 1
    far = matched(old, [bare("", "会议费用", "丙", **says("甲乙丙己"))])
    assert (far.both, len(far.removed), len(far.added)) == ((), 1, 1)


def test_two_single_projects_are_one_however_unlike() -> None:
    old, new = [bare("", "会议", **says("甲"))], [bare("", "督查", **says("乙"))]
    assert pairs(old, new) == []
    assert pairs(old, new, together=True) == [("", "", "相似", "0.00")]


def test_what_a_project_says_is_its_overview_goals_and_indicators() -> None:
    spoken: dict[str, Any] = {
        "overview": {"使用范围": "差旅费", "绩效分配方式": ("因素法",)},
        "goals": {Horizon.ANNUAL: "开会"},
        "indicators": (Indicator("数量指标", "次数", "9次", None),),
    }
    old = [bare("", "会议经费", **spoken)]
    (one,) = matched(old, [bare("", "会议费用", **{**spoken, "overview": {"使用范围": "差旅费"}})]).both
    assert one.likeness == Decimal("0.79")
    other = {**spoken, "indicators": (Indicator("数量指标", "次数", None, "9次"),)}
    assert matched(old, [bare("", "会议费用", **other)]).both[0].likeness == Decimal("0.79")
    for part in ("overview", "goals", "indicators"):
        (one,) = matched(old, [bare("", "会议费用", **{**spoken, part: getattr(bare(), part)})], True).both
        assert one.likeness < Decimal("0.79")


@pytest.mark.parametrize(("many", "found"), [(22, 1), (23, 0)])
def test_names_that_share_only_what_many_names_have_are_not_looked_at(many: int, found: int) -> None:
    """经 and 费 and 经费 stand in `many` + 2 names, which is the most that counts as few."""
    text = says("甲乙丙丁戊己庚辛")
    others = [bare(f"x{n}", f"{chr(0x5000 + n)}经费", **says(chr(0x5100 + n))) for n in range(many)]
    old = [bare("", "绿化经费", **text), *others]
    assert len(matched(old, [bare("", "会议经费", **text)]).both) == found
