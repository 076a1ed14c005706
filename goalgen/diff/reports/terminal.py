"""Write a difference for a terminal: totals of money first, then unit by unit, project by project, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeAlias
from unicodedata import east_asian_width

from goalgen.diff.reports import words
from goalgen.diff.values import Change, Difference, Kind, Pair, Strength, Total
from goalgen.errors import one_line

Paint: TypeAlias = "Callable[[str, str], str]"
"""Gives a text the look of its role: `head`, `new`, `gone`, `better`, `worse`, `dim`."""

_MAX_INLINE_WIDTH: Final = 36
"""Values wider than this (a Chinese character is 2) stand under each other, the changed spans in 【】."""
_MAX_LABEL_WIDTH: Final = 28
"""Labels are padded to the widest of their project, but not beyond this width."""
_ONE_SIDED: Final = (Kind.ADDED, Kind.REMOVED, Kind.NEW_FIELD, Kind.GONE_FIELD)
"""Kinds of changes that have one side: a whole indicator, or a field that only one of two forms has."""
_STRENGTH_ROLES: Final = {
    Strength.STRONGER: "better",
    Strength.QUANTIFIED: "better",
    Strength.WEAKER: "worse",
    Strength.VAGUE: "worse",
}


def unpainted(text: str, _role: str) -> str:
    """Return a text as it is."""
    return text


def text(difference: Difference, paint: Paint = unpainted) -> str:
    """Write the whole report, one line when nothing is different; money is in the form's unit (万元)."""
    if not difference:
        lines = [f"{difference.old} → {difference.new}：没有不同", *_foot(difference)]
        return "".join(f"{one_line(line)}\n" for line in lines)
    lines = [*_head(difference, paint), "", *_units(difference, paint), *_foot(difference)]
    return "\n".join(lines).rstrip("\n") + "\n"


def stat(difference: Difference, paint: Paint = unpainted) -> str:
    """Write counts and totals alone, with a line per 预算单位; money is in the form's unit (万元)."""
    lines = list(_head(difference, paint))
    if len(difference.totals) > 1:
        lines += ["", *(_unit_line(total, difference.money_unit) for total in difference.totals)]
    return "\n".join([*lines, *_foot(difference)]) + "\n"


def _head(difference: Difference, paint: Paint) -> Iterator[str]:
    whole, unit = difference.whole, difference.money_unit
    yield paint(one_line(f"{difference.old} → {difference.new}"), "head")
    yield ""
    yield f"年度资金：{words.amount(whole.annual, unit)}"
    if difference.without_medium:
        yield one_line(f"中长期资金：{'、'.join(difference.without_medium)} 的表上没有这一栏，不对比")
    else:
        yield f"中长期资金：{words.amount(whole.medium, unit)}"
    yield words.counts(difference)
    yield words.strengths(difference)


def _foot(difference: Difference) -> Iterator[str]:
    yield from words.unread(difference)
    if difference.hidden:
        yield words.hidden(difference)


def _units(difference: Difference, paint: Paint) -> Iterator[str]:
    for total in difference.totals:
        pairs, added, removed = difference.of_unit(total.unit)
        touched = [pair for pair in pairs if pair.changes or pair.renamed]
        if not (touched or added or removed):
            continue
        yield paint(one_line(f"── {_unit_line(total, difference.money_unit)}"), "head")
        yield ""
        for role, sign, ones in (("new", "+ 新增", added), ("gone", "- 取消", removed)):
            for one in ones:
                yield paint(one_line(f"{sign} {one.title}：{words.money_of(one, difference.money_unit)}"), role)
                yield from _note(one.note, 4)
                yield ""
        for pair in touched:
            yield from _pair(pair, paint)


def _unit_line(total: Total, unit: str) -> str:
    count = f"{total.old_count} → {total.new_count}" if total.old_count != total.new_count else f"{total.new_count}"
    return f"{total.unit or '（没有写预算单位）'}：{count} 个项目，年度 {words.amount(total.annual, unit)}"


def _note(note: str, indent: int) -> Iterator[str]:
    """Write what 变更说明 says, if anything, in a line of its own."""
    if note:
        yield one_line(f"{' ' * indent}说明：{words.shown(note)}")


def _pair(pair: Pair, paint: Paint) -> Iterator[str]:
    yield paint(
        one_line(pair.new.title if pair.new.code else f"{pair.new.name}（{pair.code}）".replace("（）", "")), "head"
    )
    if pair.renamed:
        yield one_line(f"    改名：{pair.old.name} → {pair.new.name}")
        yield from _note(pair.new.name_note, 6)
    if known := words.known_by(pair):
        yield paint(one_line(f"    {known}"), "dim")
    yield from _note(pair.note, 4)
    width = min(max((_width(change.label) for change in pair.changes), default=0), _MAX_LABEL_WIDTH)
    for change in pair.changes:
        yield from _change(change, width, paint)
    yield ""


def _change(change: Change, width: int, paint: Paint) -> Iterator[str]:
    label = one_line(change.label) + " " * max(width - _width(change.label), 0)
    measure = paint(words.measure(change), _role(change)) if words.measure(change) else ""
    old, new = (one_line(words.shown(value)) for value in (change.old, change.new))
    if change.kind in _ONE_SIDED:
        role, value = ("new", new) if change.kind in (Kind.ADDED, Kind.NEW_FIELD) else ("gone", old)
        yield f"    {label}  {paint(f'{change.kind.value} {value}', role)}"
    elif max(_width(old), _width(new)) <= _MAX_INLINE_WIDTH or change.kind in (Kind.FILLED, Kind.EMPTIED):
        yield _joined(f"    {label}  {paint(old, 'gone')} → {paint(new, 'new')}", measure)
    else:
        yield _joined(f"    {label}", measure).rstrip()
        for sign, role, parts in (("-", "gone", change.old_parts), ("+", "new", change.new_parts)):
            yield paint(one_line(f"      {sign} {words.shown(words.marked(parts, '【', '】'))}"), role)
    yield from _note(change.note, 6)


def _joined(line: str, measure: str) -> str:
    return f"{line}  {measure}" if measure else line


def _role(change: Change) -> str:
    return _STRENGTH_ROLES.get(change.strength, "dim")


def _width(text: str) -> int:
    """Count the columns of a terminal that a text takes."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)
