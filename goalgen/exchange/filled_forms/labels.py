"""Find the words printed on a form in cells that were typed, split and spaced by other hands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from functools import cache
from typing import Final, NamedTuple

TICKS: Final = "☑■√☒✔✓✅●◉▣☓✘✗×Ⓥ"
BOXES: Final = "□☐○◻▢◯❏❑▫"
_TO_ASCII_MARKS: Final = str.maketrans("（）：，．／［］【】〔〕　", "():,./[][][] ")
_SIMILAR_ENOUGH: Final = 0.8


class FoundLabel(NamedTuple):
    """Hold a label found in a cell: the label as the form writes it, and what stands behind it in the same cell."""

    label: str
    rest: str


def squeezed(text: str) -> str:
    """Return a text to compare labels by: without white space, with one width of brackets, without a colon at the end."""
    return re.sub(r"\s+", "", text.translate(_TO_ASCII_MARKS)).rstrip(":")


def find_label(text: str, labels: Iterable[str]) -> FoundLabel | None:
    """Find the label a cell begins with, followed by a colon, a line break or nothing; None where it begins with none."""
    narrow = text.translate(_TO_ASCII_MARKS)
    for label in labels:
        match = _pattern(label).match(narrow)
        if match and (match.end() == len(narrow) or match["end"]):
            return FoundLabel(label, text[match.end() :].strip())
    return None


def find_similar_label(text: str, labels: Iterable[str]) -> FoundLabel | None:
    """Find the label a cell begins with, or else the one it most resembles, slips of the keyboard allowed."""
    known = list(labels)
    found = find_label(text, known)
    word = squeezed(text)
    if found or len(word) < 3 or len(word) > 24:
        return found
    ratio, label = max(((_similarity(word, label), label) for label in known), default=(0.0, ""))
    return FoundLabel(label, "") if ratio >= _SIMILAR_ENOUGH else None


@cache
def _similarity(word: str, label: str) -> float:
    return SequenceMatcher(None, word, squeezed(label), autojunk=False).ratio()


@cache
def _pattern(label: str) -> re.Pattern[str]:
    """Make a pattern of a label with any white space between its characters; what it has in brackets, and 其中：, may be missing."""
    parts: list[str] = []
    for piece in re.split(r"(\([^()]*\)|^其中:)", label.translate(_TO_ASCII_MARKS).rstrip(":")):
        letters = r"\s*".join(re.escape(letter) for letter in re.sub(r"\s", "", piece))
        if letters:
            parts.append(f"(?:{letters})?" if piece[0] == "(" or piece == "其中:" else letters)
    return re.compile(r"\s*" + r"\s*".join(parts) + r"(?:[ \t]*(?P<end>[:\n])\s*|\s*$)")


class Ticked(NamedTuple):
    """Hold the options found ticked, and the words that are neither option nor box."""

    chosen: tuple[str, ...]
    rest: str


def ticked(text: str, options: Sequence[str]) -> Ticked:
    """Find the options that are ticked, whether the boxes stand before or behind them.

    Where no box is printed at all, an option that stands alone counts as chosen.
    """
    words = sorted(options, key=len, reverse=True)
    spaced = ("(?:" + r"\s*".join(map(re.escape, word)) + ")" for word in words)
    token = re.compile(f"(?P<option>{'|'.join(spaced)})|(?P<mark>[{TICKS}{BOXES}])")
    tokens = [match.group() for match in token.finditer(text)]
    rest = re.sub(r"[\s、，,；;]+", " ", token.sub(" ", text)).strip()
    names = [re.sub(r"\s", "", word) for word in tokens]
    marks = [name in TICKS + BOXES for name in names]
    if not any(marks):
        return Ticked(tuple(names), rest) if len(names) == 1 and not rest else Ticked((), rest or " ".join(names))
    step = -1 if marks[0] else 1
    chosen = {
        name for n, name in enumerate(names) if not marks[n] and 0 <= n + step < len(names) and names[n + step] in TICKS
    }
    return Ticked(tuple(option for option in options if option in chosen), rest)
