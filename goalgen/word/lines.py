"""Read a Word document as lines of cells in reading order: paragraphs, table rows, rows of tables inside cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, NamedTuple

from lxml import etree

from goalgen.word.table_markup import continues_above, number_at
from goalgen.word.zip_reading import PackageError, unpack

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DROPPED: Final = {
    *(f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "footnoteReference")),
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
}
_BREAKS: Final = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": "\t", f"{_W}noBreakHyphen": "-"}
_SYMBOLS: Final = {
    ("Wingdings", 0xFE): "☑",
    ("Wingdings", 0xFC): "✔",
    ("Wingdings", 0xFD): "☒",
    ("Wingdings", 0xFB): "✘",
    ("Wingdings", 0x6E): "■",
    ("Wingdings", 0xA8): "□",
    ("Wingdings", 0x6F): "□",
    ("Wingdings 2", 0x52): "☑",
    ("Wingdings 2", 0x50): "✔",
    ("Wingdings 2", 0x54): "☒",
    ("Wingdings 2", 0xA3): "□",
}
"""Tick boxes that Word writes as symbols of a font, by the font and the code in it."""

_NO_LINE: Final = ("nil", "none")


class Cell(NamedTuple):
    """Hold a cell: its text, the grid columns it covers (`end` excluded), whether it goes on with the cell above it.

    It does where it is merged with that cell, or is empty and neither draws the line between them.
    """

    text: str
    start: int
    end: int
    continued: bool = False


class Line(NamedTuple):
    """Hold a table row, or a paragraph outside tables as one cell; `where` says to a person where it stands."""

    cells: tuple[Cell, ...]
    where: str
    table: bool


def lines(data: bytes, is_form: Callable[[str], bool]) -> list[Line]:
    """Read the lines of a .docx, top to bottom.

    A cell that holds a table of which `is_form` says so (by its text) gives lines like a page of its own; any other
    table in a cell is text of that cell. Tracked deletions are left out, insertions and content controls are text like any
    other. Raises PackageError when the bytes are no Word document.
    """
    parts = unpack(data)
    if "word/document.xml" not in parts:
        raise PackageError("不是 Word 文档（.docx）")
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        root = etree.fromstring(parts["word/document.xml"], parser)
    except etree.XMLSyntaxError as error:
        raise PackageError("Word 文档的内容坏了") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise PackageError("里面有 DTD 声明")  # an entity left alone would be text lost without a word
    body = root.find(f"{_W}body")
    return list(_Walk(is_form).blocks(body)) if body is not None else []


class _Walk:
    """Go through a body, counting tables and paragraphs."""

    def __init__(self, is_form: Callable[[str], bool]) -> None:
        self.is_form = is_form
        self.tables = 0
        self.paragraphs = 0

    def blocks(self, parent: Any) -> Iterator[Line]:
        for element in _unwrapped(parent):
            if element.tag == f"{_W}tbl":
                yield from self.table(element)
            else:
                self.paragraphs += 1
                text = _text(element).strip()
                if text:
                    yield Line((Cell(text, 0, 1),), f"第{self.paragraphs}段", False)

    def table(self, table: Any) -> Iterator[Line]:
        self.tables += 1
        number = self.tables
        below: set[tuple[int, int]] = set()
        for n, row in enumerate((e for e in _unwrapped(table) if e.tag == f"{_W}tr"), 1):
            cells: list[Cell] = []
            inside: list[Any] = []
            open_below, below = below, set()
            at = number_at(row, "trPr", "gridBefore")
            for cell in (e for e in _unwrapped(row) if e.tag == f"{_W}tc"):
                span = max(number_at(cell, "tcPr", "gridSpan"), 1)
                form = any(self.is_form(_text(element)) for element in _unwrapped(cell) if element.tag == f"{_W}tbl")
                inside += [cell] if form else []
                text = "" if form else _cell_text(cell)
                joined = continues_above(cell) or (not text and (at, at + span) in open_below and _open(cell, "top"))
                cells.append(Cell(text, at, at + span, joined))
                below |= {(at, at + span)} if _open(cell, "bottom") else set()
                at += span
            if not inside or any(cell.text for cell in cells):
                yield Line(tuple(cells), f"第{number}个表, 第{n}行", True)
            for cell in inside:
                yield from self.blocks(cell)


def _unwrapped(parent: Any) -> Iterator[Any]:
    """Yield the children of an element, with content controls, tracked insertions and other wrappers opened."""
    for child in parent:
        if child.tag in _DROPPED or not isinstance(child.tag, str):
            continue
        if child.tag in (f"{_W}tbl", f"{_W}p", f"{_W}tr", f"{_W}tc"):
            if not _deleted(child):
                yield child
        else:
            yield from _unwrapped(child)


def _deleted(element: Any) -> bool:
    """Say whether a table row was deleted with changes being tracked."""
    return element.tag == f"{_W}tr" and element.find(f"{_W}trPr/{_W}del") is not None


def _cell_text(cell: Any) -> str:
    return "\n".join(_text(element) for element in _unwrapped(cell)).strip()


def _text(element: Any) -> str:
    parts: list[str] = []
    _gather(element, parts)
    return re.sub("\r\n?", "\n", "".join(parts)).replace("\u00a0", " ")


def _gather(element: Any, parts: list[str]) -> None:
    for child in element:
        tag = child.tag
        if tag in _DROPPED or not isinstance(tag, str):
            continue
        if tag == f"{_W}t":
            parts.append(child.text or "")
        elif tag in _BREAKS:
            parts.append(_BREAKS[tag])
        elif tag == f"{_W}sym":
            parts.append(_symbol(child))
        else:
            if tag in (f"{_W}p", f"{_W}tr", f"{_W}tc") and parts and parts[-1] != "\n":
                parts.append("\n")
            _gather(child, parts)


def _symbol(element: Any) -> str:
    code = int(element.get(f"{_W}char", "0"), 16) & 0xFF
    return _SYMBOLS.get((element.get(f"{_W}font", ""), code), "�")


def _open(cell: Any, side: str) -> bool:
    """Say whether a cell itself says that it has no line on a side."""
    line = cell.find(f"{_W}tcPr/{_W}tcBorders/{_W}{side}")
    return line is not None and line.get(f"{_W}val") in _NO_LINE


def text_lines(text: str) -> list[Line]:
    """Read the lines of what a text extractor makes of a form: a tab starts a cell, a blank line ends a row.

    A line that begins with text and follows no open row is a paragraph, or with tabs in it a row of its own.
    """
    found: list[Line] = []
    cells: list[str] = []
    begun = rows = 0

    def end() -> None:
        nonlocal rows
        if cells:
            rows += 1
            row = tuple(Cell(cell.strip(), n, n + 1) for n, cell in enumerate(cells))
            found.append(Line(row, f"第{begun}行", True))
            cells.clear()

    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        if not line.strip(" \r"):
            end()
        elif cells or line.startswith("\t"):
            begun = begun if cells else number
            first, *more = line.split("\t")
            if cells:
                cells[-1] += f"\n{first}" if first.strip() else ""
            cells += more
        else:
            row = tuple(Cell(cell.strip(), n, n + 1) for n, cell in enumerate(line.split("\t")))
            found.append(Line(row, f"第{number}行", len(row) > 1))
    end()
    return found
