"""Write a project file for a person to fill, every key explained, or one filled with the form's examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from goalgen.forms import Form
from goalgen.forms.shape import NOTES_KEY, project_shape
from goalgen.source.shapes import Choice, Key, Rows, Table
from goalgen.source.writing import scalar

PROJECT_SCHEMA: Final = "schema/project.schema.json"
SCHEMA_MODELINE: Final = "# yaml-language-server: $schema="
"""The first line of a file that tells editors its schema, up to the schema's path."""


def explained_project(form: Form, year: int, values: Mapping[str, str]) -> str:
    """Write a project file with every key in the form's order and a comment on what goes there; `values` fills some keys."""
    return _file(_explained(project_shape(form, year), values, ""))


def sample_project(form: Form, year: int, values: Mapping[str, str]) -> str:
    """Write a project file filled with the form's examples for a year; `values` fills some keys otherwise ("": not at all)."""
    return _file(_filled(project_shape(form, year), values, ""))


def _file(lines: Iterator[str]) -> str:
    return "\n".join([f"{SCHEMA_MODELINE}../../{PROJECT_SCHEMA}", *lines]) + "\n"


def _explained(table: Table, values: Mapping[str, str], indent: str) -> Iterator[str]:
    for name, key in table.keys.items():
        if key.help:
            yield f"{indent}# {key.help}{_suggestion(key)}"
        yield f"{indent}{name}: {scalar(values.get(name, ''))}".rstrip()
        if isinstance(key.shape, Table):
            yield from _explained(key.shape, {}, indent + "  ")
        elif isinstance(key.shape, Rows) and key.example:
            yield f"{indent}  # - {key.example}"


def _suggestion(key: Key) -> str:
    """Say what a key can hold: its options, or an example."""
    if isinstance(key.shape, Choice):
        return f"：{'、'.join(key.shape.options)}"
    return f"，例如 {key.example}" if key.example and not isinstance(key.shape, Rows) else ""


def _filled(table: Table, values: Mapping[str, str], indent: str) -> Iterator[str]:
    for name, key in table.keys.items():
        text = values.get(name, key.example)
        if isinstance(key.shape, Table):
            yield f"{indent}{name}:"
            yield from _filled(key.shape, {}, indent + "  ")
        elif isinstance(key.shape, Rows):
            yield f"{indent}{name}:"
            yield from (f"{indent}  - {row}" for row in (key.example,) if row)
        elif text and name != NOTES_KEY:
            yield f"{indent}{name}: {scalar(text)}"
