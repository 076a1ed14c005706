"""Read and write how the parts of a package refer to each other, and move the parts of one package into another."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple
from xml.sax.saxutils import quoteattr

from goalgen.word.binding.markup import DECLARATION, parsed

TYPES_PART: Final = "[Content_Types].xml"
BODY_LINKS: Final = "word/_rels/document.xml.rels"
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_LINKS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE_LINK: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."


class Relation(NamedTuple):
    """Hold one relationship: its id, type, target as written, and whether the target lies outside the package."""

    id: str
    type: str
    target: str
    external: bool = False

    @property
    def kind(self) -> str:
        """Return the last word of the type: header, image, …"""
        return self.type.rpartition("/")[2]

    def xml(self) -> str:
        """Write it as an element."""
        mode = ' TargetMode="External"' if self.external else ""
        return (
            f"<Relationship Id={quoteattr(self.id)} Type={quoteattr(self.type)} Target={quoteattr(self.target)}{mode}/>"
        )


def relations(xml: bytes | None) -> list[Relation]:
    """Read a .rels part; none where there is no such part."""
    root = parsed(xml) if xml is not None else ()
    return [
        Relation(one.get("Id", ""), one.get("Type", ""), one.get("Target", ""), one.get("TargetMode") == "External")
        for one in root
    ]


def links_of(part: str) -> str:
    """Name the .rels part of a part."""
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"


def target_of(part: str, relation: Relation) -> str:
    """Return the name of the part that a relationship of a part leads to."""
    if relation.target.startswith("/"):
        return relation.target[1:]
    return posixpath.normpath(posixpath.join(posixpath.dirname(part), relation.target))


def from_document(part: str) -> str:
    """Write a part's name as a target from word/document.xml."""
    return part.removeprefix("word/") if part.startswith("word/") else f"../{part}"


class ContentTypes:
    """Know the content types of a package's parts."""

    def __init__(self, xml: bytes) -> None:
        self._endings: dict[str, str] = {}
        self._parts: dict[str, str] = {}
        for one in parsed(xml):
            if one.get("PartName") is not None:
                self._parts[one.get("PartName", "").lstrip("/")] = one.get("ContentType", "")
            else:
                self._endings[one.get("Extension", "").lower()] = one.get("ContentType", "")

    def of(self, part: str) -> str:
        """Return the type of a part; "" where nothing says it."""
        return self._parts.get(part) or self._endings.get(part.rpartition(".")[2].lower(), "")

    def set(self, part: str, kind: str) -> None:
        """Give a part a type."""
        if self.of(part) != kind:
            self._parts[part] = kind

    def drop(self, part: str) -> None:
        """Forget a part."""
        self._parts.pop(part, None)

    def opening(self) -> bytes:
        """Write all but the closing tag."""
        endings = (f'<Default Extension="{key}" ContentType="{kind}"/>' for key, kind in self._endings.items())
        parts = (override(part, kind) for part, kind in self._parts.items())
        return DECLARATION + f'<Types xmlns="{_TYPES}">{"".join(endings)}{"".join(parts)}'.encode()


def override(part: str, kind: str) -> str:
    """Write the content type of one part."""
    return f"<Override PartName={quoteattr('/' + part)} ContentType={quoteattr(kind)}/>"


def links_opening(found: Iterable[Relation]) -> bytes:
    """Write a .rels part, all but the closing tag."""
    return DECLARATION + f'<Relationships xmlns="{_LINKS}">{"".join(one.xml() for one in found)}'.encode()


def links_part(found: Iterable[Relation]) -> bytes:
    """Write a .rels part."""
    return links_opening(found) + b"</Relationships>"


def moved(parts: Mapping[str, bytes], names: Iterable[str], folder: str) -> dict[str, bytes]:
    """Return parts, and all they lead to, under a folder of their own, in which they lie to each other as before."""
    found: dict[str, bytes] = {}
    waiting = list(names)
    while waiting:
        name = waiting.pop()
        own = f"{folder}{name}"
        if own in found or name not in parts:
            continue
        found[own] = parts[name]
        if links_of(name) in parts:
            waiting += [target_of(name, one) for one in relations(parts[links_of(name)]) if not one.external]
            found[links_of(own)] = links_part(moved_links(parts, name, folder))
    return found


def moved_links(parts: Mapping[str, bytes], name: str, folder: str) -> list[Relation]:
    """Return the relationships of a part as they are where all it leads to lies under a folder."""
    return [
        one._replace(target=f"/{folder}{one.target[1:]}") if one.target.startswith("/") and not one.external else one
        for one in relations(parts.get(links_of(name)))
    ]
