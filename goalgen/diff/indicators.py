"""Compare the indicators of a project on both sides, whatever their order: match them, then tell what changed in each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from goalgen.diff.numbers import Compared, compared
from goalgen.diff.spans import marked
from goalgen.diff.values import Change, Kind, Part
from goalgen.forms import Form
from goalgen.forms.blocks.tree import NAME_KEY
from goalgen.forms.joining import Joining
from goalgen.forms.project import Project, Row, said
from goalgen.text.likeness import best_pairs, likeness

_MIN_RENAMED_LIKENESS: Final = 0.45
"""How like names and values must be for an indicator of the same 二级指标 to count as renamed."""
_MIN_MOVED_LIKENESS: Final = 0.8
"""The same for one in another 二级指标."""
_NAME_WEIGHT, _VALUES_WEIGHT = 0.7, 0.3
_MIN_NAME_LIKENESS: Final = 0.35
"""Less like names are not the same, whatever the values."""
GROUP_KEY: Final = "二级指标"


class IndicatorMatch(NamedTuple):
    """Holds one indicator on both sides; None on a side that does not have it."""

    old: Row | None
    new: Row | None

    @property
    def group(self) -> str:
        """Return the 二级指标 to report it under."""
        one = self.new or self.old
        return one.group if one else ""


class _Step(NamedTuple):
    """Describes one pass of matching: indicators with one key are paired by their score, none below `least`."""

    key: Callable[[Row], str]
    score: Callable[[Row, Row], float]
    least: float


def matched(old: Sequence[Row], new: Sequence[Row]) -> list[IndicatorMatch]:
    """Match the indicators of two sides, each once; in the order of the new side, those that are gone at the end.

    Indicators match by 二级指标 and name first; then by name, as moved; then by likeness within the 二级指标, as renamed;
    then by likeness anywhere, as moved and renamed.
    """
    left, right = list(range(len(old))), list(range(len(new)))
    found: dict[int, int] = {}
    for step in _STEPS:
        if left and right:
            found |= {j: i for i, j in _step(step, old, new, left, right)}
            left = [i for i in left if i not in found.values()]
            right = [j for j in right if j not in found]
    rows = [IndicatorMatch(old[found[j]] if j in found else None, indicator) for j, indicator in enumerate(new)]
    return [*rows, *(IndicatorMatch(old[i], None) for i in left)]


def _step(
    step: _Step, old: Sequence[Row], new: Sequence[Row], left: Sequence[int], right: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Find the pairs of positions that one step matches among those that are left."""
    keys = {step.key(old[i]) for i in left} & {step.key(new[j]) for j in right}
    for key in sorted(keys):
        here = [i for i in left if step.key(old[i]) == key]
        there = [j for j in right if step.key(new[j]) == key]
        pairs = best_pairs([old[i] for i in here], [new[j] for j in there], step.score, step.least)
        yield from ((here[a], there[b]) for a, b, _ in pairs)


def _like(old: Row, new: Row) -> float:
    """Score how like two indicators are in name and values, from 0 to 1."""
    names = likeness(old.name, new.name)
    return _NAME_WEIGHT * names + _VALUES_WEIGHT * _values(old, new) if names >= _MIN_NAME_LIKENESS else 0.0


def _values(old: Row, new: Row) -> float:
    """Score how like the values are, from 0 to 1; a column that only one indicator has counts as unlike."""
    columns = dict.fromkeys((*old.cells, *new.cells))
    sides = [(old.text(column), new.text(column)) for column in columns]
    scores = [
        likeness(before, after) if before is not None and after is not None else 0.0
        for before, after in sides
        if before is not None or after is not None
    ]
    return sum(scores) / len(scores) if scores else 1.0


_STEPS: Final = (
    _Step(lambda one: f"{one.group}.{one.name}", _values, 0),
    _Step(lambda one: one.name, _values, 0),
    _Step(lambda one: one.group, _like, _MIN_RENAMED_LIKENESS),
    _Step(lambda one: "", _like, _MIN_MOVED_LIKENESS),
)


class _Terms(NamedTuple):
    """Say the old form's words in the new form's and back: columns by key, 二级指标 by key, the table of each 二级指标."""

    columns: tuple[str, ...]
    old_columns: Mapping[str, str]
    old_groups: Mapping[str, str]
    old_form: Form
    new_form: Form

    def path(self, row: Row) -> str:
        """Return the path of a row on the new form."""
        return self.new_form.table_of(row.group).path(row.group, row.name)

    def was(self, row: Row) -> str:
        """Return the path that a row, in the new form's words, has on the old one."""
        group = self.old_groups.get(row.group, row.group)
        return self.old_form.table_of(group).path(group, row.name)

    def one_form(self, column: str) -> Kind | None:
        """Say that only one of the forms has a column; None where both have it."""
        if column not in self.old_columns:
            return Kind.NEW_FIELD
        new = {one.key for table in self.new_form.indicator_tables for one in table.written}
        return None if column in new else Kind.GONE_FIELD


def _terms(old: Project, new: Project, joined: Joining) -> _Terms:
    own = [column.key for table in new.form.indicator_tables for column in table.written]
    theirs = [column.key for table in old.form.indicator_tables for column in table.written]
    old_columns = {joined.columns.get(column, column): column for column in theirs}
    columns = tuple(dict.fromkeys((*own, *old_columns)))
    return _Terms(columns, old_columns, {there: here for here, there in joined.groups.items()}, old.form, new.form)


def _said_anew(row: Row, joined: Joining) -> Row:
    """Say a row of the old form in the words of the new one."""
    cells = {joined.columns.get(column, column): value for column, value in row.cells.items()}
    return Row(joined.groups.get(row.group, row.group), row.name, cells)


def rows_of(project: Project) -> tuple[Row, ...]:
    """Return the indicators of a project, table by table."""
    return tuple(row for table in project.form.indicator_tables for row in project.table(table.key))


def changes(old: Project, new: Project, joined: Joining) -> Iterator[Change]:
    """Compare the indicators of a project; the changes come by 二级指标 in the new form's order, then as on the new side."""
    before, after = tuple(_said_anew(row, joined) for row in rows_of(old)), rows_of(new)
    if before == after:
        return
    terms = _terms(old, new, joined)
    ranks = {group: number for number, group in enumerate(new.form.all_groups)}
    for match in sorted(matched(before, after), key=lambda match: ranks.get(match.group, len(ranks))):
        yield from _changes(match, terms)


def _changes(match: IndicatorMatch, terms: _Terms) -> Iterator[Change]:
    """Tell what is different in one indicator."""
    old, new = match
    if old is None or new is None:
        yield from (_one_sided(one, kind, terms) for one, kind in ((old, Kind.REMOVED), (new, Kind.ADDED)) if one)
        return
    was, path = terms.was(old), terms.path(new)
    label = f"{new.group}·{new.name}"
    if old.group != new.group:
        group = terms.old_groups.get(old.group, old.group)
        yield _changed(
            f"{path}.{GROUP_KEY}", f"{was}.{GROUP_KEY}", f"{label}（二级指标）", Kind.MOVED, group, new.group
        )
    if old.name != new.name:
        yield _changed(f"{path}.{NAME_KEY}", f"{was}.{NAME_KEY}", f"{label}（名称）", Kind.RENAMED, old.name, new.name)
    for column in terms.columns:
        before, after = old.text(column), new.text(column)
        if before == after:
            continue
        kind = Kind.FILLED if before is None else Kind.EMPTIED if after is None else Kind.CHANGED
        then = terms.old_columns.get(column, column)
        yield _changed(
            f"{path}.{column}", f"{was}.{then}", f"{label}（{column}）", terms.one_form(column) or kind, before, after
        )


def _changed(field: str, was: str, label: str, kind: Kind, old: str | None, new: str | None) -> Change:
    """Make a change of two texts, with their numbers compared where a value was changed."""
    parts = marked(old or "", new or "")
    said = compared(old, new) if kind is Kind.CHANGED and old is not None and new is not None else Compared()
    return Change(field, was, label, kind, old, new, *said, *parts)


def _one_sided(row: Row, kind: Kind, terms: _Terms) -> Change:
    """Make the change for an indicator that only one side has, with its values: `中长期 ≥90次，年度 ≥30次`."""
    gone = kind is Kind.REMOVED
    names = terms.old_columns.items() if gone else zip(terms.columns, terms.columns, strict=True)
    cells = [(name, said(row.cells[column])) for column, name in names if column in row.cells]
    text = "，".join(f"{name} {value or '（空）'}" for name, value in cells)
    path = terms.was(row) if gone else terms.path(row)
    label = f"{terms.old_groups.get(row.group, row.group) if gone else row.group}·{row.name}"
    old, new = (text, None) if kind is Kind.REMOVED else (None, text)
    return Change(
        path, path, label, kind, old, new, old_parts=_marked_throughout(old), new_parts=_marked_throughout(new)
    )


def _marked_throughout(text: str | None) -> tuple[Part, ...]:
    return (Part(text, True),) if text else ()
