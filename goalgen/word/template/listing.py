"""Turn line breaks and tabs inside the texts of a filled part into Word's, as docxtpl does, in one pass."""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final = re.compile("[\n\t\a\f]")
_ELEMENT: Final = re.compile(r"<(/?)w:(pPr|rPr|p|r|t)(?: [^<>]*?)?(/?)>")
_TEXT: Final = '<w:t xml:space="preserve">'
_PAGE: Final = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def resolve_listing(xml: str) -> str:
    """Return XML with `w:br` for line breaks, `w:tab` for tabs, new paragraphs for `\\a` and new pages for `\\f`."""
    if not _SIGNS.search(xml):
        return xml
    found: list[str] = []
    properties = {"p": "", "r": ""}
    copied = begun = 0
    opened: list[tuple[str, int]] = []
    for element in _ELEMENT.finditer(xml):
        closing, name, empty = element.groups()
        if name in ("pPr", "rPr"):
            _keep_properties(xml, element, opened, properties)
        elif name == "t":
            text = xml[begun : element.start()] if closing and begun else ""
            if _SIGNS.search(text):
                found += [xml[copied:begun], _resolved(text, properties["r"], properties["p"])]
                copied = element.start()
            begun = 0 if closing or empty else element.end()
        elif not closing:
            properties |= {"r": ""} if name == "r" else {"r": "", "p": ""}
    return "".join([*found, xml[copied:]])


def _keep_properties(
    xml: str, element: re.Match[str], opened: list[tuple[str, int]], properties: dict[str, str]
) -> None:
    """Keep the properties of a paragraph or run when their element ends; those inside others are theirs."""
    closing, name, empty = element.groups()
    if not closing:
        if not empty:
            opened.append((name, element.start()))
        return
    while opened:
        begun, start = opened.pop()
        if begun == name:
            if not opened and not properties[name[0]]:
                properties[name[0]] = xml[start : element.end()]
            return


def _resolved(text: str, run: str, paragraph: str) -> str:
    again = f"<w:p>{paragraph}<w:r>{run}{_TEXT}"
    text = text.replace("\t", f"</w:t></w:r><w:r>{run}<w:tab/></w:r><w:r>{run}{_TEXT}")
    text = text.replace("\a", f"</w:t></w:r></w:p>{again}").replace("\n", f"</w:t><w:br/>{_TEXT}")
    return text.replace("\f", f"</w:t></w:r></w:p>{_PAGE}{again}")
