"""Find the characters that a form cannot hold and those that nobody can see, and their line and column."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from goalgen.errors import Place, Problem

MAX_BAD_CHARACTERS: Final = 20
"""How many unprintable characters of one file are told in a run."""
UNKNOWN: Final = "\U0010ffff"
"""Stands in a repaired text for characters whose meaning is lost; what contains it is not judged any further."""

# What XML 1.0 cannot hold (libyaml would stop at most of these without saying where); line ends that only YAML knows
# (U+0085, U+2028, U+2029: no editor counts them as lines); the controls that turn the reading direction, with which a
# form can show another text than the file holds (Unicode TR 36); and UNKNOWN itself, written out or as an escape.
_UNPRINTABLE: Final = re.compile(
    r"\\U0010[fF]{4}|"
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff\U0010ffff]"
)
FULL_WIDTH: Final = 0xFEE0
"""How far the full-width form of an ASCII character lies from it in Unicode."""
_NAMES: Final = {
    "\x85\u2028\u2029": "看不见的换行符",
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069": "看不见的、会改变文字方向的控制符",
    "\ufeff": "看不见的字节顺序标记（BOM，只能在文件开头）",
}
# Printed as written in a text, but a word that holds one is not the word it looks like.
_HIDDEN: Final = "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f]"


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return the line and column, counted from 1, of a character offset in a text whose lines end with a line feed."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def full_width_to_ascii(signs: str) -> dict[int, str]:
    """Make a table for `str.translate` that turns the full-width forms of these ASCII signs into the signs themselves."""
    return {ord(sign) + FULL_WIDTH: sign for sign in signs}


def unprintable(text: str) -> str:
    """Return the first character of a text that a form cannot hold, "" when there is none."""
    match = _UNPRINTABLE.search(text)
    return match.group() if match else ""


def refused(character: str, place: Place) -> Problem:
    """Return the problem (Y03) of a character that a form cannot hold."""
    what = next((name for signs, name in _NAMES.items() if character in signs), "不能印在表上的字符")
    number = ord(character) if len(character) == 1 else ord(UNKNOWN)
    return Problem("Y03", f"有{what} U+{number:04X}", place, "请删掉它，或把这个值重新打一遍")


def without_unprintable(text: str, file: str) -> tuple[str, list[Problem]]:
    """Put UNKNOWN for every character a form cannot hold; return that text, and the first MAX_BAD_CHARACTERS as problems."""
    matches = list(islice(_UNPRINTABLE.finditer(text), MAX_BAD_CHARACTERS + 1))
    if not matches:
        return text, []
    problems = []
    for match in matches[:MAX_BAD_CHARACTERS]:
        problems.append(refused(match.group(), Place(file, *line_and_column(text, match.start()))))
    if len(matches) > MAX_BAD_CHARACTERS:
        hint = "这个文件多半不是文本文件，或者保存时坏了"
        problems.append(Problem("Y03", "后面还有这样的字符", problems[-1].place, hint))
    text = _UNPRINTABLE.sub(lambda match: UNKNOWN * len(match.group()), text)
    blank = re.compile(f"(?m)^[ \t{UNKNOWN}]+\r?$")
    return blank.sub(lambda match: match.group().replace(UNKNOWN, " "), text), problems


def hidden(text: str) -> str:
    """Return the first character of a text that nobody can see, as `U+200B`; "" when there is none."""
    match = re.search(_HIDDEN, text)
    return f"U+{ord(match.group()):04X}" if match else ""


def visible(text: str) -> str:
    """Return a text without the characters that nobody can see and without the blanks round it."""
    return re.sub(_HIDDEN, "", text).strip()
