"""Lists of one form are lists of its own: each definition once, styles and pictures of bullets kept."""

from __future__ import annotations

from lxml import etree

from goalgen.word.binding.markup import parsed, w
from goalgen.word.binding.numbering import Numbering, OwnLists, line_up
from tests.support.bundle_templates import item, level, listed, numbered, style, styled
from tests.support.docx_making import NAMESPACES, run


def part(tag: str, inside: str) -> etree._Element:
    return parsed(f"<w:{tag} {NAMESPACES}>{inside}</w:{tag}>".encode())


STYLES = part(
    "styles",
    style("A", '<w:basedOn w:val="B"/><w:pPr><w:ind w:left="9"/></w:pPr>')
    + style("B", '<w:basedOn w:val="A"/>')
    + style("C", '<w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr>')
    + style("D", '<w:pPr><w:numPr><w:numId w:val="99"/></w:numPr></w:pPr>'),
)
NUMBERS = part(
    "numbering",
    '<w:numPicBullet w:numPicBulletId="0"/>'
    + listed(3, level(0, "%1.", more='<w:lvlPicBulletId w:val="0"/>'), level(1, "%2."))
    + numbered(1, 3)
    + numbered(2, 8),
)


def test_a_style_names_a_list_by_those_it_is_based_on() -> None:
    numbering = Numbering(NUMBERS, STYLES)
    assert {name: one.level for name, one in numbering.styles.items()} == {"C": "1"}
    assert numbering.abstract_of("2") is None and not numbering.counts("2")


def test_the_lists_of_two_templates_and_of_forms_lie_beside_each_other() -> None:
    both = [Numbering(NUMBERS, STYLES), Numbering(NUMBERS, STYLES)]
    line_up(both)
    assert [one.shared("1") for one in both] == ["1", "3"] and both[1].shared("77") == "77"
    own = OwnLists(both[1], 2)
    body = part("body", item("一", 1) + styled(run("二"), "C") + item("三", 2) + "<w:p><w:pPr><w:numPr/></w:pPr></w:p>")
    own.take([body])
    numbers = [one.get(w("val")) for one in body.iter("{*}numId")]
    assert numbers == ["7", "7", "4"] and len(own.abstracts) == len(own.lists) == 1
    assert own.abstracts[0].get(w("abstractNumId")) == "9"
    assert [one.attrib.values() for one in own.abstracts[0].iter("{*}lvlPicBulletId")] == [["2"]]
