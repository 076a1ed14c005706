"""Everything of a project but its indicators, field by field on both sides."""

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

Path: TypeAlias = "tuple[str, ...]"
_MONEY: Final = "项目资金"
_LISTED: Final = {("编号",), ("项目名称",)}
"""Told otherwise: an empty 编号 is a filled form's, a new name makes a renamed project."""


def changes(old: Project, new: Project, form: Form) -> Iterator[Change]:
    """What is different outside of the indicators, in the form's order; both sides' texts as `form` writes them.

    The name is left out (see Pair.renamed), and so is a 编号 that one side does not have.
    """
    before, after = written_values(old, form), written_values(new, form)
    for path in [*after, *(path for path in before if path not in after)]:
        if before.get(path) == after.get(path) or (path in _LISTED and not _other_code(path, old, new)):
            continue
        if path[0] == _MONEY:
            yield from _money(path, old, new, form)
        else:
            yield _text(path, _said(before, path), _said(after, path))


def _other_code(path: Path, old: Project, new: Project) -> bool:
    return path == ("编号",) and bool(old.code and new.code)


def _said(values: Mapping[Path, str | tuple[str, ...]], path: Path) -> str | None:
    """A value as one text, None when it is empty."""
    value = values[path]
    return (value if isinstance(value, str) else "、".join(value)) or None


def _label(path: Path) -> str:
    """The field as a person calls it: `年度财政拨款`, `中长期目标`, `立项依据`."""
    if path[0] == "总体目标":
        return f"{path[1]}目标"
    return "".join(path[1:]) if path[0] == _MONEY else path[-1]


def _text(path: Path, old: str | None, new: str | None) -> Change:
    field = ".".join(path)
    kind = Kind.FILLED if old is None else Kind.EMPTIED if new is None else Kind.CHANGED
    before, after = marked(old or "", new or "")
    return Change(field, field, _label(path), kind, old, new, old_parts=before, new_parts=after)


def _money(path: Path, old: Project, new: Project, form: Form) -> Iterator[Change]:
    """An amount that is another number, or that only one side has written; a delta where it makes a difference.

    What is not written counts as 0, a total that is not written as the sum of its parts.
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
    if key in lines:
        return lines[key].value
    return form.funds(lines) if key == form.funding[0].key else Decimal(0)
