"""Know the XML of Word as templates need it: texts, cells, what a loop may not repeat; and change trees, losing no text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast

from lxml import etree

from goalgen.word.template.opening import W

LEAVES: Final = (f"{W}t", f"{W}instrText", "{http://schemas.openxmlformats.org/officeDocument/2006/math}t")
"""The elements that hold text."""
SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
RANGES: Final = tuple(
    f"{W}{name}"
    for name in (
        *("bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "commentRangeStart", "commentRangeEnd"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    )
)
"""The ends of ranges, which may stand between any elements."""
THINGS: Final = {
    f"{W}drawing": "图片或图形",
    f"{W}pict": "图片或图形",
    f"{W}object": "嵌入的对象",
    f"{W}footnoteReference": "脚注",
    f"{W}endnoteReference": "尾注",
    f"{W}sectPr": "分节符",
}
"""What a paragraph holds besides text, by its name."""
_CELL_PROPERTIES: Final = (
    *("cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection"),
    *("tcFitText", "vAlign", "hideMark", "cellIns", "cellDel", "cellMerge", "tcPrChange"),
)
"""What a cell's properties hold, in the order of the schema; docxtpl puts its own first or last, which Word may refuse."""


def local(element: etree._Element | None) -> str:
    """Return the name of an element without its namespace; "" for none, and for what is no element."""
    tag = None if element is None else element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def around(element: etree._Element, name: str) -> etree._Element | None:
    """Return the nearest element of Word's with a name round an element."""
    return next(element.iterancestors(f"{W}{name}"), None)


def remove(element: etree._Element) -> None:
    """Remove an element; a text after it stays."""
    parent = parent_of(element)
    if element.tail:
        before = element.getprevious()
        if before is None:
            parent.text = (parent.text or "") + element.tail
        else:
            before.tail = (before.tail or "") + element.tail
    parent.remove(element)


def parent_of(element: etree._Element) -> etree._Element:
    """Return the parent of an element that has one."""
    return cast(etree._Element, element.getparent())


def remove_run_if_empty(run: etree._Element) -> None:
    """Remove a run that holds nothing but its properties."""
    if all(child.tag in (f"{W}rPr", f"{W}lastRenderedPageBreak") for child in run):
        remove(run)


def written(element: etree._Element | None) -> bytes:
    """Return an element in canonical form, b"" for none: to compare properties."""
    return b"" if element is None else etree.tostring(element, method="c14n", with_tail=False)


def cell_properties(cell: etree._Element) -> etree._Element:
    """Return the properties of a cell, which are added where there are none."""
    found = cell.find(f"{W}tcPr")
    if found is None:
        found = etree.Element(f"{W}tcPr")
        cell.insert(0, found)
    return found


def put(properties: etree._Element, name: str, **values: str) -> None:
    """Put a property with these attributes into a cell's, in the schema's order and in the place of one of its name."""
    for old in properties.findall(f"{W}{name}"):
        properties.remove(old)
    rank = _CELL_PROPERTIES.index(name)
    before = [n for n, child in enumerate(properties, 1) if local(child) in _CELL_PROPERTIES[:rank]]
    new = etree.Element(f"{W}{name}", {f"{W}{key}": value for key, value in values.items()})
    properties.insert(max(before, default=0), new)


def beside(leaf: etree._Element, before: bool) -> Iterator[etree._Element]:
    """Yield what stands before or after a text in its run and in the runs beside it, nearest first."""
    yield from leaf.itersiblings(preceding=before)
    for other in parent_of(leaf).itersiblings(preceding=before):
        if other.tag != f"{W}r":
            return
        yield from reversed(other) if before else other
