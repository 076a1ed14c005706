"""Settle in a filled part what only the data decides: elements that stand once, cells and tables left empty, columns.

The source of a template holds marks (noncharacters, which no document holds) where such a thing may happen; a template
without marks is never looked at.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

ONCE, ONCE_TEXT, NUMBER, PARAGRAPH, OPEN, CLOSE = "\ufdd6\ufdd7\ufdd8\ufdd9\ufdda\ufddb"
"""`ONCE n ONCE_TEXT element ONCE`; NUMBER in an id; PARAGRAPH at the end of a cell; `OPEN kind … CLOSE` round a table or row."""
ROW, TABLE, COLUMNS = "rtc"
"""What is between OPEN and CLOSE: a row that may lose its cells, a table its rows, a table that may change its columns."""
FIRST_NUMBER: Final = 1001
"""The id of the first drawing, as docxtpl counts."""

_MARKS: Final = re.compile(f"[{ONCE}-{CLOSE}]")
_ONCE: Final = re.compile(f"{ONCE}(\\d+){ONCE_TEXT}([^{ONCE}]*){ONCE}")
_INNERMOST: Final = re.compile(f"{OPEN}([{ROW}{TABLE}{COLUMNS}])([^{OPEN}{CLOSE}]*){CLOSE}")
_HALF: Final = re.compile(f"{OPEN}[{ROW}{TABLE}{COLUMNS}]|{CLOSE}")
"""A mark whose other half a condition left out."""
_PARTS: Final = {ROW: "<w:tc", TABLE: "<w:tr", COLUMNS: "<w:tr"}
_ENDED: Final = re.compile(r"(?:</w:p>|<w:p(?: [^<>]*)?/>|</w:sdt>|</w:customXml>)\Z")
_LAST_TAG: Final = 400
"""How many characters before a mark are looked at: the last tag of a cell is shorter."""


def has_marks(source: str) -> bool:
    """Say whether a source holds marks."""
    return bool(_MARKS.search(source))


def without_marks(xml: str) -> str:
    """Return XML with its marks taken out and nothing settled."""
    return _MARKS.sub("", re.sub(f"{OPEN}.|{ONCE}\\d+{ONCE_TEXT}", "", xml))


def settled(xml: str, columns: Callable[[str], str]) -> str:
    """Return the XML of a filled part without marks; `columns` repairs a table whose number of cells changed."""
    seen: set[str] = set()

    def once(match: re.Match[str]) -> str:
        if match.group(1) in seen:
            return ""
        seen.add(match.group(1))
        return match.group(2)

    def inside(match: re.Match[str]) -> str:
        kind, text = match.groups()
        if _PARTS[kind] not in text:
            return ""
        return columns(text) if kind == COLUMNS else text

    xml = _ONCE.sub(once, xml)
    changed = 1 if OPEN in xml else 0
    while changed:
        xml, changed = _INNERMOST.subn(inside, xml)
    return _numbered(_with_paragraphs(_HALF.sub("", xml)))


def _with_paragraphs(xml: str) -> str:
    pieces = xml.split(PARAGRAPH)
    ended = [piece if _ENDED.search(piece[-_LAST_TAG:]) else f"{piece}<w:p/>" for piece in pieces[:-1]]
    return "".join([*ended, pieces[-1]])


def _numbered(xml: str) -> str:
    pieces = xml.split(NUMBER)
    texts = [pieces[0]]
    for number, piece in enumerate(pieces[1:], FIRST_NUMBER):
        texts += [str(number), piece]
    return "".join(texts)
