"""Two sides compared: what is the same is recognised, what is different is told exactly, once, and by how much."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goalgen.diff import filtering, indicators
from goalgen.diff.comparing import compare
from goalgen.diff.numbers import compared
from goalgen.diff.spans import marked
from goalgen.diff.values import Basis, Change, Difference, Side, Strength, Unread, percent, signed
from goalgen.errors import GoalgenError
from goalgen.forms import Form
from goalgen.forms.project import Horizon, Indicator, Project
from goalgen.forms.quantity import decimal_text
from goalgen.source.shapes import Amount, Window
from goalgen.text.likeness import best_pairs, likeness
from tests.support.diff_making import Told, edited, side, told

Sixteen = tuple[Project, ...]
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
MIRRORED = {
    Strength.STRONGER: Strength.WEAKER,
    Strength.WEAKER: Strength.STRONGER,
    Strength.QUANTIFIED: Strength.VAGUE,
    Strength.VAGUE: Strength.QUANTIFIED,
    Strength.PLAIN: Strength.PLAIN,
}
KINDS = {"ADDED": "REMOVED", "REMOVED": "ADDED", "FILLED": "EMPTIED", "EMPTIED": "FILLED"}


@FEW
@given(st.data())
def test_random_edits_come_back_as_they_were_made(sixteen: Sixteen, form: Form, data: st.DataObject) -> None:
    work = edited(sixteen, data)
    assert told(compare(side(sixteen, form), side(work.projects, form))) == work.expected


@FEW
@given(st.data())
def test_exchanging_the_sides_exchanges_everything(sixteen: Sixteen, form: Form, data: st.DataObject) -> None:
    work = edited(sixteen, data)
    there = compare(side(sixteen, form), side(work.projects, form))
    back = compare(side(work.projects, form), side(sixteen, form))
    assert (told(back).added, told(back).removed) == (told(there).removed, told(there).added)
    assert told(back).renamed == sorted((code, new, old) for code, old, new in told(there).renamed)
    assert sorted(map(facts, back.changes), key=repr) == sorted((mirrored(c) for c in there.changes), key=repr)
    assert (back.whole.annual.delta, back.whole.medium.delta) == (
        -there.whole.annual.delta,
        -there.whole.medium.delta,
    )


def facts(change: Change) -> tuple[object, ...]:
    told = Told("", change.field, change.was, change.kind.name, change.old, change.new)
    return *told, change.delta, change.strength, change.old_parts, change.new_parts


def mirrored(change: Change) -> tuple[object, ...]:
    kind = KINDS.get(change.kind.name, change.kind.name)
    turned = change.delta and change.delta._replace(number=-change.delta.number)
    told = Told("", change.was, change.field, kind, change.new, change.old)
    return *told, turned, MIRRORED[change.strength], change.new_parts, change.old_parts


def test_a_side_is_not_different_from_itself(sixteen: Sixteen, form: Form) -> None:
    difference = compare(side(sixteen, form), side(sixteen, form))
    assert not difference
    assert (difference.unchanged, difference.whole.annual.old) == (16, Decimal("1028.99"))
    assert [total.old_count for total in difference.totals] == [12, 2, 1, 1]


@pytest.mark.parametrize(
    ("old", "new", "delta", "by", "strength"),
    [
        ("不少于30次", "不少于36次", "+6次", "20", Strength.STRONGER),
        ("≥95%", "≥90%", "-5个百分点", None, Strength.WEAKER),
        ("≤10分钟", "控制在8分钟内", "-2分钟", "-20", Strength.STRONGER),
        ("≤3000元", "≤0.35万元", "+500元", "16.7", Strength.WEAKER),
        ("30人", "28人", "-2人", "-6.7", Strength.PLAIN),
        ("≥0.1%", "≥0.35%", "+0.25个百分点", None, Strength.STRONGER),
        ("≥95%", ">95%", "None", None, Strength.STRONGER),
        ("≥95%", "≤95%", "None", None, Strength.PLAIN),
        ("≥95%", "达到96%", "+1个百分点", None, Strength.PLAIN),
        ("合格", "≥95%", "None", None, Strength.QUANTIFIED),
        ("8小时", "及时", "None", None, Strength.VAGUE),
        ("满意", "基本满意", "None", None, Strength.PLAIN),
        ("30次", "30人", "None", None, Strength.PLAIN),
        ("5-10次", "6-10次", "+1次", "20", Strength.STRONGER),
        ("5-10次", "4-9次", "None", None, Strength.PLAIN),
        ("≥3次，≥40人", "≥3次，≥50人", "+10人", "25", Strength.STRONGER),
        ("≥3次，≥40人", "≥4次，≥50人", "None", None, Strength.STRONGER),
        ("≥3次，≥40人", "≥4次，≥30人", "None", None, Strength.PLAIN),
        ("≥0次", "≥5次", "+5次", None, Strength.STRONGER),
        ("2020年12月底前", "2021年12月底前", "None", None, Strength.PLAIN),
    ],
)
def test_values_are_compared_by_sign_number_and_unit(
    old: str, new: str, delta: str, by: str | None, strength: Strength
) -> None:
    found = compared(old, new)
    assert (str(found.delta), found.strength) == (delta, strength)
    assert found.percent == (None if by is None else Decimal(by))


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("保障正常安全工作环境", "保障安全工作环境", "保障【正常】安全工作环境", "保障安全工作环境"),
        ("开展督查30次", "开展督查36次", "开展督查【30】次", "开展督查【36】次"),
        ("甲乙丙丁", "子丑丙寅", "【甲乙丙丁】", "【子丑丙寅】"),
        ("", "全部是新的", "", "【全部是新的】"),
        ("A项目2020年", "B项目2020年", "【A】项目2020年", "【B】项目2020年"),
    ],
)
def test_the_changed_span_of_a_text_is_marked(old: str, new: str, before: str, after: str) -> None:
    sides = ("".join(f"【{part.text}】" if part.changed else part.text for part in parts) for parts in marked(old, new))
    assert tuple(sides) == (before, after)


@given(st.text("甲乙丙丁戊，。30次%", max_size=30), st.text("甲乙丙丁戊，。36次%", max_size=30))
def test_parts_are_the_whole_text_and_exchange_with_the_sides(old: str, new: str) -> None:
    before, after = marked(old, new)
    assert ("".join(part.text for part in before), "".join(part.text for part in after)) == (old, new)
    assert marked(new, old) == (after, before)
    assert "".join(p.text for p in before if not p.changed) == "".join(p.text for p in after if not p.changed)


def test_a_very_long_text_is_marked_without_comparing_every_word() -> None:
    old, new = "开头" + "甲乙" * 3000 + "结尾", "开头" + "丙丁" * 3000 + "结尾"
    assert [(part.text[:2], part.changed) for part in marked(old, new)[0]] == [
        ("开头", False),
        ("甲乙", True),
        ("结尾", False),
    ]


def row(group: str, name: str, annual: str | None = "≥5次", medium: str | None = None) -> Indicator:
    return Indicator(group, name, medium, annual)


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
    sixteen: Sixteen, form: Form, old: list[Indicator], new: list[Indicator], found: list[str]
) -> None:
    before, after = (replace(sixteen[0], indicators=tuple(rows)) for rows in (old, new))
    changes = list(indicators.changes(before, after, form.all_groups))
    assert [change.field.rpartition(".")[2] for change in changes] == found


def test_of_two_indicators_of_one_name_the_one_with_the_same_value_is_the_same() -> None:
    old = [row("数量指标", "次数", "≥5次"), row("数量指标", "次数", "≥9次")]
    found = indicators.matched(old, [row("数量指标", "次数", "≥9次"), row("数量指标", "次数", "≥6次")])
    assert [(match.old and match.old.annual, match.new and match.new.annual) for match in found] == [
        ("≥9次", "≥9次"),
        ("≥5次", "≥6次"),
    ]


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
    new[3] = replace(new[3], filler="某某", goals={**new[3].goals, Horizon.ANNUAL: "按月足额发放"})
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


def test_money_is_exact_and_added_up_by_unit(sixteen: Sixteen, form: Form) -> None:
    lines = {"财政拨款": Amount("152.60", Decimal("152.60")), "其他资金": Amount("0.30", Decimal("0.30"))}
    new = [replace(sixteen[0], funding={**sixteen[0].funding, Horizon.ANNUAL: lines}), *sixteen[1:]]
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
    new = [replace(sixteen[0], funding={**sixteen[0].funding, Horizon.ANNUAL: written}), *sixteen[1:]]
    changes = compare(side(sixteen, form), side(new, form)).changes
    assert [(change.field, change.old, change.new, str(change.delta), change.percent) for change in changes] == [
        ("项目资金.年度.总额", None, "160", "+7.5万元", Decimal("4.9")),
        ("项目资金.年度.其他资金", None, "0", "None", None),
    ]


def test_an_amount_written_otherwise_is_the_same_amount(sixteen: Sixteen, form: Form) -> None:
    lines = {"财政拨款": Amount("152.50", Decimal("152.50"))}
    new = [replace(sixteen[0], funding={**sixteen[0].funding, Horizon.ANNUAL: lines}), *sixteen[1:]]
    assert not compare(side(sixteen, form), side(new, form))


@pytest.mark.parametrize(
    ("old", "new", "routine"),
    [
        ({"overview": {"起止年限": "2020年-2022年"}}, {"overview": {"起止年限": "2021年-2023年"}}, True),
        ({"overview": {"起止年限": "2020年-2022年"}}, {"overview": {"起止年限": "2020年-2022年底"}}, False),
        ({"overview": {"起止年限": "2016年-2025年"}}, {"overview": {"起止年限": "2016年-2030年"}}, False),
        ({"goals": {Horizon.MEDIUM: "2020-2022年建成"}}, {"goals": {Horizon.MEDIUM: "2021-2023年建成"}}, True),
        ({"goals": {Horizon.MEDIUM: "2020-2022年建成5处"}}, {"goals": {Horizon.MEDIUM: "2021-2023年建成6处"}}, False),
        (
            {"goals": {Horizon.MEDIUM: "接2018-2019年，2020-2022年建成"}},
            {"goals": {Horizon.MEDIUM: "接2018-2019年，2021-2023年建成"}},
            True,
        ),
        (
            {"goals": {Horizon.MEDIUM: "接2018-2019年，2020-2022年建成"}},
            {"goals": {Horizon.MEDIUM: "接2019-2020年，2021-2023年建成"}},
            False,
        ),
        ({"window": Window(2020, 2022)}, {"window": Window(2021, 2024)}, False),
        ({"phone": "1"}, {"phone": "2"}, False),
    ],
)
def test_what_every_new_year_brings_is_routine(
    sixteen: Sixteen, form: Form, old: dict[str, object], new: dict[str, object], routine: bool
) -> None:
    later = {"year": 2021, "window": Window(2021, 2023), "filed": None}
    before = replace(sixteen[0], **old)  # type: ignore[arg-type]
    after = replace(sixteen[0], **{**later, **new})  # type: ignore[arg-type]
    difference = compare(Side("甲", 2020, form, (before,)), Side("乙", 2021, form, (after,)))
    changes = [
        change for change in difference.changes if change.field not in ("填报日期", "中长期年限") or "window" in new
    ]
    assert {change.routine for change in changes if change.field != "填报日期"} == {routine}
    assert all(change.routine for change in difference.changes if change.field == "填报日期")
    shown = filtering.without_routine(difference)
    assert shown.hidden + len(shown.changes) == len(difference.changes)


def test_within_one_year_nothing_is_routine(sixteen: Sixteen, form: Form) -> None:
    new = [replace(sixteen[0], filed=None, window=Window(2021, 2023))]
    difference = compare(side(sixteen[:1], form), side(new, form))
    assert [(change.field, change.routine) for change in difference.changes] == [
        ("中长期年限", False),
        ("填报日期", False),
    ]


def test_a_project_that_one_side_cannot_read_is_on_neither(sixteen: Sixteen, form: Form) -> None:
    bad = (Unread("data/2021/11-x.yaml", "ZHENG-wu-du-cha"), Unread("data/2020/12-zong-he-diao-yan.yaml", ""))
    new = replace(side(sixteen[:10], form), unread=bad)
    difference = compare(side(sixteen[:12], form), new)
    assert not difference
    assert (difference.whole.old_count, difference.unread) == (10, bad)


def test_notes_go_with_the_field_they_speak_of(sixteen: Sixteen, form: Form) -> None:
    first = sixteen[0]
    rows = (first.indicators[0]._replace(medium="≥90人"), *first.indicators[1:])
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
    old = replace(first, indicators=(*first.indicators[:-1], first.indicators[-1]._replace(annual="满意")))
    new = replace(first, indicators=first.indicators[1:])
    difference = compare(side([old], form), side([new], form))
    assert str(difference.changes[0].place).startswith(f"{first.place().file}:22:")
    assert all(change.place and change.place.line for change in difference.changes)


def one(difference: Difference, *fields: str, form: Form) -> list[str]:
    return [change.field for change in filtering.of_fields(difference, fields, form).changes]


def test_narrowing_to_projects_and_fields(sixteen: Sixteen, form: Form) -> None:
    lines = {"财政拨款": Amount("1", Decimal(1))}
    new = [replace(p, funding={h: lines for h in Horizon}, filler="甲", name=f"{p.name}新") for p in sixteen]
    difference = compare(side(sixteen, form), side(new, form))
    some = filtering.of_projects(
        difference, ["驻长办", "01-*", "政务督查经费"], {"驻长办": "衡阳市人民政府驻长沙办事处"}
    )
    assert [pair.code for pair in some.pairs] == [
        "bao-an-zhuan-fu-jing",
        "zheng-wu-du-cha",
        "zhao-shang-xin-fang-chang-sha",
    ]
    assert (some.whole.new_count, some.whole.annual.new) == (3, Decimal(3))
    first = filtering.of_projects(difference, ["bao-an-zhuan-fu-jing"], {})
    assert one(first, "财政拨款", form=form) == ["项目资金.中长期.财政拨款", "项目资金.年度.财政拨款"]
    assert one(first, "项目资金.年度", form=form) == ["项目资金.年度.财政拨款"]
    assert one(first, "*.年度.*", "填报人", form=form) == ["项目资金.年度.财政拨款", "填报人"]
    assert one(first, "绩效指标", form=form) == []
    with pytest.raises(GoalgenError, match="S06 两边都没有项目符合“政务督察经费”；你是不是想写“政务督查经费”"):
        filtering.of_projects(difference, ["政务督察经费"], {})
    with pytest.raises(GoalgenError, match="R05 没有“财政拔款”这个字段；你是不是想写“财政拨款”"):
        one(first, "财政拔款", form=form)


@given(st.text("甲乙丙丁", max_size=8), st.text("甲乙丙丁", max_size=8))
def test_likeness_is_the_same_both_ways(first: str, second: str) -> None:
    assert likeness(first, second) == likeness(second, first)
    assert likeness(first, first) == 1
    assert 0 <= likeness(first, second) <= 1


@given(
    st.lists(st.text("甲乙丙", min_size=1, max_size=3), max_size=6),
    st.lists(st.text("甲乙丙", min_size=1, max_size=3), max_size=6),
)
def test_pairs_exchange_with_the_sides(old: list[str], new: list[str]) -> None:
    pairs = best_pairs(old, new, likeness, 0.3)
    assert sorted((j, i, score) for i, j, score in best_pairs(new, old, likeness, 0.3)) == sorted(pairs)
    assert len({i for i, _, _ in pairs}) == len({j for _, j, _ in pairs}) == len(pairs)


def test_numbers_are_written_without_exponent_and_idle_zeros() -> None:
    assert [decimal_text(Decimal(text)) for text in ("1E+3", "152.50", "-0.0", "876.99", "35")] == [
        "1000",
        "152.5",
        "0",
        "876.99",
        "35",
    ]
    assert [signed(Decimal(text)) for text in ("6", "-15.50", "0.00")] == ["+6", "-15.5", "0"]
    assert (percent(Decimal(-4), Decimal(-2)), percent(Decimal(0), Decimal(3))) == (Decimal(50), None)
