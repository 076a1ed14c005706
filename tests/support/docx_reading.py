"""What a written .docx says, read with the standard library and not with goalgen's own code.

`forms_in` reads as `compare.py` of the reference does: white space left out, a continued cell of a vertical merge
empty. `texts_in` keeps every character: a line break is a newline, a tab a tab.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any, TypeAlias
from xml.etree import ElementTree

from tests.support import places
from tests.support.validator.faults import faults

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TITLE = "专项资金绩效目标申报表"
BODY = "word/document.xml"
GOLDEN = places.GOLDEN / "rows_2020.json"

Printed: TypeAlias = dict[str, Any]


def golden_rows(file: Path = GOLDEN) -> list[Printed]:
    """The sixteen forms of 2020 as the source prints them: lines before the table, rows, lines after it. Or other forms."""
    forms: list[Printed] = json.loads(file.read_text(encoding="utf-8"))
    return forms


def parts_in(data: bytes) -> dict[str, bytes]:
    """The members of a .docx by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def tree_in(data: bytes, part: str = BODY) -> ElementTree.Element:
    """A part of a .docx as a tree."""
    return ElementTree.fromstring(parts_in(data)[part])


def text_of(element: ElementTree.Element) -> str:
    """The text under an element, line breaks and tabs included."""
    pieces = {f"{W}br": "\n", f"{W}tab": "\t"}
    inside = (node for node in element.iter() if node.tag in (f"{W}t", *pieces))
    # w:tab is also a tab stop in w:tabs; only those of runs print one
    stops = {stop for tabs in element.iter(f"{W}tabs") for stop in tabs}
    return "".join(pieces.get(node.tag, node.text or "") for node in inside if node not in stops)


def texts_in(data: bytes, part: str = BODY) -> list[str]:
    """The text of every paragraph of a part, in document order."""
    return [text_of(paragraph) for paragraph in tree_in(data, part).iter(f"{W}p")]


def forms_in(data: bytes, title: str = TITLE) -> list[Printed]:
    """The forms of a document, in order; each begins with its title."""
    body = tree_in(data).find(f"{W}body")
    assert body is not None
    forms: list[Printed] = []
    for block in body:
        if block.tag == f"{W}p":
            line = _squeezed(block)
            if line == title:
                forms.append({"before": [], "rows": [], "after": []})
            if line and forms:
                forms[-1]["after" if forms[-1]["rows"] else "before"].append(line)
        elif block.tag == f"{W}tbl" and forms:
            forms[-1]["rows"] += [_cells(row) for row in block.iter(f"{W}tr")]
    return forms


def _squeezed(element: ElementTree.Element) -> str:
    return re.sub(r"\s", "", "".join(node.text or "" for node in element.iter(f"{W}t")))


def _cells(row: ElementTree.Element) -> list[str]:
    cells = []
    for cell in row.iter(f"{W}tc"):
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        continued = merge is not None and merge.get(f"{W}val", "continue") == "continue"
        cells.append("" if continued else _squeezed(cell))
    return cells


def sound(data: bytes, *written: str) -> bytes:
    """The same bytes, after the validator found no fault; `written` are texts of the user, whose braces are no tags."""
    assert faults(data, written) == []
    return data
