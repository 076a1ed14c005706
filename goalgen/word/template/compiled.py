"""Hold a template after everything that can be done once has been done, and write it to JSON and back."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Final, NamedTuple

from goalgen.word.template.steps import Steps

BODY_PART: Final = "word/document.xml"
PROPERTIES_PART: Final = "docProps/core.xml"
FOOTNOTES_PART: Final = "word/footnotes.xml"
ENDNOTES_PART: Final = "word/endnotes.xml"


class Compiled(NamedTuple):
    """Hold a template ready to be filled; plain data, so that it can be kept and sent.

    A filled document is `head + body + section + tail`, where body is the part BODY_PART rendered. `steps` holds the parts
    with tags that plain steps print, `sources` those that need Jinja: headers, footers, notes and properties besides the
    body; `static` every other part, in package order (`order` names all of them). `marked` says that what is printed
    holds marks to be settled (`marks`); `reasons` names the constructs for which docxtpl repairs the tables of every
    form, `beyond` what plain steps do not say in `sources`.
    `doubtful` is what the form pack has and the template does not print, `notes` what of the template is left out.
    """

    label: str
    head: str
    tail: str
    section: str
    steps: Mapping[str, Steps]
    sources: Mapping[str, str]
    static: Mapping[str, bytes]
    order: tuple[str, ...]
    merged: tuple[str, ...]
    reasons: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    marked: bool = False
    notes: tuple[str, ...] = ()

    @property
    def filled(self) -> tuple[str, ...]:
        """Return the names of the parts that hold tags."""
        return (*self.steps, *self.sources)


class Filled(NamedTuple):
    """Hold one document's own parts: the body without the last section in UTF-8, and the XML of other parts with tags."""

    body: bytes
    parts: Mapping[str, str]


_TUPLE_FIELDS = ("order", "merged", "reasons", "beyond", "doubtful", "notes")


def compiled_as_json(compiled: Compiled) -> bytes:
    """Write a Compiled template as JSON, without its label."""
    values = compiled._asdict()
    del values["label"]
    values["static"] = {name: _text(content) for name, content in compiled.static.items()}
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def compiled_from_json(data: bytes, label: str) -> Compiled:
    """Read what `compiled_as_json` wrote; `label` is the template's file name."""
    values = json.loads(data)
    values["static"] = {name: b64decode(content) for name, content in values["static"].items()}
    values |= {name: tuple(values[name]) for name in _TUPLE_FIELDS}
    return Compiled(label=label, **values)


def _text(content: bytes) -> str:
    return b64encode(content).decode("ascii")
