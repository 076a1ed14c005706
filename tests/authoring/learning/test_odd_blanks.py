"""Blanks of a few rows, odd in one way each (odd_blanks.txt): what is not sure has no tag, and is told (odd_blanks.expected)."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from goalgen.authoring.learning.learn import learn
from goalgen.errors import GoalgenError
from tests.support.blank_making import blank
from tests.support.learned_blanks import BLANKS, board_of


def parts(name: str) -> dict[str, str]:
    """A file of texts, each below a line `# what it is`."""
    text = (BLANKS.parent / name).read_text(encoding="utf-8")
    found = (part.partition("\n") for part in text.split("# ")[1:])
    return {title: below.strip("\n") for title, _, below in found}


CASES: Final = parts("odd_blanks.txt")


def told(text: str) -> str:
    """Where every place of a blank ends up, a line each."""
    return "\n".join(f"{one.said} → {one.tag or '？' + one.why}" for one in board_of(blank(text)).openings)


@pytest.mark.parametrize("case", CASES)
def test_what_is_not_sure_has_no_tag_and_is_told(case: str) -> None:
    assert told(CASES[case]) == parts("odd_blanks.expected")[case]


def test_there_is_an_answer_to_every_case() -> None:
    assert len(CASES) > 15 and [*CASES] == [*parts("odd_blanks.expected")]


@pytest.mark.parametrize("case", CASES)
def test_it_is_a_pack_all_the_same(case: str) -> None:
    try:
        assert learn(blank(CASES[case]), "biao", "a.docx", Path()).form.name_path
    except GoalgenError as error:
        assert [problem.code for problem in error.problems] == ["L03"]
