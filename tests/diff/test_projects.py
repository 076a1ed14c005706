"""Which project of one side is which of the other: by code, by name, by likeness."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from goalgen.diff.comparing import compare
from goalgen.diff.projects import matched
from goalgen.diff.values import Basis
from goalgen.forms import Form
from goalgen.forms.project import Project
from tests.support.diff_making import Sixteen, bare, row, says, side
from tests.support.project_making import Horizon, goals, indicator, replace


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
        "indicators": (indicator("数量指标", "次数", "9次", None),),
    }
    old = [bare("", "会议经费", **spoken)]
    (one,) = matched(old, [bare("", "会议费用", **{**spoken, "overview": {"使用范围": "差旅费"}})]).both
    assert one.likeness == Decimal("0.79")
    other = {**spoken, "indicators": (indicator("数量指标", "次数", None, "9次"),)}
    assert matched(old, [bare("", "会议费用", **other)]).both[0].likeness == Decimal("0.79")
    for part in ("overview", "goals", "indicators"):
        (one,) = matched(
            old, [bare("", "会议费用", **{**spoken, part: (() if part == "indicators" else {})})], True
        ).both
        assert one.likeness < Decimal("0.79")


@pytest.mark.parametrize(("many", "found"), [(22, 1), (23, 0)])
def test_names_that_share_only_what_many_names_have_are_not_looked_at(many: int, found: int) -> None:
    """经 and 费 and 经费 stand in `many` + 2 names, which is the most that counts as few."""
    text = says("甲乙丙丁戊己庚辛")
    others = [bare(f"x{n}", f"{chr(0x5000 + n)}经费", **says(chr(0x5100 + n))) for n in range(many)]
    old = [bare("", "绿化经费", **text), *others]
    assert len(matched(old, [bare("", "会议经费", **text)]).both) == found


def test_projects_without_codes_are_recognised_by_name_then_by_likeness(sixteen: Sixteen, form: Form) -> None:
    """As in filled forms: one renamed, one of two with the same name told apart by its unit, one in another unit."""
    new = [replace(project, code="") for project in sixteen]
    new[0] = replace(new[0], name="机关大院保安转辅警专项经费")
    new[6] = replace(new[6], unit="衡阳市机关事务管理局")
    difference = compare(side(sixteen, form), side(new, form))
    assert (difference.added, difference.removed) == ((), ())
    assert [pair.basis for pair in difference.pairs].count(Basis.NAME) == 15
    (renamed,) = difference.renamed
    assert (renamed.code, renamed.basis) == ("bao-an-zhuan-fu-jing", Basis.LIKENESS)
    assert 0 < renamed.likeness < 1
    assert [(change.field, change.new) for change in difference.changes] == [("预算单位", "衡阳市机关事务管理局")]


def test_forms_of_one_name_are_paired_by_what_they_say(sixteen: Sixteen, form: Form) -> None:
    """Without 编号 and all of one name: the same ones are the same, and only what is different is told."""
    old = [replace(project, code="", name="专项经费", unit="乙") for project in sixteen * 4]
    assert not compare(side(old, form), side(old, form))
    new = [replace(project, code="", name="专项经费", unit="乙") for project in sixteen]
    new[3] = replace(new[3], filler="某某", goals={**goals(new[3]), Horizon.ANNUAL: "按月足额发放"})
    difference = compare(side(new[::-1], form), side(old[:16], form))
    assert (difference.added, difference.removed) == ((), ())
    assert [change.field for change in difference.changes] == ["总体目标.年度", "填报人"]


def test_another_code_of_the_same_project_is_told(sixteen: Sixteen, form: Form) -> None:
    new = [replace(sixteen[0], code="bao-an"), *sixteen[1:]]
    (change,) = compare(side(sixteen, form), side(new, form)).changes
    assert (change.field, change.old, change.new) == ("编号", "bao-an-zhuan-fu-jing", "bao-an")


def test_unlike_projects_are_not_taken_for_one(sixteen: Sixteen, form: Form) -> None:
    new = [replace(sixteen[11], code="hui-yi", name="全市经济工作会议经费"), *sixteen[:11]]
    old = list(sixteen[:12])
    new[0] = replace(new[0], overview={}, goals={}, indicators=(row("数量指标", "参会人数", "≥300人"),))
    difference = compare(side(old, form), side(new, form))
    assert ([one.code for one in difference.added], [one.code for one in difference.removed]) == (
        ["hui-yi"],
        ["zong-he-diao-yan"],
    )
