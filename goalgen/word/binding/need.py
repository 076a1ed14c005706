"""Say whether the forms of a template can stand in a bundle just as they are filled; no XML is parsed for that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from goalgen.word.template.compiled import BODY_PART, PROPERTIES_PART, Compiled

_BODY: Final = re.compile(
    r' w:(?:id|name|anchor)="|<w:(?:id|fldChar|fldSimple|instrText|numPr|sectPr|dataBinding)\b|<wp:docPr\b|Reference\b|<v:'
)
"""What in a body must differ from form to form, counts on from one to the next, or ends a section."""
_SECTION: Final = re.compile(r"<w:lnNumType|footnotePr|endnotePr|oddPage|evenPage|PrChange")
_FIELD: Final = re.compile(rb"<w:(?:fldChar|fldSimple|instrText|dataBinding|numPr)\b")
_LISTS: Final = b"<w:numPr"
_SIDES: Final = re.compile(rb"<w:(?:evenAndOddHeaders|mirrorMargins)\b")


def text_of(compiled: Compiled, name: str) -> str:
    """Return the XML of a part with tags as the template has it, without the tags where plain steps print them."""
    if name in compiled.sources:
        return compiled.sources[name]
    return "".join(_texts(compiled.steps[name]))


def _texts(steps: Any) -> Iterator[str]:
    for step in steps:
        if isinstance(step, str):
            yield step
        elif step[0] != "print":
            for inner in step[3:] if step[0] == "for" else step[2:]:
                yield from _texts(inner)


def plain(compiled: Compiled) -> bool:
    """Say whether nothing of a template's forms has to be other in a bundle than alone."""
    if {*compiled.filled} - {BODY_PART, PROPERTIES_PART} or _BODY.search(text_of(compiled, BODY_PART)):
        return False
    return not _SECTION.search(compiled.section) and not any(_strange(*part) for part in compiled.static.items())


def _strange(name: str, content: bytes) -> bool:
    if re.match(r"word/(?:header|footer)[^/]*\.xml$", name):
        return bool(_FIELD.search(content))
    if name == "word/styles.xml":
        return _LISTS in content
    return name == "word/settings.xml" and bool(_SIDES.search(content))
