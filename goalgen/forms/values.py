"""Turn the values of a project file into a Project, and a Project into a record and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from goalgen.forms.form import Form
from goalgen.forms.project import CODE_KEY, Project, Row, Value, chosen
from goalgen.forms.shape import NOTES_KEY
from goalgen.source.nodes import Origin
from goalgen.source.shapes import Amount, Window


def project_of(values: Mapping[str, Any], form: Form, year: int, origin: Origin) -> Project:
    """Make the Project that the values of a project file (by key, merged with what projects.yaml shares) say."""
    found: dict[str, Value] = {}
    rows: dict[str, tuple[Row, ...]] = {}
    for block in form.blocks:
        block.read(values, found, rows)
    if form.window_path:
        found.setdefault(form.window_path, form.window(year))
    return Project(form, year, values[CODE_KEY], found, rows, values.get(NOTES_KEY) or {}, origin)


def written_values(project: Project, form: Form) -> dict[tuple[str, ...], str | tuple[str, ...]]:
    """Return a project's values by their keys, as a project file writes them; "" or no options where there is none.

    They are everything that the form prints but free rows, which are told apart by more than their path.
    """
    values = project.values
    found: dict[tuple[str, ...], str | tuple[str, ...]] = {}
    for cell in form.cells:
        ticked = cell.item.kind.is_ticked
        found[cell.keys] = chosen(values.get(cell.path)) if ticked else project.said(cell.path)
    return found


def record_of(project: Project) -> bytes:
    """Write down all that the form of a project prints, as JSON in UTF-8 on one line."""
    values = {path: _plain(value) for path, value in project.values.items()}
    rows = {
        block: [[row.group, row.name, {key: _plain(value) for key, value in row.cells.items()}] for row in own]
        for block, own in project.rows.items()
    }
    parts = [project.year, project.code, values, rows]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()


def project_in(
    record: bytes, form: Form, notes: Mapping[str, str] | None = None, origin: Origin | None = None
) -> Project:
    """Read a project of a form back from what `record_of` wrote; `notes` and `origin` are no part of a record."""
    year, code, values, rows = json.loads(record)
    return Project(
        form,
        year,
        code,
        {path: value if value.__class__ is str else _value(value) for path, value in values.items()},
        {block: tuple(map(_row, own)) for block, own in rows.items()},
        notes or {},
        origin,
    )


def _plain(value: Value) -> Any:
    """Write a value as JSON: a text as itself, options as a list, others as an object that says what they are."""
    if isinstance(value, str):
        return value
    if isinstance(value, Amount):
        return {"n": value.text}
    if isinstance(value, Window):
        return {"y": list(value)}
    return {"d": value.isoformat()} if isinstance(value, date) else list(value)


def _value(plain: Any) -> Value:
    if isinstance(plain, list):
        return tuple(plain)
    if "n" in plain:
        return Amount(plain["n"], Decimal(plain["n"]))
    return Window(*plain["y"]) if "y" in plain else date.fromisoformat(plain["d"])


def _row(plain: list[Any]) -> Row:
    group, name, cells = plain
    return Row(group, name, {key: value if value.__class__ is str else _value(value) for key, value in cells.items()})
