"""Give what may stand only once in a document numbers and names that no other form of a bundle has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from lxml import etree

from goalgen.errors import Place, Problem
from goalgen.word.binding.markup import OFFICE, VML, W14, WP, attributes, taken, w

STEP: Final = 20_000
"""How many numbers a form has for itself: 107,000 forms have room below 2³¹, which is as far as Word counts."""
MAX_NAME: Final = 40
"""The longest name of a bookmark that Word keeps."""
_STARTS: Final = {
    w(f"{name}Start"): name
    for name in (
        *("bookmark", "moveFromRange", "moveToRange", "customXmlInsRange", "customXmlDelRange"),
        *("customXmlMoveFromRange", "customXmlMoveToRange"),
    )
} | {w("permStart"): "perm"}
_ENDS: Final = {
    w(f"{name}End"): name
    for name in (
        *("bookmark", "moveFromRange", "moveToRange", "customXmlInsRange", "customXmlDelRange"),
        *("customXmlMoveFromRange", "customXmlMoveToRange"),
    )
} | {w("permEnd"): "perm"}
_SINGLE: Final = frozenset(
    w(name)
    for name in (
        *(
            "ins",
            "del",
            "moveFrom",
            "moveTo",
            "cellIns",
            "cellDel",
            "cellMerge",
            "rPrChange",
            "pPrChange",
            "sectPrChange",
        ),
        *("tblPrChange", "tblGridChange", "tblPrExChange", "tcPrChange", "trPrChange", "numberingChange"),
    )
)
_NAMED: Final = frozenset({w("moveFromRangeStart"), w("moveToRangeStart")})

_SHAPE_ID: Final = f"{{{OFFICE}}}spid"
_DRAWING: Final = f"{{{WP}}}docPr"
_NUMBERED: Final = (*_STARTS, *_ENDS, *_SINGLE, w("sdtPr"), _DRAWING)


class Identities:
    """Give out the numbers and names of one form; `number` is its place in the bundle, 0 what all forms share."""

    def __init__(self, number: int, label: str = "") -> None:
        self.number = number
        self._label = label
        self._used = 0
        self.bookmarks: dict[str, str] = {}
        self._given: set[str] = set()

    def new(self) -> int:
        """Return the next number. Raises GoalgenError (D06) when there are too many for one form."""
        self._used += 1
        if self._used >= STEP:
            message = f"模板填不下去：一张表里的书签、控件、修订超过 {STEP} 处"
            raise Problem("D06", message, Place(self._label), "减少循环里的书签和内容控件").error()
        return self.number * STEP + self._used

    def named(self, name: str) -> str:
        """Return a name no longer than a bookmark's may be, that no other form has and this one has not given yet."""
        copy = 1
        while True:
            ending = f"_{self.number}" if copy == 1 else f"_{copy}_{self.number}"
            found = name[: MAX_NAME - len(ending)] + ending
            if found.lower() not in self._given:
                self._given.add(found.lower())
                return found
            copy += 1

    def take_names(self, roots: Iterable[etree._Element]) -> None:
        """Rename the bookmarks of trees; `bookmarks` then says, by the small letters of the old name, the new one."""
        for root in roots:
            for start in root.iter(w("bookmarkStart")):
                name = start.get(w("name"), "")
                own = self.named(name)
                self.bookmarks.setdefault(name.lower(), own)
                start.set(w("name"), own)

    def bookmark(self, name: str) -> str:
        """Return what a bookmark is called in the bundle; the name itself where this form has no such bookmark."""
        return self.bookmarks.get(name.lower(), name)


def give_numbers(roots: Sequence[etree._Element], own: Identities) -> None:
    """Number anew what trees hold: bookmarks, permissions, moves, tracked changes, content controls, drawings."""
    for root in roots:
        running: dict[tuple[str, str], str] = {}
        for element in root.iter(*_NUMBERED):
            _number(element, running, own)
    _number_shapes(roots, own)


def _number(element: etree._Element, running: dict[tuple[str, str], str], own: Identities) -> None:
    tag = str(element.tag)
    if tag in _STARTS:
        new = str(own.new())
        running[_STARTS[tag], element.get(w("id"), "")] = new
        element.set(w("id"), new)
        if tag in _NAMED:
            element.set(w("name"), f"{element.get(w('name'), '')[:30]}_{own.number}")
    elif tag in _ENDS:
        new = running.get((_ENDS[tag], element.get(w("id"), ""))) or str(own.new())
        element.set(w("id"), new)
    elif tag in _SINGLE:
        element.set(w("id"), str(own.new()))
    elif tag == w("sdtPr"):
        for control in element.iterchildren(w("id")):
            control.set(w("val"), str(own.new()))
    else:
        element.set("id", str(own.new()))


def _number_shapes(roots: Sequence[etree._Element], own: Identities) -> None:
    """Number the shapes of VML, and what refers to them; their types are the same in all forms."""
    ids: dict[str, str] = {}
    for shape in (shape for root in roots for shape in root.iter(f"{{{VML}}}*")):
        name = shape.get("id")
        if name is not None and shape.tag != f"{{{VML}}}shapetype":
            ids[name] = f"_x0000_s{own.new()}" if name.startswith("_x0000_") else own.named(name)
            shape.set("id", ids[name])
        if shape.get(_SHAPE_ID) is not None:
            shape.set(_SHAPE_ID, f"_x0000_s{own.new()}")
    for element, name, value in attributes(roots if ids else ()):
        if name in ("ShapeID", w("shapeid"), "idref", "style"):
            element.set(name, _referring(value, ids))


def _referring(value: str, ids: dict[str, str]) -> str:
    """Replace the id of a shape where an attribute is one, or ends with `#` and one."""
    head, sign, name = value.rpartition("#")
    return f"{head}{sign}{ids[name]}" if name in ids else value


def drop_paragraph_ids(root: etree._Element) -> None:
    """Take away Word's own ids of paragraphs, which may stand only once and which Word gives anew."""
    for element in root.iter(w("p"), w("tr")):
        for name in ("paraId", "textId"):
            taken(element, f"{{{W14}}}{name}")
