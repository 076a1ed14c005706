"""Sections of a form in a bundle: heads of its own, odd and even pages, places where a section ends."""

from __future__ import annotations

from lxml import etree

from goalgen.word.binding.markup import parsed
from goalgen.word.binding.page_setup import Setup, closing_of, last_written, sections_of, set_up
from tests.support.bundle_templates import refer
from tests.support.docx_making import NAMESPACES, paragraph

HEADS = frozenset({("header", "default"), ("header", "even"), ("footer", "default"), ("footer", "even")})
EMPTY = {"header": "rIdNoHead", "footer": "rIdNoFoot"}


def body(inside: str) -> etree._Element:
    return parsed(f"<w:body {NAMESPACES}>{inside}</w:body>".encode())


def setup(even: bool = False, here: bool = False, restart: bool = False) -> Setup:
    return Setup(HEADS, EMPTY, even, here, restart, (), None)


def heads(section: etree._Element) -> list[tuple[str, ...]]:
    return [tuple(map(str, one.attrib.values())) for one in section if str(one.tag).endswith("Reference")]


def test_where_others_tell_odd_and_even_apart_a_form_shows_the_same_on_both() -> None:
    inside = f"<w:p><w:pPr><w:sectPr>{refer('header', 'a')}{refer('header', 'b', 'even')}</w:sectPr></w:pPr></w:p>"
    sections = sections_of(body(inside + paragraph("后")))
    set_up(sections, setup(even=True))
    assert heads(sections[0]) == [
        *(("default", "rIda"), ("even", "rIda")),
        *(("default", "rIdNoFoot"), ("even", "rIdNoFoot")),
    ]
    assert heads(sections[1]) == [("even", "rIda"), ("even", "rIdNoFoot")]
    assert sections[0].find("{*}pgNumType") is None


def test_a_form_that_tells_them_apart_keeps_its_own() -> None:
    sections = sections_of(body(paragraph("一") + f"<w:sectPr>{refer('header', 'b', 'even')}</w:sectPr>"))
    set_up(sections, setup(even=True, here=True, restart=True))
    assert ("even", "rIdb") in heads(sections[0]) and ("default", "rIdNoHead") in heads(sections[0])


def test_the_end_of_a_form() -> None:
    box = "<w:p><w:r><w:txbxContent><w:p/></w:txbxContent></w:r></w:p>"
    whole = body(paragraph("一") + box)
    assert last_written(whole) is whole[1]
    closing, low = closing_of(body(paragraph("一") + '<w:bookmarkEnd w:id="1"/>'))
    assert not low and str(closing[-1].tag).endswith("bookmarkEnd")
    closing, low = closing_of(body(""))
    assert low and closing.getparent() is None
