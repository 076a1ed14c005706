"""Indicator values are understood: sign, number, unit; what only looks like a number is left alone."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalgen.forms.quantity import Quantity, parse
from goalgen.submission.submission import load
from tests.support.places import ROOT
from tests.support.project_making import indicators

UNDERSTOOD = {
    "≥95%": "≥95%",
    "≥ 95 %": "≥95%",
    ">=95%": "≥95%",
    "＞９５％": ">95%",
    "不少于30次": "≥30次",
    "不少于每年30次": "≥30次",
    "不高于3500元": "≤3500元",
    "每月不超过10万": "≤10万",
    "每月不超过10万元": "≤10万元",
    "不超过134.3万元": "≤134.3万元",
    "达到100%": "=100%",
    "达到95%以上": "≥95%",
    "100%完成民生重点实事项目": "=100%",
    "30人": "=30人",
    "８小时": "=8小时",
    "3年以上": "≥3年",
    "95%以上": "≥95%",
    "95%及以上": "≥95%",
    "轮换班时间差控制在10分钟内": "≤10分钟",
    "全天24小时": "=24小时",
    "会务中心5666平方米，大院67931平方米": "=5666平方米 =67931平方米",
    "成功举办全市大型会议和活动3次以上": "≥3次",
    "10篇以上": "≥10篇",
    "政务督查通报不少于12期": "≥12期",
    "调研时间不少于60天": "≥60天",
    "1套\n房屋": "=1套",
    "两次": "=2次",
    "不少于十二次": "≥12次",
    "一百二十人": "=120人",
    "百分之九十五": "=95%",
    "百分之95以上": "≥95%",
    "1,200元/人": "=1200元/人",
    "3万人次": "=3万人次",
    "三个月": "=3个月",
    "5-10次": "≥5次 ≤10次",
    "90%~95%": "≥90% ≤95%",
    "30余次": ">30次",
    "≤35微克/立方米": "≤35微克/立方米",
    "低于5%": "<5%",
    "在5个工作日内办结": "≤5个工作日",
    "0734": "=734",
    "2000元": "=2000元",
    "2020年完成30次": "=30次",
    "衡财行〔2017〕436号文件要求的5项": "=5项",
}

NO_QUANTITY = (
    "",
    "满意",
    "2020年",
    "２０２０年",
    "2020年度",
    "2020年12月底",
    "2020年12月31日前",
    "2020-12-31",
    "2020-2022",
    "2020年-2022年",
    "12月底前完成",
    "不迟于11月30日",
    "每月10日前",
    "根据2020年工作情况确定",
    "衡财行〔2017〕436号",
    "第3季度",
    "第一次",
    "贯彻执行“八项规定”“九项规定”",
    "统一次序",
    "一次性",
    "137****2333",
    "8:30",
    "A4",
    "PM2.5",
    "十三五规划",
    "三定方案",
    "做好六稳工作",
    "逐年递减",
    "千方百计",
)


def shown(quantities: tuple[Quantity, ...]) -> str:
    return " ".join(f"{q.sign}{q.number}{q.unit}" for q in quantities)


@pytest.mark.parametrize(("text", "expected"), UNDERSTOOD.items())
def test_a_value_gives_sign_number_and_unit(text: str, expected: str) -> None:
    assert shown(parse(text)) == expected


@pytest.mark.parametrize("text", NO_QUANTITY)
def test_years_dates_ordinals_and_slogans_are_no_quantity(text: str) -> None:
    assert parse(text) == ()


def test_a_quantity_is_frozen() -> None:
    (quantity,) = parse("30人")
    with pytest.raises(dataclasses.FrozenInstanceError):
        quantity.sign = "≥"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("one", "other"),
    [("0.5万元", "5000元"), ("3万人次", "30000人次"), ("20㎡", "20平方米"), ("30名", "30人"), ("1.2亿元", "12000万元")],
)
def test_the_base_makes_different_units_comparable(one: str, other: str) -> None:
    assert parse(one)[0].base == parse(other)[0].base


def test_basis_points_are_no_scale() -> None:
    assert parse("2个百分点")[0].base == (Decimal(2), "个百分点")
    assert parse("2百分点")[0].base == (Decimal(2), "百分点")


@given(st.text(alphabet="≥≤><=不少于超过以上内0123456789.,%次万元年月日第〔〕-/:两十百千三 人家A*", max_size=30))
def test_any_text_gives_spans_in_order_inside_it(text: str) -> None:
    end = 0
    for quantity in parse(text):
        assert end <= quantity.start < quantity.end <= len(text)
        assert quantity.sign in "≥≤><="
        assert quantity.number >= 0
        end = quantity.end


@given(st.text(max_size=60))
def test_no_text_whatever_makes_it_fail(text: str) -> None:
    parse(text)


@given(
    st.sampled_from(["≥", "≤", "=", "不少于", "不超过", "达到"]),
    st.decimals(0, 10**9, places=2, allow_nan=False),
    st.sampled_from(["%", "次", "人", "万元", "平方米", "个工作日", "元/人"]),
)
def test_what_is_put_together_is_taken_apart_again(sign: str, number: Decimal, unit: str) -> None:
    (quantity,) = parse(f"{sign}{number}{unit}")
    assert (quantity.number, quantity.unit) == (number, unit)
    assert quantity.sign == {"不少于": "≥", "不超过": "≤", "达到": "="}.get(sign, sign)


@given(st.integers(1, 9999))
def test_chinese_numerals_count_like_digits(number: int) -> None:
    assert parse(f"{chinese(number)}次")[0].number == number


def chinese(number: int) -> str:
    """A number below ten thousand as it is spoken."""
    words, gap = "", False
    for factor, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, factor)
        if digit:
            words += ("零" if gap and words else "") + "零一二三四五六七八九"[digit] + name
            gap = False
        else:
            gap = bool(words)
    return words


def test_the_sixteen_forms_hold_the_quantities_a_person_counts() -> None:
    """domain.md 1.3, I05: of 146 annual values 125 hold no quantity, of 145 medium-term values 136."""
    projects = load(ROOT).years[0].projects
    rows = [row for project in projects for row in indicators(project)]
    annual = [text for row in rows if (text := row.text("年度")) is not None]
    medium = [text for row in rows if (text := row.text("中长期")) is not None]
    assert (len(annual), sum(not parse(value) for value in annual)) == (146, 125)
    assert (len(medium), sum(not parse(value) for value in medium)) == (145, 136)
