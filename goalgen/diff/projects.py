"""Which project of one side is which of the other: by 编号, by name, by likeness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple

from goalgen.diff.values import Basis
from goalgen.forms.project import Project
from goalgen.text.likeness import best_pairs, folded, grams, likeness, overlap

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
    """Every project of either side once, in the order of its side.

    Paired by the same 编号 first; then by name, 预算单位 and all that they say; then by a name and 预算单位, or a name, that
    only one project of either side has; then the likest (`together`: whatever is left, however unlike).
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


def _all(project: Project) -> Hashable:
    return *_name_and_unit(project), *_texts(project)


def _name_and_unit(project: Project) -> tuple[str, str]:
    return folded(project.name), folded(project.unit)


def _name(project: Project) -> Hashable:
    return folded(project.name)


_KEYS: Final[tuple[tuple[Basis, Key], ...]] = (
    (Basis.CODE, _code),
    (Basis.NAME, _all),
    (Basis.NAME, _name_and_unit),
    (Basis.NAME, _name),
)


def _by_key(left: list[Project], right: list[Project], basis: Basis, key: Key) -> list[Match]:
    """The projects that share a key (not ""), taken out of what is left.

    Of several with one key none, as any could be any; unless they are alike in everything, when their order decides.
    """
    mine, theirs = _by_word(left, key), _by_word(right, key)
    found = [
        Match(*pair, basis)
        for word in mine
        if word in theirs and (key is _all or len(mine[word]) == len(theirs[word]) == 1)
        for pair in zip(mine[word], theirs[word], strict=False)
    ]
    _take_out(found, left, right)
    return found


def _by_word(projects: Sequence[Project], key: Key) -> dict[Hashable, list[Project]]:
    found: dict[Hashable, list[Project]] = {}
    for project in projects:
        if word := key(project):
            found.setdefault(word, []).append(project)
    return found


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


def _texts(project: Project) -> tuple[str, ...]:
    """What a project says: 项目概况, 总体目标, 绩效指标."""
    overview = (text for text in project.overview.values() if isinstance(text, str))
    rows = (f"{one.group} {one.name} {one.medium or ''} {one.annual or ''}" for one in project.indicators)
    return (*overview, *project.goals.values(), *rows)


@lru_cache(maxsize=4096)
def _words_in(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*map(grams, texts))


def _words(project: Project) -> frozenset[str]:
    """What a project says, in characters and pairs of them."""
    return _words_in(_texts(project))
