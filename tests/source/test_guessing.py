"""A date or a span of years is proposed as it was meant, however it was written; what is no date is not made one."""

from __future__ import annotations

import pytest

from goalgen.source.guessing import day_hint, span_hint


@pytest.mark.parametrize(
    "text",
    [
        "20260210",
        "２０２６－０２－１０",
        "２０２６年２月１０日",
        "2026.2.10",
        "2026 年 2 月 10 日",
        "2026年2月10号",
        "2026、2、10",
        "2026—02—10",
        "26.2.10",
        "二〇二六年二月十日",
        "二零二六年二月十日",
        "2026-02-10 00:00:00",
        "2026-02-10T08:30:00Z",
        "46063",
    ],
)
def test_a_whole_date_is_proposed(text: str) -> None:
    assert day_hint(text, 2026) == "写 2026-02-10"


@pytest.mark.parametrize(
    ("text", "year", "hint"),
    [
        ("2月10日", 2026, "补上年份，2025-02-10 还是 2026-02-10"),
        ("２月１０日", 2026, "补上年份，2025-02-10 还是 2026-02-10"),
        ("十二月二十三日", 2026, "补上年份，2025-12-23 还是 2026-12-23"),
        ("2月29日", 2020, "补上年份，2020-02-29"),
        ("2月10日", 0, "补上年份，例如 2020-02-10"),
        ("2月31日", 2026, "核对月份和日子"),
        ("2026年2月", 2026, "补上日子，例如 2026-02-01"),
        ("2026-02", 2026, "补上日子，例如 2026-02-01"),
        ("20260230", 2026, "核对月份和日子"),
        ("2026年13月1日", 2026, "写成 2020-02-10"),
        ("年初", 2026, "写成 2020-02-10"),
        ("十", 2026, "写成 2020-02-10"),
    ],
)
def test_what_is_missing_is_asked_for(text: str, year: int, hint: str) -> None:
    assert day_hint(text, year) == hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("２０２０－２０２２", "写 2020-2022"),
        ("2020-22", "写 2020-2022"),
        ("2020年1月至2022年12月", "写 2020-2022"),
        ("2020 ～ 2022", "写 2020-2022"),
        ("二〇二〇年至二〇二二年", "写 2020-2022"),
        ("2020", "写成 2020-2022，先起后止"),
        ("2022-2020", "写成 2020-2022，先起后止"),
    ],
)
def test_a_span_of_years_is_proposed(text: str, hint: str) -> None:
    assert span_hint(text) == hint
