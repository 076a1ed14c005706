"""Measure how like two texts are and pair the things of two lists by it, the same whichever side comes first."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

Thing = TypeVar("Thing")


def folded(text: str) -> str:
    """Return a text to compare names by: no white space, one width of brackets and digits, no capitals."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


@lru_cache(maxsize=16384)
def grams(text: str) -> frozenset[str]:
    """Return the characters of a text and its pairs of neighbours, white space left out."""
    plain = "".join(text.split())
    return frozenset(plain) | {plain[n : n + 2] for n in range(len(plain) - 1)}


def overlap(first: frozenset[str], second: frozenset[str]) -> float:
    """Return the share (0 to 1) that two sets have in common (Dice)."""
    whole = len(first) + len(second)
    return 2 * len(first & second) / whole if whole else 1.0


def likeness(first: str, second: str) -> float:
    """Return how like two texts are, 0 to 1."""
    return 1.0 if first == second else overlap(grams(first), grams(second))


def best_pairs(
    old: Sequence[Thing],
    new: Sequence[Thing],
    score: Callable[[Thing, Thing], float],
    least: float,
    candidates: Iterable[tuple[int, int]] | None = None,
) -> list[tuple[int, int, float]]:
    """Pair the things of two lists: (position in old, position in new, score), each thing once, the best score first.

    A score under `least` makes no pair; `candidates` are the positions to look at (all when None). Of equal scores those
    nearest in position win, so that exchanging the sides gives the same pairs.
    """
    every = ((i, j) for i in range(len(old)) for j in range(len(new)))
    scored = ((score(old[i], new[j]), i, j) for i, j in (every if candidates is None else candidates))
    ranked = sorted((-s, abs(i - j), i + j, i, j) for s, i, j in scored if s >= least)
    left, right, pairs = set(range(len(old))), set(range(len(new))), []
    for negative, _, _, i, j in ranked:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            pairs.append((i, j, -negative))
    return pairs


def nearest(word: str, offered: Iterable[str], least: float = 0.5) -> list[str]:
    """Return the word on offer most like this one, in a list; an empty list when none is like it by `least` (0 to 1)."""
    from difflib import get_close_matches  # late: only for mistakes

    return get_close_matches(word, list(offered), 1, least)


def suggest(word: str, offered: Iterable[str]) -> str:
    """Suggest the likeliest of the words on offer (`你是不是想写“…”`), or all of them when they are few; else ""."""
    words = list(offered)
    near = nearest(word, words)
    near = near or [other for other in words if len(word) > 1 and (word in other or other in word)][:1]
    if near:
        return f"你是不是想写“{near[0]}”" if near[0] != word else ""
    return f"可写：{'、'.join(words)}" if len(words) <= 16 else ""
