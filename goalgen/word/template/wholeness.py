"""Mark in a template what only the data decides: cells left empty, tables that may go, what a loop may not repeat."""

from __future__ import annotations

from typing import Final

from lxml import etree

from goalgen.word.template import marks
from goalgen.word.template.cell_tags import CHANGES
from goalgen.word.template.opening import W
from goalgen.word.template.tags import paragraph_words
from goalgen.word.template.tokens import Tokens
from goalgen.word.template.tree import RANGES, local, remove

_DRAWN: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_NEED_PARAGRAPH: Final = tuple(
    f"{W}{name}" for name in ("tc", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent", "sdtContent")
)
_ONCE: Final = (*RANGES, f"{W}footnoteReference", f"{W}endnoteReference", f"{W}commentReference")
_NOTES: Final = {f"{W}footnoteReference": "脚注", f"{W}endnoteReference": "尾注"}


def keep_whole(tokens: Tokens) -> None:
    """Mark cells that may be left without a paragraph, rows without cells, tables without rows or with other columns."""
    for element in tokens.root.iter(*_NEED_PARAGRAPH):
        if (element.tag != f"{W}sdtContent" or _is_block(element)) and _has_tags(element):
            element.append(tokens.mark(marks.PARAGRAPH))
    for element in list(tokens.root.iter(f"{W}tbl", f"{W}tr")):
        kind = marks.ROW if element.tag == f"{W}tr" else str(element.attrib.pop(CHANGES, marks.TABLE))
        if kind == marks.COLUMNS or _has_tags(element):
            element.addprevious(tokens.mark(f"{marks.OPEN}{kind}"))
            element.addnext(tokens.mark(marks.CLOSE))


def _is_block(content: etree._Element) -> bool:
    """Say whether the contents of a content control are paragraphs and tables."""
    names = (local(one) for one in content.iterancestors())
    return next((name for name in names if name not in ("sdt", "sdtContent", "customXml")), "") in ("body", "tc")


def _has_tags(element: etree._Element) -> bool:
    """Say whether a tag stands directly in an element, or in nothing but content controls in it."""
    for child in element:
        if isinstance(child, etree._ProcessingInstruction):
            return True
        if local(child) in ("sdt", "sdtContent", "customXml") and _has_tags(child):
            return True
    return False


def keep_single(tokens: Tokens, numbered: bool) -> None:
    """See to it that what may stand only once in a document does so where a loop repeats it.

    Of ranges (bookmarks, …) the first stays, content controls lose their number, drawings are numbered anew; the same
    goes for all drawings where `numbered` says so.
    """
    depth = 0
    known: dict[tuple[str, str], int] = {}
    repeated: list[etree._Element] = []
    for element in tokens.root.iter():
        depth += tokens.steps_at(element)
        if element.tag == _DRAWN and (numbered or depth > 0):
            element.set("id", marks.NUMBER)
        elif depth > 0 and (element.tag in _ONCE or local(element.getparent()) == "sdtPr"):
            repeated.append(element)
    for element in repeated:
        _repeat(tokens, element, known)


def _repeat(tokens: Tokens, element: etree._Element, known: dict[tuple[str, str], int]) -> None:
    if local(element.getparent()) == "sdtPr":
        if element.tag == f"{W}id":
            remove(element)
    elif element.tag in _NOTES:
        note = _NOTES[str(element.tag)]
        message = f"循环里有{note}，同一个{note}会印好几次"
        tokens.fault(message, element, f"把{note}移到循环外面", paragraph_words(element))
    else:
        number = known.setdefault((str(element.tag), element.get(f"{W}id", "")), len(known))
        element.addprevious(tokens.mark(f"{marks.ONCE}{number}{marks.ONCE_TEXT}"))
        element.addnext(tokens.mark(marks.ONCE))
