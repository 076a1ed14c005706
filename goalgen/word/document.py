"""Make whole documents of filled parts: one form as a .docx, and what a bundle takes of it."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from goalgen.word.sections import last_paragraph, own_ids
from goalgen.word.template.compiled import BODY_PART, FOOTNOTES_PART, PROPERTIES_PART, Compiled, Filled
from goalgen.word.zip_writing import Packed, Piece, deflated, join, pack

RELATIONSHIPS_PART: Final = "word/_rels/document.xml.rels"
CONTENT_TYPES_PART: Final = "[Content_Types].xml"


class Link(NamedTuple):
    """Say how the document refers to a part: its relationship, as XML and id, and its content type, as XML."""

    relationship: str
    id: str
    type: str


class Body(NamedTuple):
    """Hold a body in two: all before its last paragraph, deflated; and that paragraph, in which a section may end."""

    main: Piece
    closing: bytes


class Leaf(NamedTuple):
    """Hold one form ready to stand alone and in a bundle; where its ids may be the same there, so is the body."""

    number: int
    alone: Body
    bound: Body
    parts: Mapping[str, str]


class Assembler:
    """Make documents of the filled parts of one template; the parts that never change are deflated once."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.links = _links(compiled)
        self.opening = deflated(compiled.head.encode())
        self._static = {name: pack(name, content) for name, content in compiled.static.items()}
        self._ending = f"{compiled.section}{compiled.tail}".encode()

    def leaf(self, filled: Filled, number: int = 1) -> Leaf:
        """Make a filled form ready; `number` (from 1) is its place in the bundle."""
        alone = _body(filled.body)
        numbered = self.compiled.numbered and number > 1
        bound = _body(own_ids(filled.body.decode(), number).encode()) if numbered else alone
        return Leaf(number, alone, bound, filled.parts)

    def form(self, leaf: Leaf) -> bytes:
        """Return one form as the bytes of a .docx."""
        main, closing = leaf.alone
        body = Packed(BODY_PART, (self.opening, main, deflated(closing + self._ending, last=True)))
        return join(body if name == BODY_PART else self.part(name, leaf.parts) for name in self.compiled.order)

    def part(self, name: str, texts: Mapping[str, str]) -> Packed:
        """Return a part by name: with its own text where there is one, else as the template has it."""
        return pack(name, texts[name].encode()) if name in texts else self._static[name]


def _body(body: bytes) -> Body:
    at = last_paragraph(body)
    return Body(deflated(body[:at]), body[at:])


def _links(compiled: Compiled) -> dict[str, Link]:
    """Return the links of the headers and footers that hold tags, by part name."""
    names = [name for name in compiled.filled if name not in (BODY_PART, PROPERTIES_PART, FOOTNOTES_PART)]
    if not names:
        return {}
    types = re.findall(r"<Override [^>]*>", compiled.static[CONTENT_TYPES_PART].decode("utf-8"))
    relationships = re.findall(r"<Relationship [^>]*>", compiled.static[RELATIONSHIPS_PART].decode("utf-8"))
    links = {}
    for name in names:
        file = name.rpartition("/")[2]
        relationship = next(x for x in relationships if re.search(rf'Target="[^"]*\b{re.escape(file)}"', x))
        identity = re.search(r'\bId="([^"]*)"', relationship)
        content_type = next(x for x in types if f'PartName="/{name}"' in x)
        links[name] = Link(relationship, identity.group(1) if identity else "", content_type)
    return links
