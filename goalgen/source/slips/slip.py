"""A place where YAML gave up, and what a detector makes of it: the slip, and a repair to read on with."""

from __future__ import annotations

from typing import Final, NamedTuple


class Diagnosis(NamedTuple):
    """A slip: `line` and `column` count from 1; `repaired` is the whole text with it mended, None when unsure."""

    code: str
    message: str
    hint: str
    line: int
    column: int
    repaired: str | None


class Spot(NamedTuple):
    """Where YAML gave up: all lines of the text, the line's index and the column's index.

    `opened` is the index of the line where YAML began what it could not finish (a quote, a bracket).
    """

    lines: list[str]
    line: int
    column: int
    opened: int


QUOTE: Final = "给整个值加双引号"


def with_line(spot: Spot, index: int, new: str) -> str:
    """The whole text with another line in the place of one."""
    return "\n".join([*spot.lines[:index], new, *spot.lines[index + 1 :]])


def depth(line: str) -> int:
    """How many blanks a line begins with."""
    return len(line) - len(line.lstrip())
