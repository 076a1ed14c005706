"""Two values compared by sign, number and unit."""

from __future__ import annotations

from decimal import Decimal

import pytest

from goalgen.diff.numbers import compared
from goalgen.diff.values import (
    Strength,
)


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
