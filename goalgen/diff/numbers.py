"""Compare two indicator values in numbers: by how much, by how many percent, and whether the goal grew stronger."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from goalgen.diff.values import Delta, Strength, percent
from goalgen.forms.quantity import Quantity, parse

_RATE_UNITS: Final = {"%": "个百分点", "‰": "个千分点", "百分点": "个百分点", "个百分点": "个百分点"}
"""Units of a share, with the unit of its change: a share changes by points, not by percent."""
_RISING_SIGNS: Final = {"≥": 0, ">": 1}
_FALLING_SIGNS: Final = {"≤": 0, "<": 1}
"""Signs of goals that grow stronger upwards and downwards, ranked by how strict they are."""


class Compared(NamedTuple):
    """Holds what two values say in numbers."""

    delta: Delta | None = None
    percent: Decimal | None = None
    strength: Strength = Strength.PLAIN


def compared(old: str, new: str) -> Compared:
    """Compare two indicator values by sign, number and unit.

    `不少于30次` → `不少于36次` is +6次, +20 %, stronger; `≥95%` → `≥90%` is -5个百分点, weaker. A delta is there when the
    values count the same things and exactly one number differs. ≥ grows stronger upwards, ≤ downwards; a plain number
    goes neither way.
    """
    before, after = parse(old), parse(new)
    if not before or not after:
        if bool(before) == bool(after):
            return Compared()
        return Compared(strength=Strength.QUANTIFIED if after else Strength.VAGUE)
    pairs = [_QuantityPair(a, b, *a.base, *b.base) for a, b in zip(before, after, strict=False)]
    if len(before) != len(after) or any(pair.old_unit != pair.new_unit for pair in pairs):
        return Compared()
    strength = _strength(pairs)
    different = [pair for pair in pairs if pair.old_base != pair.new_base]
    if len(different) != 1:
        return Compared(strength=strength)
    pair = different[0]
    return Compared(
        _delta(pair), None if pair.old.unit in _RATE_UNITS else percent(pair.old_base, pair.new_base), strength
    )


class _QuantityPair(NamedTuple):
    """Holds the same quantity on both sides, with its numbers in a unit common to both where there is one."""

    old: Quantity
    new: Quantity
    old_base: Decimal
    old_unit: str
    new_base: Decimal
    new_unit: str


def _delta(pair: _QuantityPair) -> Delta:
    if pair.old.unit == pair.new.unit:
        return Delta(pair.new.number - pair.old.number, _RATE_UNITS.get(pair.new.unit, pair.new.unit))
    return Delta(pair.new_base - pair.old_base, _RATE_UNITS.get(pair.new_unit, pair.new_unit))


def _strength(pairs: Sequence[_QuantityPair]) -> Strength:
    ways = set(map(_way, pairs)) - {0}
    if ways == {1}:
        return Strength.STRONGER
    return Strength.WEAKER if ways == {-1} else Strength.PLAIN


def _way(pair: _QuantityPair) -> int | None:
    """Tell which way a quantity went: 1 for stronger, -1 for weaker, 0 for the same, None where it cannot be said."""
    old, new = pair.old.sign, pair.new.sign
    up = (pair.new_base > pair.old_base) - (pair.new_base < pair.old_base)
    for signs, turn in ((_RISING_SIGNS, 1), (_FALLING_SIGNS, -1)):
        if old in signs and new in signs:
            return turn * up or signs[new] - signs[old]
    return 0 if old == new and not up else None
