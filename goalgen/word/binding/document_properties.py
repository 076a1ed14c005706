"""Print what a form says of itself (title, author, …) as text, since a bundle has one set of such properties for all forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from lxml import etree

from goalgen.word.binding.fields import Field, fields, texts
from goalgen.word.binding.markup import W15, drop, local, parent_of, parsed, w

PROPERTY_PARTS: Final = ("docProps/core.xml", "docProps/app.xml", "docProps/custom.xml")
_FIELDS: Final = {
    "TITLE": "title", "SUBJECT": "subject", "AUTHOR": "creator", "KEYWORDS": "keywords", "COMMENTS": "description",
    "LASTSAVEDBY": "lastmodifiedby", "REVNUM": "revision",
}  # fmt: skip
_NAMES: Final = {
    "author": "creator",
    "comments": "description",
    "last author": "lastmodifiedby",
    "last saved by": "lastmodifiedby",
    "revision number": "revision",
}
PROPERTY_FIELDS: Final = frozenset({*_FIELDS, "DOCPROPERTY", "INFO", "DOCVARIABLE"})
_TOKEN: Final = re.compile(r'"[^"]*"|\\.|[^\s"\\]+')
_CASES: Final[Mapping[str, Callable[[str], str]]] = {
    "UPPER": str.upper,
    "LOWER": str.lower,
    "FIRSTCAP": lambda text: text[:1].upper() + text[1:],
    "CAPS": str.title,
}


def property_values(parts: Mapping[str, bytes], settings: etree._Element | None) -> dict[str, str]:
    """Return the properties of a document by name in small letters; variables of a document begin with a blank."""
    found: dict[str, str] = {}
    for name in PROPERTY_PARTS:
        for element in parsed(parts[name]) if name in parts else ():
            known = element.get("name") or local(element)
            found[known.lower()] = "".join(str(text) for text in element.itertext())
    for variable in settings.iter(w("docVar")) if settings is not None else ():
        found[f" {variable.get(w('name'), '').lower()}"] = variable.get(w("val"), "")
    return found


def print_properties(roots: Sequence[etree._Element], values: Mapping[str, str]) -> None:
    """Put the values of properties in the place of the fields and controls that show them; what has none stays."""
    for field in fields(roots):
        value = _value(field, values) if field.kind in PROPERTY_FIELDS else None
        if value is not None:
            field.replace(value)
    for root in roots:
        for control in list(root.iter(w("sdt"))):
            _print_control(control, values)


def _value(field: Field, values: Mapping[str, str]) -> str | None:
    tokens = [token.strip('"') for token in _TOKEN.findall(field.code())]
    name = _FIELDS.get(field.kind) or _named(field.kind, tokens)
    value = values.get(name)
    for before, token in pairwise(tokens):
        if value is not None and before == "\\*" and token.upper() in _CASES:
            value = _CASES[token.upper()](value)
    return value


def _named(kind: str, tokens: Sequence[str]) -> str:
    """Return the property that DOCPROPERTY, INFO or DOCVARIABLE names."""
    name = tokens[1].lower() if len(tokens) > 1 else ""
    if kind == "DOCVARIABLE":
        return f" {name}"
    return _NAMES.get(name, name)


_BINDINGS: Final = (w("dataBinding"), f"{{{W15}}}dataBinding")
_SHOWN: Final = re.compile(r"(?:core|extended|metadata/core)[-/]properties.*?(\w+)(?:\[\d+\])?$")


def _print_control(control: etree._Element, values: Mapping[str, str]) -> None:
    """Print what a control bound to a property shows, and untie it: bound, it would show the bundle's property."""
    for binding in [one for name in _BINDINGS for one in control.iterfind(f"{w('sdtPr')}/{name}")]:
        shown = _SHOWN.search(f"{binding.get(w('prefixMappings'), '')} {binding.get(w('xpath'), '')}")
        if shown is not None:
            own = parent_of(binding)
            drop(binding)
            value = values.get(shown.group(1).lower())
            if value:
                _say(control, own, value)


def _say(control: etree._Element, own: etree._Element, value: str) -> None:
    """Make a text the content of a control."""
    for hint in own.findall(w("showingPlcHdr")):
        drop(hint)
    pieces = list(control.iterfind(f"{w('sdtContent')}//{w('t')}"))
    for piece in pieces[:1]:
        run = parent_of(piece)
        run[run.index(piece) : run.index(piece)] = texts(value)
        for style in run.iterfind(f"{w('rPr')}/{w('rStyle')}"):
            drop(style)
    for piece in pieces:
        drop(piece)


def shows_properties(roots: Iterable[etree._Element]) -> bool:
    """Say whether trees print a property of the document."""
    found = [*roots]
    return any(field.kind in PROPERTY_FIELDS for field in fields(found)) or any(_bound(found))


def _bound(roots: Iterable[etree._Element]) -> Iterator[bool]:
    for root in roots:
        for binding in root.iter(*_BINDINGS):
            yield "properties" in f"{binding.get(w('prefixMappings'))}{binding.get(w('xpath'))}"
