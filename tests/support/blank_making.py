"""Make blank forms as Word files from lines of text: a paragraph a line, or a row of cells parted by `|`."""

from __future__ import annotations

import io
import re
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def blank(text: str) -> bytes:
    """Make a blank of lines: `| a | <2>b |` is a row, `<2>` spans columns, `v` begins a merge downwards, `^` goes on with it.

    `\\n` in a cell begins a paragraph, `\\v` a line; lines one after the other that are rows make a table.
    """
    document = docx.Document()
    table: Any = None
    for line in text.strip("\n").split("\n"):
        if line.startswith("|"):
            if table is None:
                table = _table(document)
            table.append(_row([cell.strip(" ") for cell in line.strip("|").split("|")]))
        else:
            table = None
            document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def _table(document: Any) -> Any:
    table = document.add_table(rows=0, cols=1, style="Table Grid")._tbl
    document.element.body.insert(-1, table)
    return table


def _row(cells: list[str]) -> Any:
    row = OxmlElement("w:tr")
    for cell in cells:
        row.append(_cell(cell))
    return row


def _cell(text: str) -> Any:
    match = re.fullmatch(r"(?:<(\d+)>)?([v^]?)(.*)", text, re.DOTALL)
    assert match
    span, merge, words = match.groups()
    cell = OxmlElement("w:tc")
    about = OxmlElement("w:tcPr")
    cell.append(about)
    if span:
        _add(about, "w:gridSpan", span)
    if merge:
        _add(about, "w:vMerge", "restart" if merge == "v" else "")
    for paragraph in words.split("\\n"):
        cell.append(_paragraph(paragraph))
    return cell


def _paragraph(text: str) -> Any:
    paragraph, run = OxmlElement("w:p"), OxmlElement("w:r")
    paragraph.append(run)
    for n, piece in enumerate(text.split("\\v")):
        if n:
            run.append(OxmlElement("w:br"))
        words = OxmlElement("w:t")
        words.text = piece
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(words)
    return paragraph


def _add(parent: Any, name: str, value: str) -> None:
    element = OxmlElement(name)
    if value:
        element.set(qn("w:val"), value)
    parent.append(element)
