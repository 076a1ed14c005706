"""What every new year brings is routine."""

from __future__ import annotations

import pytest

from goalgen.diff import filtering
from goalgen.diff.comparing import compare
from goalgen.diff.routine import is_routine
from goalgen.diff.values import Change, Side
from goalgen.forms import Form
from goalgen.source.shapes import Window
from tests.support.diff_making import Sixteen, bare, change, side
from tests.support.finding_making import form
from tests.support.project_making import Horizon, replace


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
    before = replace(sixteen[0], **old)
    after = replace(sixteen[0], **{**later, **new})
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
