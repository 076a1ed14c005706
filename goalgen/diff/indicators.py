"""The indicators of one project on both sides: which is which, and what is different in each; their order is ignored."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

from goalgen.diff.numbers import Compared, compared
from goalgen.diff.spans import marked
from goalgen.diff.values import Change, Kind, Part
from goalgen.forms.project import HORIZONS, Indicator, Project
from goalgen.text.likeness import best_pairs, likeness

_RENAMED: Final = 0.45
"""From what likeness of names and values an indicator of the same 二级指标 counts as renamed."""
_MOVED: Final = 0.8
"""The same for one in another 二级指标."""
_NAME, _VALUES = 0.7, 0.3
_SOME: Final = 0.35
"""Names less like than this are not the same, whatever the values."""
NAME: Final = "指标"
GROUP: Final = "二级指标"


class Match(NamedTuple):
    """One indicator on both sides; None where it is not."""

    old: Indicator | None
    new: Indicator | None

    @property
    def group(self) -> str:
        """The 二级指标 to tell of it under."""
        one = self.new or self.old
        return one.group if one else ""


class _Step(NamedTuple):
    """One pass of matching: indicators with the same key are paired by their score, none under `least`."""

    key: Callable[[Indicator], str]
    score: Callable[[Indicator, Indicator], float]
    least: float


def matched(old: Sequence[Indicator], new: Sequence[Indicator]) -> list[Match]:
    """Every indicator of either side once, in the order of the new side, those that are gone behind the others.

    By 二级指标 and name first; then by name, as moved; then by likeness within the 二级指标, as renamed; then by likeness
    anywhere, as both.
    """
    left, right = list(range(len(old))), list(range(len(new)))
    found: dict[int, int] = {}
    for step in _STEPS:
        if left and right:
            found |= {j: i for i, j in _step(step, old, new, left, right)}
            left = [i for i in left if i not in found.values()]
            right = [j for j in right if j not in found]
    rows = [Match(old[found[j]] if j in found else None, indicator) for j, indicator in enumerate(new)]
    return [*rows, *(Match(old[i], None) for i in left)]


def _step(
    step: _Step, old: Sequence[Indicator], new: Sequence[Indicator], left: Sequence[int], right: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """The pairs of positions that one step of matching finds among those that are left."""
    keys = {step.key(old[i]) for i in left} & {step.key(new[j]) for j in right}
    for key in sorted(keys):
        here = [i for i in left if step.key(old[i]) == key]
        there = [j for j in right if step.key(new[j]) == key]
        pairs = best_pairs([old[i] for i in here], [new[j] for j in there], step.score, step.least)
        yield from ((here[a], there[b]) for a, b, _ in pairs)


def _like(old: Indicator, new: Indicator) -> float:
    names = likeness(old.name, new.name)
    return _NAME * names + _VALUES * _values(old, new) if names >= _SOME else 0.0


def _values(old: Indicator, new: Indicator) -> float:
    """How like the values are; a side that only one of them has counts as unlike."""
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
    _Step(lambda one: one.group, _like, _RENAMED),
    _Step(lambda one: "", _like, _MOVED),
)


def changes(old: Project, new: Project, groups: Sequence[str]) -> Iterator[Change]:
    """What is different in the indicators of a project, by 二级指标 in the order of `groups`, there as on the new side."""
    if old.indicators == new.indicators:
        return
    ranks = {group: number for number, group in enumerate(groups)}
    found = matched(old.indicators, new.indicators)
    for match in sorted(found, key=lambda match: ranks.get(match.group, len(ranks))):
        yield from _changes(match)


def _changes(match: Match) -> Iterator[Change]:
    old, new = match
    if old is None or new is None:
        yield from (_whole(one, kind) for one, kind in ((old, Kind.REMOVED), (new, Kind.ADDED)) if one)
        return
    was, path = _path(old), _path(new)
    label = f"{new.group}·{new.name}"
    if old.group != new.group:
        yield _changed(f"{path}.{GROUP}", f"{was}.{GROUP}", f"{label}（二级指标）", Kind.MOVED, old.group, new.group)
    if old.name != new.name:
        yield _changed(f"{path}.{NAME}", f"{was}.{NAME}", f"{label}（名称）", Kind.RENAMED, old.name, new.name)
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
    parts = marked(old or "", new or "")
    said = compared(old, new) if kind is Kind.CHANGED and old is not None and new is not None else Compared()
    return Change(field, was, label, kind, old, new, *said, *parts)


def _whole(indicator: Indicator, kind: Kind) -> Change:
    """An indicator that only one side has, with its values: `中长期 ≥90次，年度 ≥30次`."""
    sides = [(h.value, value) for h in HORIZONS if (value := indicator.value(h)) is not None]
    text = "，".join(f"{side} {value or '（空）'}" for side, value in sides)
    path, label = _path(indicator), f"{indicator.group}·{indicator.name}"
    old, new = (text, None) if kind is Kind.REMOVED else (None, text)
    return Change(path, path, label, kind, old, new, old_parts=_all(old), new_parts=_all(new))


def _all(text: str | None) -> tuple[Part, ...]:
    return (Part(text, True),) if text else ()
