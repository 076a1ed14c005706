"""The middle one of all amounts but one's own is found without going through all for each."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from goalgen.checking.rules.funding import _MANY, _usual

AMOUNTS = st.lists(st.integers(0, 9).map(Decimal), max_size=12)


@given(AMOUNTS)
def test_it_is_the_middle_of_the_others(amounts: list[Decimal]) -> None:
    ordered = sorted(filter(None, amounts))
    for number, own in enumerate(amounts):
        others = sorted(amount for n, amount in enumerate(amounts) if n != number and amount)
        slow = others[len(others) // 2] if len(others) >= _MANY else Decimal(0)
        assert _usual(ordered, own) == slow
