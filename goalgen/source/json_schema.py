"""Write shapes as draft-07 JSON Schema: completion, hover help and red underlines in VS Code."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any, Final

from goalgen.source.shapes import (
    CODE_PATTERN,
    MONEY_PATTERN,
    YEAR_PATTERN,
    Choice,
    Code,
    Date,
    Either,
    Figure,
    Key,
    Money,
    Named,
    Notes,
    Number,
    Rows,
    Shape,
    Sorts,
    Table,
    Text,
    Years,
)

_DRAFT_07: Final = "http://json-schema.org/draft-07/schema#"
# Editors see YAML's own types: an unquoted 152.5 is a number to them, an empty value null. They offer every type that a
# schema names, so what may be empty says which types it is not: `null` written out is a mistake, and must not be offered.
_EMPTY: Final = {"not": {"type": ["string", "number", "boolean", "array", "object"]}}
_EMPTY_OR_TRUE: Final = {"not": {"type": ["string", "number", "array", "object"]}}


def json_schema(title: str, shape: Shape) -> str:
    """Write a shape as a JSON Schema under a title: JSON text that ends with a line feed."""
    schema = {"$schema": _DRAFT_07, "title": title, **_schema(shape)}
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _schema(shape: Shape) -> dict[str, Any]:
    return _WRITERS[type(shape)](shape)


def _text(shape: Text) -> dict[str, Any]:
    most = {"maxLength": shape.most} if shape.most else {}
    return {"anyOf": [{"type": ["string", "number"], **most}, _EMPTY_OR_TRUE]}


def _code(_shape: Code) -> dict[str, Any]:
    return {"type": ["string", "number"], "pattern": f"^{CODE_PATTERN}$"}


def _money(_shape: Money) -> dict[str, Any]:
    return {"anyOf": [{"type": ["number", "string"], "pattern": f"^{MONEY_PATTERN}$"}, _EMPTY]}


def _figure(_shape: Figure) -> dict[str, Any]:
    return {"anyOf": [{"type": ["number", "string"], "pattern": f"^{MONEY_PATTERN}$"}, _EMPTY]}


def _date(_shape: Date) -> dict[str, Any]:
    pattern = r"^\d{4}([-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日)$"
    return {"anyOf": [{"type": "string", "pattern": pattern}, _EMPTY]}


def _years(_shape: Years) -> dict[str, Any]:
    return {"anyOf": [{"type": "string", "pattern": r"^\d{4}年?[-—至~]\d{4}年?$"}, _EMPTY]}


def _number(shape: Number) -> dict[str, Any]:
    return {"type": "integer", "minimum": shape.least}


def _choice(shape: Choice) -> dict[str, Any]:
    one = {"enum": list(shape.options)}
    most = {} if shape.many else {"maxItems": 1}
    return {"anyOf": [one, {"type": "array", "items": one, "uniqueItems": True, **most}, _EMPTY]}


def _rows(shape: Rows) -> dict[str, Any]:
    return {"not": {"type": ["string", "number", "boolean", "object"]}, "items": _schema(shape.item)}


def _named(shape: Named) -> dict[str, Any]:
    inner = _schema(shape.item)
    if shape.numeric:
        return {"type": "object", "patternProperties": {f"^({YEAR_PATTERN})$": inner}, "additionalProperties": False}
    return {"type": "object", "additionalProperties": inner}


def _notes(shape: Notes) -> dict[str, Any]:
    text = _text(Text())
    inner = "|".join(map(re.escape, shape.open))
    by_path = {
        "type": "object",
        "properties": {path: text for path in shape.paths},
        "patternProperties": {f"^({inner})\\..": text} if inner else {},
        "additionalProperties": False,
    }
    return {"anyOf": [text, by_path]}


def _either(shape: Either) -> dict[str, Any]:
    return {"anyOf": [*_text(Text())["anyOf"], _schema(shape.mapping)]}


def _sorts(shape: Sorts) -> dict[str, Any]:
    """Write each sort as a choice of its own; the word that names it is fixed, so that editors know which is meant."""
    found = []
    for name, table in shape.tables.items():
        schema = _table(table)
        schema["properties"] = {**schema["properties"], shape.by: {"enum": [name]}}
        found.append(schema)
    return {"anyOf": found}


def _table(shape: Table) -> dict[str, Any]:
    required = [name for name, key in shape.keys.items() if key.required]
    return {
        **({"type": "object"} if required else {"not": {"type": ["string", "number", "boolean", "array"]}}),
        "properties": {name: _property(key) for name, key in shape.keys.items()},
        **({"required": required} if required else {}),
        **({} if shape.open else {"additionalProperties": False}),
    }


def _property(key: Key) -> dict[str, Any]:
    notes = {"description": key.help} if key.help else {}
    examples = {"examples": [key.example]} if key.example else {}
    return {**notes, **_schema(key.shape), **examples}


_WRITERS: Final[dict[type, Callable[[Any], dict[str, Any]]]] = {
    Text: _text,
    Code: _code,
    Money: _money,
    Figure: _figure,
    Date: _date,
    Years: _years,
    Number: _number,
    Choice: _choice,
    Rows: _rows,
    Named: _named,
    Notes: _notes,
    Either: _either,
    Sorts: _sorts,
    Table: _table,
}
