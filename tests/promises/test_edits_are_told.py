"""Whatever is edited, a comparison tells these edits and no other; exchanging the sides exchanges everything."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goalgen.diff.comparing import compare
from goalgen.diff.values import Change, Strength
from goalgen.forms import Form
from tests.support.diff_making import Sixteen, Told, edited, side, told

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


MIRRORED = {
    Strength.STRONGER: Strength.WEAKER,
    Strength.WEAKER: Strength.STRONGER,
    Strength.QUANTIFIED: Strength.VAGUE,
    Strength.VAGUE: Strength.QUANTIFIED,
    Strength.PLAIN: Strength.PLAIN,
}


KINDS = {"ADDED": "REMOVED", "REMOVED": "ADDED", "FILLED": "EMPTIED", "EMPTIED": "FILLED"}


@FEW
@given(st.data())
def test_random_edits_come_back_as_they_were_made(sixteen: Sixteen, form: Form, data: st.DataObject) -> None:
    work = edited(sixteen, data)
    assert told(compare(side(sixteen, form), side(work.projects, form))) == work.expected


@FEW
@given(st.data())
def test_exchanging_the_sides_exchanges_everything(sixteen: Sixteen, form: Form, data: st.DataObject) -> None:
    work = edited(sixteen, data)
    there = compare(side(sixteen, form), side(work.projects, form))
    back = compare(side(work.projects, form), side(sixteen, form))
    assert (told(back).added, told(back).removed) == (told(there).removed, told(there).added)
    assert told(back).renamed == sorted((code, new, old) for code, old, new in told(there).renamed)
    assert sorted(map(facts, back.changes), key=repr) == sorted((mirrored(c) for c in there.changes), key=repr)
    assert (back.whole.annual.delta, back.whole.medium.delta) == (
        -there.whole.annual.delta,
        -there.whole.medium.delta,
    )


def facts(change: Change) -> tuple[object, ...]:
    told = Told("", change.field, change.was, change.kind.name, change.old, change.new)
    return *told, change.delta, change.strength, change.old_parts, change.new_parts


def mirrored(change: Change) -> tuple[object, ...]:
    kind = KINDS.get(change.kind.name, change.kind.name)
    turned = change.delta and change.delta._replace(number=-change.delta.number)
    told = Told("", change.was, change.field, kind, change.new, change.old)
    return *told, turned, MIRRORED[change.strength], change.new_parts, change.old_parts


def test_a_side_is_not_different_from_itself(sixteen: Sixteen, form: Form) -> None:
    difference = compare(side(sixteen, form), side(sixteen, form))
    assert not difference
    assert (difference.unchanged, difference.whole.annual.old) == (16, Decimal("1028.99"))
    assert [total.old_count for total in difference.totals] == [12, 2, 1, 1]
