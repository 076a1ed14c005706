"""Compare two projects field by field, but for their indicators."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final, TypeAlias

from goalgen.diff.spans import marked
from goalgen.diff.values import Change, Delta, Kind, percent
from goalgen.forms import Form
from goalgen.forms.project import HORIZONS, Project
from goalgen.forms.values import written_values
from goalgen.source.shapes import Amount

FieldPath: TypeAlias = "tuple[str, ...]"
_MONEY_BLOCK: Final = "项目资金"
_TOLD_OTHERWISE: Final = {("编号",), ("项目名称",)}
"""No changes of a field: a side without 编号 is a filled form, and a new name makes a renamed project."""


def changes(old: Project, new: Project, form: Form) -> Iterator[Change]:
    """Compare two projects outside of their indicators; the changes come in the form's order, texts as `form` writes them.

    The name is left out (see Pair.renamed), and so is a 编号 that one side does not have.
    """
    before, after = written_values(old, form), written_values(new, form)
    for path in [*after, *(path for path in before if path not in after)]:
        if before.get(path) == after.get(path) or (path in _TOLD_OTHERWISE and not _other_code(path, old, new)):
            continue
        if path[0] == _MONEY_BLOCK:
            yield from _money(path, old, new, form)
        else:
            yield _text(path, _said(before, path), _said(after, path))


def _other_code(path: FieldPath, old: Project, new: Project) -> bool:
    return path == ("编号",) and bool(old.code and new.code)


def _said(values: Mapping[FieldPath, str | tuple[str, ...]], path: FieldPath) -> str | None:
    """Write a value as one text, None when it is empty."""
    value = values[path]
    return (value if isinstance(value, str) else "、".join(value)) or None


def _label(path: FieldPath) -> str:
    """Call a field as a person does: `年度财政拨款`, `中长期目标`, `立项依据`."""
    if path[0] == "总体目标":
        return f"{path[1]}目标"
    return "".join(path[1:]) if path[0] == _MONEY_BLOCK else path[-1]


def _text(path: FieldPath, old: str | None, new: str | None) -> Change:
    field = ".".join(path)
    kind = Kind.FILLED if old is None else Kind.EMPTIED if new is None else Kind.CHANGED
    before, after = marked(old or "", new or "")
    return Change(field, field, _label(path), kind, old, new, old_parts=before, new_parts=after)


def _money(path: FieldPath, old: Project, new: Project, form: Form) -> Iterator[Change]:
    """Compare an amount: it changes by another number, or where only one side has written it.

    The delta is between what counts: an amount that is not written counts as 0, a total as the sum of its parts.
    """
    horizon = next(h for h in HORIZONS if h.value == path[1])
    sides = [project.funding.get(horizon, {}) for project in (old, new)]
    before, after = (lines.get(path[2]) for lines in sides)
    if before and after and before.value == after.value:
        return
    first, second = (_worth(lines, path[2], form) for lines in sides)
    change = _text(path, before.text if before else None, after.text if after else None)
    delta = Delta(second - first, form.money_unit) if first != second else None
    yield change._replace(delta=delta, percent=percent(first, second) if delta else None)


def _worth(lines: Mapping[str, Amount], key: str, form: Form) -> Decimal:
    """Tell what a funding line counts, written or not, in the form's unit."""
    if key in lines:
        return lines[key].value
    return form.funds(lines) if key == form.funding[0].key else Decimal(0)
