"""The two sides of the indicator table, joined."""

from __future__ import annotations

from goalgen.exchange.filled_forms.panels import joined


def test_the_two_sides_keep_their_order_when_joined() -> None:
    rows = joined("g", [("甲", "1"), ("乙", "2")], [("丙", "3"), ("乙", "4"), ("甲", "5")])
    assert [(r.name, r.medium, r.annual) for r in rows] == [
        ("甲", "1", None),
        ("丙", None, "3"),
        ("乙", "2", "4"),
        ("甲", None, "5"),
    ]
