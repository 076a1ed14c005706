"""The word on offer that a mistaken one was most likely meant to be."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module


def nearest(word: str, offered: Iterable[str], least: float = 0.5) -> list[str]:
    """The word on offer most like this one, in a list; an empty list when none is like enough (0 to 1)."""
    found: list[str] = import_module("difflib").get_close_matches(word, list(offered), 1, least)  # only for mistakes
    return found


def suggest(word: str, offered: Iterable[str]) -> str:
    """`你是不是想写 “…”` for the likeliest of the words on offer, or all of them when they are few."""
    words = list(offered)
    near = nearest(word, words)
    near = near or [other for other in words if len(word) > 1 and (word in other or other in word)][:1]
    if near:
        return f"你是不是想写“{near[0]}”" if near[0] != word else ""
    return f"可写：{'、'.join(words)}" if len(words) <= 16 else ""
