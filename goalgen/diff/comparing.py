"""Compare two sides: match their projects, compare each pair field by field, add up the money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import PurePath

from goalgen.diff import fields, indicators
from goalgen.diff.projects import ProjectMatch, matched
from goalgen.diff.routine import is_routine
from goalgen.diff.values import Change, Difference, Identity, Kind, Pair, Side, Sum, Total, Unread
from goalgen.forms import Form
from goalgen.forms.item import Role
from goalgen.forms.joining import Joining, joining
from goalgen.forms.project import Project
from goalgen.text.likeness import folded


def compare(old: Side, new: Side) -> Difference:
    """Compare two sides and return everything that differs, routine changes included; money in the form's unit (万元).

    A project that one side could not read is left out on both. Where one side is a single project, the other projects
    of the other side are left out.
    """
    left = [project for project in old.projects if not _left_out(project, new.unread)]
    right = [project for project in new.projects if not _left_out(project, old.unread)]
    found = matched(left, right, old.alone and new.alone)
    unit = new.form.money_unit
    before, after = _identities(old, unit), _identities(new, unit)
    joined = joining(old.form, new.form)
    return assembled(
        Difference(
            old.label,
            new.label,
            unit,
            () if old.alone else tuple(after[id(project)] for project in found.added),
            () if new.alone else tuple(_gone(before[id(project)], new) for project in found.removed),
            tuple(_compared(match, before[id(match.old)], after[id(match.new)], joined) for match in found.both),
            unread=(*old.unread, *new.unread),
            department=new.department or old.department,
            without_medium=tuple(side.label for side in (old, new) if not side.form.has_funds(Role.MEDIUM)),
        )
    )


def assembled(difference: Difference) -> Difference:
    """Put the projects of a difference in the order of their units, and total just these projects."""
    new = [*(pair.new for pair in difference.pairs), *difference.added]
    old = [*(pair.old for pair in difference.pairs), *difference.removed]
    ordered = sorted(new, key=lambda one: one.number)
    units = {unit: rank for rank, unit in enumerate(dict.fromkeys(one.unit for one in (*ordered, *old)))}
    return replace(
        difference,
        added=tuple(sorted(difference.added, key=lambda one: (units[one.unit], one.number))),
        removed=tuple(sorted(difference.removed, key=lambda one: (units[one.unit], one.number))),
        pairs=tuple(sorted(difference.pairs, key=lambda pair: (units[pair.new.unit], pair.new.number))),
        totals=tuple(_total(unit, *sides) for unit, sides in _by_unit(units, old, new).items()),
        whole=_total("", old, new),
    )


def _left_out(project: Project, unread: Sequence[Unread]) -> bool:
    """Tell whether the other side has this project in a file that could not be read."""
    return any(_may_be(project, one) for one in unread)


def _may_be(project: Project, one: Unread) -> bool:
    """Tell whether 编号, name or file name, any of which may be wrong, makes a project one that could not be read."""
    code = one.code and one.code.casefold() == project.code.casefold()
    name = one.name and folded(one.name) == folded(project.name)
    file = project.origin and PurePath(one.file).name == PurePath(project.origin.file).name
    return bool(code or name or file)


def _identities(side: Side, unit: str) -> dict[int, Identity]:
    """Return what reports call each project of a side, by the `id` of the project; money in a unit."""
    return {id(project): _identity(project, side.form, n, unit) for n, project in enumerate(side.projects, 1)}


def _gone(one: Identity, new: Side) -> Identity:
    """Give a project that is gone the reason that the new side states."""
    return replace(one, note=new.gone.get(one.code, ""))


def _identity(project: Project, form: Form, number: int, unit: str) -> Identity:
    sums = (form.funds(project, role) or Decimal(0) for role in (Role.MEDIUM, Role.ANNUAL))
    medium, annual = (form.converted(amount, unit) for amount in sums)
    file = project.origin.file if project.origin else ""
    notes = (project.notes.get("", ""), project.notes.get(form.name_path, ""))
    return Identity(project.code, project.name, project.unit, project.year, file, number, medium, annual, *notes)


def _by_unit(
    units: Iterable[str], old: Iterable[Identity], new: Iterable[Identity]
) -> dict[str, tuple[list[Identity], list[Identity]]]:
    """Group the projects of the old and of the new side by 预算单位."""
    found: dict[str, tuple[list[Identity], list[Identity]]] = {unit: ([], []) for unit in units}
    for number, side in enumerate((old, new)):
        for one in side:
            found[one.unit][number].append(one)
    return found


def _total(unit: str, old: Sequence[Identity], new: Sequence[Identity]) -> Total:
    """Count the projects and add up the money of one 预算单位, or of all (`unit` "")."""
    medium = Sum(*(sum((one.medium for one in side), Decimal(0)) for side in (old, new)))
    annual = Sum(*(sum((one.annual for one in side), Decimal(0)) for side in (old, new)))
    return Total(unit, len(old), len(new), medium, annual)


def _compared(match: ProjectMatch, old: Identity, new: Identity, joined: Joining) -> Pair:
    """Compare two projects that were matched; the changes come in the order of the form."""
    found = list(fields.changes(match.old, match.new, joined))
    below = match.new.form.below_indicators
    head = [change for change in found if change.field not in below]
    foot = [change for change in found if change.field in below]
    rows = (*fields.detail_changes(match.old, match.new), *indicators.changes(match.old, match.new, joined))
    changes = tuple(_completed(change, match.old, match.new) for change in (*head, *rows, *foot))
    return Pair(old, new, match.basis, match.likeness, changes)


def _completed(change: Change, old: Project, new: Project) -> Change:
    """Add to a change what its projects say of it: the reason, the place, whether it is routine."""
    project = old if change.kind in (Kind.REMOVED, Kind.GONE_FIELD) else new
    path = change.was if project is old else change.field
    return change._replace(
        note=_note(change.field, new.notes),
        routine=is_routine(change, old, new),
        place=project.place(_written_path(path, project)) if project.origin else None,
    )


def _note(field: str, notes: Mapping[str, str]) -> str:
    """Find the reason given for a field, or for the nearest part of the form that holds it; "" when there is none."""
    fitting = [path for path in notes if path and (field == path or field.startswith(f"{path}."))]
    return notes[max(fitting, key=len)] if fitting else ""


def _written_path(field: str, project: Project) -> str:
    """Turn the path of a change into the one in the project file, where indicators go by number and not by name."""
    head, _, rest = field.partition(".")
    group, _, rest = rest.partition(".")
    if group not in project.form.all_groups or head != project.form.table_of(group).key:
        return field
    numbered = enumerate(indicator.name for indicator in project.in_group(group))
    number, name = next((n, name) for n, name in numbered if f"{rest}.".startswith(f"{name}."))
    return f"{head}.{group}.{number}.{rest[len(name) + 1 :]}".rstrip(".")
