"""Turn a difference into rows: one for every project that is new or gone, every rename and every changed field."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from goalgen.diff.reports import words
from goalgen.diff.values import Change, Difference, Identity, Kind, Pair, Part, Strength, Total

NEW_PROJECT: Final = "新增项目"
GONE_PROJECT: Final = "取消项目"
RENAMED_PROJECT: Final = "项目改名"
MORE_MONEY: Final = "资金增加"
LESS_MONEY: Final = "资金减少"
SORTS: Final = (
    *(NEW_PROJECT, GONE_PROJECT, RENAMED_PROJECT, MORE_MONEY, LESS_MONEY),
    *(f"指标{strength.value}" for strength in Strength if strength is not Strength.PLAIN),
    *(kind.value for kind in Kind),
)
"""Every sort of change that a row can be of, in the order to offer them."""


class Row(NamedTuple):
    """Is one line of a report; marked in `old` and `new` is what the other side has otherwise.

    `sorts` are words of SORTS, `measure` the 增减 in words; `change` is None for a row about the project as a whole.
    """

    unit: str
    code: str
    name: str
    label: str
    old: tuple[Part, ...]
    new: tuple[Part, ...]
    measure: str
    note: str
    sorts: tuple[str, ...]
    place: str
    change: Change | None = None

    @property
    def before(self) -> str:
        """Return the text of the old side in one line; "" when there is none."""
        return _line(self.old)

    @property
    def after(self) -> str:
        """Return the text of the new side in one line; "" when there is none."""
        return _line(self.new)


class Section(NamedTuple):
    """Holds the rows of one 预算单位, project by project."""

    total: Total
    projects: tuple[tuple[Row, ...], ...]


def sections(difference: Difference) -> Iterator[Section]:
    """Return the units of a difference that have something to tell, in its order; money in the form's unit (万元)."""
    for total in difference.totals:
        pairs, added, removed = difference.of_unit(total.unit)
        whole = [_project_row(one, NEW_PROJECT, difference.money_unit) for one in added]
        whole += [_project_row(one, GONE_PROJECT, difference.money_unit) for one in removed]
        found = [(row,) for row in whole] + [rows for pair in pairs if (rows := tuple(_rows_of(pair)))]
        if found:
            yield Section(total, tuple(found))


def _line(parts: Sequence[Part]) -> str:
    return " ".join("".join(part.text for part in parts).split())


def _unmarked(text: str | None) -> tuple[Part, ...]:
    return (Part(text, False),) if text else ()


def _project_row(one: Identity, sort: str, unit: str) -> Row:
    """Make the row of a project that is new or gone, with its money in `unit`."""
    money = _unmarked(words.money_of(one, unit))
    old, new = ((), money) if sort is NEW_PROJECT else (money, ())
    return Row(one.unit, one.code, one.name, sort, old, new, "", one.note, (sort,), one.file)


def _rows_of(pair: Pair) -> Iterator[Row]:
    """Make the rows of a project that both sides have: its renaming, then its changes; reasons are told once."""
    one = pair.new
    head = (one.unit, pair.code, one.name)
    if pair.renamed:
        names = (_unmarked(pair.old.name), _unmarked(one.name))
        known = "；".join(filter(None, (one.name_note or pair.note, words.known_by(pair))))
        yield Row(*head, "项目名称", *names, "", known, (RENAMED_PROJECT,), one.file)
    for number, change in enumerate(pair.changes):
        note = change.note or (pair.note if not (number or pair.renamed) else "")
        texts = (change.old_parts or _unmarked(change.old), change.new_parts or _unmarked(change.new))
        place = str(change.place) if change.place else one.file
        yield Row(*head, change.label, *texts, words.measure(change), note, tuple(_sorts(change)), place, change)


def _sorts(change: Change) -> Iterator[str]:
    if change.is_money and change.kind is Kind.CHANGED and change.delta and change.delta.number:
        yield MORE_MONEY if change.delta.number > 0 else LESS_MONEY
    if change.strength is not Strength.PLAIN:
        yield f"指标{change.strength.value}"
    yield change.kind.value
