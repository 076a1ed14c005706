"""Find the texts among many that are mostly the same, without comparing each with each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import TypeVar

Part = TypeVar("Part", bound=Hashable)


def copies(texts: Sequence[AbstractSet[Part]], least: float) -> Iterator[tuple[int, int, float]]:
    """Yield the positions of two texts, the later first, that share more than `least` (0 to 1) of their parts (Dice).

    Exact. How many parts a text shares with each of the texts before it is counted for all of them at once: one bit a text
    in integers as long as there are texts, added up in binary, digit by digit. 10,000 texts take a second; comparing
    each with each takes a minute (docs/performance.md).
    """
    uses = Counter(part for text in texts for part in text)
    holders: dict[Part, int] = {}
    for position, text in enumerate(texts):
        shared = [part for part in text if uses[part] > 1]
        fewest = int(least * len(text) / (2 - least))  # what a text needs at least, however short the other is
        near = _more_than(fewest, _sums([holders[part] for part in shared if part in holders]))
        for other in _positions(near):
            likeness = 2 * len(text & texts[other]) / (len(text) + len(texts[other]))
            if likeness > least:
                yield position, other, likeness
        here = 1 << position
        for part in shared:
            holders[part] = holders.get(part, 0) | here


def _sums(masks: list[int]) -> list[int]:
    """Add up, for every bit position, how many masks have it set: the binary digits of all sums, the lowest first."""
    digits = []
    while masks:
        carries = []
        while len(masks) > 2:
            one, two, three = masks.pop(), masks.pop(), masks.pop()
            half = one ^ two
            masks.append(half ^ three)
            carries.append(one & two | half & three)
        if len(masks) == 2:
            one, two = masks
            masks = [one ^ two]
            carries.append(one & two)
        digits.append(masks[0])
        masks = carries
    return digits


def _more_than(number: int, digits: Sequence[int]) -> int:
    """Return the mask of the positions whose sum is more than a number."""
    if number >> len(digits):
        return 0
    more, same = 0, -1
    for digit, ones in reversed([*enumerate(digits)]):
        if number >> digit & 1:
            same &= ones
        else:
            more |= same & ones
            same &= ~ones
    return more


def _positions(mask: int) -> Iterator[int]:
    """Yield the positions of the bits that are set, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
