"""Two sides compared: money by unit, notes, places, and what one side could not read."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from goalgen.diff.comparing import compare
from goalgen.diff.values import Basis, Identity, Kind, Side, Sum, Unread
from goalgen.forms import Form
from goalgen.forms.project import Project
from goalgen.source.shapes import Amount
from tests.support.diff_making import FILE, Sixteen, amounts, bare, made, side
from tests.support.finding_making import form, money, project
from tests.support.project_making import Horizon, funding, indicators, replace, with_side


def test_money_is_exact_and_added_up_by_unit(sixteen: Sixteen, form: Form) -> None:
    lines = {"财政拨款": Amount("152.60", Decimal("152.60")), "其他资金": Amount("0.30", Decimal("0.30"))}
    new = [replace(sixteen[0], funding={**funding(sixteen[0]), Horizon.ANNUAL: lines}), *sixteen[1:]]
    difference = compare(side(sixteen, form), side(new, form))
    assert [(c.field, str(c.delta), c.percent) for c in difference.changes] == [
        ("项目资金.年度.财政拨款", "+0.1万元", Decimal("0.1")),
        ("项目资金.年度.其他资金", "+0.3万元", None),
    ]
    assert (difference.whole.annual.delta, difference.totals[0].annual.delta) == (Decimal("0.40"), Decimal("0.40"))
    assert difference.whole.medium.delta == 0


def test_a_total_that_was_not_written_counts_as_the_sum_of_its_parts(sixteen: Sixteen, form: Form) -> None:
    written = {
        key: Amount(text, Decimal(text)) for key, text in (("总额", "160"), ("财政拨款", "152.5"), ("其他资金", "0"))
    }
    new = [replace(sixteen[0], funding={**funding(sixteen[0]), Horizon.ANNUAL: written}), *sixteen[1:]]
    changes = compare(side(sixteen, form), side(new, form)).changes
    assert [(change.field, change.old, change.new, str(change.delta), change.percent) for change in changes] == [
        ("项目资金.年度.总额", None, "160", "+7.5万元", Decimal("4.9")),
        ("项目资金.年度.其他资金", None, "0", "None", None),
    ]


def test_an_amount_written_otherwise_is_the_same_amount(sixteen: Sixteen, form: Form) -> None:
    lines = {"财政拨款": Amount("152.50", Decimal("152.50"))}
    new = [replace(sixteen[0], funding={**funding(sixteen[0]), Horizon.ANNUAL: lines}), *sixteen[1:]]
    assert not compare(side(sixteen, form), side(new, form))


def test_a_project_that_one_side_cannot_read_is_on_neither(sixteen: Sixteen, form: Form) -> None:
    bad = (Unread("data/2021/11-x.yaml", "ZHENG-wu-du-cha"), Unread("data/2020/12-zong-he-diao-yan.yaml", ""))
    new = replace(side(sixteen[:10], form), unread=bad)
    difference = compare(side(sixteen[:12], form), new)
    assert not difference
    assert (difference.whole.old_count, difference.unread) == (10, bad)


def test_notes_go_with_the_field_they_speak_of(sixteen: Sixteen, form: Form) -> None:
    first = sixteen[0]
    rows = (with_side(indicators(first)[0], Horizon.MEDIUM, "≥90人"), *indicators(first)[1:])
    lines = {"财政拨款": Amount("140", Decimal(140))}
    notes = {
        "": "机构改革",
        "项目资金": "压减",
        "项目资金.年度": "压减一成",
        "绩效指标.数量指标.保安转辅警人数": "写成数",
    }
    new = replace(first, funding={h: lines for h in Horizon}, indicators=rows, filler="甲", notes=notes)
    difference = compare(side(sixteen[:1], form), side([new], form))
    assert difference.pairs[0].note == "机构改革"
    assert [(change.field, change.note) for change in difference.changes] == [
        ("项目资金.中长期.财政拨款", "压减"),
        ("项目资金.年度.财政拨款", "压减一成"),
        ("绩效指标.数量指标.保安转辅警人数.中长期", "写成数"),
        ("填报人", ""),
    ]


def test_the_later_year_says_why_a_project_is_gone(sixteen: Sixteen, form: Form) -> None:
    """What the project itself said in its last year was of another change."""
    old = [replace(project, notes={"": "上年的原因"}) for project in sixteen]
    new = replace(side(old[:14], form), gone={old[14].code: "任务完成"})
    assert [one.note for one in compare(side(old, form), new).removed] == ["任务完成", ""]


def test_a_change_knows_where_it_stands(sixteen: Sixteen, form: Form) -> None:
    """In the file of the new side, or where it stood when it is gone."""
    first = sixteen[0]
    old = replace(first, indicators=(*indicators(first)[:-1], with_side(indicators(first)[-1], Horizon.ANNUAL, "满意")))
    new = replace(first, indicators=indicators(first)[1:])
    difference = compare(side([old], form), side([new], form))
    assert str(difference.changes[0].place).startswith(f"{first.place().file}:22:")
    assert all(change.place and change.place.line for change in difference.changes)


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


def test_a_side_of_another_form_counts_money_by_its_own(sixteen: tuple[Project, ...]) -> None:
    """The unit of money told is that of the new side."""
    other = replace(form(), look=form().look._replace(money_unit="元"))
    found = compare(Side("", 2020, form(), sixteen[:1]), Side("", 2020, other, sixteen[:1]))
    assert found.money_unit == "元"
