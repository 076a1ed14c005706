"""What the comments of a file say: marks, silenced codes, words that were meant as values."""

from __future__ import annotations

from typing import Any

import pytest

from goalgen import source
from goalgen.errors import Place
from goalgen.submission.comments import NO_COMMENTS, Comments, Ignore, Mark, comments_in

FILE = "data/2020/x.yaml"


def said(text: str) -> Comments:
    return comments_in(text.encode("utf-8-sig"), source.parse(text, FILE))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: b  # goalgen: ignore F05 逐年相同\n", [("F05", 1, 1, 7, "逐年相同")]),
        ("# goalgen: ignore F05 逐年相同\na: b\n", [("F05", 0, 1, 1, "逐年相同")]),
        ("a: b\n  # goalgen：ignore F05,I12、B03 B04，T01 ：为什么\n", [
            (code, 0, 2, 3, "为什么") for code in ("F05", "I12", "B03", "B04", "T01")
        ]),
        ("a: b\nc: d\t#goalgen:  ignore   F05", [("F05", 2, 2, 6, "")]),
        ("a: b # goalgen: ignore F05 一 \r\nc: d # goalgen: ignore F06 二\n", [
            ("F05", 1, 1, 6, "一"), ("F06", 2, 2, 6, "二"),
        ]),
        ('a: "b # goalgen: ignore F05 不是"\n', []),
        ('a: "# goalgen: ignore F05 不是"\nb: c # goalgen: ignore F06 是\n', [("F06", 2, 2, 6, "是")]),
        ("\n# goalgen: ignore F05 一\n\na: b # goalgen: ignore F06 二\n", [
            ("F05", 0, 2, 1, "一"), ("F06", 4, 4, 6, "二"),
        ]),
        ("a: |  # goalgen: ignore T01 分行写\n  b\n", [("T01", 1, 1, 7, "分行写")]),
        ("a: |\n  # goalgen: ignore F05 不是\n", []),
        ("a: b# goalgen: ignore F05 不是\n", []),
        ("a: b # goalgen: ignore f05 不是\n", []),
        ("a: b # ignore F05 不是\n", []),
        ("# goalgen: ignore F05 只有注释\n", [("F05", 0, 1, 1, "只有注释")]),
    ],
)  # fmt: skip
def test_comments_that_silence_are_read_with_their_place(text: str, found: list[tuple[Any, ...]]) -> None:
    assert said(text).ignores == tuple(
        Ignore(code, line, Place(FILE, row, column), reason) for code, line, row, column, reason in found
    )


def test_marks_are_found_in_comments_with_their_note_and_not_in_values() -> None:
    found = said('a: "b # 待核"\n总额: 35  # 待核 上年：总额 30\n财政拨款: 35 ## 待核\n')
    assert found.marks == (
        Mark(Place(FILE, 2, 9), "上年：总额 30"),
        Mark(Place(FILE, 3, 10), ""),
    )


def test_a_file_without_either_says_nothing() -> None:
    assert said("a: b # 备注\n") is NO_COMMENTS
    assert said("a: ignore\n") == NO_COMMENTS
