"""Make the sections of a form print in a bundle as they do alone: where they start, headers, page numbers, notes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from lxml import etree

from goalgen.word.binding.markup import SECTION_ORDER, R, drop, local, made, number_in, put, val, w
from goalgen.word.binding.notes import counting

KINDS: Final = tuple((part, kind) for part in ("header", "footer") for kind in ("default", "first", "even"))
"""What a section may have at its head and foot."""
_STARTS: Final = ("nextPage", "oddPage", "evenPage")
_MARKS: Final = frozenset(
    w(name)
    for name in (
        *("bookmarkStart", "bookmarkEnd", "permStart", "permEnd", "commentRangeStart", "commentRangeEnd", "proofErr"),
        *("moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd"),
    )
)


class Setup(NamedTuple):
    """Say what the sections of a template's forms need.

    `kinds` are the heads and feet that some form of the bundle has; `relation` names the relationship of a form's own part
    by that of the template's; `empty` those of the empty header and footer. `even` says that the bundle tells odd and even
    pages apart, `even_here` that the template does; `restart` that pages are numbered anew; `notes` are the kinds of notes;
    `settings` are the template's.
    """

    kinds: frozenset[tuple[str, str]]
    empty: Mapping[str, str]
    even: bool
    even_here: bool
    restart: bool
    notes: tuple[str, ...]
    settings: etree._Element | None
    relation: Callable[[str], str] = str


def sections_of(body: etree._Element) -> list[etree._Element]:
    """Return the w:sectPr that close the sections of a body, in order; the last one is made where the body has none."""
    found = [one for one in body.iter(w("sectPr")) if one.getparent() is not None and _closes(one)]
    if not found or found[-1].getparent() is not body:
        found.append(made("sectPr"))
        body.append(found[-1])
    return found


def _closes(section: etree._Element) -> bool:
    parent = section.getparent()
    return parent is not None and local(parent) in ("pPr", "body")


def set_up(sections: list[etree._Element], setup: Setup) -> None:
    """Set up a form's sections for the bundle."""
    first = sections[0]
    start = val(first, "type")
    put(first, made("type", val=start if start in _STARTS else "nextPage"), SECTION_ORDER)
    _heads(sections, setup)
    if setup.restart:
        _number_pages(first, start)
    _number_lines(first)
    for section in sections:
        for kind in setup.notes:
            _count_notes(section, kind, setup.settings, section is first)
        if "endnote" in setup.notes and section is not sections[-1]:
            put(section, made("noEndnote"), SECTION_ORDER)


def _number_pages(first: etree._Element, start: str) -> None:
    numbers = first.find(w("pgNumType"))
    if numbers is None:
        numbers = put(first, made("pgNumType"), SECTION_ORDER)
    if numbers.get(w("start")) is None:
        numbers.set(w("start"), "2" if start == "evenPage" else "1")


def _number_lines(first: etree._Element) -> None:
    lines = first.find(w("lnNumType"))
    if lines is not None and lines.get(w("restart")) == "continuous":
        lines.set(w("restart"), "newSection")


def _count_notes(section: etree._Element, kind: str, settings: etree._Element | None, first: bool) -> None:
    """Say in a section itself how its notes count, which the settings of the single form said; the first one begins anew."""
    how = counting(settings, section, kind)
    own = section.find(w(f"{kind}Pr"))
    places = [*own.iterchildren(w("pos"))] if own is not None else []
    own = put(section, made(f"{kind}Pr"), SECTION_ORDER)
    own.extend(places)
    restart = "eachSect" if first and how.restart == "continuous" else how.restart
    said = (("numFmt", how.format), ("numStart", str(how.start)), ("numRestart", restart))
    own.extend(made(name, val=value) for name, value in said)


def _heads(sections: list[etree._Element], setup: Setup) -> None:
    """Point to the form's own headers and footers; a first section that has none gets an empty one, so as to inherit none."""
    spread = setup.even and not setup.even_here
    shown: dict[tuple[str, str], str] = {}
    for section in sections:
        for reference in _references(section):
            part, kind = local(reference)[:6], reference.get(w("type"), "default")
            if spread and kind == "even":
                drop(reference)
                continue
            reference.set(f"{{{R}}}id", setup.relation(reference.get(f"{{{R}}}id", "")))
            shown[part, kind] = reference.get(f"{{{R}}}id", "")
        if spread:
            shown |= {(part, "even"): shown.get((part, "default"), "") for part in ("header", "footer")}
        _complete(section, shown, setup, "even" if spread else "", section is sections[0])


def _references(section: etree._Element) -> list[etree._Element]:
    return [*section.iterchildren(w("headerReference"), w("footerReference"))]


def _complete(
    section: etree._Element, shown: Mapping[tuple[str, str], str], setup: Setup, always: str, first: bool
) -> None:
    """Say in a section what it shows at head and foot, where it would otherwise inherit what is not its form's."""
    there = {(local(one)[:6], one.get(w("type"), "default")) for one in _references(section)}
    for part, kind in KINDS:
        if (part, kind) in setup.kinds - there and (first or kind == always):
            _refer(section, part, kind, shown.get((part, kind)) or setup.empty[part])
    _lift(section, shown, setup)


def _refer(section: etree._Element, part: str, kind: str, relation: str) -> None:
    reference = made(f"{part}Reference", type=kind)
    reference.set(f"{{{R}}}id", relation)
    section.insert(len(_references(section)), reference)


def _lift(section: etree._Element, shown: Mapping[tuple[str, str], str], setup: Setup) -> None:
    """Let an empty header or footer stand at the edge of the page, where it pushes nothing aside."""
    margins = section.find(w("pgMar"))
    for part, edge in (("header", "top"), ("footer", "bottom")):
        none = not any(shown.get((part, kind)) for kind in ("default", "first", "even"))
        there = any(one == part for one, _ in setup.kinds)
        if margins is not None and none and there:
            away = number_in(margins.get(w(part), "720"))
            if away + 40 > number_in(margins.get(w(edge), "1440")):
                margins.set(w(part), "0")


def closing_of(body: etree._Element) -> tuple[etree._Element, bool]:
    """Take the last paragraph out of a body, in which the form's last section may end; say whether it had to be made.

    One that is made, where the body ends otherwise, is a point high.
    """
    last = _last_block(body)
    marks = list(last.itersiblings()) if last is not None else []
    low = last is None or last.tag != w("p") or last.find(f"{w('pPr')}/{w('sectPr')}") is not None
    closing = low_paragraph() if low or last is None else last
    closing.extend(marks)
    if not low:
        body.remove(closing)
    return closing, low


def last_written(body: etree._Element) -> etree._Element:
    """Return the last paragraph of a body that is in no text box."""
    boxed = {paragraph for box in body.iter(w("txbxContent")) for paragraph in box.iter(w("p"))}
    *_, last = (paragraph for paragraph in body.iter(w("p")) if paragraph not in boxed)
    return last


def _last_block(body: etree._Element) -> etree._Element | None:
    blocks = (one for one in body.iterchildren("*", reversed=True) if one.tag not in _MARKS)
    return next(blocks, None)


def low_paragraph() -> etree._Element:
    """Make an empty paragraph one point high."""
    paragraph = made("p")
    own = made("pPr")
    own.append(made("spacing", before="0", after="0", line="20", lineRule="exact"))
    own.append(made("rPr"))
    own[-1].append(made("sz", val="2"))
    paragraph.append(own)
    return paragraph
