"""Make what refers to bookmarks and counts in sequences stay inside its own form: links, cross references, contents, SEQ."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from lxml import etree

from goalgen.word.binding.fields import Field, fields
from goalgen.word.binding.identities import Identities
from goalgen.word.binding.markup import R, w

_TOKEN: Final = re.compile(r'"[^"]*"|\\.|[^\s"\\]+')
_WORD: Final = re.compile(r'"[^"]*"|\\.|\w+')
_FIRST: Final = frozenset({"REF", "PAGEREF", "NOTEREF", "GOTOBUTTON", "SET", "ASK"})
_AFTER: Final = {"HYPERLINK": ("\\l",), "TOC": ("\\b",), "INDEX": ("\\b",)}
_SEQUENCES: Final = ("\\c", "\\a", "\\s")
_OF_NAMES: Final = frozenset({"IF", "COMPARE", "="})
FORM_BOOKMARK: Final = "_goalgen_form"
END_BOOKMARK: Final = "_goalgen_end"


class Marks:
    """Say which bookmarks of goalgen's own a form needs: one over all of it, one at its end."""

    def __init__(self) -> None:
        self.whole = False
        self.end = False


def refer_inside(roots: Sequence[etree._Element], own: Identities, pages_of_form: bool) -> Marks:
    """Rewrite the fields and links of a form's trees; bookmarks have their names already.

    Contents and indexes collect from their own form; sequences have names of their own; with `pages_of_form`, NUMPAGES
    says how many pages the form has.
    """
    marks = Marks()
    found = fields(roots)
    for field in found:
        if field.kind in ("SET", "ASK"):
            name = _argument(field.code())
            own.bookmarks.setdefault(name.lower(), own.named(name))
    for field in found:
        _refer(field, own, marks, pages_of_form)
    for root in roots:
        _anchors(root, own)
    return marks


def _refer(field: Field, own: Identities, marks: Marks, pages_of_form: bool) -> None:
    kind = field.kind
    field.rewrite(lambda code: rewritten(kind, code, own))
    if kind in ("TOC", "INDEX") and "\\b" not in field.code():
        marks.whole = True
        field.rewrite(lambda code: f"{code.rstrip()} \\b {FORM_BOOKMARK}_{own.number} ")
    elif kind == "NUMPAGES" and pages_of_form:
        marks.end = True
        field.rewrite(lambda code: re.sub("(?i)NUMPAGES", f"PAGEREF {END_BOOKMARK}_{own.number}", code, count=1))


def _argument(code: str) -> str:
    """Return the first word after the name of a field."""
    words = _TOKEN.findall(code)
    return words[1].strip('"') if len(words) > 1 else ""


def rewritten(kind: str, code: str, own: Identities) -> str:
    """Return the code of a field with the names of bookmarks and sequences that it has in the bundle."""
    pattern = _WORD if kind in _OF_NAMES else _TOKEN
    pieces: list[str] = []
    at = 0
    before = ""
    for place, token in enumerate(pattern.finditer(code)):
        text = token.group()
        pieces += [code[at : token.start()], _renamed(kind, place, before, text, own)]
        at = token.end()
        before = text
    return "".join(pieces) + code[at:]


def _renamed(kind: str, place: int, before: str, token: str, own: Identities) -> str:
    """Return one word of a code; `before` is the word before it, `place` counts from 0."""
    name = token.strip('"')
    if token.startswith("\\") or not name:
        return token
    if _is_sequence(kind, place, before):
        new = f"{name}_{own.number}"
    elif _is_bookmark(kind, place, before, token):
        new = own.bookmark(name)
    else:
        return token
    return f'"{new}"' if token.startswith('"') else new


def _is_sequence(kind: str, place: int, before: str) -> bool:
    return (kind == "SEQ" and place == 1) or (kind == "TOC" and before in _SEQUENCES)


def _is_bookmark(kind: str, place: int, before: str, token: str) -> bool:
    if kind in _OF_NAMES:
        return not token.startswith('"')
    if kind in _AFTER:
        return before in _AFTER[kind]
    return (
        (place == 1 and kind in _FIRST)
        or (kind == "SEQ" and place == 2 and not before.startswith("\\"))
        or (place == 0 and not token.startswith('"'))
    )


def _anchors(root: etree._Element, own: Identities) -> None:
    """Rename the targets of links inside the document, and the names of old form fields, which are bookmarks."""
    for link in root.iter(w("hyperlink")):
        anchor = link.get(w("anchor"))
        if anchor is not None and link.get(f"{{{R}}}id") is None:
            link.set(w("anchor"), own.bookmark(anchor))
    for name in root.iterfind(f".//{w('ffData')}/{w('name')}"):
        name.set(w("val"), own.bookmark(name.get(w("val"), "")))
