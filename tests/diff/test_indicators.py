"""Which indicator is which, and what is told of the one that changed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from goalgen.diff import indicators
from goalgen.diff.values import Kind, Part, Strength
from goalgen.forms import Form
from goalgen.forms.joining import joining
from goalgen.forms.project import Row
from tests.support.diff_making import Sixteen, bare, row
from tests.support.project_making import form_2020, indicator, replace

SAME = joining(form_2020(), form_2020())


def told(old: list[Row], new: list[Row]) -> list[tuple[str, str, str, str | None, str | None]]:
    before, after = bare(indicators=tuple(old)), bare(indicators=tuple(new))
    return [
        (change.field, change.label, change.kind.value, change.old, change.new)
        for change in indicators.changes(before, after, SAME)
    ]


def number(name: str, medium: str | None = None, annual: str | None = None, group: str = "数量指标") -> Row:
    return indicator(group, name, medium, annual)


def test_a_value_that_is_new_gone_or_another() -> None:
    base = "绩效指标.数量指标.次数"
    found = told(
        [number("次数", "9次", "3次"), number("人数", None, "5人"), number("场数", "8场", "2场")],
        [number("次数", "9次", "4次"), number("人数", "", "5人"), number("场数", None, "2场")],
    )
    assert found == [
        (f"{base}.年度", "数量指标·次数（年度）", "修改", "3次", "4次"),
        ("绩效指标.数量指标.人数.中长期", "数量指标·人数（中长期）", "填写", None, ""),
        ("绩效指标.数量指标.场数.中长期", "数量指标·场数（中长期）", "清空", "8场", None),
    ]


def test_an_indicator_that_is_new_or_gone_is_told_with_its_values_group_by_group() -> None:
    found = told(
        [number("旧", "", "1次", "时效指标"), number("甲", None, None, "可持续影响指标")],
        [number("新", None, "2次", "质量指标"), number("株", "3", "", "数量指标")],
    )
    assert found == [
        ("绩效指标.数量指标.株", "数量指标·株", "新增", None, "中长期 3，年度 （空）"),
        ("绩效指标.质量指标.新", "质量指标·新", "新增", None, "年度 2次"),
        ("绩效指标.时效指标.旧", "时效指标·旧", "取消", "中长期 （空），年度 1次", None),
        ("绩效指标.可持续影响指标.甲", "可持续影响指标·甲", "取消", "", None),
    ]


def test_the_parts_and_the_strength_of_a_changed_indicator() -> None:
    old, new = bare(indicators=(number("次数", None, "≥3次"),)), bare(indicators=(number("次数", None, "≥4次"),))
    (change,) = indicators.changes(old, new, SAME)
    assert change.was == change.field == "绩效指标.数量指标.次数.年度"
    (change,) = indicators.changes(old, new, SAME)
    assert (str(change.delta), change.percent, change.strength) == ("+1次", Decimal("33.3"), Strength.STRONGER)
    assert (change.old_parts, change.new_parts) == (
        (Part("≥", False), Part("3", True), Part("次", False)),
        (Part("≥", False), Part("4", True), Part("次", False)),
    )
    (change,) = indicators.changes(old, bare(), SAME)
    assert (change.old_parts, change.new_parts, change.was) == ((Part("年度 ≥3次", True),), (), change.field)
    (change,) = indicators.changes(bare(), old, SAME)
    assert (change.old_parts, change.new_parts, change.delta) == ((), (Part("年度 ≥3次", True),), None)
    filled = bare(indicators=(number("次数", "≥9次", "≥3次"),))
    (change,) = indicators.changes(old, filled, SAME)
    assert (change.kind, change.delta, change.strength, change.old_parts, change.new_parts) == (
        Kind.FILLED, None, Strength.PLAIN, (), (Part("≥9次", True),),
    )  # fmt: skip
    (change,) = indicators.changes(filled, old, SAME)
    assert (change.kind, change.strength, change.old_parts) == (Kind.EMPTIED, Strength.PLAIN, (Part("≥9次", True),))
    assert change.new_parts == ()


def test_a_number_in_a_name_is_no_value() -> None:
    old, new = bare(indicators=(number("5天办结率", None, "9"),)), bare(indicators=(number("7天办结率", None, "9"),))
    (change,) = indicators.changes(old, new, SAME)
    assert (change.kind, change.delta, change.strength) == (Kind.RENAMED, None, Strength.PLAIN)


def test_a_renamed_and_a_moved_indicator_are_told_by_both_paths() -> None:
    old = bare(indicators=(number("督查次数", None, "3次"), number("合格率", "9", "9")))
    new = bare(indicators=(number("督查的次数", None, "3次"), number("合格率", "9", "9", "质量指标")))
    renamed, moved = indicators.changes(old, new, SAME)
    assert (renamed.field, renamed.was, renamed.label, renamed.kind, renamed.old, renamed.new) == (
        "绩效指标.数量指标.督查的次数.指标",
        "绩效指标.数量指标.督查次数.指标",
        "数量指标·督查的次数（名称）",
        Kind.RENAMED,
        "督查次数",
        "督查的次数",
    )
    assert (moved.field, moved.was, moved.label, moved.kind, moved.old, moved.new) == (
        "绩效指标.质量指标.合格率.二级指标",
        "绩效指标.数量指标.合格率.二级指标",
        "质量指标·合格率（二级指标）",
        Kind.MOVED,
        "数量指标",
        "质量指标",
    )
    assert (renamed.new_parts[1], renamed.delta) == (Part("的", True), None)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        # names 8/14, 0.7 of it and 0.3 of the values: 0.4 and 0.3
        (number("会议经费", "甲", "乙"), number("会议费用", "甲", "乙"), True),
        # 0.4 + 0.15, a half that only one side has is unlike
        (number("会议经费", "甲", "乙"), number("会议费用", "甲", None), True),
        # 0.4 + 0: under 0.45
        (number("会议经费", "甲", "乙"), number("会议费用", "丙", "丁"), False),
        # no values on either side say nothing against it
        (number("会议经费"), number("会议费用"), True),
        # names 2/10: the values do not help
        (number("会议费", "甲", "乙"), number("督查费", "甲", "乙"), False),
        # names 6/18: under 0.35, however alike the values
        (number("大会议费用", "甲", "乙"), number("小督查费用", "甲", "乙"), False),
        # a value on the other side is another value
        (number("会议经费", "甲", None), number("会议费用", None, "甲"), False),
        # in another 二级指标 0.8 is wanted: 0.7 here
        (number("会议经费", "甲", "乙"), number("会议费用", "甲", "乙", "质量指标"), False),
        # 0.7 * 14/16 + 0.3 = 0.91
        (number("全市会议经费", "甲", "乙"), number("本市会议经费", "甲", "乙", "质量指标"), True),
    ],
)
def test_indicators_of_another_name_are_one_when_names_and_values_are_alike_enough(
    old: Row, new: Row, same: bool
) -> None:
    assert len(indicators.matched([old], [new])) == (1 if same else 2)


def test_matches_come_in_the_new_order_and_what_is_gone_behind() -> None:
    one, two, three = (number(name, "1", "1") for name in ("甲", "乙乙", "丙丙丙"))
    found = indicators.matched([one, two, three], [three, number("丁丁丁丁"), one])
    names = [(match.old and match.old.name, match.new and match.new.name, match.group) for match in found]
    assert names == [
        ("丙丙丙", "丙丙丙", "数量指标"),
        (None, "丁丁丁丁", "数量指标"),
        ("甲", "甲", "数量指标"),
        ("乙乙", None, "数量指标"),
    ]
    assert indicators.IndicatorMatch(None, None).group == ""
    assert indicators.IndicatorMatch(number("甲", group="时效指标"), number("甲", group="质量指标")).group == "质量指标"


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ([row("数量指标", "督查次数")], [row("数量指标", "政务督查次数", "≥6次")], ["指标", "年度"]),
        ([row("数量指标", "督查次数")], [row("质量指标", "督查次数")], ["二级指标"]),
        ([row("数量指标", "督查次数")], [row("质量指标", "督查的次数")], ["二级指标", "指标"]),
        ([row("数量指标", "督查次数")], [row("数量指标", "绿化株数", "≥80株")], ["绿化株数", "督查次数"]),
        ([row("数量指标", "次数"), row("数量指标", "次数", "9")], [row("数量指标", "次数", "9")], ["次数"]),
        ([row("数量指标", "甲"), row("质量指标", "乙")], [row("质量指标", "乙"), row("数量指标", "甲")], []),
    ],
)
def test_indicators_are_recognised_by_identity(
    sixteen: Sixteen, form: Form, old: list[Row], new: list[Row], found: list[str]
) -> None:
    before, after = (replace(sixteen[0], indicators=tuple(rows)) for rows in (old, new))
    changes = list(indicators.changes(before, after, SAME))
    assert [change.field.rpartition(".")[2] for change in changes] == found


def test_of_two_indicators_of_one_name_the_one_with_the_same_value_is_the_same() -> None:
    old = [row("数量指标", "次数", "≥5次"), row("数量指标", "次数", "≥9次")]
    found = indicators.matched(old, [row("数量指标", "次数", "≥9次"), row("数量指标", "次数", "≥6次")])
    assert [(match.old and match.old.text("年度"), match.new and match.new.text("年度")) for match in found] == [
        ("≥9次", "≥9次"),
        ("≥5次", "≥6次"),
    ]
