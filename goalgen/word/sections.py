"""End the section of a form that stands in a bundle just as it was filled: a section of its own on a new page."""

from __future__ import annotations

import re
from typing import Final

from goalgen.word.binding.bound import Bound
from goalgen.word.zip_writing import Piece

_BEFORE_TYPE: Final = r"(?s)<w:sectPr[^>]*>(?:<w:(?:header|footer)Reference\b[^>]*/>)*"
_LOW: Final = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/></w:rPr>{section}</w:pPr></w:p>'
)


def new_page(section: str) -> str:
    """Make a w:sectPr start on a new page, whatever the template says; "" stands for Word's own defaults."""
    section = re.sub(r"<w:type\b[^>]*/>", "", section) or "<w:sectPr/>"
    if section.count("<") == 1:
        section = section.replace("/>", "></w:sectPr>")
    before = re.match(_BEFORE_TYPE, section)
    assert before is not None, "a section begins with its own tag"
    return f'{section[: before.end()]}<w:type w:val="nextPage"/>{section[before.end() :]}'


def last_paragraph(body: bytes) -> int:
    """Return where the last paragraph of a body begins; its length when the body does not end with a plain paragraph."""
    at = body.rfind(b"<w:p>")
    at = max(at, body.rfind(b"<w:p ", max(at, 0)))
    whole = at >= 0 and body.endswith(b"</w:p>") and body.count(b"</w:p>", at) == 1
    return at if whole else len(body)


def end_section(main: Piece, closing: bytes, section: str) -> Bound:
    """End a section in a form's last paragraph; where it has none (`closing` is empty), in an added one a point high."""
    if not closing:
        return Bound(main, _LOW.format(section=section).encode(), f"{_LOW.format(section='')}{section}".encode())
    last = closing.decode()
    opening, inside = last[: last.index(">") + 1], last[last.index(">") + 1 :]
    inside = re.sub(r"^<w:pPr/>", "<w:pPr></w:pPr>", inside)
    if inside.startswith("<w:pPr>"):
        ended = opening + inside.replace("</w:pPr>", f"{section}</w:pPr>", 1)
    else:
        ended = f"{opening}<w:pPr>{section}</w:pPr>{inside}"
    return Bound(main, ended.encode(), f"{last}{section}".encode())
