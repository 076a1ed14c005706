"""The blanks that `form learn` is tried on, what is learned of each, and where each place of it ends up."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from goalgen.authoring.learning.board import Board
from goalgen.authoring.learning.learn import Learned, learn, read
from goalgen.authoring.learning.words import words
from goalgen.word.editing import Draft
from tests.support.blank_making import blank
from tests.support.places import ROOT

BLANKS: Final = ROOT / "tests" / "authoring" / "learning" / "blanks"
NAMES: Final = tuple(sorted(path.stem for path in BLANKS.iterdir() if path.suffix in (".docx", ".txt")))
"""Six blanks made from official layouts (.docx), and others as lines of text (see tests/support/blank_making.py)."""


@cache
def blank_named(name: str) -> bytes:
    """The bytes of a blank."""
    path = BLANKS / f"{name}.docx"
    if path.is_file():
        return path.read_bytes()
    return blank((BLANKS / f"{name}.txt").read_text(encoding="utf-8"))


@cache
def learned(name: str) -> Learned:
    """What is learned of a blank."""
    return learn(blank_named(name), "biao", f"{name}.docx", Path("templates"))


def board_of(data: bytes) -> Board:
    """A blank with all that the recognisers take."""
    board = Board(Draft(data), words())
    read(board)
    return board


def places_of(name: str) -> list[str]:
    """Every place of a blank that a person fills: where, and its tag, or why it has none."""
    return [f"{one.said} → {one.tag or '？' + one.why}" for one in board_of(blank_named(name)).openings]
