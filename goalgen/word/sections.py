"""Give a form's body in a bundle a section of its own on a new page, with ids and names that no other form has."""

from __future__ import annotations

import re
from typing import Final

FORM_ID_STEP: Final = 10_000
"""How far the ids of one form lie from those of the next."""

_IDS: Final = r"<(?:w:bookmark|wp:docPr|w:sdt>|w:footnoteReference|w:comment)"
_NUMBERS: Final = (
    r'(<w:bookmark(?:Start|End)\b[^>]*?w:id="|<wp:docPr\b[^>]*?\bid="|<w:id w:val="-?|<w:footnoteReference\b[^>]*?w:id=")'
    r'(\d+)(?=")'
)
_COMMENTS: Final = r"<w:comment(?:RangeStart|RangeEnd|Reference)\b[^>]*/>"
_FOOTNOTE: Final = r"(?s)<w:footnote (?![^>]*w:type=)[^>]*>.*?</w:footnote>"
_BEFORE_TYPE: Final = (
    r"(?s)<w:sectPr[^>]*>(?:<w:(?:header|footer)Reference\b[^>]*/>)*"
    r"(?:<w:(?P<note>footnotePr|endnotePr)>.*?</w:(?P=note)>)*"
)
_BREAK: Final = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    '<w:rPr><w:sz w:val="2"/></w:rPr>{section}</w:pPr></w:p>'
)


def new_page(section: str) -> str:
    """Make a w:sectPr start on a new page, whatever the template says; "" stands for Word's own defaults."""
    if "<w:type" in section:
        section = re.sub(r"<w:type\b[^>]*/>", "", section)
    section = section or "<w:sectPr/>"
    if section.count("<") == 1:
        section = section.replace("/>", "></w:sectPr>")
    at = section.index(">") + 1
    if section.startswith(("<w:headerR", "<w:footerR", "<w:footnotePr", "<w:endnotePr"), at):
        before = re.match(_BEFORE_TYPE, section)
        at = before.end() if before else at
    return f'{section[:at]}<w:type w:val="nextPage"/>{section[at:]}'


def last_paragraph(body: bytes) -> int:
    """Return where the last paragraph of a body begins; its length when the body does not end with a plain paragraph."""
    at = body.rfind(b"<w:p>")
    at = max(at, body.rfind(b"<w:p ", max(at, 0)))
    whole = at >= 0 and body.endswith(b"</w:p>") and body.count(b"</w:p>", at) == 1
    return at if whole else len(body)


def end_section(body: str, section: str) -> str:
    """End a section in the last paragraph of a body; where that cannot be, in an added paragraph one point high."""
    at = max(body.rfind("<w:p>"), body.rfind("<w:p "))
    last = body[at:]
    if at < 0 or not body.endswith("</w:p>") or last.count("</w:p>") != 1 or "<w:pPrChange" in last:
        return body + _BREAK.format(section=section)
    opening, inside = last[: last.index(">") + 1], last[last.index(">") + 1 :]
    inside = re.sub(r"^<w:pPr/>", "<w:pPr></w:pPr>", inside)
    if inside.startswith("<w:pPr>"):
        return body[:at] + opening + inside.replace("</w:pPr>", f"{section}</w:pPr>", 1)
    return f"{body[:at]}{opening}<w:pPr>{section}</w:pPr>{inside}"


def has_ids(body: str) -> bool:
    """Say whether a body holds ids that may stand only once in a document."""
    return bool(re.search(_IDS, body))


def own_ids(body: str, number: int) -> str:
    """Give the body of the bundle's form `number` (from 1) ids of its own; the first keeps what it has.

    Comments stay with the first form: they are notes on the template, not on a project.
    """
    if number == 1 or not has_ids(body):
        return body
    body = _shifted(body, number)
    for name in sorted(set(re.findall(r'<w:bookmarkStart\b[^>]*?w:name="([^"]*)"', body))):
        word = re.escape(name)
        body = re.sub(rf'(w:name="|w:anchor="|\b(?:PAGE)?REF ){word}(?=["\s<])', rf"\g<1>{name}_{number}", body)
    return re.sub(_COMMENTS, "", body)


def _shifted(xml: str, number: int) -> str:
    return re.sub(_NUMBERS, lambda match: f"{match.group(1)}{int(match.group(2)) + (number - 1) * FORM_ID_STEP}", xml)


def _shifted_id(opening: str, number: int) -> str:
    return re.sub(
        r'(?<=w:id=")\d+', lambda match: str(int(match.group()) + (number - 1) * FORM_ID_STEP), opening, count=1
    )


def joined_footnotes(parts: list[tuple[int, str]]) -> str:
    """Join the footnotes parts of forms, given as (number of the form, XML), with the ids that `own_ids` gives."""
    first = parts[0][1]
    rest = []
    for number, xml in parts[1:]:
        for footnote in re.findall(_FOOTNOTE, xml):
            head, tail = footnote.split(">", 1)
            rest.append(f"{_shifted_id(head, number)}>{tail}")
    return first.replace("</w:footnotes>", "".join(rest) + "</w:footnotes>")
