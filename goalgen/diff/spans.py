"""Two texts word by word: the spans that differ marked on either side."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final, TypeAlias

from goalgen.diff.values import Part

# A number or a Latin word is one word; of Chinese every character is.
_WORD: Final = re.compile(r"\d[\d.,:/]*%?|[A-Za-z]+|\s+|.", re.DOTALL)
_MOST: Final = 2000
"""Longer texts, beyond their common beginning and end, are marked as changed throughout: difflib is quadratic."""
_GLUE: Final = 1
"""A common stretch of so few characters between two changes is marked with them: else texts come out as confetti."""

Parts: TypeAlias = "tuple[tuple[Part, ...], tuple[Part, ...]]"


@lru_cache(maxsize=4096)
def marked(old: str, new: str) -> Parts:
    """Both texts in parts, changed or not; the parts joined are the text. Exchanging the sides exchanges the result."""
    if old > new:
        after, before = marked(new, old)
        return before, after
    first, second = _WORD.findall(old), _WORD.findall(new)
    spans = list(_glued(first, _changed(first, second)))
    return _parts(first, [span[:2] for span in spans]), _parts(second, [span[2:] for span in spans])


def _changed(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """The stretches of words that differ, as (from, to) in either text."""
    start = _common(old, new)
    end = _common(old[start:][::-1], new[start:][::-1])
    middle = old[start : len(old) - end], new[start : len(new) - end]
    if max(map(len, middle)) > _MOST:
        yield start, len(old) - end, start, len(new) - end
        return
    for tag, a, b, c, d in SequenceMatcher(None, *middle, autojunk=False).get_opcodes():
        if tag != "equal":
            yield start + a, start + b, start + c, start + d


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words two texts begin with in common."""
    pairs = zip(old, new, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(old), len(new)))


def _glued(words: Sequence[str], spans: Iterator[tuple[int, int, int, int]]) -> Iterator[tuple[int, int, int, int]]:
    """Neighbouring spans as one where hardly anything stands between them."""
    last: tuple[int, int, int, int] | None = None
    for span in spans:
        if last and len("".join(words[last[1] : span[0]])) <= _GLUE:
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
