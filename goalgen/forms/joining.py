"""Join two forms: which cell, column and 二级指标 of one is which of the other, by role first, then by key and 曾用."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeVar

from goalgen.forms.blocks.block import Cell
from goalgen.forms.form import Form
from goalgen.forms.item import Item, Role

Thing = TypeVar("Thing")


class JoinedCell(NamedTuple):
    """Hold a cell on both forms; None on a form that has no such cell."""

    old: Cell | None
    new: Cell | None


class Joining(NamedTuple):
    """Hold what of an old form is what of a new one.

    `cells` are in the order of the new form, those that only the old one has at the end. `columns` and `groups` give the
    keys of the new form for columns of indicators and 二级指标 of the old one; no two of the old one share a key.
    """

    cells: tuple[JoinedCell, ...]
    columns: Mapping[str, str]
    groups: Mapping[str, str]


def joining(old: Form, new: Form) -> Joining:
    """Join two forms."""
    pairs = _paired(old.cells, new.cells, _CELL_STEPS)
    found = {id(there): here for here, there in pairs}
    known = {id(here) for here, _ in pairs}
    cells = [JoinedCell(found.get(id(cell)), cell) for cell in new.cells]
    cells += [JoinedCell(cell, None) for cell in old.cells if id(cell) not in known]
    columns = _paired(_columns(old), _columns(new), _ITEM_STEPS)
    groups = _paired(_groups(old), _groups(new), _ITEM_STEPS)
    return Joining(tuple(cells), _keys(columns), _keys(groups))


def _keys(pairs: Sequence[tuple[Item, Item]]) -> dict[str, str]:
    return {old.key: new.key for old, new in pairs}


def _columns(form: Form) -> list[Item]:
    columns = (column for table in form.indicator_tables for column in table.written)
    return list({column.key: column for column in columns}.values())


def _groups(form: Form) -> list[Item]:
    """Return the 二级指标; a role that several share tells none of them apart, and is left out."""
    items = [group.item for table in form.indicator_tables for group in table.tree]
    roles = [item.role for item in items]
    return [item._replace(role=item.role if roles.count(item.role) == 1 else None) for item in items]


Step = Callable[[Thing], Sequence[Hashable]]
"""Gives the words by which a thing of the old form and one of the new may be the same."""


def _paired(
    old: Sequence[Thing], new: Sequence[Thing], steps: Sequence[tuple[Step[Thing], Step[Thing]]]
) -> list[tuple[Thing, Thing]]:
    """Pair the things of two forms, step by step, each thing once."""
    left, right = list(old), list(new)
    pairs: list[tuple[Thing, Thing]] = []
    for mine, theirs in steps:
        by_word = {word: thing for thing in reversed(left) for word in mine(thing)}
        for there in list(right):
            here = next((by_word[word] for word in theirs(there) if word in by_word), None)
            if here is not None and any(here is one for one in left):
                pairs.append((here, there))
                left = [one for one in left if one is not here]
                right = [one for one in right if one is not there]
    return pairs


def _meaning(cell: Cell) -> Sequence[Hashable]:
    return (cell.meaning,) if cell.meaning else ()


def _path(cell: Cell) -> Sequence[Hashable]:
    return (cell.path,)


def _known_as(cell: Cell) -> Sequence[Hashable]:
    return (*cell.formerly, *cell.item.formerly)


def _paths_and_key(cell: Cell) -> Sequence[Hashable]:
    return (cell.path, cell.keys[-1])


def _role(item: Item) -> Iterator[Role]:
    return iter(()) if item.role is None else iter((item.role,))


_CELL_STEPS: tuple[tuple[Step[Cell], Step[Cell]], ...] = (
    (_meaning, _meaning),
    (_path, _path),
    (_paths_and_key, _known_as),
    (_known_as, _paths_and_key),
)
_ITEM_STEPS: tuple[tuple[Step[Item], Step[Item]], ...] = (
    (lambda item: (item.key,), lambda item: (item.key,)),
    (lambda item: tuple(_role(item)), lambda item: tuple(_role(item))),
    (lambda item: (item.key,), lambda item: item.formerly),
    (lambda item: item.formerly, lambda item: (item.key,)),
)
