"""Styles of several templates: shared where alike, renamed where not, colours and fonts of a theme said in full."""

from __future__ import annotations

from lxml import etree

from goalgen.word.binding.markup import A, parsed
from goalgen.word.binding.styles import StyleBook, leave_theme, theme_colours, theme_fonts
from tests.support.bundle_templates import style
from tests.support.department_templates import defaults, theme
from tests.support.docx_making import NAMESPACES

NORMAL = style("Normal", more=' w:default="1"')


def styles(inside: str) -> etree._Element:
    return parsed(f"<w:styles {NAMESPACES}>{inside}</w:styles>".encode())


def test_alike_styles_are_shared_and_what_leans_on_another_is_not() -> None:
    base = styles(
        NORMAL
        + style("A", "<w:rsid w:val='1'/>")
        + style("B", "<w:rPr><w:b/></w:rPr>")
        + style("C", '<w:basedOn w:val="B"/>')
    )
    other = styles(
        NORMAL
        + style("A", "<w:rsid w:val='2'/>")
        + style("B", "<w:rPr><w:i/></w:rPr>")
        + style("C", '<w:basedOn w:val="B"/>')
    )
    book = StyleBook(1, other, [], base)
    assert book.names == {"B": "B_t2", "C": "C_t2"} and book.defaults == {}
    assert [one.find("{*}basedOn").attrib.values() for one in book.added[1:]] == [["B_t2"]]  # type: ignore[union-attr]
    third = StyleBook(2, other, [book], base)
    assert third.names == {"B": "B_t3", "C": "C_t3"} and third.titles["b"] == "b (3)"


def test_the_defaults_of_a_template_go_into_its_styles() -> None:
    base = styles(
        defaults(21, '<w:kern w:val="2"/><w:color w:val="FF0000"/><w:position w:val="2"/>', '<w:spacing w:before="3"/>')
        + NORMAL
    )
    other = styles(
        defaults(28, paragraphs='<w:spacing w:after="9"/>')
        + style("Normal", "<w:aliases w:val='正文'/><w:rPr><w:b/><w:sz w:val='30'/></w:rPr>", more=' w:default="1"')
        + style("T", "<w:tblPr/>", "table")
    )
    book = StyleBook(1, other, [], base)
    text = etree.tostring(book.added[0]).decode().partition(">")[2]
    assert text.startswith(
        '<w:name w:val="normal (2)"/><w:pPr><w:spacing w:after="9" w:before="0"/></w:pPr><w:rPr><w:b/>'
    )
    assert '<w:color w:val="auto"/><w:kern w:val="0"/><w:sz w:val="30"/></w:rPr>' in text
    assert book.defaults == {"p": "Normal_t2"}


def test_a_template_without_default_styles_gets_some() -> None:
    book = StyleBook(1, styles(""), [], styles(defaults(21) + NORMAL + style("G", "", "table", ' w:default="1"')))
    assert book.defaults == {"p": "goalgen_paragraph_t2", "tbl": "goalgen_table_t2"}
    assert [one.get("{*}styleId") or one.attrib.values()[1] for one in book.added] == [*book.defaults.values()]


def test_a_theme_is_said_in_full() -> None:
    found = parsed(theme("Arial", "黑体", "00FF00"))
    fonts, colours = dict(theme_fonts(found)), theme_colours(found)
    assert fonts["minorHAnsi"] == "Arial" and fonts["majorEastAsia"] == "黑体" and fonts["minorBidi"] == ""
    assert colours == {"dk1": "000000", "accent1": "00FF00", "tx1": "000000"}
    root = parsed(
        f'<w:x {NAMESPACES}><w:rFonts w:asciiTheme="minorHAnsi" w:cstheme="minorBidi"/><w:color w:val="1" w:themeColor="accent1"/>'
        '<a:schemeClr val="accent1"><a:tint/></a:schemeClr><a:schemeClr val="phClr"/></w:x>'.encode()
    )
    leave_theme([root], fonts, colours)
    assert [one.attrib.values() for one in root] == [["Arial"], ["1"], ["00FF00"], ["phClr"]]
    assert root[2].tag == f"{{{A}}}srgbClr" and len(root[2]) == 1
    assert dict(theme_fonts(parsed(f'<a:theme xmlns:a="{A}"/>'.encode()))) == {} == theme_colours(None)
    bare = f'<a:theme xmlns:a="{A}"><a:clrScheme><a:dk1/></a:clrScheme><a:minorFont/></a:theme>'.encode()
    assert theme_colours(parsed(bare)) == {} and dict(theme_fonts(parsed(bare)))["minorAscii"] == ""
