"""The validator finds every one of these defects in an otherwise good document, and none in the good one."""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import docx
import pytest

from tests.support.validator.faults import CHECKS, faults, leftover_tags, read, structure_faults, unfixed_dates

pytestmark = pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")

Parts = Mapping[str, bytes]
Mutation = Callable[[Parts], bytes]

DOCUMENT = "word/document.xml"
HEADER = "word/header1.xml"
STYLES = "word/styles.xml"
NUMBERS = "word/numbering.xml"
TYPES = "[Content_Types].xml"
RELS = "word/_rels/document.xml.rels"
CORE = "docProps/core.xml"

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": f"{OFFICE}/relationships",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    }.items()
)

MAIN_OVERRIDE = f'<Override PartName="/word/document.xml" ContentType="{WORD_TYPE}.document.main+xml"/>'
PNG_DEFAULT = '<Default Extension="png" ContentType="image/png"/>'
TITLE = '<w:r><w:rPr><w:b/><w:sz w:val="32"/></w:rPr><w:t xml:space="preserve"> 申报表 </w:t></w:r>'
GRID = '<w:tblGrid><w:gridCol w:w="1000"/><w:gridCol w:w="2000"/><w:gridCol w:w="3000"/></w:tblGrid>'
WIDE = '<w:tc><w:tcPr><w:tcW w:w="5000" w:type="dxa"/><w:gridSpan w:val="2"/></w:tcPr><w:p/></w:tc>'
LAST = '<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr><w:p w14:paraId="00000003"/></w:tc>'
CONTINUED = '<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/><w:vMerge/></w:tcPr><w:p/></w:tc>'
ONE_ROW = (
    '<w:tbl><w:tblPr><w:tblW w:w="9" w:type="dxa"/></w:tblPr><w:tblGrid><w:gridCol w:w="9"/></w:tblGrid>'
    "<w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>"
)
TABLE = (
    '<w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="6000" w:type="dxa"/>'
    f'<w:tblLayout w:type="fixed"/></w:tblPr>{GRID}'
    '<w:tr><w:trPr><w:trHeight w:val="400"/><w:cantSplit/></w:trPr>'
    '<w:tc><w:tcPr><w:tcW w:w="1000" w:type="dxa"/><w:vMerge w:val="restart"/><w:vAlign w:val="center"/>'
    f"</w:tcPr><w:p><w:r><w:t>年度</w:t></w:r></w:p></w:tc>{WIDE}</w:tr>"
    f'<w:tr>{CONTINUED}<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr><w:p/></w:tc>{LAST}</w:tr>'
    '<w:tr><w:trPr><w:gridAfter w:val="1"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/>'
    '<w:gridSpan w:val="2"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
)
CONTROL = "<w:sdt><w:sdtPr><w:id w:val='5'/></w:sdtPr><w:sdtContent><w:p/></w:sdtContent></w:sdt>"
PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="章"/><a:blip r:embed="rId4"/></wp:inline>'
    "</w:drawing></w:r></w:p>"
)
TEXT_BOX = "<w:txbxContent><w:p><w:r/></w:p></w:txbxContent>"
PAGE = '<w:headerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>'
SECTION = f"<w:sectPr>{PAGE}</w:sectPr>"
BODY = (
    '<w:p w14:paraId="00000001"><w:pPr><w:pStyle w:val="Title"/><w:numPr><w:ilvl w:val="0"/>'
    '<w:numId w:val="1"/></w:numPr><w:jc w:val="center"/></w:pPr><w:bookmarkStart w:id="0" w:name="标题"/>'
    f'{TITLE}<w:bookmarkEnd w:id="0"/></w:p>{TABLE}'
    '<w:p w14:paraId="00000002"><w:r><w:t>注</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>'
    f"{PICTURE}{CONTROL}{SECTION}"
)


def _word(root: str, content: str) -> str:
    return f'{XML}<w:{root} {NAMESPACES} mc:Ignorable="w14">{content}</w:{root}>'


def _relationships(*lines: tuple[str, str, str]) -> str:
    rows = (f'<Relationship Id="{id_}" Type="{kind}" Target="{target}"/>' for id_, kind, target in lines)
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{"".join(rows)}</Relationships>'


def _types() -> str:
    kinds = {"header1": "header", "styles": "styles", "numbering": "numbering", "comments": "comments"}
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{WORD_TYPE}.{kind}+xml"/>'
        for part, kind in sorted(kinds.items())
    )
    return (
        f'{XML}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'{PNG_DEFAULT}{MAIN_OVERRIDE}{overrides}<Override PartName="/{CORE}" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


GOOD: Parts = {
    name: text.encode()
    for name, text in {
        TYPES: _types(),
        "_rels/.rels": _relationships(
            ("rId1", f"{OFFICE}/relationships/officeDocument", DOCUMENT),
            ("rId2", f"{PACKAGE}/relationships/metadata/core-properties", CORE),
        ),
        DOCUMENT: _word("document", f"<w:body>{BODY}</w:body>"),
        RELS: _relationships(
            ("rId1", f"{OFFICE}/relationships/styles", "styles.xml"),
            ("rId2", f"{OFFICE}/relationships/header", "header1.xml"),
            ("rId3", f"{OFFICE}/relationships/numbering", "/word/numbering.xml"),
            ("rId4", f"{OFFICE}/relationships/image", "media/seal.png"),
            ("rId5", f"{OFFICE}/relationships/comments", "comments.xml"),
        ),
        HEADER: _word("hdr", "<w:p><w:r><w:t>衡阳市</w:t></w:r></w:p>"),
        STYLES: _word(
            "styles",
            '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>'
            '<w:style w:type="table" w:styleId="Grid"><w:name w:val="Grid"/></w:style>',
        ),
        NUMBERS: _word(
            "numbering",
            '<w:abstractNum w:abstractNumId="7"/><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>',
        ),
        "word/comments.xml": _word("comments", '<w:comment w:id="0" w:author="审"><w:p/></w:comment>'),
        CORE: f'{XML}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>绩效目标</dc:title></cp:coreProperties>',
        "word/media/seal.png": "\x89PNG",
    }.items()
}


def pack(parts: Parts, *more: tuple[str, bytes], date: tuple[int, int, int] = (1980, 1, 1)) -> bytes:
    """A zip of the parts and of more members, whatever their names."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in (*parts.items(), *more):
            member = zipfile.ZipInfo("placeholder", (*date, 0, 0, 0))
            member.filename = name
            archive.writestr(member, content)
    return stream.getvalue()


def swap(old: str, new: str, part: str = DOCUMENT) -> Mutation:
    """Replace the one place where a part reads `old`."""
    return swap_bytes(old.encode(), new.encode(), part)


def swap_bytes(old: bytes, new: bytes, part: str = DOCUMENT) -> Mutation:
    def mutate(parts: Parts) -> bytes:
        assert parts[part].count(old) == 1, f"{old!r} is not in {part} once"
        return pack({**parts, part: parts[part].replace(old, new)})

    return mutate


def drop(part: str) -> Mutation:
    return lambda parts: pack({name: content for name, content in parts.items() if name != part})


def add(name: str, content: bytes = b"<a/>") -> Mutation:
    return lambda parts: pack(parts, (name, content))


def damage(old: bytes, new: bytes) -> Mutation:
    """Change stored bytes behind the back of the zip's check sums."""
    return lambda parts: pack(parts).replace(old, new, 1)


def before_section(content: str) -> Mutation:
    return swap(SECTION, content + SECTION)


def text(content: str) -> Mutation:
    return swap("<w:t>注</w:t>", content)


DEFECTS: dict[str, tuple[Mutation, str]] = {
    # zip
    "no zip": (lambda parts: pack(parts)[:200], "zip: not readable"),
    "empty zip": (lambda _: pack({}), "zip: empty"),
    "zip of another age": (damage(b"PK\x01\x02\x14\x03\x14", b"PK\x01\x02\x14\x03\xff"), "zip: not readable"),
    "bad check sum": (
        damage("衡阳市".encode(), "衡阳县".encode()),
        "header1.xml: member not readable: Bad CRC",
    ),
    "member twice": (add(DOCUMENT), "document.xml: member name occurs twice"),
    "member twice in another case": (add("word/Document.xml"), "document.xml: member name occurs twice"),
    "absolute name": (add("/etc/a.xml"), "/etc/a.xml: unsafe"),
    "parent in name": (add("word/../a.xml"), "word/../a.xml: unsafe"),
    "backslash in name": (add("word\\a.xml"), "word\\a.xml: unsafe"),
    "drive in name": (add("C:a.xml"), "C:a.xml: unsafe"),
    # package
    "no content types": (drop(TYPES), "[Content_Types].xml: missing"),
    "document without type": (swap(MAIN_OVERRIDE, "", TYPES), "announces officeDocument"),
    "template's type": (swap(".document.main+xml", ".template.main+xml", TYPES), "announces officeDocument"),
    "png without type": (swap(PNG_DEFAULT, "", TYPES), "seal.png: has no content type"),
    "type twice": (swap(PNG_DEFAULT, PNG_DEFAULT * 2, TYPES), "*.png is listed twice"),
    "header of wrong type": (swap(".header+xml", ".footer+xml", TYPES), "announces header"),
    "override without part": (drop(CORE), "Override for /docProps/core.xml, which is missing"),
    "target missing": (drop("word/media/seal.png"), "rId4 points to word/media/seal.png, which is missing"),
    "rels without part": (add("word/_rels/gone.xml.rels", GOOD[RELS]), "gone.xml.rels: belongs to no part"),
    "relationship id twice": (swap('"rId5"', '"rId4"', RELS), "relationship id rId4 occurs twice"),
    "no main document": (drop("_rels/.rels"), "0 officeDocument relationships"),
    "main document is none": (
        swap(DOCUMENT, HEADER, "_rels/.rels"),
        "the main document's root is hdr",
    ),
    "header id undefined": (swap('r:id="rId2"', 'r:id="rId9"'), "headerReference uses relationship 'rId9'"),
    "picture id undefined": (swap('r:embed="rId4"', 'r:embed="rId9"'), "blip uses relationship 'rId9'"),
    "header id is a picture": (swap('r:id="rId2"', 'r:id="rId4"'), "relationship 'rId4' of kind image"),
    "no rels of the document": (drop(RELS), "'rId2', which is not defined"),
    # XML
    "bare ampersand": (text("<w:t>R&D</w:t>"), "document.xml: not well-formed"),
    "bare less-than": (text("<w:t>A<B</w:t>"), "document.xml: not well-formed"),
    "control character": (text("<w:t>\x0b</w:t>"), "document.xml: not well-formed"),
    "control character reference": (text("<w:t>&#11;</w:t>"), "document.xml: not well-formed"),
    "U+FFFE": (text("<w:t>\ufffe</w:t>"), "document.xml: not well-formed"),
    "surrogate": (swap_bytes("注".encode(), b"\xed\xa0\xbd"), "document.xml: not well-formed"),
    "GBK bytes": (swap_bytes("年度".encode(), "年度".encode("gbk")), "document.xml: not well-formed"),
    "GBK declared": (
        swap_bytes(GOOD[HEADER], '<?xml version="1.0" encoding="GBK"?><a>注</a>'.encode("gbk"), HEADER),
        "header1.xml: encoding GBK",
    ),
    "broken header": (swap("</w:hdr>", "", HEADER), "header1.xml: not well-formed"),
    "document type": (swap("<w:hdr ", "<!DOCTYPE w:hdr><w:hdr ", HEADER), "document type declaration"),
    "Ignorable undeclared": (swap('Ignorable="w14"', 'Ignorable="w14 w99"'), "undeclared prefix 'w99'"),
    "Choice undeclared": (
        before_section('<mc:AlternateContent><mc:Choice Requires="w98"/></mc:AlternateContent>'),
        "Choice names the undeclared prefix 'w98'",
    ),
    # structure
    "no body": (swap(f"<w:body>{BODY}</w:body>", ""), "has 0 w:body"),
    "no section": (swap(SECTION, ""), "w:sectPr is not the last"),
    "paragraph after section": (swap(SECTION, SECTION + "<w:p/>"), "w:sectPr is not the last"),
    "empty header": (
        swap("<w:p><w:r><w:t>衡阳市</w:t></w:r></w:p>", "", HEADER),
        "header1.xml: has no paragraph",
    ),
    "paragraph in paragraph": (before_section("<w:p><w:p/></w:p>"), "w:p inside w:p"),
    "table in paragraph": (before_section(f"<w:p>{ONE_ROW}</w:p>"), "w:tbl inside w:p"),
    "run in run": (before_section("<w:p><w:r><w:r/></w:r></w:p>"), "w:r inside w:r"),
    "text outside run": (before_section("<w:p><w:t>a</w:t></w:p>"), "w:t in w:p"),
    "cell outside row": (before_section("<w:tc><w:p/></w:tc>"), "w:tc in w:body"),
    "loose text": (before_section("<w:p>多余</w:p>"), "loose text '多余' in w:p"),
    "loose text behind an element": (before_section("<w:p><w:r/>多余</w:p>"), "loose text '多余' in w:p"),
    "cell without paragraph": (swap('<w:p w14:paraId="00000003"/>', ""), "cell 5 ends with tcPr, not"),
    "table last in cell": (swap(LAST, LAST.replace("</w:tc>", f"{ONE_ROW}</w:tc>")), "cell 5 ends with tbl"),
    "no tblPr": (before_section("<w:tbl><w:tblGrid/><w:tr/></w:tbl>"), "table 2: begins with tblGrid tr"),
    "no tblGrid": (swap(GRID, ""), "table 1: begins with tblPr tr"),
    "empty tblGrid": (swap(GRID, "<w:tblGrid/>"), "table 1: has no gridCol"),
    "no rows": (before_section(ONE_ROW.replace("<w:tr><w:tc><w:p/></w:tc></w:tr>", "")), "has no rows"),
    "paragraph in table": (before_section(ONE_ROW.replace("<w:tr>", "<w:p/><w:tr>")), "is not a row"),
    "row without cells": (swap(WIDE + "</w:tr>", WIDE + "</w:tr><w:tr/>"), "row 2: has no cells"),
    "span too small": (swap(WIDE, WIDE.replace('"2"', '"1"')), "row 1: spans 2 columns, the grid has 3"),
    "row short of a cell": (swap(LAST, ""), "row 2: spans 2 columns"),
    "gridAfter too large": (swap('gridAfter w:val="1"', 'gridAfter w:val="2"'), "row 3: spans 4 columns"),
    "gridBefore forgotten": (
        swap("<w:gridAfter", "<w:gridBefore w:val='1'/><w:gridAfter"),
        "row 3: spans 4 col",
    ),
    "cell of wrong width": (
        swap('w:w="5000"', 'w:w="4999"'),
        "row 1: cell 2: tcW 4999, its columns are 5000",
    ),
    "table of wrong width": (swap('tblW w:w="6000"', 'tblW w:w="6001"'), "tblW is not 6000"),
    "width not whole": (swap('w:w="5000"', 'w:w="12.5"'), "w:tcW has w:w='12.5'"),
    "merge in first row": (
        swap('<w:vMerge w:val="restart"/>', "<w:vMerge/>"),
        "row 1: cell 1: vMerge continues",
    ),
    "merge without start": (swap('<w:vMerge w:val="restart"/>', ""), "row 2: cell 1: vMerge continues"),
    "merge of another width": (
        swap(CONTINUED, CONTINUED.replace("<w:vMerge/>", '<w:gridSpan w:val="2"/><w:vMerge/>')),
        "row 2: cell 1: vMerge continues",
    ),
    "merge value": (swap('vMerge w:val="restart"', 'vMerge w:val="start"'), "w:vMerge has w:val='start'"),
    "jc value": (swap('jc w:val="center"', 'jc w:val="middle"'), "w:jc has w:val='middle'"),
    "tcPr order": (
        swap(
            '<w:vMerge w:val="restart"/><w:vAlign w:val="center"/>',
            '<w:vAlign w:val="top"/><w:vMerge w:val="restart"/>',
        ),
        "w:vMerge after w:vAlign in w:tcPr",
    ),
    "pPr order": (
        swap('<w:jc w:val="center"/>', '<w:jc w:val="left"/><w:ind/>'),
        "w:ind after w:jc in w:pPr",
    ),
    "rPr order": (swap('<w:b/><w:sz w:val="32"/>', '<w:sz w:val="32"/><w:b/>'), "w:b after w:sz in w:rPr"),
    "trPr order": (
        swap("<w:cantSplit/>", '<w:ins w:id="9"/><w:cantSplit/>'),
        "w:cantSplit after w:ins in w:trPr",
    ),
    "tblPr order": (
        swap('<w:tblLayout w:type="fixed"/>', '<w:tblLayout w:type="fixed"/><w:jc w:val="left"/>'),
        "w:jc after w:tblLayout in w:tblPr",
    ),
    "property twice": (swap("<w:cantSplit/>", "<w:cantSplit/>" * 2), "two w:cantSplit in w:trPr"),
    "unknown property": (swap("<w:cantSplit/>", "<w:cantBreak/>"), "unknown w:cantBreak in w:trPr"),
    "properties after contents": (before_section("<w:p><w:r/><w:pPr/></w:p>"), "pPr not first in w:p"),
    # ids
    "bookmark id twice": (
        before_section('<w:bookmarkStart w:id="0" w:name="b"/><w:bookmarkEnd w:id="0"/>'),
        "bookmark id '0' occurs twice",
    ),
    "bookmark name twice": (
        before_section('<w:bookmarkStart w:id="1" w:name="标题"/><w:bookmarkEnd w:id="1"/>'),
        "bookmark name '标题' occurs twice",
    ),
    "bookmark without end": (swap('<w:bookmarkEnd w:id="0"/>', ""), "bookmark 0 has no end"),
    "bookmark without start": (before_section('<w:bookmarkEnd w:id="8"/>'), "bookmark 8 has no start"),
    "docPr id twice": (before_section(PICTURE), "docPr id '1' occurs twice"),
    "paraId twice": (swap('paraId="00000002"', 'paraId="00000001"'), "paraId '00000001' occurs twice"),
    "paraId too large": (swap('paraId="00000002"', 'paraId="80000000"'), "w14:paraId '80000000'"),
    "control id twice": (before_section(CONTROL), "sdt id '5' occurs twice"),
    "comment undefined": (
        swap('commentReference w:id="0"', 'commentReference w:id="4"'),
        "refers to comment 4",
    ),
    "footnote undefined": (text('<w:footnoteReference w:id="2"/>'), "refers to footnote 2"),
    "style undefined": (
        swap('pStyle w:val="Title"', 'pStyle w:val="Titel"'),
        "style 'Titel' of w:pStyle is not",
    ),
    "run style undefined": (
        swap("<w:b/>", '<w:rStyle w:val="Bold"/><w:b/>'),
        "style 'Bold' of w:rStyle is not",
    ),
    "table style undefined": (
        swap('tblStyle w:val="Grid"', 'tblStyle w:val="None"'),
        "w:tblStyle is not defined",
    ),
    "style of another type": (
        swap('tblStyle w:val="Grid"', 'tblStyle w:val="Title"'),
        "is a paragraph style",
    ),
    "style id twice": (swap('styleId="Grid"', 'styleId="Title"', STYLES), "style id 'title' occurs twice"),
    "numId undefined": (swap('<w:numId w:val="1"/>', '<w:numId w:val="3"/>'), "refers to num 3"),
    "abstractNumId undefined": (
        swap('abstractNumId w:val="7"', 'abstractNumId w:val="6"', NUMBERS),
        "abstractNum 6",
    ),
    # text
    "leading space": (text("<w:t> 注</w:t>"), "text ' 注' without xml:space"),
    "trailing space": (text("<w:t>注 </w:t>"), "text '注 ' without xml:space"),
    "double space": (text("<w:t>a  b</w:t>"), "text 'a  b' without xml:space"),
    "line break in text": (text('<w:t xml:space="preserve">a\nb</w:t>'), "line break or tab in the text"),
    "tab in text": (text('<w:t xml:space="preserve">a\tb</w:t>'), "line break or tab in the text"),
    # tags
    "tag": (text("<w:t>{{ 项目名称 }}</w:t>"), "document.xml: left-over template tag"),
    "statement": (text("<w:t>{% endfor %}</w:t>"), "document.xml: left-over template tag"),
    "template comment": (text("<w:t>{# 说明 #}</w:t>"), "document.xml: left-over template tag"),
    "end of a tag": (text("<w:t>名称 }}</w:t>"), "document.xml: left-over template tag"),
    "tag split over runs": (
        text("<w:t>{</w:t></w:r><w:r><w:t>{ x</w:t>"),
        "document.xml: left-over template tag",
    ),
    "docxtpl's escaped tag": (text("<w:t>{_{ x</w:t>"), "document.xml: left-over template tag"),
    "full-width tag": (text("<w:t>\uff5b\uff5b x</w:t>"), "document.xml: left-over template tag"),
    "tag in header": (swap("衡阳市", "{{ 市 }}", HEADER), "header1.xml: left-over template tag"),
    "tag in title": (swap("绩效目标", "{{ 标题 }}", CORE), "core.xml: left-over template tag"),
    "tag in attribute": (swap('name="章"', 'name="{{ 章 }}"'), "document.xml: left-over template tag"),
}


# What looks like a defect and is none.
VARIANTS: dict[str, Mutation] = {
    "text box in a run": before_section(f"<w:p><w:r>{TEXT_BOX}</w:r></w:p>"),
    "ruby": before_section("<w:p><w:r><w:ruby><w:rt><w:r/></w:rt></w:ruby></w:r></w:p>"),
    "control around a cell": swap(LAST, f"<w:sdt><w:sdtContent>{LAST}</w:sdtContent></w:sdt>"),
    "control last in a cell": swap(LAST, LAST.replace("</w:tc>", CONTROL.replace("5", "6") + "</w:tc>")),
    "bookmark last in a cell": swap(
        LAST,
        LAST.replace("</w:tc>", '<w:bookmarkStart w:id="1" w:name="b"/><w:bookmarkEnd w:id="1"/></w:tc>'),
    ),
    "fallback copy": before_section(
        '<mc:AlternateContent><mc:Choice Requires="w14"/><mc:Fallback><w:p w14:paraId="00000001"/>'
        "</mc:Fallback></mc:AlternateContent>"
    ),
    "width in per cent": swap('<w:tcW w:w="5000" w:type="dxa"/>', '<w:tcW w:w="50%" w:type="pct"/>'),
    "gridBefore": swap(
        '<w:gridAfter w:val="1"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="3000"',
        '<w:gridBefore w:val="1"/></w:trPr><w:tc><w:tcPr><w:tcW w:w="5000"',
    ),
    "no numbering": swap('<w:numId w:val="1"/>', '<w:numId w:val="0"/>'),
    "external link": swap(
        "</Relationships>",
        f'<Relationship Id="x" Type="{OFFICE}/relationships/hyperlink" Target="https://a.cn/" '
        'TargetMode="External"/></Relationships>',
        RELS,
    ),
    "single braces": text("<w:t>{a} 95% {5C22544A} 9%</w:t>"),
    "kept white space": text('<w:t xml:space="preserve">  a  </w:t>'),
    "ideographic space": text("<w:t>\u3000注</w:t>"),
}


@cache
def mutated(defect: str) -> bytes:
    return DEFECTS[defect][0](GOOD)


def test_the_good_document_has_no_fault() -> None:
    assert faults(pack(GOOD)) == []


@pytest.mark.parametrize("defect", DEFECTS)
def test_each_defect_is_found(defect: str) -> None:
    found = faults(mutated(defect))
    assert mutated(defect) != pack(GOOD), "the mutation changed nothing"
    assert [line for line in found if DEFECTS[defect][1] in line], found
    assert all(": " in line and "\n" not in line for line in found), found


@pytest.mark.parametrize("variant", VARIANTS)
def test_what_is_legal_passes(variant: str) -> None:
    content = VARIANTS[variant](GOOD)
    assert content != pack(GOOD), "the mutation changed nothing"
    assert faults(content) == []


def test_each_check_finds_a_defect_of_the_table() -> None:
    """A check that no defect needs could be broken without a sound."""
    packages = [(read(mutated(name)), expected) for name, (_, expected) in DEFECTS.items()]
    idle = [
        check.__name__
        for check in CHECKS
        if not any(expected in line for package, expected in packages for line in check(package))
    ]
    assert idle == []


def test_braces_of_the_user_are_no_tags() -> None:
    content = text("<w:t>{{ 7*7</w:t><w:tab/><w:t>}}</w:t><w:br/><w:t>{% x %}</w:t>")(GOOD)
    assert len(leftover_tags(content)) == 1
    assert leftover_tags(content, allowed=["{{ 7*7\t}}\n{% x %}", ""]) == []
    assert faults(content, allowed=["{{ 7*7\t}}", "{% x %}"]) == []
    assert len(faults(content, allowed=["{{ 7*7\t}}"])) == 1


def test_a_template_has_no_structure_fault() -> None:
    assert structure_faults(mutated("tag")) == []


def test_dates_are_judged_on_request() -> None:
    assert unfixed_dates(pack(GOOD)) == []
    late = pack(GOOD, date=(2026, 1, 2))
    assert faults(late) == []
    assert len(unfixed_dates(late)) == len(GOOD)


def test_files_are_read_from_disk(tmp_path: Path) -> None:
    path = tmp_path / "目标.docx"
    path.write_bytes(mutated("no body"))
    assert faults(path) == faults(mutated("no body"))


def test_the_document_of_python_docx_passes(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("绩效目标")
    document.add_table(2, 2, style="Table Grid")
    document.save(str(tmp_path / "a.docx"))
    assert faults(tmp_path / "a.docx") == []


def test_a_deflate_stream_that_breaks_off_is_a_fault() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(zipfile.ZipInfo("a.xml"), b"<a/>" * 99, zipfile.ZIP_DEFLATED)
    start = 30 + len("a.xml")
    content = stream.getvalue()
    assert zlib.decompress(content[start:-1], -15)[:4] == b"<a/>"
    broken = content[:start] + b"\xff" * 8 + content[start + 8 :]
    assert any(line.startswith("a.xml: member not readable") for line in faults(broken))
