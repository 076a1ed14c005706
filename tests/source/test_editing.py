"""A text changed at offsets: everything between stays."""

from __future__ import annotations

import pytest

from goalgen import source
from goalgen.source.editing import Edit, applied, is_comment, line_break, line_end, line_start, scalars


def test_edits_that_overlap_are_no_edits() -> None:
    assert applied("甲乙丙", [Edit(1, 2, "x"), Edit(0, 1, "y"), Edit(1, 1, "z")]) == "yzx丙"
    with pytest.raises(ValueError, match="overlap at 1"):
        applied("甲乙丙", [Edit(0, 2, "x"), Edit(1, 3, "y")])


@pytest.mark.parametrize(("text", "lines"), [("甲\n乙丙\n", [(0, 1), (2, 4)]), ("甲\r\n乙丙", [(0, 1), (3, 5)])])
def test_a_line_begins_and_ends_before_its_break(text: str, lines: list[tuple[int, int]]) -> None:
    assert [(line_start(text, at), line_end(text, at)) for at, _ in lines] == lines
    assert (line_start(text, lines[1][1]), line_end(text, lines[1][1])) == lines[1]
    assert line_break(text) == ("\r\n" if "\r" in text else "\n")


@pytest.mark.parametrize(
    ("text", "at", "comment"),
    [("a: b # c", 5, True), ("a: 'b # c'", 6, False), ("a: | # c\n  b", 5, True), ("a: |\n  b # c", 9, False)],
)
def test_a_hash_is_a_comment_outside_of_values_and_behind_the_head_of_a_block(
    text: str, at: int, comment: bool
) -> None:
    read = source.parse(text, "a.yaml")
    assert read.root is not None and text[at] == "#"
    assert is_comment(text, at, [(one.start, one.end) for one in scalars(read.root)]) is comment
