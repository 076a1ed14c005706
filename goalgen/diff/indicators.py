"""Compare the indicators of a project on both sides, whatever their order: match them, then tell what changed in each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from goalgen.diff.numbers import Compared, compared
from goalgen.diff.spans import marked
from goalgen.diff.values import Change, Kind, Part
from goalgen.forms.project import HORIZONS, Indicator, Project
from goalgen.text.likeness import best_pairs, likeness

_MIN_RENAMED_LIKENESS: Final = 0.45
"""How like names and values must be for an indicator of the same 二级指标 to count as renamed."""
_MIN_MOVED_LIKENESS: Final = 0.8
"""The same for one in another 二级指标."""
_NAME_WEIGHT, _VALUES_WEIGHT = 0.7, 0.3
_MIN_NAME_LIKENESS: Final = 0.35
"""Less like names are not the same, whatever the values."""
NAME_KEY: Final = "指标"
GROUP_KEY: Final = "二级指标"


class IndicatorMatch(NamedTuple):
    """Holds one indicator on both sides; None on a side that does not have it."""

    old: Indicator | None
    new: Indicator | None

    @property
    def group(self) -> str:
        """Return the 二级指标 to report it under."""
        one = self.new or self.old
        return one.group if one else ""


class _Step(NamedTuple):
    """Describes one pass of matching: indicators with one key are paired by their score, none below `least`."""

    key: Callable[[Indicator], str]
    score: Callable[[Indicator, Indicator], float]
    least: float


def matched(old: Sequence[Indicator], new: Sequence[Indicator]) -> list[IndicatorMatch]:
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
    step: _Step, old: Sequence[Indicator], new: Sequence[Indicator], left: Sequence[int], right: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Find the pairs of positions that one step matches among those that are left."""
    keys = {step.key(old[i]) for i in left} & {step.key(new[j]) for j in right}
    for key in sorted(keys):
        here = [i for i in left if step.key(old[i]) == key]
        there = [j for j in right if step.key(new[j]) == key]
        pairs = best_pairs([old[i] for i in here], [new[j] for j in there], step.score, step.least)
        yield from ((here[a], there[b]) for a, b, _ in pairs)


def _like(old: Indicator, new: Indicator) -> float:
    """Score how like two indicators are in name and values, from 0 to 1."""
    names = likeness(old.name, new.name)
    return _NAME_WEIGHT * names + _VALUES_WEIGHT * _values(old, new) if names >= _MIN_NAME_LIKENESS else 0.0


def _values(old: Indicator, new: Indicator) -> float:
    """Score how like the values are, from 0 to 1; a 中长期 or 年度 that only one indicator has counts as unlike."""
    sides = [(old.value(horizon), new.value(horizon)) for horizon in HORIZONS]
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


def changes(old: Project, new: Project, groups: Sequence[str]) -> Iterator[Change]:
    """Compare the indicators of a project; the changes come by 二级指标 in the order of `groups`, then as on the new side."""
    if old.indicators == new.indicators:
        return
    ranks = {group: number for number, group in enumerate(groups)}
    found = matched(old.indicators, new.indicators)
    for match in sorted(found, key=lambda match: ranks.get(match.group, len(ranks))):
        yield from _changes(match)


def _changes(match: IndicatorMatch) -> Iterator[Change]:
    """Tell what is different in one indicator."""
    old, new = match
    if old is None or new is None:
        yield from (_one_sided(one, kind) for one, kind in ((old, Kind.REMOVED), (new, Kind.ADDED)) if one)
        return
    was, path = _path(old), _path(new)
    label = f"{new.group}·{new.name}"
    if old.group != new.group:
        yield _changed(
            f"{path}.{GROUP_KEY}", f"{was}.{GROUP_KEY}", f"{label}（二级指标）", Kind.MOVED, old.group, new.group
        )
    if old.name != new.name:
        yield _changed(f"{path}.{NAME_KEY}", f"{was}.{NAME_KEY}", f"{label}（名称）", Kind.RENAMED, old.name, new.name)
    for horizon in HORIZONS:
        side = horizon.value
        before, after = old.value(horizon), new.value(horizon)
        if before == after:
            continue
        kind = Kind.FILLED if before is None else Kind.EMPTIED if after is None else Kind.CHANGED
        yield _changed(f"{path}.{side}", f"{was}.{side}", f"{label}（{side}）", kind, before, after)


def _path(indicator: Indicator) -> str:
    return f"绩效指标.{indicator.group}.{indicator.name}"


def _changed(field: str, was: str, label: str, kind: Kind, old: str | None, new: str | None) -> Change:
    """Make a change of two texts, with their numbers compared where a value was changed."""
    parts = marked(old or "", new or "")
    said = compared(old, new) if kind is Kind.CHANGED and old is not None and new is not None else Compared()
    return Change(field, was, label, kind, old, new, *said, *parts)


def _one_sided(indicator: Indicator, kind: Kind) -> Change:
    """Make the change for an indicator that only one side has, with its values: `中长期 ≥90次，年度 ≥30次`."""
    sides = [(h.value, value) for h in HORIZONS if (value := indicator.value(h)) is not None]
    text = "，".join(f"{side} {value or '（空）'}" for side, value in sides)
    path, label = _path(indicator), f"{indicator.group}·{indicator.name}"
    old, new = (text, None) if kind is Kind.REMOVED else (None, text)
    return Change(
        path, path, label, kind, old, new, old_parts=_marked_throughout(old), new_parts=_marked_throughout(new)
    )


def _marked_throughout(text: str | None) -> tuple[Part, ...]:
    return (Part(text, True),) if text else ()
