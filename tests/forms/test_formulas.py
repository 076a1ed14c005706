"""The formulas of a form: what is one, and what it comes to."""

from __future__ import annotations

from decimal import Decimal

import pytest

from goalgen.forms.formulas import (
    Formula,
    Rounding,
    formula_in,
    indicator_score,
    loop_in,
    money_cell,
    number_text,
    target_parts,
    total,
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("和(甲, 乙)", Formula("和", ("甲", "乙"))),
        (" 和（甲，乙、丙） ", Formula("和", ("甲", "乙", "丙"))),
        ("总分", Formula("总分")),
        ("总分()", Formula("总分")),
        ("常数(10)", Formula("常数", ("10",))),
        ("执行得分(执行, 预算, 10)", Formula("执行得分", ("执行", "预算", "10"))),
        ("和(甲)", None),
        ("和", None),
        ("比(甲)", None),
        ("常数(十)", None),
        ("减(甲, 乙)", None),
        ("甲 + 乙", None),
        ("", None),
    ],
)
def test_a_formula_is_a_name_of_the_set_with_its_arguments(text: str, found: Formula | None) -> None:
    assert formula_in(text) == found


def test_a_formula_says_what_it_reads() -> None:
    assert str(Formula("和", ("甲", "乙"))) == "和(甲, 乙)"
    assert str(Formula("总分")) == "总分"
    assert Formula("执行得分", ("甲", "乙", "10")).cells == ("甲", "乙")
    assert Formula("和", ("甲", "乙")).is_sum and not Formula("比", ("甲", "乙")).is_sum


@pytest.mark.parametrize(
    ("formula", "spent", "budget", "told"),
    [
        ("比(执行, 预算)", "93.1", "95", "98"),
        ("比(执行, 预算)", "1", "3", "33.33"),
        ("比(执行, 预算)", "0", "3", "0"),
        ("比(执行, 预算)", None, "3", ""),
        ("比(执行, 预算)", "5", "0", ""),
        ("比(执行, 预算)", "5", None, ""),
        ("执行得分(执行, 预算, 20)", "93.1", "95", "19.6"),
        ("执行得分(执行, 预算, 10)", "200", "95", "10"),
        ("执行得分(执行, 预算, 预算)", "1", "2", "1"),
        ("执行得分(执行, 预算, 没有)", "1", "2", ""),
        ("常数(10)", None, None, "10"),
        ("总分", "1", "1", ""),
    ],
)
def test_money_gives_rates_and_scores(formula: str, spent: str | None, budget: str | None, told: str) -> None:
    """Without a budget there is no rate, which is not 0 %; nobody scores above the points there are."""
    cells = {"执行": spent, "预算": budget}
    read = formula_in(formula)
    assert read

    def amounts(word: str) -> Decimal | None:
        text = cells.get(word)
        return None if text is None else Decimal(text)

    assert number_text(money_cell(read, amounts, Rounding())) == told


@pytest.mark.parametrize(
    ("target", "done", "points", "score"),
    [
        ("≥1000人", "980人", 20, "19.6"),
        ("≥20期", "20期", 10, "10"),
        ("≥95%", "97%", 10, "10"),
        ("≤950元/人", "960元/人", 10, "9.9"),
        ("≤950元/人", "900元/人", 10, "10"),
        ("<3天", "3天", 10, "10"),
        ("<3天", "4天", 10, "7.5"),
        (">5次", "5次", 10, "10"),
        (">5次", "4次", 10, "8"),
        ("5次", "4次", 10, "8"),
        ("≥0.5万元", "2500元", 10, "5"),
        ("≥0次", "0次", 10, "10"),
        (">0次", "0次", 10, "0"),
        ("≤0起", "1起", 10, "0"),
        ("≥5次", "4人", 10, ""),
        ("≥5次", "很多", 10, ""),
        ("好", "好", 10, ""),
        ("≥5次", "4次", None, ""),
        ("≥5次，不超过8次", "4次", 10, ""),
    ],
)
def test_an_indicator_scores_the_share_it_reached(target: str, done: str, points: int | None, score: str) -> None:
    """The inverse for costs; what cannot be compared has no score."""
    worth = None if points is None else Decimal(points)
    assert number_text(indicator_score(target, done, worth, Rounding())) == score


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("≥1000人", ("≥", "1000", "人")),
        ("不超过950元/人", ("≤", "950", "元/人")),
        ("30次", ("＝", "30", "次")),
        ("95%以上", ("≥", "95", "%")),
        ("很好", ("定性", "很好", "")),
        ("全年开展30次", ("定性", "全年开展30次", "")),
        ("5-10次", ("定性", "5-10次", "")),
        ("", ("", "", "")),
    ],
)
def test_a_target_is_read_as_sign_number_and_unit(text: str, parts: tuple[str, str, str]) -> None:
    """One that says more than a number stays whole, as 定性: nothing of it is lost."""
    assert tuple(target_parts(text)[name] for name in ("符号", "数", "单位")) == parts


def test_rounding_is_a_setting_of_the_form() -> None:
    assert Rounding(2, 1, False).to(Decimal("9.896"), 1) == Decimal("9.9")
    assert Rounding(2, 1, True).to(Decimal("9.896"), 1) == Decimal("9.8")
    assert (total([None, None]), total([Decimal(1), None])) == (None, Decimal(1))


@pytest.mark.parametrize(
    ("reads", "ring"),
    [
        ({"甲": ("乙",), "乙": ("丙",)}, ()),
        ({"甲": ("甲",)}, ("甲", "甲")),
        ({"甲": ("乙",), "乙": ("丙", "甲")}, ("甲", "乙", "甲")),
        ({"甲": ("乙",), "乙": ("丙",), "丙": ("乙",)}, ("乙", "丙", "乙")),
        ({"甲": ("乙", "丙"), "乙": ("丁",), "丙": ("丁",)}, ()),
    ],
)
def test_cells_computed_from_each_other_are_found(reads: dict[str, tuple[str, ...]], ring: tuple[str, ...]) -> None:
    assert loop_in(reads) == ring
