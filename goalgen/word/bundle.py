"""Bind forms into one document, with the headers, footers, footnotes and properties that each brings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import IO

from goalgen.word.document import CONTENT_TYPES_PART, RELATIONSHIPS_PART, Assembler, Leaf, Link
from goalgen.word.sections import end_section, joined_footnotes, new_page, own_ids
from goalgen.word.template.compiled import BODY_PART, FOOTNOTES_PART, PROPERTIES_PART
from goalgen.word.zip_writing import Archive, Packed, Piece, deflated, pack


class Attachments:
    """Collect the parts with tags of a bundle's forms; `late` names those that are known only when the last form has come.

    Every form keeps headers and footers of its own; its footnotes go into the bundle's one part; the properties are
    those of the first form.
    """

    def __init__(self, assembler: Assembler) -> None:
        self._assembler = assembler
        compiled = assembler.compiled
        lists = {CONTENT_TYPES_PART, RELATIONSHIPS_PART} if assembler.links else set()
        self.late = frozenset(lists | {*compiled.filled} - {BODY_PART})
        self._own: dict[str, Packed] = {}
        self._more: list[Packed] = []
        self._added: list[tuple[Link, int]] = []
        self._footnotes: list[tuple[int, str]] = []

    def section(self, position: int) -> str:
        """Return the closing w:sectPr of the form at a position (from 1) in the bundle, with its own headers and footers."""
        section = self._assembler.compiled.section
        for link in self._assembler.links.values() if position > 1 else ():
            section = section.replace(f'r:id="{link.id}"', f'r:id="{link.id}n{position}"')
        return section

    def take(self, leaf: Leaf, position: int) -> None:
        """Collect what the form at a position (from 1) brings."""
        for name, xml in leaf.parts.items():
            if name == FOOTNOTES_PART:
                self._footnotes.append((leaf.number, xml))
            elif position == 1:
                self._own[name] = pack(name, xml.encode())
            elif name != PROPERTIES_PART:
                self._attach(name, own_ids(xml, leaf.number), position)

    def _attach(self, name: str, xml: str, position: int) -> None:
        own = _numbered(name, position)
        self._more.append(pack(own, xml.encode()))
        self._added.append((self._assembler.links[name], position))
        pictures = self._assembler.compiled.static.get(_rels_of(name))
        if pictures is not None:
            self._more.append(pack(_rels_of(own), pictures))

    def parts(self) -> Iterator[Packed]:
        """Yield the late parts in the template's order, then those that only a bundle has."""
        for name in self._assembler.compiled.order:
            if name in self.late:
                yield self._late(name)
        yield from self._more

    def _late(self, name: str) -> Packed:
        if name == FOOTNOTES_PART:
            return pack(name, joined_footnotes(self._footnotes).encode())
        if name not in (CONTENT_TYPES_PART, RELATIONSHIPS_PART):
            return self._own[name]
        text = self._assembler.compiled.static[name].decode()
        closing = "</Types>" if name == CONTENT_TYPES_PART else "</Relationships>"
        added = "".join(
            _renamed(link.type, position) if name == CONTENT_TYPES_PART else _relationship(link, position)
            for link, position in self._added
        )
        return pack(name, text.replace(closing, f"{added}{closing}").encode())


def _relationship(link: Link, position: int) -> str:
    return _renamed(link.relationship, position).replace(f'Id="{link.id}"', f'Id="{link.id}n{position}"')


def _numbered(name: str, position: int) -> str:
    """Name a part of the form at a position: `word/header1.xml` of the third is `word/header1.n3.xml`."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}.n{position}.{ending}"


def _renamed(element: str, position: int) -> str:
    """Make an element that names a part name the numbered part instead."""
    return re.sub(r'((?:Target|PartName)="[^"]*)\.(\w+")', rf"\g<1>.n{position}.\g<2>", element)


def _rels_of(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels"


class Binder:
    """Write a bundle into a file, form by form, each in a section of its own that starts on a new page.

    `size` is how many bytes of XML its document holds so far.
    """

    def __init__(self, assembler: Assembler, file: IO[bytes]) -> None:
        self.size = 0
        self._assembler = assembler
        self._archive = Archive(file)
        self._attachments = Attachments(assembler)
        self._position = 0
        self._closing = ""
        self._section = ""
        order = assembler.compiled.order
        at = order.index(BODY_PART)
        self._copy(order[:at])
        self._after = order[at + 1 :]
        self._archive.begin(BODY_PART)
        self._write(assembler.opening)

    def add(self, leaf: Leaf) -> None:
        """Add the next form."""
        if self._position:
            self._write(deflated(end_section(self._closing, self._section).encode()))
        self._position += 1
        self._write(leaf.bound.main)
        self._closing = leaf.bound.closing.decode()
        self._section = self._section_of(self._position)
        self._attachments.take(leaf, self._position)

    def close(self) -> None:
        """Write what is left; the file then holds the bundle whole."""
        ending = f"{self._closing}{self._section}{self._assembler.compiled.tail}"
        self._write(deflated(ending.encode(), last=True))
        self._archive.end()
        self._copy(self._after)
        for part in self._attachments.parts():
            self._archive.add(part)
        self._archive.close()

    def _section_of(self, position: int) -> str:
        """Return how the form at a position closes its section: all alike, unless they have headers of their own."""
        if position > 1 and not self._assembler.links:
            return self._section
        return new_page(self._attachments.section(position))

    def _copy(self, names: Iterable[str]) -> None:
        """Write those of these parts of the template that no form changes."""
        for name in names:
            if name not in self._attachments.late:
                self._archive.add(self._assembler.part(name, {}))

    def _write(self, piece: Piece) -> None:
        self.size += piece.size
        self._archive.write(piece)
