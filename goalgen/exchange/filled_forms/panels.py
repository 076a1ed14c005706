"""Join the two panels of an indicator table to one list of indicators; both sides keep their order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from goalgen.forms.project import HORIZONS, Indicator, Project

PanelRows: TypeAlias = "Sequence[tuple[str, str]]"
"""What one panel prints under a 二级指标: (指标, 指标值) from the top."""


def joined(group: str, medium: PanelRows, annual: PanelRows) -> list[Indicator]:
    """Return indicators that print these two sides; the same name on both sides is one indicator where the order allows."""
    pairs = _common([name for name, _ in medium], [name for name, _ in annual])
    rows: list[Indicator] = []
    left = right = 0
    for i, j in [*pairs, (len(medium), len(annual))]:
        rows += [Indicator(group, name, value, None) for name, value in medium[left:i]]
        rows += [Indicator(group, name, None, value) for name, value in annual[right:j]]
        if i < len(medium) and j < len(annual):
            rows.append(Indicator(group, medium[i][0], medium[i][1], annual[j][1]))
        left, right = i + 1, j + 1
    return rows


def _common(first: Sequence[str], second: Sequence[str]) -> list[tuple[int, int]]:
    """Find the positions of a longest common subsequence, the earliest where there are several."""
    best = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i in reversed(range(len(first))):
        for j in reversed(range(len(second))):
            same = first[i] == second[j]
            best[i][j] = best[i + 1][j + 1] + 1 if same else max(best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(first) and j < len(second):
        if first[i] == second[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def canonical(project: Project, groups: Sequence[str]) -> tuple[Indicator, ...]:
    """Return the indicators of a project as `joined` would write them: they are the same for any project that prints the same."""
    rows: list[Indicator] = []
    for group in groups:
        own = project.in_group(group)
        sides = [[(i.name, i.value(h) or "") for i in own if i.value(h) is not None] for h in HORIZONS]
        rows += joined(group, sides[0], sides[1])
    return tuple(rows)
