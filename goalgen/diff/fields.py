"""Compare two projects field by field, but for their indicators."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from goalgen.diff.spans import marked
from goalgen.diff.values import Change, Delta, Kind, percent
from goalgen.forms.blocks.block import Cell
from goalgen.forms.blocks.free_rows import row_text
from goalgen.forms.item import Role
from goalgen.forms.joining import Joining
from goalgen.forms.project import CODE_KEY, Project
from goalgen.forms.quantity import decimal_text
from goalgen.source.shapes import Amount


def changes(old: Project, new: Project, joined: Joining) -> Iterator[Change]:
    """Compare two projects outside of their free rows; the changes come in the new form's order, what only the old has last.

    The name is left out (see Pair.renamed), and so is a 编号 that one side does not have: a filled form prints none.
    """
    for before, after in joined.cells:
        cell = after or before
        if cell is None or cell.item.role is Role.NAME or (cell.path == CODE_KEY and not (old.code and new.code)):
            continue
        was, now = old.said(before.path) if before else "", new.said(after.path) if after else ""
        if cell.unit:
            yield from _money(before, after, old, new)
        elif was != now:
            yield _text(before, after, was or None, now or None)


def _text(before: Cell | None, after: Cell | None, old: str | None, new: str | None) -> Change:
    cell = after or before
    assert cell, "a joined cell is on one of the forms"
    kind = Kind.FILLED if old is None else Kind.EMPTIED if new is None else Kind.CHANGED
    if before is None or after is None:
        kind = Kind.NEW_FIELD if before is None else Kind.GONE_FIELD
    parts = marked(old or "", new or "")
    was = (before or cell).path
    return Change(cell.path, was, cell.name, kind, old, new, old_parts=parts[0], new_parts=parts[1])


def _money(before: Cell | None, after: Cell | None, old: Project, new: Project) -> Iterator[Change]:
    """Compare an amount: it changes by another number, or where only one side has written it.

    The delta is between what counts, in the new form's unit: an amount that is not written counts as 0, a total as the sum
    of its parts.
    """
    said, now = _amount(before, old), _amount(after, new)
    unit = new.form.money_unit
    was = None if said is None else old.form.converted(said.value, unit)
    if (said is None and now is None) or (now is not None and was == now.value):
        return
    first = old.form.converted(old.form.worth(old, before), unit) if before else Decimal(0)
    second = new.form.worth(new, after) if after else Decimal(0)
    change = _text(before, after, said and _in_unit(said, old, unit), now and now.text)
    delta = Delta(second - first, unit) if first != second else None
    yield change._replace(delta=delta, percent=percent(first, second) if delta else None, money_unit=unit)


def _amount(cell: Cell | None, project: Project) -> Amount | None:
    """Return an amount as the form prints it: as written, or what a sum comes to that the form fills itself."""
    value = project.values.get(cell.path) if cell else None
    if value is None and cell and cell.item.automatic and (worth := project.form.worth(project, cell)):
        return Amount(decimal_text(worth), worth)
    return value if isinstance(value, Amount) else None


def _in_unit(amount: Amount, project: Project, unit: str) -> str:
    """Write an amount of the old side in the new form's unit: as it is printed, where both forms count in the same one."""
    same = project.form.money_unit == unit
    return amount.text if same else decimal_text(project.form.converted(amount.value, unit))


def detail_changes(old: Project, new: Project) -> Iterator[Change]:
    """Compare the free rows that are no indicators, table by table; a table that only one form has shows as such."""
    lists = {one.block: one for form in (old.form, new.form) for one in form.lists if not one.group}
    for block, one in lists.items():
        said, now = ("；".join(row_text(row, one.columns) for row in side.table(block)) for side in (old, new))
        if said != now:
            before, after = marked(said, now)
            kind = Kind.FILLED if not said else Kind.EMPTIED if not now else Kind.CHANGED
            texts = (said or None, now or None)
            yield Change(block, block, block, kind, *texts, old_parts=before, new_parts=after)
