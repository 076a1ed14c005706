"""Templates whose bundle is easily wrong, made from raw XML: kin of those in tests/bundles, by what is in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from tests.support.docx_making import (
    LANDSCAPE,
    NAMESPACES,
    PNG,
    SEPARATORS,
    WORD,
    Link,
    docx,
    paragraph,
    picture,
    relationships,
    run,
    table,
)

SIZE = '<w:pgSz w:w="11906" w:h="8000"/>'
MARGINS = (
    '<w:pgMar w:top="1440" w:right="1800" w:bottom="1440" w:left="1800" w:header="851" w:footer="992" w:gutter="0"/>'
)
PAGE = SIZE + MARGINS
NAME = "{{ 项目名称 }}"
SUPERSCRIPT = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
ROOTS = {
    "header": "hdr",
    "footer": "ftr",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "numbering": "numbering",
    "settings": "settings",
    "styles": "styles",
    "comments": "comments",
}


class Part(NamedTuple):
    """One part beside the document: what it is for (header, footnotes, …) and the XML inside its root."""

    kind: str
    xml: str


def template(
    body: str,
    section: str = PAGE,
    core: Mapping[str, str] | None = None,
    links: tuple[Link, ...] = (),
    more: Mapping[str, bytes] | None = None,
    types: str = "",
    **parts: Part,
) -> bytes:
    """A template whose parts lie under their names; the relationship of each is rId and its name."""
    members = dict(more or {})
    said = types
    own = list(links)
    for name, part in parts.items():
        root = ROOTS[part.kind]
        members[f"word/{name}.xml"] = f"<w:{root} {NAMESPACES}>{part.xml}</w:{root}>".encode()
        own.append(Link(f"rId{name}", part.kind, f"{name}.xml"))
        said += f'<Override PartName="/word/{name}.xml" ContentType="{WORD}.{part.kind}+xml"/>'
    return docx(body, page=section, core=core, links=own, more=members, types=said)


def field(code: str, result: str = "0") -> str:
    """A field in five runs."""
    return (
        f"<w:r>{mark('begin')}</w:r>"
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r><w:r>{mark("separate")}</w:r>'
        f"{run(result)}<w:r>{mark('end')}</w:r>"
    )


def mark(kind: str) -> str:
    return f'<w:fldChar w:fldCharType="{kind}"/>'


def refer(part: str, name: str, kind: str = "default") -> str:
    return f'<w:{part}Reference w:type="{kind}" r:id="rId{name}"/>'


def ends(section: str, text: str = "") -> str:
    """A paragraph that ends a section."""
    return f"<w:p><w:pPr><w:sectPr>{section}</w:sectPr></w:pPr>{run(text) if text else ''}</w:p>"


def kind(name: str) -> str:
    """The type of a section."""
    return f'<w:type w:val="{name}"/>'


def note(name: str, number: int = 1, more: str = "") -> str:
    """A run that refers to a note."""
    return f'<w:r>{SUPERSCRIPT}<w:{name}Reference {more}w:id="{number}"/></w:r>'


def notes(name: str, *texts: str) -> str:
    """The notes of a part, numbered from 1; each text is XML of a run."""
    separators = SEPARATORS.replace("footnote", name)
    return separators + "".join(
        f'<w:{name} w:id="{number}"><w:p><w:r>{SUPERSCRIPT}<w:{name}Ref/></w:r>{text}</w:p></w:{name}>'
        for number, text in enumerate(texts, 1)
    )


def item(text: str, number: int, level: int = 0) -> str:
    """A numbered paragraph."""
    numbers = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{numbers}</w:pPr>{run(text)}</w:p>"


def styled(text: str, style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{text}</w:p>'


def level(number: int, text: str, form: str = "decimal", more: str = "", start: int = 1) -> str:
    """One level of the definition of a list."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{420 * (number + 1)}" w:hanging="420"/></w:pPr></w:lvl>'
    )


def listed(number: int, *levels: str, more: str = "") -> str:
    """The definition of a list."""
    head = f'<w:nsid w:val="0000000{number + 1}"/><w:multiLevelType w:val="multilevel"/>'
    return f'<w:abstractNum w:abstractNumId="{number}">{head}{more}{"".join(levels)}</w:abstractNum>'


def numbered(number: int, abstract: int, more: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'


def style(name: str, inside: str = "", kind: str = "paragraph", more: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}"{more}><w:name w:val="{name.lower()}"/>{inside}</w:style>'


PLAIN_STYLE = style("Normal", more=' w:default="1"')
TWO_COLUMNS = '<w:cols w:num="2" w:space="425"/>'
LONG = "".join(paragraph(f"第 {number} 行") for number in range(30))
BULLET = listed(2, level(0, "•", "bullet"))


def _sections() -> Iterator[tuple[str, bytes]]:
    yield (
        "header with a tag in the second of three sections",
        template(
            paragraph("封面") + ends(PAGE) + paragraph(NAME) + ends(refer("header", "h") + PAGE) + paragraph("附"),
            refer("footer", "f") + PAGE,
            h=Part("header", paragraph(f"页眉 {NAME}")),
            f=Part("footer", paragraph("页脚 {{ 预算单位 }}")),
        ),
    )
    yield (
        "first, even and default headers with tags",
        template(
            LONG + paragraph(NAME),
            refer("header", "a", "first") + refer("header", "b", "even") + refer("header", "c") + PAGE + "<w:titlePg/>",
            settings=Part("settings", "<w:evenAndOddHeaders/>"),
            a=Part("header", paragraph(f"首页 {NAME}")),
            b=Part("header", paragraph(f"偶数页 {NAME}")),
            c=Part("header", paragraph(f"奇数页 {NAME}")),
        ),
    )
    yield (
        "a form that begins with a continuous section",
        template(paragraph(NAME) + ends(kind("continuous") + PAGE) + paragraph("后"), kind("continuous") + PAGE),
    )
    yield (
        "two columns in the middle",
        template(
            paragraph(NAME)
            + ends(PAGE)
            + paragraph("左")
            + ends(kind("continuous") + PAGE + TWO_COLUMNS, "右")
            + paragraph("下"),
            kind("continuous") + PAGE,
        ),
    )
    for start in ("oddPage", "evenPage", "nextColumn"):
        yield (
            f"a form that begins with {start}",
            template(
                f"<w:p>{run(NAME)}{field('PAGE')}</w:p>"
                + ends(kind(start) + PAGE)
                + f"<w:p>{run('后')}{field('PAGE')}</w:p>",
                kind(start) + PAGE,
            ),
        )
    yield (
        "landscape behind portrait",
        template(paragraph(NAME) + ends(PAGE) + paragraph("横"), LANDSCAPE + MARGINS),
    )
    yield (
        "footer in the body alone",
        template(
            paragraph("封面") + ends(PAGE) + paragraph(NAME),
            refer("footer", "f") + PAGE,
            f=Part("footer", paragraph("固定")),
        ),
    )
    yield (
        "a title page without a header, high margins",
        template(
            paragraph("封面") + ends(SIZE + MARGINS.replace('w:top="1440"', 'w:top="500"')) + LONG + paragraph(NAME),
            refer("header", "h") + PAGE + "<w:titlePg/>",
            h=Part("header", paragraph("页眉")),
        ),
    )
    yield (
        "one header in two sections",
        template(
            paragraph("甲") + ends(refer("header", "h") + PAGE) + paragraph(NAME),
            refer("header", "h") + PAGE,
            h=Part("header", paragraph(f"页眉 {NAME}")),
        ),
    )
    yield (
        "one footer for first and other pages",
        template(
            LONG + paragraph(NAME),
            refer("footer", "f") + '<w:footerReference w:type="first" r:id="rId41"/>' + PAGE + "<w:titlePg/>",
            links=(Link("rId41", "footer", "f.xml"),),
            f=Part("footer", f"<w:p>{run(NAME)}{field('PAGE')}</w:p>"),
        ),
    )
    yield (
        "a last paragraph that closes a continuous section",
        template(paragraph(NAME) + ends(PAGE, "完"), kind("continuous") + PAGE),
    )
    yield (
        "a section that ends in a content control",
        template(
            f"<w:sdt><w:sdtPr><w:id w:val='5'/></w:sdtPr><w:sdtContent>{paragraph('封面')}{ends(PAGE)}</w:sdtContent></w:sdt>"
            + paragraph(NAME)
        ),
    )
    yield (
        "page numbers of its own",
        template(LONG + f"<w:p>{run(NAME)}{field('PAGE')}</w:p>", PAGE + '<w:pgNumType w:start="5"/>'),
    )
    yield (
        "lines numbered",
        template(paragraph(NAME) + paragraph("二"), PAGE + '<w:lnNumType w:countBy="1" w:restart="continuous"/>'),
    )


CHANGED = (
    '<w:sectPrChange w:id="9" w:author="甲" w:date="2020-01-01T00:00:00Z"><w:sectPr>'
    '<w:pgSz w:w="8000" w:h="11906" w:orient="landscape"/></w:sectPr></w:sectPrChange>'
)
WHO = 'w:author="甲" w:date="2020-01-01T00:00:00Z"'


def _revisions() -> Iterator[tuple[str, bytes]]:
    yield "tracked page setup of the first section", template(paragraph("封") + ends(PAGE + CHANGED) + paragraph(NAME))
    yield (
        "tracked format of the last paragraph",
        template(
            paragraph(NAME)
            + f'<w:p><w:pPr><w:jc w:val="center"/><w:pPrChange w:id="3" {WHO}><w:pPr><w:jc w:val="left"/></w:pPr></w:pPrChange></w:pPr>'
            + run("完")
            + "</w:p>"
        ),
    )
    yield (
        "tracked insertions and moves",
        template(
            f'<w:p><w:ins w:id="1" {WHO}>{run("插入")}</w:ins><w:del w:id="2" {WHO}><w:r><w:delText>删</w:delText></w:r></w:del></w:p>'
            f'<w:p><w:moveFromRangeStart w:id="3" w:name="move1" {WHO}/><w:moveFrom w:id="4" {WHO}>{run("移")}</w:moveFrom>'
            '<w:moveFromRangeEnd w:id="3"/></w:p>'
            f'<w:p><w:moveToRangeStart w:id="5" w:name="move1" {WHO}/><w:moveTo w:id="6" {WHO}>{run("移")}</w:moveTo>'
            f'<w:moveToRangeEnd w:id="5"/></w:p>{paragraph(NAME)}'
        ),
    )
    yield (
        "permissions whose numbers are near the bound",
        template(
            f'<w:p><w:permStart w:id="2147483646" w:edGrp="everyone"/>{run(NAME)}<w:permEnd w:id="2147483646"/></w:p>'
            f'<w:p><w:permStart w:id="-3" w:edGrp="everyone"/>{run("后")}</w:p><w:permEnd w:id="-3"/>'
        ),
    )
    yield (
        "ids near the bound in a drawing and a bookmark",
        template(
            picture(2147483646)
            + f'<w:p><w:bookmarkStart w:id="2147483646" w:name="甲"/>{run(NAME)}<w:bookmarkEnd w:id="2147483646"/></w:p>',
            links=(Link("rIdPicture", "image", "media/seal.png"),),
            more={"word/media/seal.png": PNG},
        ),
    )
    yield (
        "comments",
        template(
            f'<w:p><w:commentRangeStart w:id="1"/>{run(NAME)}<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r></w:p>',
            comments=Part("comments", f'<w:comment w:id="1" {WHO} w:initials="甲">{paragraph("请核对")}</w:comment>'),
        ),
    )


HEADING = style(
    "Heading1",
    '<w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:ind w:left="1200" w:firstLine="0"/>'
    '<w:outlineLvl w:val="0"/></w:pPr>',
)
LIST_STYLE = style("List", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>', "numbering")


def _lists() -> Iterator[tuple[str, bytes]]:
    yield (
        "headings numbered by their style",
        template(
            styled(run(NAME), "Heading1") + paragraph("文") + styled(run("二"), "Heading1"),
            styles=Part("styles", PLAIN_STYLE + HEADING),
            numbering=Part(
                "numbering",
                listed(0, level(0, "第%1章", "chineseCounting", '<w:pStyle w:val="Heading1"/>')) + numbered(1, 0),
            ),
        ),
    )
    yield (
        "two lists of one definition, levels, another start, bullets",
        template(
            item(NAME, 1)
            + item("下", 1, 1)
            + item("二", 2)
            + item("点", 4)
            + item("三", 3)
            + item("一", 1)
            + paragraph("完"),
            numbering=Part(
                "numbering",
                listed(0, level(0, "%1."), level(1, "%1.%2"))
                + listed(1, level(0, "(%1)", start=7))
                + BULLET
                + numbered(1, 0)
                + numbered(2, 0)
                + numbered(3, 1, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="3"/></w:lvlOverride>')
                + numbered(4, 2),
            ),
        ),
    )
    yield (
        "a list named by a numbering style, in a row loop",
        template(
            table(("{%tr for 行 in 指标行 %}",), ("{{ 行.二级 }}",), ("{%tr endfor %}",)).replace(
                '<w:p><w:r><w:t xml:space="preserve">{{ 行.二级',
                '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r>'
                '<w:t xml:space="preserve">{{ 行.二级',
            )
            + paragraph(NAME),
            styles=Part("styles", PLAIN_STYLE + LIST_STYLE),
            numbering=Part(
                "numbering",
                listed(0, more='<w:numStyleLink w:val="List"/>')
                + listed(1, level(0, "%1、"), more='<w:styleLink w:val="List"/>')
                + numbered(1, 0)
                + numbered(2, 1),
            ),
        ),
    )
    yield (
        "lists in a header and a footer without tags",
        template(
            LONG + item(NAME, 1),
            refer("header", "h") + refer("footer", "f") + PAGE,
            h=Part("header", item("页眉一", 1) + item("页眉二", 1)),
            f=Part("footer", styled(run("页脚"), "Heading1")),
            styles=Part("styles", PLAIN_STYLE + HEADING),
            numbering=Part("numbering", listed(0, level(0, "%1.")) + numbered(1, 0)),
        ),
    )
    yield (
        "figures counted in sequences",
        template(
            f"<w:p>{run('图')}{field('SEQ 图 ' + chr(92) + '* ARABIC')}{run('，表')}{field('SEQ Table')}</w:p>"
            f"<w:p>{run('图')}<w:fldSimple w:instr=' SEQ 图 '>{run('9')}</w:fldSimple>{run(NAME)}</w:p>"
        ),
    )


def _notes() -> Iterator[tuple[str, bytes]]:
    circles = '<w:footnotePr><w:numFmt w:val="decimalEnclosedCircleChinese"/></w:footnotePr>'
    yield (
        "footnotes in two sections, one in the paragraph between",
        template(
            f"<w:p>{run(NAME)}{note('footnote')}</w:p>"
            f"<w:p><w:pPr><w:sectPr>{PAGE}</w:sectPr></w:pPr>{run('中')}{note('footnote', 2)}</w:p>"
            f"<w:p>{run('后')}{note('footnote', 3)}</w:p>",
            footnotes=Part("footnotes", notes("footnote", run("一"), run("二 {{ 预算单位 }}"), run("三"))),
        ),
    )
    yield (
        "footnotes with circles, one marked by hand",
        template(
            f"<w:p>{run(NAME)}{note('footnote')}<w:r>{SUPERSCRIPT}<w:footnoteReference w:customMarkFollows='1' w:id='2'/>"
            f"<w:t>*</w:t></w:r>{run('后')}{note('footnote', 3)}</w:p>",
            circles + PAGE,
            footnotes=Part("footnotes", notes("footnote", run("一"), run("手"), run("二"))),
        ),
    )
    yield (
        "footnotes that begin anew on each page",
        template(
            f"<w:p>{run(NAME)}{note('footnote')}</w:p>{LONG}<w:p>{run('后')}{note('footnote', 2)}</w:p>",
            '<w:footnotePr><w:numRestart w:val="eachPage"/></w:footnotePr>' + PAGE,
            footnotes=Part("footnotes", notes("footnote", run("一"), run("二"))),
        ),
    )


def _fields() -> Iterator[tuple[str, bytes]]:
    titled = {"title": NAME, "subject": "{{ 预算单位 }}"}
    yield (
        "properties in the body",
        template(
            f"<w:p>{field('DOCPROPERTY Title ' + chr(92) + '* Upper')}</w:p>"
            f"<w:p><w:fldSimple w:instr=' SUBJECT '>{run('旧')}</w:fldSimple></w:p>",
            core=titled,
        ),
    )
    bound = (
        "<w:dataBinding w:prefixMappings=\"xmlns:ns0='http://purl.org/dc/elements/1.1/' "
        "xmlns:ns1='http://schemas.openxmlformats.org/package/2006/metadata/core-properties'\" "
        'w:xpath="/ns1:coreProperties[1]/ns0:title[1]" w:storeItemID="{6C3C8BC8-F283-45AE-878A-BAB7291924A1}"/>'
    )
    yield (
        "a control bound to the title",
        template(
            f'<w:sdt><w:sdtPr><w:id w:val="7"/>{bound}</w:sdtPr><w:sdtContent>{paragraph(NAME)}</w:sdtContent></w:sdt>'
            + paragraph("完"),
            core=titled,
        ),
    )
    long = "甲" * 40
    yield (
        "references to a bookmark of forty letters",
        template(
            f'<w:p><w:bookmarkStart w:id="1" w:name="{long}"/>{run(NAME)}<w:bookmarkEnd w:id="1"/></w:p>'
            f"<w:p>{field(f'REF {long} ' + chr(92) + 'h', '旧')}</w:p><w:p><w:hyperlink w:anchor='{long}'>{run('上')}</w:hyperlink>"
            f"{field(f'PAGEREF {long}')}</w:p>"
        ),
    )
    yield (
        "a link to a bookmark written as an address",
        template(
            f'<w:p><w:bookmarkStart w:id="1" w:name="乙"/>{run(NAME)}<w:bookmarkEnd w:id="1"/></w:p>'
            f"<w:p><w:hyperlink r:id='rIdInside'>{run('上')}</w:hyperlink><w:hyperlink r:id='rIdInside'>{run('再')}</w:hyperlink></w:p>",
            links=(Link("rIdInside", "hyperlink", "#乙", external=True),),
        ),
    )
    count = f"<w:p>{run('第')}{field('PAGE')}{run('页共')}<w:fldSimple w:instr='NUMPAGES'>{run('1')}</w:fldSimple>{run('页')}</w:p>"
    yield (
        "page of pages over two sections of several pages",
        template(LONG + ends(refer("footer", "f") + PAGE) + LONG + paragraph(NAME), f=Part("footer", count)),
    )
    yield "page of pages behind an empty last paragraph", template(LONG + paragraph(NAME) + count + LONG + "<w:p/>")
    contents = (
        f"<w:p><w:r>{mark('begin')}</w:r><w:r><w:instrText> TOC \\o &quot;1-3&quot; \\h </w:instrText></w:r>"
        f"<w:r>{mark('separate')}</w:r><w:hyperlink w:anchor='_Toc1'>{run(NAME)}{field('PAGEREF _Toc1')}</w:hyperlink></w:p>"
        f"<w:p><w:r>{mark('end')}</w:r></w:p>"
    )
    yield (
        "contents of its own",
        template(
            contents
            + LONG
            + '<w:p><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:bookmarkStart w:id="8" w:name="_Toc1"/>'
            + run(NAME)
            + '<w:bookmarkEnd w:id="8"/></w:p>'
        ),
    )
    yield "page of pages in the body", template(LONG + paragraph(NAME) + count + table(("甲",)))


def _blocks() -> Iterator[tuple[str, bytes]]:
    yield (
        "a table and the end of a bookmark behind it",
        template(
            f'<w:p><w:bookmarkStart w:id="2" w:name="丙"/>{run("表")}</w:p>{table((NAME,))}<w:bookmarkEnd w:id="2"/>'
        ),
    )
    yield (
        "a control last",
        template(
            f'<w:sdt><w:sdtPr><w:id w:val="2147483647"/></w:sdtPr><w:sdtContent>{table((NAME,))}</w:sdtContent></w:sdt>'
        ),
    )
    yield (
        "bookmarks of one name in a loop of paragraphs",
        template(
            paragraph("{%p for 行 in 指标行 %}")
            + f'<w:p><w:bookmarkStart w:id="4" w:name="行"/>{run("{{ 行.二级 }}")}<w:bookmarkEnd w:id="4"/></w:p>'
            + paragraph("{%p endfor %}")
            + paragraph(NAME)
        ),
    )
    shape = (
        '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" id="文本框 2" '
        'o:spid="_x0000_s1026" style="width:90pt;height:40pt"><v:textbox><w:txbxContent>'
        f"{paragraph('框 ' + NAME)}</w:txbxContent></v:textbox></v:shape>"
    )
    yield "an old text box", template(f"<w:p><w:r><w:pict>{shape}</w:pict></w:r>{run('后')}</w:p>" + paragraph("完"))
    head = {
        "word/media/seal.png": PNG,
        "word/_rels/header1.xml.rels": relationships([Link("rIdPicture", "image", "media/seal.png")]).encode(),
    }
    yield (
        "a picture in a header with a tag",
        docx(paragraph(NAME), header=picture() + paragraph(NAME), page=PAGE, more=head),
    )


MADE: Mapping[str, bytes] = dict(
    (*_sections(), *_revisions(), *_lists(), *_notes(), *_fields(), *_blocks()),
)
"""The templates by what is in them."""

_TWO_NOTES = Part("endnotes", notes("endnote", run("一"), f'<w:hyperlink r:id="rIdWeb">{run("二")}</w:hyperlink>'))
_WEB = {
    "word/_rels/endnotes.xml.rels": relationships(
        [Link("rIdWeb", "hyperlink", "https://example.gov.cn/", external=True)]
    ).encode()
}
ENDNOTES: Mapping[str, bytes] = {
    "endnotes in two sections": template(
        f"<w:p>{run(NAME)}{note('endnote')}</w:p>{ends(PAGE)}<w:p>{run('后')}{note('endnote', 2)}</w:p>",
        more=_WEB,
        endnotes=_TWO_NOTES,
    ),
    "endnotes in Roman capitals with settings of their own": template(
        f"<w:p>{run(NAME)}{note('endnote')}{note('endnote', 2)}</w:p>",
        more=_WEB,
        endnotes=_TWO_NOTES,
        settings=Part(
            "settings",
            '<w:zoom w:percent="100"/><w:endnotePr><w:pos w:val="docEnd"/><w:numFmt w:val="upperRoman"/></w:endnotePr>',
        ),
    ),
}
"""Templates with endnotes, which LibreOffice prints behind all forms."""
