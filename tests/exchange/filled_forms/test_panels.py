"""The panels of an indicator table, joined to rows."""

from __future__ import annotations

from goalgen.exchange.filled_forms.panels import canonical, joined
from goalgen.forms.project import Row
from tests.support.form_making import project_named
from tests.support.project_making import form_2020, indicator, project_of_2020


def test_two_sides_keep_their_order_when_joined() -> None:
    rows = joined(
        "g",
        {
            "中长期": [Row("g", "甲", {"中长期": "1"}), Row("g", "乙", {"中长期": "2"})],
            "年度": [Row("g", "丙", {"年度": "3"}), Row("g", "乙", {"年度": "4"}), Row("g", "甲", {"年度": "5"})],
        },
    )
    assert rows == [
        Row("g", "甲", {"中长期": "1"}),
        Row("g", "丙", {"年度": "3"}),
        Row("g", "乙", {"中长期": "2", "年度": "4"}),
        Row("g", "甲", {"年度": "5"}),
    ]


def test_one_side_stays_as_it_is_and_a_third_is_joined_like_the_second() -> None:
    assert joined("g", {"年度": [Row("g", "甲", {"年度": "1"}), Row("g", "甲", {"年度": "2"})]}) == [
        Row("g", "甲", {"年度": "1"}),
        Row("g", "甲", {"年度": "2"}),
    ]
    rows = joined(
        "g",
        {
            "一": [Row("g", "甲", {"一": "1"})],
            "二": [Row("g", "甲", {"二": "2"})],
            "三": [Row("g", "乙", {"三": "3"}), Row("g", "甲", {"三": "4"})],
        },
    )
    assert rows == [Row("g", "乙", {"三": "3"}), Row("g", "甲", {"一": "1", "二": "2", "三": "4"})]


def test_projects_that_print_the_same_are_the_same() -> None:
    apart = [indicator("数量指标", "甲", "1", None), indicator("数量指标", "甲", None, "2")]
    together = [indicator("数量指标", "甲", "1", "2")]
    assert canonical(project_of_2020(2020, "a", indicators=apart), form_2020()) == project_of_2020(
        2020, "a", indicators=together
    )


def test_rows_of_one_panel_stay_as_they_are_written() -> None:
    project = project_named("hexin_101")
    assert canonical(project, project.form) == project
