"""Which spans of a text changed, marked word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goalgen.diff.spans import marked
from goalgen.diff.values import (
    Part,
)


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


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        # one character between two changes is marked with them, two are not
        ("甲一乙", "丙一丁", "【甲一乙】", "【丙一丁】"),
        ("甲一二乙", "丙一二丁", "【甲】一二【乙】", "【丙】一二【丁】"),
        ("甲12乙", "丙12丁", "【甲】12【乙】", "【丙】12【丁】"),
        ("一甲二乙三", "一丙二丁三", "一【甲二乙】三", "一【丙二丁】三"),
        # a number, a word, white space are one word each
        ("到95.5%止", "到96%止", "到【95.5%】止", "到【96%】止"),
        ("Word 表", "Excel 表", "【Word】 表", "【Excel】 表"),
        ("1,234元", "1,235元", "【1,234】元", "【1,235】元"),
        ("a\n\nb", "a\nb", "a【\n\n】b", "a【\n】b"),
        ("甲甲", "甲", "甲【甲】", "甲"),
        ("甲", "", "【甲】", ""),
        ("同", "同", "同", "同"),
        ("", "", "", ""),
    ],
)
def test_changed_spans_are_marked_word_by_word(old: str, new: str, before: str, after: str) -> None:
    def shown(parts: tuple[Part, ...]) -> str:
        return "".join(f"【{part.text}】" if part.changed else part.text for part in parts)

    assert tuple(map(shown, marked(old, new))) == (before, after)
    assert tuple(map(shown, marked(new, old))) == (after, before)
    assert all(part.text for parts in marked(old, new) for part in parts)


@pytest.mark.parametrize(("length", "whole"), [(2000, False), (2001, True)])
def test_long_texts_are_marked_throughout_from_a_length_on(length: int, whole: bool) -> None:
    """Beyond a common beginning and end; one side that long is enough."""
    middle = "甲乙" * (length // 2) + "甲" * (length % 2)
    old, new = f"头{middle}尾", "头子甲乙丑尾"
    assert [part.text for part in marked(old, new)[0] if part.changed] == ([middle] if whole else [middle[2:]])
    assert [part.text for part in marked(old, new)[1] if part.changed] == (["子甲乙丑"] if whole else ["子", "丑"])
