"""What is different only because a year has passed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from goalgen.diff.routine import is_routine
from goalgen.diff.values import (
    Change,
)
from goalgen.source.shapes import Window
from tests.support.diff_parts import bare, change


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
