"""Name the elements of Word's XML, read and write them, and put an element where the schema wants it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from lxml import etree

W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC: Final = "http://schemas.openxmlformats.org/markup-compatibility/2006"
WP: Final = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A: Final = "http://schemas.openxmlformats.org/drawingml/2006/main"
VML: Final = "urn:schemas-microsoft-com:vml"
OFFICE: Final = "urn:schemas-microsoft-com:office:office"
W14: Final = "http://schemas.microsoft.com/office/word/2010/wordml"
W15: Final = "http://schemas.microsoft.com/office/word/2012/wordml"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
DECLARATION: Final = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>\n"


def in_order(names: str) -> tuple[str, ...]:
    """Return names that stand in a text, in order."""
    return tuple(names.split())


PARAGRAPH_ORDER: Final = in_order(
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens "
    "kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind "
    "contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle "
    "rPr sectPr pPrChange"
)
SECTION_ORDER: Final = in_order(
    "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt "
    "vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange"
)
"""The order of the children of w:pPr and w:sectPr."""

_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def w(name: str) -> str:
    """Return the full name of an element or attribute of WordprocessingML."""
    return f"{{{W}}}{name}"


def parsed(xml: bytes) -> etree._Element:
    """Read a part."""
    return etree.fromstring(xml, _PARSER)


def written(root: etree._Element) -> bytes:
    """Write a part."""
    return DECLARATION + etree.tostring(root, encoding="UTF-8")


def local(element: etree._Element) -> str:
    """Return the name of an element without its namespace; "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def val(parent: etree._Element | None, name: str) -> str:
    """Return the w:val of a child element; "" where there is none."""
    child = parent.find(w(name)) if parent is not None else None
    return child.get(w("val"), "") if child is not None else ""


def made(name: str, /, values: Mapping[str, str] | None = None, **more: str) -> etree._Element:
    """Make an element of WordprocessingML with these attributes of its own namespace."""
    element = etree.Element(w(name), nsmap={"w": W})
    for key, value in {**(values or {}), **more}.items():
        element.set(w(key), value)
    return element


def put(parent: etree._Element, child: etree._Element, order: Sequence[str]) -> etree._Element:
    """Put a child where the order of its parent's children wants it, in place of one of its name."""
    name = local(child)
    for old in parent.findall(child.tag):
        parent.remove(old)
    rank = order.index(name)
    later = (n for n, other in enumerate(parent) if local(other) in order and order.index(local(other)) > rank)
    parent.insert(next(later, len(parent)), child)
    return child


def properties(parent: etree._Element, name: str) -> etree._Element:
    """Return the properties of a paragraph or run, its first child, made where it has none."""
    found = parent.find(w(name))
    if found is None:
        found = made(name)
        parent.insert(0, found)
    return found


def bare(elements: Iterable[etree._Element], known: Mapping[str | None, str]) -> bytes:
    """Write elements for a part whose root declares the namespaces `known`, by prefix: those are not declared again."""
    spare = [f' xmlns:{prefix}="{uri}"'.encode() for prefix, uri in known.items() if prefix]
    return b"".join(_without(etree.tostring(element, encoding="UTF-8", with_tail=False), spare) for element in elements)


def _without(xml: bytes, declarations: Iterable[bytes]) -> bytes:
    end = xml.index(b">")
    opening = xml[:end]
    for declaration in declarations:
        opening = opening.replace(declaration, b"", 1)
    return opening + xml[end:]


def namespaces(roots: Iterable[etree._Element]) -> dict[str | None, str]:
    """Return the namespaces of some roots by prefix; of two with one prefix the first counts."""
    found: dict[str | None, str] = {}
    for root in roots:
        found = {**root.nsmap, **found}
    return found


def opening_tag(roots: Sequence[etree._Element]) -> bytes:
    """Write the opening tag of a root that holds what stood under several: the name of the first, the namespaces of all."""
    first = roots[0]
    names = namespaces(roots)
    prefix = {uri: name for name, uri in names.items() if name}
    ignorable = dict.fromkeys(
        name
        for root in roots
        for name in root.get(f"{{{MC}}}Ignorable", "").split()
        if root.nsmap.get(name) == names.get(name)
    )
    declared = "".join(f' xmlns:{name}="{uri}"' for name, uri in names.items() if name)
    said = f' {prefix[MC]}:Ignorable="{" ".join(ignorable)}"' if ignorable else ""
    return DECLARATION + f"<{first.prefix}:{local(first)}{declared}{said}>".encode()


def attributes(roots: Iterable[etree._Element]) -> Iterator[tuple[etree._Element, str, str]]:
    """Go through all attributes of trees: element, name, value."""
    for root in roots:
        for element in root.iter("*"):
            for name, value in element.attrib.items():
                yield element, str(name), str(value)


_DIGITS: Final = re.compile(r"\d+")


def parent_of(element: etree._Element) -> etree._Element:
    """Return what an element stands in; it is not the root."""
    parent = element.getparent()
    assert parent is not None, "only a root has no parent"
    return parent


def drop(element: etree._Element) -> None:
    """Take an element away."""
    parent_of(element).remove(element)


def taken(element: etree._Element, name: str) -> str:
    """Take an attribute away and return it; "" where there is none."""
    return str(element.attrib.pop(name, ""))


def number_in(text: str) -> int:
    """Return the first whole number in a text; 0 for none."""
    found = _DIGITS.search(text)
    return int(found.group()) if found else 0
