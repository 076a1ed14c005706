"""Match the projects of two sides: by 编号, by name, by likeness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from goalgen.diff.values import Basis
from goalgen.forms.project import Project, Row, said
from goalgen.text.likeness import best_pairs, folded, grams, likeness, overlap

_MIN_LIKENESS: Final = 0.6
"""How like two projects without a common 编号 or name must be to count as one."""
_OTHER_UNIT_WEIGHT: Final = 0.8
"""How much likeness counts between projects of different 预算单位."""
_MAX_RARE_NAMES: Final = 24
"""In how many names a pair of characters may be to be rare; only projects whose names share a rare one are compared."""


class ProjectMatch(NamedTuple):
    """Holds a project on both sides, why they were taken for one, and how like they are (1 when not by likeness)."""

    old: Project
    new: Project
    basis: Basis
    likeness: Decimal = Decimal(1)


class MatchedProjects(NamedTuple):
    """Holds every project of either side once."""

    both: tuple[ProjectMatch, ...]
    removed: tuple[Project, ...]
    added: tuple[Project, ...]


def matched(old: Sequence[Project], new: Sequence[Project], together: bool = False) -> MatchedProjects:
    """Match the projects of two sides, each once, in the order of its side.

    Projects match by 编号 first; then by name, 预算单位 and all that they say; then by name and 预算单位, and by name alone,
    where only one project of either side has them; then the likest ones. With `together` whatever is left matches,
    however unlike.
    """
    left, right = list(old), list(new)
    both: list[ProjectMatch] = []
    for basis, key in _MATCH_STEPS:
        both += _by_key(left, right, basis, key)
    both += _by_likeness(left, right, 0 if together else _MIN_LIKENESS)
    order = {id(project): number for number, project in enumerate(new)}
    return MatchedProjects(tuple(sorted(both, key=lambda match: order[id(match.new)])), tuple(left), tuple(right))


MatchKey: TypeAlias = "Callable[[Project], Hashable]"


def _code(project: Project) -> Hashable:
    return project.code.casefold()


def _everything(project: Project) -> Hashable:
    return *_name_and_unit(project), *_texts(project)


def _name_and_unit(project: Project) -> tuple[str, str]:
    return folded(project.name), folded(project.unit)


def _name(project: Project) -> Hashable:
    return folded(project.name)


_MATCH_STEPS: Final[tuple[tuple[Basis, MatchKey], ...]] = (
    (Basis.CODE, _code),
    (Basis.NAME, _everything),
    (Basis.NAME, _name_and_unit),
    (Basis.NAME, _name),
)


def _by_key(left: list[Project], right: list[Project], basis: Basis, key: MatchKey) -> list[ProjectMatch]:
    """Match the projects that share a key (not ""), and take them out of what is left.

    Where several of a side share a key none match, as any could be any; but projects alike in everything match in order.
    """
    mine, theirs = _grouped(left, key), _grouped(right, key)
    found = [
        ProjectMatch(*pair, basis)
        for word in mine
        if word in theirs and (key is _everything or len(mine[word]) == len(theirs[word]) == 1)
        for pair in zip(mine[word], theirs[word], strict=False)
    ]
    _take_out(found, left, right)
    return found


def _grouped(projects: Sequence[Project], key: MatchKey) -> dict[Hashable, list[Project]]:
    found: dict[Hashable, list[Project]] = {}
    for project in projects:
        if word := key(project):
            found.setdefault(word, []).append(project)
    return found


def _take_out(found: Sequence[ProjectMatch], left: list[Project], right: list[Project]) -> None:
    gone = {id(project) for match in found for project in (match.old, match.new)}
    left[:] = [project for project in left if id(project) not in gone]
    right[:] = [project for project in right if id(project) not in gone]


def _by_likeness(left: list[Project], right: list[Project], least: float) -> list[ProjectMatch]:
    pairs = best_pairs(left, right, _score, least, _candidates(left, right) if least else None)
    found = [ProjectMatch(left[i], right[j], Basis.LIKENESS, Decimal(f"{score:.2f}")) for i, j, score in pairs]
    _take_out(found, left, right)
    return found


def _score(old: Project, new: Project) -> float:
    """Score how like two projects are, from 0 to 1: half by name, half by what they say."""
    like = (likeness(old.name, new.name) + overlap(_words(old), _words(new))) / 2
    return like if folded(old.unit) == folded(new.unit) else like * _OTHER_UNIT_WEIGHT


def _candidates(left: Sequence[Project], right: Sequence[Project]) -> set[tuple[int, int]]:
    """Find the positions of projects whose names share a rare pair of characters; to compare all with all takes long."""
    counts = Counter(gram for project in (*left, *right) for gram in grams(project.name))
    where: dict[str, list[int]] = {}
    for j, project in enumerate(right):
        for gram in grams(project.name):
            where.setdefault(gram, []).append(j)
    return {
        (i, j)
        for i, project in enumerate(left)
        for gram in grams(project.name)
        if counts[gram] <= max(_MAX_RARE_NAMES, (len(left) + len(right)) // 10)
        for j in where.get(gram, ())
    }


def _texts(project: Project) -> tuple[str, ...]:
    """Collect what a project says: its free texts and goals, its rows."""
    rows = [f"{row.group} {row.name} {' '.join(map(said, row.cells.values()))}" for row in _rows(project)]
    tables = tuple(f"{block}." for block in project.rows)
    texts = (text for block in project.form.blocks for text in block.texts(project))
    return (
        *(text.text for text in texts if not text.path.startswith(tables) and not _is_name(text.path, project)),
        *rows,
    )


def _rows(project: Project) -> list[Row]:
    return [row for rows in project.rows.values() for row in rows]


def _is_name(path: str, project: Project) -> bool:
    return path == project.form.name_path


@lru_cache(maxsize=4096)
def _words_in(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*map(grams, texts))


def _words(project: Project) -> frozenset[str]:
    """Collect the characters, and pairs of them, of what a project says."""
    return _words_in(_texts(project))
