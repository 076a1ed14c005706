"""Two values in numbers: by how much, by how many percent, and whether the goal became stronger or weaker."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from goalgen.diff.values import Delta, Strength, percent
from goalgen.quantity import Quantity, parse

_RATES: Final = {"%": "个百分点", "‰": "个千分点", "百分点": "个百分点", "个百分点": "个百分点"}
"""Units that are a share already: they change by points, not by percent."""
_UP: Final = {"≥": 0, ">": 1}
_DOWN: Final = {"≤": 0, "<": 1}


class Compared(NamedTuple):
    """What two values say in numbers."""

    delta: Delta | None = None
    percent: Decimal | None = None
    strength: Strength = Strength.PLAIN


def compared(old: str, new: str) -> Compared:
    """Two indicator values by sign, number and unit.

    `不少于30次` → `不少于36次` is +6次, +20 %, stronger; `≥95%` → `≥90%` is -5个百分点, weaker. A delta is there when the
    values count the same things and exactly one number differs. ≥ grows stronger upwards, ≤ downwards; a plain number
    goes neither way.
    """
    before, after = parse(old), parse(new)
    if not before or not after:
        if bool(before) == bool(after):
            return Compared()
        return Compared(strength=Strength.QUANTIFIED if after else Strength.VAGUE)
    pairs = list(zip(before, after, strict=False))
    if len(before) != len(after) or any(a.base[1] != b.base[1] for a, b in pairs):
        return Compared()
    strength = _strength(pairs)
    different = [(a, b) for a, b in pairs if a.base[0] != b.base[0]]
    if len(different) != 1:
        return Compared(strength=strength)
    a, b = different[0]
    return Compared(_delta(a, b), None if a.unit in _RATES else percent(a.base[0], b.base[0]), strength)


def _delta(old: Quantity, new: Quantity) -> Delta:
    if old.unit == new.unit:
        return Delta(new.number - old.number, _RATES.get(new.unit, new.unit))
    unit = new.base[1]
    return Delta(new.base[0] - old.base[0], _RATES.get(unit, unit))


def _strength(pairs: Sequence[tuple[Quantity, Quantity]]) -> Strength:
    ways = {_way(old, new) for old, new in pairs} - {0}
    if ways == {1}:
        return Strength.STRONGER
    return Strength.WEAKER if ways == {-1} else Strength.PLAIN


def _way(old: Quantity, new: Quantity) -> int | None:
    """1 for stronger, -1 for weaker, 0 for the same; None where it cannot be said."""
    for signs, turn in ((_UP, 1), (_DOWN, -1)):
        if old.sign in signs and new.sign in signs:
            number = (new.base[0] > old.base[0]) - (new.base[0] < old.base[0])
            return turn * number or signs[new.sign] - signs[old.sign]
    return 0 if (old.sign, old.base[0]) == (new.sign, new.base[0]) else None
