"""Filled parts to whole documents: one form as a .docx, and any number of forms as one bundle."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from goalgen.package import Packed, join, pack
from goalgen.sections import end_section, joined_footnotes, new_page, own_ids
from goalgen.template.compiled import BODY, CORE, FOOTNOTES, Compiled, Filled

_RELATIONSHIPS: Final = "word/_rels/document.xml.rels"
_TYPES: Final = "[Content_Types].xml"


class _Link(NamedTuple):
    """How the document refers to a part: its relationship, as XML and id, and its content type, as XML."""

    relationship: str
    id: str
    type: str


class Assembler:
    """Makes documents from the filled parts of one template; the parts that never change are deflated once."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self._static = {name: pack(name, content) for name, content in compiled.static.items()}
        self._links = _links(compiled)

    def form(self, filled: Filled) -> bytes:
        """One form as the bytes of a .docx."""
        return self._document(filled.body, self.compiled.section, filled.parts)

    def bundle(self, forms: Iterable[Filled]) -> bytes:
        """Forms in one .docx, each in a section of its own that starts on a new page."""
        bodies: list[str] = []
        parts: dict[str, str] = {}
        footnotes: list[tuple[int, str]] = []
        section = ""
        for number, filled in enumerate(forms, 1):
            if bodies:
                bodies[-1] = end_section(bodies[-1], section)
            bodies.append(own_ids(filled.body, number))
            section = new_page(self._section(number))
            for name, xml in filled.parts.items():
                if name == FOOTNOTES:
                    footnotes.append((number, xml))
                else:
                    parts.setdefault(name if name == CORE else _numbered(name, number), xml)
        if footnotes:
            parts[FOOTNOTES] = joined_footnotes(footnotes)
        return self._document("".join(bodies), section, {**parts, **self._linking(parts)})

    def _document(self, body: str, section: str, parts: Mapping[str, str]) -> bytes:
        compiled = self.compiled
        texts = {**parts, BODY: f"{compiled.head}{body}{section}{compiled.tail}"}
        names = [*compiled.order, *(name for name in texts if name not in compiled.order)]
        return join(self._packed(name, texts) for name in names)

    def _packed(self, name: str, texts: Mapping[str, str]) -> Packed:
        return pack(name, texts[name].encode("utf-8")) if name in texts else self._static[name]

    def _section(self, number: int) -> str:
        """The closing w:sectPr of a form, with its own headers and footers where they hold its data."""
        section = self.compiled.section
        for link in self._links.values() if number > 1 else ():
            section = section.replace(f'r:id="{link.id}"', f'r:id="{link.id}n{number}"')
        return section

    def _linking(self, parts: Mapping[str, str]) -> dict[str, str]:
        """Content types and relationships that also name the headers and footers only a bundle has."""
        added = [(name, link, n) for link, n, name in self._added(parts)]
        if not added:
            return {}
        static = {name: self.compiled.static[name].decode("utf-8") for name in (_TYPES, _RELATIONSHIPS)}
        types = "".join(_renamed(link.type, n) for _, link, n in added)
        relationships = "".join(
            _renamed(link.relationship, n).replace(f'Id="{link.id}"', f'Id="{link.id}n{n}"') for _, link, n in added
        )
        pictures = {_rels_of(name): self._rels(_base(name)[0]) for name, _, _ in added if self._rels(_base(name)[0])}
        return {
            _TYPES: static[_TYPES].replace("</Types>", f"{types}</Types>"),
            _RELATIONSHIPS: static[_RELATIONSHIPS].replace("</Relationships>", f"{relationships}</Relationships>"),
            **pictures,
        }

    def _added(self, parts: Mapping[str, str]) -> list[tuple[_Link, str, str]]:
        return [
            (self._links[_base(name)[0]], _base(name)[1], name) for name in parts if name not in self.compiled.order
        ]

    def _rels(self, name: str) -> str:
        return self.compiled.static.get(_rels_of(name), b"").decode("utf-8")


def _links(compiled: Compiled) -> dict[str, _Link]:
    """The links of the headers and footers that hold tags, by part name."""
    names = [name for name in compiled.sources if name not in (BODY, CORE, FOOTNOTES)]
    if not names:
        return {}
    types = re.findall(r"<Override [^>]*>", compiled.static[_TYPES].decode("utf-8"))
    relationships = re.findall(r"<Relationship [^>]*>", compiled.static[_RELATIONSHIPS].decode("utf-8"))
    links = {}
    for name in names:
        file = name.rpartition("/")[2]
        relationship = next(x for x in relationships if re.search(rf'Target="[^"]*\b{re.escape(file)}"', x))
        identity = re.search(r'\bId="([^"]*)"', relationship)
        content_type = next(x for x in types if f'PartName="/{name}"' in x)
        links[name] = _Link(relationship, identity.group(1) if identity else "", content_type)
    return links


def _numbered(name: str, number: int) -> str:
    """`word/header1.xml` of the third form: `word/header1.n3.xml`."""
    stem, _, ending = name.rpartition(".")
    return name if number == 1 else f"{stem}.n{number}.{ending}"


def _base(name: str) -> tuple[str, str]:
    """The template's name of a numbered part, and its number."""
    stem, number, ending = name.rsplit(".", 2)
    return f"{stem}.{ending}", number.removeprefix("n")


def _renamed(element: str, number: str) -> str:
    """An element that names a part, naming the numbered part instead."""
    return re.sub(r'((?:Target|PartName)="[^"]*)\.(\w+")', rf"\g<1>.n{number}.\g<2>", element)


def _rels_of(name: str) -> str:
    folder, _, file = name.rpartition("/")
    return f"{folder}/_rels/{file}.rels"
