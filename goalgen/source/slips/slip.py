"""Describe where YAML gave up, and the slip that a detector found there, with a repair to read on with."""

from __future__ import annotations

import re
from typing import Final, NamedTuple


class Diagnosis(NamedTuple):
    """Describe a slip: `line` and `column` count from 1; `repaired` is the whole text with it mended, None when unsure."""

    code: str
    message: str
    hint: str
    line: int
    column: int
    repaired: str | None


class Spot(NamedTuple):
    """Say where YAML gave up: all lines of the text, and the line and column counted from 0.

    `opened` is the index of the line where YAML began what it could not finish (a quote, a bracket).
    """

    lines: list[str]
    line: int
    column: int
    opened: int


QUOTE_HINT: Final = "给整个值加双引号"


def with_line(spot: Spot, index: int, new: str) -> str:
    """Return the whole text with `new` in the place of the line at an index."""
    return "\n".join([*spot.lines[:index], new, *spot.lines[index + 1 :]])


def depth(line: str) -> int:
    """Count the blanks that a line begins with."""
    return len(line) - len(line.lstrip())


def quote_hint(value: str) -> str:
    """Say how to mend a value that begins like YAML: `≥` for `>=`, which nobody types on a form, else quotes."""
    match = re.match(r">\s*=\s*(?P<rest>[^\s,}\]]+)", value)
    return f"写成 ≥{match['rest']}" if match else QUOTE_HINT
