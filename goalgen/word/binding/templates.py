"""Read of a compiled template what binding asks: its parts by what they are for, its settings, heads, feet and notes."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Final

from lxml import etree

from goalgen.word.binding.markup import made, parsed, w
from goalgen.word.binding.need import text_of
from goalgen.word.binding.packages import BODY_LINKS, TYPES_PART, ContentTypes, Relation, relations, target_of
from goalgen.word.template.compiled import BODY_PART, Compiled

_HEAD: Final = re.compile(r"<w:(header|footer)Reference\b([^>]*)>")
_TYPE: Final = re.compile(r'\bw:type="(\w+)"')
HEADS: Final = ("header", "footer")
MERGED: Final = (
    *("styles", "numbering", "settings", "theme", "fontTable", "webSettings", "footnotes", "endnotes"),
    *("comments", "commentsExtended", "commentsIds", "commentsExtensible", "glossaryDocument", "people"),
)
"""Relationships of a document that a bundle has one of: their parts are joined, or those of the first template serve."""


class Template:
    """Hold a compiled template on the way into a bundle; `number` counts those of the bundle from 0."""

    def __init__(self, compiled: Compiled, number: int) -> None:
        self.compiled = compiled
        self.number = number
        self.folder = f"t{number + 1}/" if number else ""
        self.mark = f"t{number + 1}" if number else ""
        self.links = relations(compiled.static.get(BODY_LINKS))
        self.types = ContentTypes(compiled.static[TYPES_PART])
        self.text = text_of(compiled, BODY_PART) + compiled.section

    def part(self, kind: str) -> str:
        """Return the name of the part that a relationship of a kind leads to; "" for none."""
        found = (target_of(BODY_PART, link) for link in self.links if link.kind == kind and not link.external)
        return next(found, "")

    def content(self, name: str) -> bytes:
        """Return a part as the template has it, tags and all; empty for none."""
        if name in self.compiled.filled:
            return text_of(self.compiled, name).encode()
        return self.compiled.static.get(name, b"")

    def tree(self, kind: str) -> etree._Element | None:
        """Return the part that a relationship of a kind leads to; None where there is none."""
        content = self.content(self.part(kind))
        return parsed(content) if content else None

    @cached_property
    def settings(self) -> etree._Element | None:
        """Return its settings."""
        return self.tree("settings")

    @cached_property
    def styles(self) -> etree._Element:
        """Return its styles."""
        found = self.tree("styles")
        return made("styles") if found is None else found

    @cached_property
    def root(self) -> etree._Element:
        """Return the root of its document, without what stands in it."""
        return parsed(f"{self.compiled.head}{self.compiled.tail}".encode())

    @property
    def heads(self) -> dict[str, str]:
        """Return its headers and footers: the parts by relationship."""
        return {link.id: target_of(BODY_PART, link) for link in self.links if link.kind in HEADS}

    def head_kinds(self) -> set[tuple[str, str]]:
        """Return what some section of it has at head and foot: (header, default), (footer, first), …"""
        found = set()
        for part, said in _HEAD.findall(self.text):
            kind = _TYPE.search(said)
            found.add((part, kind.group(1) if kind else "default"))
        return found

    def set_to(self, name: str) -> bool:
        """Say whether a setting is on."""
        found = self.settings.find(w(name)) if self.settings is not None else None
        return found is not None and found.get(w("val"), "1") not in ("0", "false", "off")

    def refers(self, kind: str) -> bool:
        """Say whether its body refers to notes of a kind or to comments."""
        return f"<w:{kind}Reference" in self.text

    def own_link(self, identity: str) -> str:
        """Return what one of its relationships is called in the bundle."""
        return f"{self.mark}{identity}" if identity else ""

    def other_links(self) -> list[Relation]:
        """Return the relationships whose parts the bundle takes as they are."""
        return [link for link in self.links if link.kind not in MERGED]
