"""Compare two texts word by word, and mark the spans that differ on either side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final, TypeAlias

from goalgen.diff.values import Part

# A number or a Latin word is one word; of Chinese every character is.
_WORD: Final = re.compile(r"\d[\d.,:/]*%?|[A-Za-z]+|\s+|.", re.DOTALL)
_MAX_WORDS: Final = 2000
"""Texts that differ in a longer stretch are marked as changed throughout it: difflib is quadratic."""
_MAX_GLUED_CHARACTERS: Final = 1
"""A common stretch of so few characters between two changes is marked with them, else texts come out as confetti."""

BothParts: TypeAlias = "tuple[tuple[Part, ...], tuple[Part, ...]]"


@lru_cache(maxsize=4096)
def marked(old: str, new: str) -> BothParts:
    """Split both texts into parts, changed or not, that joined are the text; to exchange the texts exchanges the results."""
    if old > new:
        after, before = marked(new, old)
        return before, after
    first, second = _WORD.findall(old), _WORD.findall(new)
    spans = list(_glued(first, _changed(first, second)))
    return _parts(first, [span[:2] for span in spans]), _parts(second, [span[2:] for span in spans])


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Find the stretches of words that differ, as (from, to) in the old and (from, to) in the new text."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    middle = old[start : len(old) - end], new[start : len(new) - end]
    if max(map(len, middle)) > _MAX_WORDS:
        yield start, len(old) - end, start, len(new) - end
        return
    for tag, a, b, c, d in SequenceMatcher(None, *middle, autojunk=False).get_opcodes():
        if tag != "equal":
            yield start + a, start + b, start + c, start + d


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """Count the words that two texts begin with in common."""
    pairs = zip(old, new, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))


def _glued(words: Sequence[str], spans: Iterator[tuple[int, int, int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Join neighbouring spans where hardly anything stands between them."""
    last: tuple[int, int, int, int] | None = None
    for span in spans:
        if last and len("".join(words[last[1] : span[0]])) <= _MAX_GLUED_CHARACTERS:
            last = last[0], span[1], last[2], span[3]
        else:
            if last:
                yield last
            last = span
    if last:
        yield last


def _parts(words: Sequence[str], spans: Sequence[tuple[int, ...]]) -> tuple[Part, ...]:
    at, parts = 0, []
    for start, end in spans:
        parts += [Part("".join(words[at:start]), False), Part("".join(words[start:end]), True)]
        at = end
    parts.append(Part("".join(words[at:]), False))
    return tuple(part for part in parts if part.text)
