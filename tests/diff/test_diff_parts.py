"""The parts of a comparison one by one, at their borders: likeness, matching, spans, numbers, fields, money, narrowing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from goalgen.diff import fields, filtering, indicators
from goalgen.diff.comparing import compare
from goalgen.diff.numbers import compared
from goalgen.diff.projects import matched
from goalgen.diff.routine import is_routine
from goalgen.diff.spans import marked
from goalgen.diff.values import (
    Basis,
    Change,
    Delta,
    Difference,
    Identity,
    Kind,
    Pair,
    Part,
    Side,
    Strength,
    Sum,
    Total,
    Unread,
    percent,
    signed,
)
from goalgen.errors import GoalgenError, Place
from goalgen.forms.project import Horizon, Indicator, Project
from goalgen.forms.quantity import decimal_text
from goalgen.source.shapes import Amount, Window
from goalgen.text.likeness import best_pairs, folded, grams, likeness, overlap
from tests.support.diff_making import side
from tests.support.finding_making import form, money, project

FILE = "data/2020/x.yaml"


def made(code: str = "a", name: str = "甲", unit: str = "乙", **fields: Any) -> Project:
    return replace(project(), code=code, name=name, unit=unit, **fields)


def bare(code: str = "a", name: str = "甲", unit: str = "乙", **fields: Any) -> Project:
    """A project that says nothing."""
    empty: dict[str, Any] = {"overview": {}, "goals": {}, "indicators": (), "funding": {}, "origin": None}
    return made(code, name, unit, **{**empty, **fields})


# ---- likeness


@pytest.mark.parametrize(
    ("first", "second"),
    [("政务 督查\t经费", "政务督查经费"), ("（一）", "(一)"), ("ABC", "abc"), ("１２", "12"), ("STRASSE", "straße")],
)
def test_names_are_folded_before_they_are_compared(first: str, second: str) -> None:
    assert folded(first) == folded(second)
    assert folded("甲") != folded("乙")


def test_grams_are_characters_and_their_neighbours() -> None:
    assert grams("甲 乙丙") == {"甲", "乙", "丙", "甲乙", "乙丙"}
    assert [*map(grams, ("", " 甲"))] == [frozenset(), frozenset("甲")]


def test_likeness_is_the_share_in_common() -> None:
    assert (likeness("甲乙", "甲乙"), likeness("", ""), likeness("甲", "")) == (1, 1, 0)
    # 甲 乙 甲乙 | 甲 丙 甲丙
    assert likeness("甲乙", "甲丙") == pytest.approx(2 * 1 / 6)
    assert likeness("甲 乙", "甲乙") == 1
    assert overlap(frozenset(), frozenset()) == 1
    assert overlap(frozenset("ab"), frozenset("bcd")) == pytest.approx(2 / 5)


@pytest.mark.parametrize(
    ("scores", "least", "pairs"),
    [
        ({(0, 0): 0.5, (0, 1): 0.9, (1, 0): 0.6, (1, 1): 0.8}, 0.1, [(0, 1, 0.9), (1, 0, 0.6)]),
        ({(0, 0): 0.5, (0, 1): 0.9, (1, 0): 0.6, (1, 1): 0.8}, 0.6, [(0, 1, 0.9), (1, 0, 0.6)]),
        ({(0, 0): 0.5, (0, 1): 0.9, (1, 0): 0.6, (1, 1): 0.8}, 0.61, [(0, 1, 0.9)]),
        # of equal scores those nearest in position, then those further up
        (dict.fromkeys([(0, 0), (0, 1), (1, 0), (1, 1)], 0.7), 0.7, [(0, 0, 0.7), (1, 1, 0.7)]),
        ({(0, 0): 0.1, (0, 1): 0.7, (1, 0): 0.7, (1, 1): 0.1}, 0.5, [(0, 1, 0.7), (1, 0, 0.7)]),
        ({(0, 1): 0.7, (1, 1): 0.7, (0, 0): 0, (1, 0): 0}, 0.5, [(1, 1, 0.7)]),
        ({(0, 0): 0, (0, 1): 0, (0, 2): 0, (1, 0): 0.7, (1, 1): 0, (1, 2): 0.7}, 0.5, [(1, 0, 0.7)]),
    ],
)
def test_the_best_pairs_are_taken_first(
    scores: dict[tuple[int, int], float], least: float, pairs: list[tuple[int, int, float]]
) -> None:
    def score(i: int, j: int) -> float:
        return scores[i, j]

    assert best_pairs([0, 1], sorted({j for _, j in scores}), score, least) == pairs


def test_only_candidates_are_looked_at() -> None:
    def score(one: str, other: str) -> float:
        assert (one, other) != ("a", "x")
        return 1

    assert best_pairs(["a", "b"], ["x", "y"], score, 0.5, [(1, 0)]) == [(1, 0, 1)]
    assert best_pairs(["a", "b"], ["x", "y"], score, 0.5, []) == []


# ---- spans


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        # one character between two changes is marked with them, two are not
        ("甲一乙", "丙一丁", "【甲一乙】", "【丙一丁】"),
        ("甲一二乙", "丙一二丁", "【甲】一二【乙】", "【丙】一二【丁】"),
        ("甲12乙", "丙12丁", "【甲】12【乙】", "【丙】12【丁】"),
        ("一甲二乙三", "一丙二丁三", "一【甲二乙】三", "一【丙二丁】三"),
        # a number, a word, white space are one word each
        ("到95.5%止", "到96%止", "到【95.5%】止", "到【96%】止"),
        ("Word 表", "Excel 表", "【Word】 表", "【Excel】 表"),
        ("1,234元", "1,235元", "【1,234】元", "【1,235】元"),
        ("a\n\nb", "a\nb", "a【\n\n】b", "a【\n】b"),
        ("甲甲", "甲", "甲【甲】", "甲"),
        ("甲", "", "【甲】", ""),
        ("同", "同", "同", "同"),
        ("", "", "", ""),
    ],
)
def test_changed_spans_are_marked_word_by_word(old: str, new: str, before: str, after: str) -> None:
    def shown(parts: tuple[Part, ...]) -> str:
        return "".join(f"【{part.text}】" if part.changed else part.text for part in parts)

    assert tuple(map(shown, marked(old, new))) == (before, after)
    assert tuple(map(shown, marked(new, old))) == (after, before)
    assert all(part.text for parts in marked(old, new) for part in parts)


@pytest.mark.parametrize(("length", "whole"), [(2000, False), (2001, True)])
def test_long_texts_are_marked_throughout_from_a_length_on(length: int, whole: bool) -> None:
    """Beyond a common beginning and end; one side that long is enough."""
    middle = "甲乙" * (length // 2) + "甲" * (length % 2)
    old, new = f"头{middle}尾", "头子甲乙丑尾"
    assert [part.text for part in marked(old, new)[0] if part.changed] == ([middle] if whole else [middle[2:]])
    assert [part.text for part in marked(old, new)[1] if part.changed] == (["子甲乙丑"] if whole else ["子", "丑"])


# ---- numbers


@pytest.mark.parametrize(
    ("old", "new", "delta", "by", "strength"),
    [
        ("3‰", "5‰", "+2个千分点", None, Strength.PLAIN),
        ("提高3个百分点", "提高5个百分点", "+2个百分点", None, Strength.PLAIN),
        ("≤5%", "≤3%", "-2个百分点", None, Strength.STRONGER),
        (">5次", "≥5次", "None", None, Strength.WEAKER),
        ("<5次", "≤5次", "None", None, Strength.WEAKER),
        ("≤5次", "<5次", "None", None, Strength.STRONGER),
        (">5次", "≥6次", "+1次", "20", Strength.STRONGER),
        ("≤5次", "<6次", "+1次", "20", Strength.WEAKER),
        ("5次", "≥5次", "None", None, Strength.PLAIN),
        ("5次", "5次以内", "None", None, Strength.PLAIN),
        ("≥3次，≥40人", "≥3次", "None", None, Strength.PLAIN),
        ("≥3次", "≥3次，≥40人", "None", None, Strength.PLAIN),
        ("≥3次，≥40人", "≥3人，≥40次", "None", None, Strength.PLAIN),
        ("≥3次，≥40人", "≥2次，≥40人", "-1次", "-33.3", Strength.WEAKER),
        ("≥3次，40人", "≥4次，50人", "None", None, Strength.PLAIN),
        ("≥3次，40人", "≥4次，40人", "+1次", "33.3", Strength.STRONGER),
        ("0.5万元", "5000元", "None", None, Strength.PLAIN),
        ("≥1万元", "≥12000元", "+2000元", "20", Strength.STRONGER),
        ("10名", "12人", "+2人", "20", Strength.PLAIN),
        ("3", "4", "+1", "33.3", Strength.PLAIN),
        ("≥3次，≥40人", "≥4次", "None", None, Strength.PLAIN),
        ("及时", "高效", "None", None, Strength.PLAIN),
        ("及时", "2小时", "None", None, Strength.QUANTIFIED),
        ("2小时", "及时", "None", None, Strength.VAGUE),
    ],
)
def test_values_in_numbers(old: str, new: str, delta: str, by: str | None, strength: Strength) -> None:
    found = compared(old, new)
    assert (str(found.delta), found.percent, found.strength) == (delta, by and Decimal(by), strength)


def test_numbers_as_a_person_writes_them() -> None:
    assert [decimal_text(Decimal(text)) for text in ("100", "100.0", "0.50", "1E2", "-0.00", "0")] == [
        "100", "100", "0.5", "100", "0", "0",
    ]  # fmt: skip
    assert [signed(Decimal(text)) for text in ("0.1", "-100", "-0")] == ["+0.1", "-100", "0"]
    assert [percent(Decimal(old), Decimal(new)) for old, new in ((3, 4), (4, 3), (-4, -5), (0, 1), (8, 9))] == [
        Decimal("33.3"), Decimal("-25.0"), Decimal("-25.0"), None, Decimal("12.5"),
    ]  # fmt: skip
    assert str(Delta(Decimal("1.50"), "万元")) == "+1.5万元"


# ---- which project is which


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


# ---- indicators


def told(old: list[Indicator], new: list[Indicator]) -> list[tuple[str, str, str, str | None, str | None]]:
    groups = ("数量指标", "质量指标", "时效指标")
    before, after = bare(indicators=tuple(old)), bare(indicators=tuple(new))
    return [
        (change.field, change.label, change.kind.value, change.old, change.new)
        for change in indicators.changes(before, after, groups)
    ]


def number(name: str, medium: str | None = None, annual: str | None = None, group: str = "数量指标") -> Indicator:
    return Indicator(group, name, medium, annual)


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
        [number("旧", "", "1次", "时效指标"), number("甲", None, None, "别的")],
        [number("新", None, "2次", "质量指标"), number("株", "3", "", "数量指标")],
    )
    assert found == [
        ("绩效指标.数量指标.株", "数量指标·株", "新增", None, "中长期 3，年度 （空）"),
        ("绩效指标.质量指标.新", "质量指标·新", "新增", None, "年度 2次"),
        ("绩效指标.时效指标.旧", "时效指标·旧", "取消", "中长期 （空），年度 1次", None),
        ("绩效指标.别的.甲", "别的·甲", "取消", "", None),
    ]


def test_the_parts_and_the_strength_of_a_changed_indicator() -> None:
    old, new = bare(indicators=(number("次数", None, "≥3次"),)), bare(indicators=(number("次数", None, "≥4次"),))
    (change,) = indicators.changes(old, new, ("数量指标",))
    assert change.was == change.field == "绩效指标.数量指标.次数.年度"
    (change,) = indicators.changes(old, new, ("数量指标",))
    assert (str(change.delta), change.percent, change.strength) == ("+1次", Decimal("33.3"), Strength.STRONGER)
    assert (change.old_parts, change.new_parts) == (
        (Part("≥", False), Part("3", True), Part("次", False)),
        (Part("≥", False), Part("4", True), Part("次", False)),
    )
    (change,) = indicators.changes(old, bare(), ("数量指标",))
    assert (change.old_parts, change.new_parts, change.was) == ((Part("年度 ≥3次", True),), (), change.field)
    (change,) = indicators.changes(bare(), old, ("数量指标",))
    assert (change.old_parts, change.new_parts, change.delta) == ((), (Part("年度 ≥3次", True),), None)
    filled = bare(indicators=(number("次数", "≥9次", "≥3次"),))
    (change,) = indicators.changes(old, filled, ("数量指标",))
    assert (change.kind, change.delta, change.strength, change.old_parts, change.new_parts) == (
        Kind.FILLED, None, Strength.PLAIN, (), (Part("≥9次", True),),
    )  # fmt: skip
    (change,) = indicators.changes(filled, old, ("数量指标",))
    assert (change.kind, change.strength, change.old_parts) == (Kind.EMPTIED, Strength.PLAIN, (Part("≥9次", True),))
    assert change.new_parts == ()


def test_a_number_in_a_name_is_no_value() -> None:
    old, new = bare(indicators=(number("5天办结率", None, "9"),)), bare(indicators=(number("7天办结率", None, "9"),))
    (change,) = indicators.changes(old, new, ("数量指标",))
    assert (change.kind, change.delta, change.strength) == (Kind.RENAMED, None, Strength.PLAIN)


def test_a_renamed_and_a_moved_indicator_are_told_by_both_paths() -> None:
    old = bare(indicators=(number("督查次数", None, "3次"), number("合格率", "9", "9")))
    new = bare(indicators=(number("督查的次数", None, "3次"), number("合格率", "9", "9", "质量指标")))
    renamed, moved = indicators.changes(old, new, ("数量指标", "质量指标"))
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
    old: Indicator, new: Indicator, same: bool
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


# ---- fields and money


def of_fields(old: Project, new: Project) -> list[Change]:
    return list(fields.changes(old, new, form()))


def test_every_field_is_told_in_the_order_of_the_form_under_the_name_a_person_gives_it() -> None:
    old = project("项目概况: {使用范围: }\n")
    change = (
        "编号: b\n项目名称: 别的\n预算单位: 乙\n项目类型: 基础设施\n项目概况: {立项依据: 《新》, 使用范围: 车费}\n"
        "总体目标: {年度: 新, 中长期: }\n填报人: 李四\n联系电话: 1\n填报日期:\n中长期年限: 2020-2023\n"
    )
    found = of_fields(old, project(change + money((35, 35, 1))))
    assert [(one.field, one.label, one.kind.value) for one in found] == [
        ("编号", "编号", "修改"),
        ("预算单位", "预算单位", "修改"),
        ("项目类型", "项目类型", "修改"),
        ("项目概况.立项依据", "立项依据", "修改"),
        ("项目概况.使用范围", "使用范围", "填写"),
        ("项目资金.年度.其他资金", "年度其他资金", "修改"),
        ("总体目标.中长期", "中长期目标", "清空"),
        ("总体目标.年度", "年度目标", "修改"),
        ("中长期年限", "中长期年限", "修改"),
        ("填报人", "填报人", "修改"),
        ("联系电话", "联系电话", "修改"),
        ("填报日期", "填报日期", "清空"),
    ]
    assert all(one.was == one.field for one in found)
    assert (found[2].old, found[2].new) == ("其他", "基础设施")
    assert (found[4].old, found[4].new, found[4].old_parts, found[4].new_parts) == (
        None, "车费", (), (Part("车费", True),),
    )  # fmt: skip
    assert (found[8].old, found[8].new) == ("2020-2022", "2020-2023")
    assert (found[9].old_parts, found[9].new_parts) == ((Part("张三", True),), (Part("李四", True),))
    assert (found[11].old, found[11].new, found[11].new_parts) == ("2019-11-20", None, ())


def test_options_are_told_as_one_text_and_an_empty_code_not_at_all() -> None:
    (change,) = of_fields(made(category=("其他", "民生保障")), made(category=()))
    assert (change.old, change.new, change.kind) == ("其他、民生保障", None, Kind.EMPTIED)
    assert of_fields(made(""), made("b")) == of_fields(made("a"), made("")) == []


def amounts(**lines: str) -> dict[Horizon, dict[str, Amount]]:
    return {Horizon.ANNUAL: {key: Amount(text, Decimal(text)) for key, text in lines.items()}}


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ({"财政拨款": "10"}, {"财政拨款": "12.5"}, [("财政拨款", "10", "12.5", "+2.5万元", "25.0")]),
        ({"财政拨款": "10"}, {"财政拨款": "10.0"}, []),
        ({"财政拨款": "10"}, {"财政拨款": "10", "其他资金": "0"}, [("其他资金", None, "0", "None", "None")]),
        ({"财政拨款": "10"}, {"财政拨款": "10", "其他资金": "1"}, [("其他资金", None, "1", "+1万元", "None")]),
        ({"财政拨款": "10", "其他资金": "4"}, {"财政拨款": "10"}, [("其他资金", "4", None, "-4万元", "-100.0")]),
        ({"财政拨款": "10"}, {"财政拨款": "10", "总额": "10"}, [("总额", None, "10", "None", "None")]),
        ({"财政拨款": "10"}, {"财政拨款": "10", "总额": "12"}, [("总额", None, "12", "+2万元", "20.0")]),
        ({"贷款": "5"}, {}, [("贷款", "5", None, "-5万元", "-100.0")]),
    ],
)
def test_money_is_told_with_what_it_makes(
    old: dict[str, str], new: dict[str, str], told: list[tuple[Any, ...]]
) -> None:
    found = of_fields(bare(funding=amounts(**old)), bare(funding=amounts(**new)))
    assert [
        (one.field.removeprefix("项目资金.年度."), one.old, one.new, str(one.delta), str(one.percent)) for one in found
    ] == told
    assert all(one.label == f"年度{one.field.rpartition('.')[2]}" for one in found)


def test_money_where_there_was_none_at_all_is_filled_in() -> None:
    (one,) = of_fields(bare(), bare(funding=amounts(财政拨款="1")))
    assert (one.kind, one.old, one.new, str(one.delta)) == (Kind.FILLED, None, "1", "+1万元")


# ---- what a comparison is made of


def test_an_identity_says_where_a_project_is_and_what_it_costs() -> None:
    one = project(money(("40.5", None, None), (None, 100, 8)))
    one = replace(one, notes={"": "为什么", "项目名称": "改名"})
    (found,) = compare(side([], form()), side([one], form())).added
    assert found == Identity(
        "zheng-wu-du-cha",
        "政务督查经费",
        "衡阳市人民政府办公室",
        2020,
        FILE,
        1,
        Decimal(108),
        Decimal("40.5"),
        "为什么",
        "改名",
    )
    (poor,) = compare(side([], form()), side([bare()], form())).added
    assert (poor.file, poor.note, poor.name_note, poor.annual) == ("", "", "", Decimal(0))
    assert (found.title, replace(found, code="").title) == ("政务督查经费（zheng-wu-du-cha）", "政务督查经费")


def costs(annual: str, medium: str = "0") -> dict[str, Any]:
    sides = {Horizon.ANNUAL: annual, Horizon.MEDIUM: medium}
    return {"funding": {side: {"财政拨款": Amount(text, Decimal(text))} for side, text in sides.items()}}


def test_projects_come_unit_by_unit_and_money_is_added_up_by_unit() -> None:
    old = [
        bare("gone", "旧的", "丙", **costs("1", "2")),
        bare("b", "二", "乙", **costs("10", "30")),
        bare("a", "一", "甲", **costs("20", "60")),
        bare("lost", "没了", "甲", **costs("5")),
        bare("d", "四四", "甲"),
    ]
    new = [
        bare("a", "一", "甲", **costs("22", "66")),
        bare("c", "三三三", "乙", **costs("4")),
        bare("b", "二", "乙", **costs("9", "30")),
        bare("new", "新的新的", "甲", **costs("3", "3")),
        bare("newer", "更新的", "甲"),
        bare("d", "四四", "甲"),
    ]
    found = compare(side(old, form(), "旧"), side(new, form(), "新"))
    assert (found.old, found.new, found.money_unit, found.units) == ("旧", "新", "万元", ("甲", "乙", "丙"))
    assert [(one.code, one.number) for one in found.added] == [("new", 4), ("newer", 5), ("c", 2)]
    assert [(one.code, one.number) for one in found.removed] == [("lost", 4), ("gone", 1)]
    assert [(pair.code, pair.old.number, pair.new.number) for pair in found.pairs] == [
        ("a", 3, 1), ("d", 5, 6), ("b", 2, 3),
    ]  # fmt: skip
    assert {pair.likeness for pair in found.pairs} == {1}
    sums = [(one.unit, one.old_count, one.new_count, *map(int, (*one.medium, *one.annual))) for one in found.totals]
    assert sums == [("甲", 3, 4, 60, 69, 25, 25), ("乙", 1, 2, 30, 30, 10, 13), ("丙", 1, 0, 2, 0, 1, 0)]
    assert (found.whole.unit, found.whole.old_count, found.whole.new_count) == ("", 5, 6)
    assert (found.whole.medium, found.whole.annual) == (Sum(Decimal(92), Decimal(99)), Sum(Decimal(36), Decimal(38)))


@pytest.mark.parametrize(
    ("one", "left_out"),
    [
        (Unread("x/other.yaml", "A"), True),
        (Unread("x/other.yaml", "b"), False),
        (Unread("x/other.yaml", "", " 甲 "), True),
        (Unread("x/other.yaml", "", "丁"), False),
        (Unread("elsewhere/x.yaml"), True),
        (Unread("x/other.yaml"), False),
    ],
)
def test_a_project_that_the_other_side_cannot_read_is_left_out_by_code_name_or_file(
    one: Unread, left_out: bool
) -> None:
    only = replace(side([], form()), unread=(one,))
    there = compare(side([made()], form()), only)
    back = compare(only, side([made()], form()))
    assert (there.removed, back.added) == ((), ()) if left_out else (len(there.removed), len(back.added)) == (1, 1)
    assert there.unread == back.unread == (one,)
    nameless = compare(side([bare("", "")], form()), only)
    assert len(nameless.removed) == 1


def test_beside_one_project_alone_the_others_of_the_other_side_do_not_count() -> None:
    every = side([bare("a", "甲"), bare("b", "乙乙")], form())
    alone = replace(side([bare("b", "乙乙")], form()), alone=True)
    for found in (compare(every, alone), compare(alone, every)):
        assert ([pair.code for pair in found.pairs], found.added, found.removed) == (["b"], (), ())
    other = replace(side([bare("c", "丙丙")], form()), alone=True)
    assert [pair.basis for pair in compare(alone, other).pairs] == [Basis.LIKENESS]
    assert compare(alone, replace(other, alone=False)).pairs == ()


def test_a_project_that_is_gone_has_the_reason_of_the_later_side() -> None:
    old = side([bare("a", "甲", notes={"": "旧"}), bare("b", "乙乙", notes={"": "旧"})], form())
    found = compare(old, replace(side([], form()), gone={"a": "任务完成"}))
    assert [(one.code, one.note) for one in found.removed] == [("a", "任务完成"), ("b", "")]


@pytest.mark.parametrize(
    ("notes", "note"),
    [
        ({"项目资金.年度.财政拨款": "一", "项目资金.年度": "二"}, "一"),
        ({"项目资金": "三", "项目资金.年度": "二"}, "二"),
        ({"项目资金": "三", "": "全部"}, "三"),
        ({"项目资金.年": "别的", "项目资金.年度.财政": "别的", "": "全部"}, ""),
    ],
)
def test_a_change_has_the_note_of_its_field_or_of_the_nearest_part_that_holds_it(
    notes: dict[str, str], note: str
) -> None:
    old, new = bare(funding=amounts(财政拨款="1")), bare(funding=amounts(财政拨款="2"), notes=notes)
    (change,) = compare(side([old], form()), side([new], form())).changes
    assert (change.note, change.place) == (note, None)


def test_head_indicators_and_foot_are_told_in_this_order_with_their_places() -> None:
    lines = "绩效指标: {数量指标: [{指标: 督查, 年度: 1次}, {指标: 督查次数, 年度: 2次}, {指标: 场.数, 年度: 3场}]}\n"
    old = project(lines)
    text = lines.replace("1次", "5次").replace("2次", "6次").replace("3场", "7场")
    new = project("填报人: 李四\n项目概况: {使用范围: 车}\n" + text)
    found = compare(side([old], form()), side([new], form())).changes
    assert [change.field for change in found] == [
        "项目概况.使用范围",
        "绩效指标.数量指标.督查.年度",
        "绩效指标.数量指标.督查次数.年度",
        "绩效指标.数量指标.场.数.年度",
        "填报人",
    ]
    paths = ("项目概况.使用范围", *(f"绩效指标.数量指标.{n}.年度" for n in range(3)), "填报人")
    assert [change.place for change in found] == [new.place(path) for path in paths]
    gone = compare(side([new], form()), side([project("绩效指标: {数量指标: }\n填报人: 李四")], form())).changes
    rows = [change for change in gone if change.kind is Kind.REMOVED]
    assert [change.place for change in rows] == [new.place(f"绩效指标.数量指标.{n}") for n in range(3)]
    (renamed,) = compare(side([old], form()), side([project(lines.replace("督查次数", "督查的次数"))], form())).changes
    assert renamed.place == project(lines.replace("督查次数", "督查的次数")).place("绩效指标.数量指标.1.指标")


# ---- what a new year brings


def change(field: str, old: str | None, new: str | None) -> Change:
    return Change(field, field, field, Kind.CHANGED, old, new)


@pytest.mark.parametrize(
    ("one", "routine"),
    [
        (change("填报日期", "2019-11-20", "2020-11-20"), True),
        (change("填报日期", None, "2020-11-20"), True),
        (change("中长期年限", "2020-2022", "2021-2023"), True),
        (change("中长期年限", None, "2021-2023"), False),
        (change("中长期年限", "2020-2022", None), False),
        (change("项目概况.起止年限", "2019年-2025年", "2020年-2026年"), True),
        (change("项目概况.起止年限", "2019年-2025年", "2019年-2025年"), False),
        (change("项目概况.中长期规划", "2019年-2025年", "2020年-2026年"), False),
        (change("项目概况.中长期规划", "2020年-2022年办", "2021年-2023年办"), True),
        (change("项目概况.中长期规划", "2020年-2022年办", "2021年至2023年办"), False),
        (change("填报人", "张三", "李四"), False),
    ],
)
def test_a_change_is_routine_when_it_only_says_that_a_year_has_passed(one: Change, routine: bool) -> None:
    old = bare(window=Window(2020, 2022), year=2020)
    new = bare(window=Window(2021, 2023), year=2021)
    assert is_routine(one, old, new) is routine
    assert not is_routine(one, old, replace(new, year=2020))


def test_a_comparison_says_which_changes_are_routine() -> None:
    old = bare(filler="张三", window=Window(2020, 2022))
    new = replace(old, year=2021, filler="李四", window=Window(2021, 2023))
    found = compare(side([old], form()), side([new], form())).changes
    assert [(one.field, one.routine) for one in found] == [("中长期年限", True), ("填报人", False)]


# ---- the values themselves


def identity(code: str, name: str = "甲", unit: str = "乙", note: str = "") -> Identity:
    return Identity(code, name, unit, 2020, f"data/2020/{code}.yaml", 1, Decimal(1), Decimal(2), note)


def pair(old: Identity, new: Identity, *found: Change) -> Pair:
    return Pair(old, new, Basis.CODE, Decimal(1), found)


def test_a_pair_goes_by_its_new_name_and_by_the_code_it_has() -> None:
    one = pair(identity("a", "旧"), identity("", "新", note="因"))
    assert (one.code, one.title, one.note, one.renamed) == ("a", "新（a）", "因", True)
    assert not pair(identity("a"), identity("b")).renamed
    assert pair(identity("a"), identity("b")).code == "b"
    assert pair(identity(""), identity("")).title == "甲"


def test_a_difference_counts_what_is_in_it() -> None:
    one = change("填报人", "张三", "李四")
    same, renamed = pair(identity("a"), identity("a")), pair(identity("b", "旧"), identity("b", "新"))
    changed = pair(identity("c"), identity("c", unit="丙"), one)
    nothing = Total("丙", 0, 0, Sum(Decimal(4), Decimal(3)), Sum(Decimal(0), Decimal(1)))
    found = Difference(
        "", "", "万元", (identity("d"),), (identity("e", unit="丙"),), (same, same, renamed, changed), (nothing,)
    )
    assert (found.renamed, found.changed, found.changes, found.unchanged) == ((renamed,), (changed,), (one,), 2)
    assert found.units == ("丙",)
    assert found.of_unit("乙") == ([same, same, renamed], [identity("d")], [])
    assert found.of_unit("丙") == ([changed], [], [identity("e", unit="丙")])
    assert (nothing.medium.delta, nothing.medium.percent, nothing.annual.percent) == (
        Decimal(-1),
        Decimal("-25.0"),
        None,
    )
    empty = replace(found, added=(), removed=(), pairs=(same,))
    assert not empty
    for other in (
        replace(empty, added=(identity("d"),)),
        replace(empty, removed=(identity("d"),)),
        replace(empty, pairs=(renamed,)),
        replace(empty, pairs=(changed,)),
    ):
        assert other


def test_only_amounts_of_the_form_are_money() -> None:
    assert change("项目资金.年度.总额", "1", "2").is_money
    assert not change("总体目标.年度", "1", "2").is_money


# ---- cut down to what was asked for


def difference(*found: Change) -> Difference:
    both = (pair(identity("a", "甲项目"), identity("a", "甲项目"), *found),)
    more = (identity("b", "乙项目", "丙"),)
    return Difference("", "", "万元", more, (identity("c", "丁项目", "丙"),), both)


@pytest.mark.parametrize(
    ("only", "left"),
    [
        ([], "abc"),
        (["a"], "a"),
        (["b", "c"], "bc"),
        (["乙项目"], "b"),
        (["丙"], "bc"),
        (["简称"], "bc"),
        (["a.yaml"], "a"),
        (["c"], "c"),
        (["?项目"], "abc"),
    ],
)
def test_projects_are_chosen_by_code_name_unit_alias_or_file(only: list[str], left: str) -> None:
    found = filtering.of_projects(difference(), only, {"简称": "丙"})
    codes = [*(pair.code for pair in found.pairs), *(one.code for one in (*found.added, *found.removed))]
    assert "".join(sorted(codes)) == left
    if only:
        assert (found.whole.old_count, found.whole.new_count) == (
            len({"a", "c"} & {*left}),
            len({"a", "b"} & {*left}),
        )


def test_a_renamed_project_is_chosen_by_either_name() -> None:
    both = replace(difference(), pairs=(pair(identity("a", "旧"), identity("a", "新")),))
    assert [len(filtering.of_projects(both, [name], {}).pairs) for name in ("旧", "新")] == [1, 1]


def problem(call: Callable[[], object]) -> tuple[str, str, Place, str]:
    with pytest.raises(GoalgenError) as caught:
        call()
    (only,) = caught.value.problems
    return only.code, only.message, only.place, only.hint


def test_patterns_that_name_nothing_are_told_with_what_may_be_meant() -> None:
    assert problem(lambda: filtering.of_projects(difference(), ["甲项日"], {})) == (
        "S06", "两边都没有项目符合“甲项日”", Place("--only"), "你是不是想写“甲项目”",
    )  # fmt: skip
    assert problem(lambda: filtering.of_fields(difference(), ["督查次效"], form()))[:3] == (
        "R05", "没有“督查次效”这个字段", Place("--fields"),
    )  # fmt: skip
    assert problem(lambda: filtering.of_fields(difference(), ["二级指示"], form()))[3] == "你是不是想写“二级指标”"
    changed = difference(change("绩效指标.数量指标.督查次数.年度", "1", "2"))
    assert filtering.of_fields(changed, ["督查次数"], form()).changes


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ([], [0, 1, 2]),
        (["项目资金"], [0]),
        (["年度"], [0, 1]),
        (["次数"], [1]),
        (["旧次数"], [1]),
        (["数量指标.次数"], [1]),
        (["数量"], None),
        (["*数量*"], [1]),
        (["填报人", "总额"], [0, 2]),
        (["绩效指标.二级指标"], []),
        (["绩效指标.中长期"], []),
    ],
)
def test_fields_are_chosen_by_a_run_of_the_words_of_their_path(fields: list[str], left: list[int] | None) -> None:
    found = (
        change("项目资金.年度.总额", "1", "2"),
        change("绩效指标.数量指标.次数.年度", "1", "2")._replace(was="绩效指标.数量指标.旧次数.年度"),
        change("填报人", "1", "2"),
    )
    if left is None:
        with pytest.raises(GoalgenError):
            filtering.of_fields(difference(*found), fields, form())
        return
    cut = filtering.of_fields(difference(*found), fields, form())
    assert cut.changes == tuple(found[n] for n in left)
    assert (len(cut.added), len(cut.removed), len(cut.pairs)) == (1, 1, 1)


def test_routine_changes_are_left_out_and_counted() -> None:
    found = difference(change("填报人", "1", "2"), change("填报日期", "1", "2")._replace(routine=True))
    cut = filtering.without_routine(replace(found, hidden=2))
    assert (cut.changes, cut.hidden) == ((found.changes[0],), 3)


def test_a_side_of_another_form_counts_money_by_its_own(sixteen: tuple[Project, ...]) -> None:
    """The unit of money told is that of the new side."""
    other = form()._replace(money_unit="元")
    found = compare(Side("", 2020, form(), sixteen[:1]), Side("", 2020, other, sixteen[:1]))
    assert found.money_unit == "元"
