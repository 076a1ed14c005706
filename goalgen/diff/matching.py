"""Which project of one side is which of the other: by 编号, by name, by likeness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from goalgen.diff.likeness import best_pairs, folded, grams, likeness, overlap
from goalgen.diff.values import Basis
from goalgen.model import Indicator, Project

_LEAST: Final = 0.6
"""From what likeness two projects without a common 编号 or name count as one."""
_OTHER_UNIT: Final = 0.8
"""How much likeness of projects of different 预算单位 is worth."""
_RARE: Final = 24
"""Only projects whose names share a pair of characters that so few names have are looked at for likeness."""


class Match(NamedTuple):
    """A project on both sides, by what they were taken for one, and how like they are (1 when not by likeness)."""

    old: Project
    new: Project
    basis: Basis
    likeness: Decimal = Decimal(1)


class Matching(NamedTuple):
    """Every project of either side once."""

    both: tuple[Match, ...]
    removed: tuple[Project, ...]
    added: tuple[Project, ...]


def matched(old: Sequence[Project], new: Sequence[Project], together: bool = False) -> Matching:
    """Projects paired: the same 编号 first, then the same name in the same 预算单位, then a name that only one project
    of either side has, then the likest (`together`: whatever is left, however unlike). All in the order of their side.
    """
    left, right = list(old), list(new)
    both: list[Match] = []
    for basis, key in _KEYS:
        both += _by_key(left, right, basis, key)
    both += _by_likeness(left, right, 0 if together else _LEAST)
    order = {id(project): number for number, project in enumerate(new)}
    return Matching(tuple(sorted(both, key=lambda match: order[id(match.new)])), tuple(left), tuple(right))


Key = Callable[[Project], Hashable]


def _code(project: Project) -> Hashable:
    return project.code.casefold()


def _name_and_unit(project: Project) -> Hashable:
    return folded(project.name), folded(project.unit)


def _name(project: Project) -> Hashable:
    return folded(project.name)


_KEYS: Final[tuple[tuple[Basis, Key], ...]] = (
    (Basis.CODE, _code),
    (Basis.NAME, _name_and_unit),
    (Basis.NAME, _name),
)


def _by_key(left: list[Project], right: list[Project], basis: Basis, key: Key) -> list[Match]:
    """The projects that alone on their side have a key (not ""), taken out of what is left."""
    mine, theirs = _alone(left, key), _alone(right, key)
    found = [Match(mine[word], theirs[word], basis) for word in mine if word in theirs]
    _take_out(found, left, right)
    return found


def _alone(projects: Sequence[Project], key: Key) -> dict[Hashable, Project]:
    words = [key(project) for project in projects]
    counts = Counter(words)
    return {word: project for word, project in zip(words, projects, strict=True) if word and counts[word] == 1}


def _take_out(found: Sequence[Match], left: list[Project], right: list[Project]) -> None:
    gone = {id(project) for match in found for project in (match.old, match.new)}
    left[:] = [project for project in left if id(project) not in gone]
    right[:] = [project for project in right if id(project) not in gone]


def _by_likeness(left: list[Project], right: list[Project], least: float) -> list[Match]:
    pairs = best_pairs(left, right, _score, least, _candidates(left, right) if least else None)
    found = [Match(left[i], right[j], Basis.LIKENESS, Decimal(f"{score:.2f}")) for i, j, score in pairs]
    _take_out(found, left, right)
    return found


def _score(old: Project, new: Project) -> float:
    """How like two projects are: half by name, half by what they say."""
    like = (likeness(old.name, new.name) + overlap(_words(old), _words(new))) / 2
    return like if folded(old.unit) == folded(new.unit) else like * _OTHER_UNIT


def _candidates(left: Sequence[Project], right: Sequence[Project]) -> set[tuple[int, int]]:
    """The positions of projects whose names share something that few names have: all against all would take long."""
    counts = Counter(gram for project in (*left, *right) for gram in grams(project.name))
    where: dict[str, list[int]] = {}
    for j, project in enumerate(right):
        for gram in grams(project.name):
            where.setdefault(gram, []).append(j)
    return {
        (i, j)
        for i, project in enumerate(left)
        for gram in grams(project.name)
        if counts[gram] <= max(_RARE, (len(left) + len(right)) // 10)
        for j in where.get(gram, ())
    }


@lru_cache(maxsize=4096)
def _words_of(basis: str, goals: tuple[str, ...], indicators: tuple[Indicator, ...]) -> frozenset[str]:
    rows = (f"{one.name} {one.medium or ''} {one.annual or ''}" for one in indicators)
    return frozenset().union(*(grams(text) for text in (basis, *goals, *rows)))


def _words(project: Project) -> frozenset[str]:
    """What a project says, in characters and pairs of them: 项目概况, 总体目标, 绩效指标."""
    basis = " ".join(text for text in project.overview.values() if isinstance(text, str))
    return _words_of(basis, tuple(project.goals.values()), project.indicators)
