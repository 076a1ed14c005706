"""A template made ready: Jinja sources of the parts that change, the other parts as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

BODY: Final = "word/document.xml"
CORE: Final = "docProps/core.xml"
FOOTNOTES: Final = "word/footnotes.xml"


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template after everything that can be done once has been done.

    A filled document is `head + body + section + tail`, where body is `sources[BODY]` rendered. `sources` also holds
    the headers, footers, footnotes and properties that contain tags; `static` every other part, in package order
    (`order` names all of them). `reasons` names the constructs that only docxtpl itself renders exactly; `original`
    is the template's own bytes for that case. `problems` are what is wrong with the template as text.
    """

    label: str
    original: bytes
    head: str
    tail: str
    section: str
    sources: Mapping[str, str]
    static: Mapping[str, bytes]
    order: tuple[str, ...]
    merged: tuple[str, ...]
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """One document's own parts: the XML of its body without the last section, and of the other parts with tags."""

    body: str
    parts: Mapping[str, str]
