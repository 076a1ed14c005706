"""Write a difference as one JSON object, for other programs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from json import dumps
from typing import Any

from goalgen.diff.values import Change, Difference, Identity, Pair, Sum, Total


def json(difference: Difference) -> str:
    """Write a difference as one JSON object, as docs/diff.md describes it.

    `{added, removed, renamed, changed: [{project, name, field, old, new, delta, percent, …}], totals}`; money is in the
    form's unit (万元), numbers are JSON numbers, exact to 15 digits.
    """
    return _dumped(
        {
            "old": difference.old,
            "new": difference.new,
            "added": [_identity(one) for one in difference.added],
            "removed": [_identity(one) for one in difference.removed],
            "renamed": [_renamed(pair) for pair in difference.renamed],
            "changed": [_change(change, pair) for pair in difference.pairs for change in pair.changes],
            "totals": _totals(difference),
            "unread": [{"file": one.file, "project": one.code} for one in difference.unread],
        }
    )


def stat_json(difference: Difference) -> str:
    """Write the totals alone as JSON: `{old, new, totals}`, money in the form's unit (万元)."""
    return _dumped({"old": difference.old, "new": difference.new, "totals": _totals(difference)})


def _dumped(value: Mapping[str, Any]) -> str:
    return dumps(value, ensure_ascii=False, indent=2) + "\n"


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _identity(one: Identity) -> dict[str, Any]:
    return {
        "project": one.code,
        "name": one.name,
        "unit": one.unit,
        "year": one.year,
        "annual": _number(one.annual),
        "medium": _number(one.medium),
        "file": one.file,
        "note": one.note,
    }


def _renamed(pair: Pair) -> dict[str, Any]:
    return {
        "project": pair.code,
        "old_project": pair.old.code,
        "unit": pair.new.unit,
        "old": pair.old.name,
        "new": pair.new.name,
        "basis": pair.basis.name.lower(),
        "likeness": _number(pair.likeness),
        "note": pair.new.name_note or pair.note,
    }


def _change(change: Change, pair: Pair) -> dict[str, Any]:
    place = change.place
    return {
        "project": pair.code,
        "name": pair.new.name,
        "unit": pair.new.unit,
        "field": change.field,
        "old_field": change.was,
        "label": change.label,
        "kind": change.kind.name.lower(),
        "old": change.old,
        "new": change.new,
        "delta": _number(change.delta.number) if change.delta else None,
        "delta_unit": change.delta.unit if change.delta else None,
        "percent": _number(change.percent),
        "strength": change.strength.name.lower(),
        "routine": change.routine,
        "note": change.note or pair.note,
        "file": place.file if place else "",
        "line": place.line if place else 0,
        "column": place.column if place else 0,
    }


def _totals(difference: Difference) -> dict[str, Any]:
    return {
        "money_unit": difference.money_unit,
        **_total(difference.whole),
        "units": [{"unit": total.unit, **_total(total)} for total in difference.totals],
        "added": len(difference.added),
        "removed": len(difference.removed),
        "renamed": len(difference.renamed),
        "changed_projects": len(difference.changed),
        "unchanged_projects": difference.unchanged,
        "changes": len(difference.changes),
        "hidden": difference.hidden,
    }


def _total(total: Total) -> dict[str, Any]:
    projects = {"old": total.old_count, "new": total.new_count}
    return {"projects": projects, "annual": _sum(total.annual), "medium": _sum(total.medium)}


def _sum(money: Sum) -> dict[str, Any]:
    return {
        "old": _number(money.old),
        "new": _number(money.new),
        "delta": _number(money.delta),
        "percent": _number(money.percent),
    }
