"""What goalgen finds wrong in the parts of a document, each by the smallest document that has it."""

from __future__ import annotations

import pytest

from goalgen.word.validity import flaws
from tests.support.docx_making import NAMESPACES, cell, docx, paragraph, picture, run, table
from tests.support.docx_reading import BODY, parts_in
from tests.support.places import ROOT

TWICE = "用了 2 次"


def body(xml: str, root: str = "document") -> bytes:
    inside = f"<w:body>{xml}</w:body>" if root == "document" else xml
    return f"<w:{root} {NAMESPACES}>{inside}</w:{root}>".encode()


@pytest.mark.parametrize(
    ("xml", "what", "where"),
    [
        ("<w:p><w:r><w:t>甲</w:t></w:r>", "不是合格的 XML，Word 打不开", "甲"),
        (paragraph("前") + "<w:tbl><w:tblGrid/></w:tbl>", "表格里一行也没有", "前"),
        ("<w:tbl><w:tblGrid/><w:tr/></w:tbl>", "表格的一行里一格也没有", ""),
        (table(("甲", "乙")).replace(paragraph("乙"), ""), "一格里没有段落，或者不以段落结尾", "甲"),
        (table((cell("甲").replace("</w:tc>", table(("乙",)) + "</w:tc>"),)), "一格里没有段落，或者不以段落结尾", "甲乙"),
        (f"<w:p>{paragraph('甲')}</w:p>", "段落放在了不该放的地方（p）", "甲"),
        (f"<w:p>{table(('甲',))}</w:p>", "表格放在了不该放的地方（p）", "甲"),
        (f"<w:p><w:r>{run('甲')}</w:r></w:p>", "一段字放在了不该放的地方（r）", "甲"),
        ("<w:p><w:t>甲</w:t></w:p>", "字放在了不该放的地方（p）", "甲"),
        (cell("甲"), "格子放在了不该放的地方（body）", "甲"),
        ("<w:tr>" + cell("甲") + "</w:tr>", "行放在了不该放的地方（body）", "甲"),
        ("<w:p>甲</w:p>", "“甲”不在字里，Word 里看不见", "甲"),
        (table((cell("甲", properties="<w:vMerge/>"), "乙")), "合并的格子少了开头", "甲"),
        (table(("甲", "乙")).replace(cell("乙"), ""), "表格的一行多了或少了格子", "甲"),
        ('<w:p><w:bookmarkStart w:id="1" w:name="甲"/><w:bookmarkStart w:id="2" w:name="甲"/></w:p>', f"书签 甲 {TWICE}", ""),
        ('<w:p><w:bookmarkStart w:id="1" w:name="甲"/><w:bookmarkStart w:id="1" w:name="乙"/></w:p>', f"书签的编号 1 {TWICE}", ""),
        ('<w:p><w:permStart w:id="1"/><w:permStart w:id="1"/></w:p>', f"可以填写的范围 1 {TWICE}", ""),
        ('<w:p><w:commentRangeStart w:id="1"/><w:commentRangeStart w:id="1"/></w:p>', f"批注 1 {TWICE}", ""),
        ('<w:p><w:r><w:footnoteReference w:id="1"/><w:footnoteReference w:id="1"/></w:r></w:p>', f"脚注 1 {TWICE}", ""),
        ('<w:p><w:r><w:endnoteReference w:id="1"/><w:endnoteReference w:id="1"/></w:r></w:p>', f"尾注 1 {TWICE}", ""),
        (picture() * 2, f"图形的编号 1 {TWICE}", ""),
        ('<w:p><w:sdt><w:sdtPr><w:id w:val="1"/></w:sdtPr></w:sdt><w:sdt><w:sdtPr><w:id w:val="1"/></w:sdtPr></w:sdt></w:p>',
         f"内容控件的编号 1 {TWICE}", ""),
    ],
)  # fmt: skip
def test_a_flaw_is_found_and_placed(xml: str, what: str, where: str) -> None:
    assert (what, where) in [tuple(flaw) for flaw in flaws({BODY: body(xml)})]


def test_a_header_needs_a_paragraph() -> None:
    assert [
        flaw.what for flaw in flaws({"word/header1.xml": body("", "hdr"), "word/footer1.xml": body("", "ftr")})
    ] == [
        "页眉是空的",
        "页脚是空的",
    ]


def test_ids_count_over_all_parts_but_not_in_second_copies() -> None:
    mark = '<w:bookmarkStart w:id="1" w:name="甲"/>'
    copies = f"<w:p><mc:AlternateContent><mc:Choice>{mark}</mc:Choice><mc:Fallback>{mark}</mc:Fallback></mc:AlternateContent></w:p>"
    assert flaws({BODY: body(copies)}) == []
    assert len(flaws({BODY: body(copies), "word/header1.xml": body(f"<w:p>{mark}</w:p>", "hdr")})) == 2


def test_the_words_near_broken_xml_are_the_last_before_it() -> None:
    (flaw,) = flaws({BODY: body(paragraph("很早") + paragraph("长" * 40) + "<w:p><w:r></w:p>")})
    assert flaw.where == "长" * 40


def test_good_documents_have_none() -> None:
    parts = parts_in((ROOT / "templates" / "form_2020.docx").read_bytes())
    assert flaws({BODY: parts[BODY]}) == []
    assert flaws({BODY: parts_in(docx(table(("甲", "乙")) + picture()))[BODY]}) == []
