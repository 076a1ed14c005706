"""What is typed into a cell becomes a value of its kind, or none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from goalgen.exchange.filled_forms.values import (
    day_in,
    is_blank,
    joined_target,
    number_in,
    same_parts,
    value_of,
    window_in,
)
from goalgen.forms.item import Item, Kind
from goalgen.source.shapes import Amount, Window


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Kind.MONEY, "1,200.50 万元", Amount("1200.50", Decimal("1200.50"))),
        (Kind.MONEY, "95元", None),
        (Kind.SCORE, "20分", Amount("20", Decimal(20))),
        (Kind.NUMBER, "十二", None),
        (Kind.DATE, "2021年1月4日", date(2021, 1, 4)),
        (Kind.DATE, "20210104", date(2021, 1, 4)),
        (Kind.DATE, "2021-2-30", None),
        (Kind.DATE, "一季度", None),
        (Kind.YEARS, "2021年\n到\n2023年", Window(2021, 2023)),
        (Kind.YEARS, "2023-2021", None),
        (Kind.YEARS, "长期", None),
        (Kind.CODE, "ren-cai", "ren-cai"),
        (Kind.CODE, "人才", None),
        (Kind.CHOICE, "甲■\n乙□", ("甲",)),
        (Kind.CHOICE, "甲■ 丙", None),
        (Kind.TEXT, "无", "无"),
    ],
)
def test_a_text_is_read_by_the_kind_of_its_cell(kind: Kind, text: str, value: object) -> None:
    assert value_of(Item("键", kind, options=("甲", "乙")), text, "万元") == value


def test_a_stroke_is_no_number_and_boxes_without_a_tick_are_no_choice() -> None:
    assert is_blank(Item("键", Kind.MONEY), "—") and not is_blank(Item("键"), "—")
    ticks = Item("键", Kind.CHOICE, options=("甲", "乙"))
    assert is_blank(ticks, "甲□ 乙□") and not is_blank(ticks, "甲□ 乙☑") and not is_blank(ticks, "丙")
    assert (number_in("", "万元"), day_in(""), window_in("")) == (None, None, None)


@pytest.mark.parametrize(
    ("parts", "target"),
    [
        (("≥", "1000", "人"), "≥1000人"),
        (("＝", "100", "%"), "100%"),
        (("=", "100", "%"), "100%"),
        (("", "≥1000人", ""), "≥1000人"),
        (("定性", "不适用", ""), "不适用"),
        (("定量（其他）", "3", "次"), None),
        (("", "", ""), ""),
    ],
)
def test_the_parts_of_a_target_are_joined_to_the_one_text_that_is_written(
    parts: tuple[str, str, str], target: str | None
) -> None:
    assert joined_target(*parts) == target


def test_a_target_comes_back_from_its_parts_with_its_meaning() -> None:
    assert [same_parts(text) for text in ("≥0.50万元", "=5次", "500余人", "较好")] == [
        "≥0.5万元",
        "5次",
        ">500人",
        "较好",
    ]
