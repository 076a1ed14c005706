"""A difference as JSON, and as Markdown for a mail, an issue or a merge request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from json import dumps
from typing import Any

from goalgen.diff.reports import words
from goalgen.diff.reports.rows import Row, Section, sections
from goalgen.diff.values import Change, Difference, Identity, Pair, Part, Sum, Total, signed
from goalgen.forms.quantity import decimal_text
from goalgen.text.markup import cell


def json(difference: Difference) -> str:
    """`{added, removed, renamed, changed: [{project, name, field, old, new, delta, percent, …}], totals}`.

    Money is in the form's unit (万元); numbers are JSON numbers, exact to 15 digits.
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
    """`{old, new, totals}`."""
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


def markdown(difference: Difference) -> str:
    """A page with the totals, and a table per 预算单位: 项目｜字段｜原来｜现在｜增减｜说明."""
    lines = [*_head(difference)]
    for section in sections(difference):
        lines += _section(section)
    return "\n".join([*lines, *_foot(difference)]) + "\n"


def stat_markdown(difference: Difference) -> str:
    """The totals alone."""
    return "\n".join([*_head(difference), *_foot(difference)]) + "\n"


def _head(difference: Difference) -> Iterator[str]:
    yield f"# {cell(difference.old)} → {cell(difference.new)}\n"
    if not difference:
        yield "没有不同。"
        return
    yield f"{words.counts(difference)}；{words.strengths(difference)}。\n"
    unit = difference.money_unit
    yield f"| 预算单位 | 项目 | 年度（{unit}） | 增减 | 中长期（{unit}） | 增减 |"
    yield "| --- | ---: | ---: | ---: | ---: | ---: |"
    for total in (*difference.totals, difference.whole):
        name = cell(total.unit) if total is not difference.whole else "**合计**"
        yield f"| {name} | {total.old_count} → {total.new_count} | {_moved(total.annual)} | {_moved(total.medium)} |"
    yield ""


def _moved(money: Sum) -> str:
    """Two cells: the amounts, and the difference."""
    if not money.delta:
        return f"{decimal_text(money.new)} | 0"
    return f"{decimal_text(money.old)} → {decimal_text(money.new)} | {signed(money.delta)}{words.share(money.percent)}"


def _foot(difference: Difference) -> Iterator[str]:
    for line in (*words.unread(difference), words.hidden(difference)):
        if line:
            yield f"> {cell(line)}"


def _section(section: Section) -> Iterator[str]:
    yield f"## {cell(section.total.unit) or '（没有写预算单位）'}\n"
    yield "| 项目 | 字段 | 原来 | 现在 | 增减 | 说明 |\n| --- | --- | --- | --- | --- | --- |"
    for row in (row for rows in section.projects for row in rows):
        texts = (cell(row.name), cell(row.label), _bold(row.old, row), _bold(row.new, row))
        yield f"| {' | '.join((*texts, cell(row.measure), cell(row.note)))} |"
    yield ""


def _bold(parts: Sequence[Part], row: Row) -> str:
    """A text with its changed spans in bold, plain where it is changed as a whole."""
    if len(row.old) <= 1 and len(row.new) <= 1:
        return cell("".join(part.text for part in parts))
    return "".join(f"**{cell(part.text)}**" if part.changed else cell(part.text) for part in parts)
