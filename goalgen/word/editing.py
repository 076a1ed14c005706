"""Read a Word file as tables of cells and paragraphs that can be written in: spans, merges, texts by character."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from lxml import etree

from goalgen.word.table_markup import continues_above, number_at
from goalgen.word.zip_reading import PackageError, ordered, unpack

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"
_BODY: Final = "word/document.xml"
_DROPPED: Final = {
    *(f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "tbl")),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_BREAKS: Final = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t"}
_BOX: Final = "□"
LINE: Final = "_"
"""Stands in a text for a blank that is underlined: a line to write on."""


class Character(NamedTuple):
    """Say where a character of a text stands: in which element, and how far in its text (-1: it is the element)."""

    element: Any
    offset: int


@dataclass(eq=False)
class Spot:
    """Is a place with a text: a cell, or a paragraph outside of tables; `paragraphs` hold it.

    In `text` a line feed parts paragraphs, and blanks that are underlined are LINE.
    """

    paragraphs: Sequence[Any]
    text: str = ""
    characters: list[Character | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        found: list[str] = []
        for n, paragraph in enumerate(self.paragraphs):
            if n:
                found.append("\n")
                self.characters.append(None)
            for sign, character in _signs(paragraph, False):
                found.append(sign)
                self.characters.append(character)
        self.text = "".join(found)

    def replace(self, start: int, end: int, text: str) -> None:
        """Put a text in the place of some characters; do it from the end of a spot to its beginning."""
        taken = [character for character in self.characters[start:end] if character]
        at = taken[0] if taken else None
        home = at or next((one for one in reversed(self.characters[:start]) if one), None)
        if home is None:
            _append(self.paragraphs[0], text)
            return
        _insert(home, home.offset if at else home.offset + 1, text)
        for character in reversed(taken):
            _remove(character, len(text) if character.element is home.element and at else 0)

    def put(self, text: str) -> None:
        """Put a text in the place of all there is, in the look of its first run."""
        first, *others = self.paragraphs
        for paragraph in others:
            paragraph.getparent().remove(paragraph)
        runs = list(first.iter(f"{_W}r"))
        for run in runs[1:]:
            run.getparent().remove(run)
        for run in runs[:1]:
            for child in [one for one in run if one.tag != f"{_W}rPr"]:
                run.remove(child)
        _append(first, text)


@dataclass(eq=False)
class Cell(Spot):
    """Is a cell of a table: its place in the row (from 0), the grid columns it covers (`end` excluded).

    `above` is the cell that it continues when cells are merged downwards, `rows` how many rows it covers itself.
    """

    element: Any = None
    number: int = 0
    start: int = 0
    end: int = 0
    above: Cell | None = None
    rows: int = 1
    holds_table: bool = False

    @property
    def origin(self) -> Cell:
        """Return the cell whose text a person sees here."""
        return self.above or self

    def unmerge(self) -> None:
        """Take off that it merges downwards."""
        for merge in list(self.element.iter(f"{_W}vMerge")):
            merge.getparent().remove(merge)


@dataclass(eq=False)
class Row:
    """Is a row of a table."""

    element: Any
    cells: list[Cell]

    def at(self, start: int) -> Cell | None:
        """Return the cell that covers a grid column."""
        return next((cell for cell in self.cells if cell.start <= start < cell.end), None)


@dataclass(eq=False)
class Table:
    """Is a table: its number in the document (from 1) and its rows."""

    number: int
    rows: list[Row]

    @property
    def width(self) -> int:
        """Return how many grid columns it has."""
        return max((row.cells[-1].end for row in self.rows if row.cells), default=0)

    def loop(self, row: Row, opening: str, closing: str) -> None:
        """Put a row with a tag before a row and one after it."""
        row.element.addprevious(_tag_row(opening, self.width))
        row.element.addnext(_tag_row(closing, self.width))


class Draft:
    """Hold the document of a .docx: its tables and paragraphs in reading order, and the parts it is saved with.

    Raises PackageError when the bytes are no Word document.
    """

    def __init__(self, data: bytes) -> None:
        self._parts = unpack(data)
        if _BODY not in self._parts:
            raise PackageError("不是 Word 文档（.docx）")
        self._root = _parsed(self._parts[_BODY])
        self._tables = 0
        self.content: list[Spot | Table] = list(self._blocks(self._root.find(f"{_W}body")))

    def _blocks(self, parent: Any) -> Iterator[Spot | Table]:
        for element in _unwrapped(parent):
            if element.tag == f"{_W}tbl":
                self._tables += 1
                table = _table(element, self._tables)
                yield table
                for cell in (cell for row in table.rows for cell in row.cells if cell.holds_table):
                    yield from self._inside(cell.element)
            else:
                yield Spot([element])

    def _inside(self, cell: Any) -> Iterator[Spot | Table]:
        for element in _unwrapped(cell):
            if element.tag == f"{_W}tbl":
                yield from self._blocks([element])

    def edges(self) -> Iterator[str]:
        """Return the texts of headers and footers, which are not read as part of the form."""
        for name, part in self._parts.items():
            if name.startswith(("word/header", "word/footer")):
                yield "".join(str(text) for text in _parsed(part).itertext(f"{_W}t"))

    def grow(self) -> None:
        """Let rows of a fixed height grow with what is filled in."""
        for height in self._root.iter(f"{_W}trHeight"):
            if height.get(f"{_W}hRule") == "exact":
                height.set(f"{_W}hRule", "atLeast")

    def save(self) -> bytes:
        """Return the bytes of the .docx as it is now."""
        body = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
        parts = {**self._parts, _BODY: body}
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in ordered(parts):
                archive.writestr(zipfile.ZipInfo(name), parts[name], zipfile.ZIP_DEFLATED)
        return buffer.getvalue()


def _parsed(part: bytes) -> Any:
    """Return the root of a part. Raises PackageError when it is broken, or declares what only a document type may."""
    try:
        root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except etree.XMLSyntaxError as error:
        raise PackageError("Word 文档的内容坏了") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise PackageError("里面有 DTD 声明")
    return root


def _unwrapped(parent: Any) -> Iterator[Any]:
    """Yield tables, paragraphs, rows and cells among the children, with content controls and other wrappers opened."""
    for child in parent:
        if child.tag in (f"{_W}tbl", f"{_W}p", f"{_W}tr", f"{_W}tc"):
            yield child
        elif isinstance(child.tag, str) and child.tag not in _DROPPED:
            yield from _unwrapped(child)


def _table(element: Any, number: int) -> Table:
    rows: list[Row] = []
    for tr in (one for one in _unwrapped(element) if one.tag == f"{_W}tr"):
        cells: list[Cell] = []
        at = number_at(tr, "trPr", "gridBefore")
        for tc in (one for one in _unwrapped(tr) if one.tag == f"{_W}tc"):
            end = at + max(number_at(tc, "tcPr", "gridSpan"), 1)
            cells.append(_cell(tc, len(cells), at, end, rows[-1] if rows else None))
            at = end
        rows.append(Row(tr, cells))
    return Table(number, rows)


def _cell(tc: Any, number: int, start: int, end: int, before: Row | None) -> Cell:
    inner = list(_unwrapped(tc))
    paragraphs = [one for one in inner if one.tag == f"{_W}p"]
    over = before.at(start) if before and continues_above(tc) else None
    cell = Cell(paragraphs, element=tc, number=number, start=start, end=end, above=over.origin if over else None)
    cell.holds_table = len(paragraphs) < len(inner)
    if cell.above:
        cell.above.rows += 1
    return cell


def _signs(element: Any, lined: bool) -> Iterator[tuple[str, Character]]:
    """Yield the characters below an element; `lined` says that they are underlined."""
    for child in element:
        tag = child.tag
        if tag == f"{_W}t":
            for n, sign in enumerate(child.text or ""):
                yield (LINE if lined and sign.isspace() else sign), Character(child, n)
        elif tag in _BREAKS:
            yield (LINE if lined and tag == f"{_W}tab" else _BREAKS[tag]), Character(child, -1)
        elif tag == f"{_W}sym":
            yield _BOX, Character(child, -1)
        elif isinstance(tag, str) and tag not in _DROPPED:
            yield from _signs(child, lined or (tag == f"{_W}r" and _underlined(child)))


def _underlined(run: Any) -> bool:
    line = run.find(f"{_W}rPr/{_W}u")
    return line is not None and line.get(f"{_W}val") != "none"


def _insert(at: Character, offset: int, text: str) -> None:
    """Put a text in at a character, or after one that is an element of its own."""
    element = at.element
    if at.offset < 0:
        new = etree.Element(f"{_W}t")
        new.text = text
        new.set(_SPACE, "preserve")
        element.addnext(new)
        return
    old = element.text or ""
    element.text = old[:offset] + text + old[offset:]
    element.set(_SPACE, "preserve")


def _remove(character: Character, shift: int) -> None:
    element, offset = character
    if offset < 0:
        element.getparent().remove(element)
        return
    offset += shift
    element.text = element.text[:offset] + element.text[offset + 1 :]


def _append(paragraph: Any, text: str) -> None:
    """Put a text at the end of a paragraph without any, in the look that the paragraph has for it."""
    run = next(paragraph.iter(f"{_W}r"), None)
    if run is None:
        run = etree.SubElement(paragraph, f"{_W}r")
        look = paragraph.find(f"{_W}pPr/{_W}rPr")
        if look is not None:
            run.append(copy.deepcopy(look))
    new = etree.SubElement(run, f"{_W}t")
    new.text = text
    new.set(_SPACE, "preserve")


def _tag_row(tag: str, width: int) -> Any:
    """Make a row that holds a tag alone; docxtpl takes the row away and keeps the tag."""
    row = etree.Element(f"{_W}tr")
    cell = etree.SubElement(row, f"{_W}tc")
    span = etree.SubElement(etree.SubElement(cell, f"{_W}tcPr"), f"{_W}gridSpan")
    span.set(f"{_W}val", str(width))
    _append(etree.SubElement(cell, f"{_W}p"), tag)
    return row
