"""Find the fields of a tree, whether Word keeps them in one element or in many, and rewrite or replace them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import dropwhile, takewhile
from typing import Final

from lxml import etree

from goalgen.word.binding.markup import XML_SPACE, drop, made, parent_of, w

_PARTS: Final = (w("fldChar"), w("instrText"), w("fldSimple"))


class Field:
    """Hold one field: its code, in groups where other fields stand inside the code, and where it begins and ends."""

    def __init__(self, root: etree._Element, begin: etree._Element) -> None:
        self.root = root
        self.begin = begin
        self.groups: list[list[etree._Element]] = [[]]
        self.separated = False
        self.end: etree._Element | None = None

    @property
    def simple(self) -> bool:
        """Say whether it is one element, w:fldSimple."""
        return self.begin.tag == w("fldSimple")

    def code(self) -> str:
        """Return its code; only the beginning where another field stands in it."""
        if self.simple:
            return self.begin.get(w("instr"), "")
        return "".join(piece.text or "" for piece in self.groups[0])

    @property
    def kind(self) -> str:
        """Return the word its code begins with, in capitals."""
        return next(iter(self.code().split()), "").upper()

    def rewrite(self, change: Callable[[str], str]) -> None:
        """Put other code in the place of its code, group by group."""
        if self.simple:
            self.begin.set(w("instr"), change(self.code()))
            return
        for group in filter(None, self.groups):
            old = "".join(piece.text or "" for piece in group)
            new = change(old)
            if new != old:
                for piece in group:
                    piece.text = ""
                group[0].text = new
                group[0].set(XML_SPACE, "preserve")

    def replace(self, text: str) -> None:
        """Put a text in the place of the whole field, in the format of what it printed."""
        if self.simple:
            self._replace_simple(text)
        elif self.end is not None:
            self._replace_pieces(text)

    def _replace_simple(self, text: str) -> None:
        run = made("r")
        first = self.begin.find(f"{w('r')}/{w('rPr')}")
        if first is not None:
            run.append(first)
        run.extend(texts(text))
        run.tail = self.begin.tail
        parent_of(self.begin).replace(self.begin, run)

    def _replace_pieces(self, text: str) -> None:
        inside = list(_between(self.root, self.begin, self.end))
        printed = [piece for piece in inside if piece.tag == w("t")]
        at = printed[0] if printed else self.begin
        run = parent_of(at)
        run[run.index(at) : run.index(at)] = texts(text)
        for piece in inside:
            drop(piece)


def texts(text: str) -> list[etree._Element]:
    """Make the children of a run that print a text, line breaks included."""
    found = []
    for number, line in enumerate(text.split("\n")):
        if number:
            found.append(made("br"))
        found.append(made("t"))
        found[-1].text = line
        found[-1].set(XML_SPACE, "preserve")
    return found


def _between(root: etree._Element, begin: etree._Element, end: etree._Element | None) -> Iterator[etree._Element]:
    """Go through what runs hold from the begin of a field to its end."""
    elements = dropwhile(lambda element: element is not begin, root.iter("*"))
    for element in (*takewhile(lambda element: element is not end, elements), end):
        if element is not None and parent_of(element).tag == w("r") and element.tag != w("rPr"):
            yield element


def fields(roots: Iterable[etree._Element]) -> list[Field]:
    """Return the fields of trees, in the order they begin; what never ends stands there too."""
    return [field for root in roots for field in _fields(root)]


def _fields(root: etree._Element) -> list[Field]:
    found: list[Field] = []
    opened: list[Field] = []
    for element in root.iter(*_PARTS):
        if element.tag == w("fldSimple"):
            found.append(Field(root, element))
        elif element.tag == w("instrText"):
            if opened and not opened[-1].separated:
                opened[-1].groups[-1].append(element)
        else:
            _mark(root, element, opened, found)
    return found


def _mark(root: etree._Element, element: etree._Element, opened: list[Field], found: list[Field]) -> None:
    """Take in a begin, middle or end of a field."""
    kind = element.get(w("fldCharType"))
    if kind == "begin":
        if opened and not opened[-1].separated:
            opened[-1].groups.append([])
        opened.append(Field(root, element))
        found.append(opened[-1])
    elif opened and kind == "separate":
        opened[-1].separated = True
    elif opened and kind == "end":
        opened.pop().end = element
