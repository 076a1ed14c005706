"""What docxtpl itself prints, and parts of .docx in a form in which they can be compared."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Environment, StrictUndefined
from lxml import etree

from tests.support.docx_reading import parts_in


def by_docxtpl(template: bytes, values: Mapping[str, Any]) -> bytes:
    """What docxtpl itself prints, with names checked and values escaped."""
    document = DocxTemplate(io.BytesIO(template))
    document.render(values, Environment(autoescape=True, undefined=StrictUndefined), autoescape=True)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def canonical(data: bytes, part: str) -> str:
    """A part in canonical form, without what goalgen leaves out on purpose: paragraph ids, the cursor's bookmark.

    White space between elements means nothing in Word, nor does xml:space on a text with none at its edges; the
    namespaces declared on the root are as the template's, marks of the spelling checker are nobody's, and the properties
    of cells are put in one order (docxtpl leaves them in another than the schema's).
    """
    root = etree.fromstring(parts_in(data)[part])
    etree.strip_elements(root, "{*}proofErr", with_tail=False)
    for leaf in root.iter("{*}t"):
        if (leaf.text or "") == (leaf.text or "").strip():
            leaf.attrib.pop("{http://www.w3.org/XML/1998/namespace}space", "")
    for properties in root.iter("{*}tcPr"):
        properties[:] = sorted(properties, key=lambda child: str(child.tag))
    word = "{http://schemas.microsoft.com/office/word/2010/wordml}"
    for element in root.iter("*"):
        for name in (f"{word}paraId", f"{word}textId"):
            element.attrib.pop(name, "")
        if element.tag.rpartition("}")[2] not in ("t", "instrText"):
            element.text = (element.text or "").strip() or None
        element.tail = (element.tail or "").strip() or None
    text = etree.tostring(root, method="c14n2").decode()
    return re.sub(
        r'<w:bookmarkStart [^>]*_GoBack"[^>]*></w:bookmarkStart><w:bookmarkEnd [^>]*></w:bookmarkEnd>', "", text
    )
