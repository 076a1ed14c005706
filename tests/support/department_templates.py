"""Two templates that use the same names for different things: styles, lists, theme, headers, notes, pictures, settings."""

from __future__ import annotations

from tests.support.bundle_templates import (
    NAME,
    PAGE,
    WHO,
    Part,
    ends,
    field,
    item,
    level,
    listed,
    note,
    notes,
    numbered,
    refer,
    style,
    styled,
    template,
)
from tests.support.docx_making import (
    LANDSCAPE,
    NAMESPACES,
    OFFICE,
    PNG,
    WORD,
    Link,
    cell,
    paragraph,
    picture,
    relationships,
    run,
    table,
)

A = "http://schemas.openxmlformats.org/drawingml/2006/main"
SETTINGS = (
    '<w:defaultTabStop w:val="420"/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat>'
    "<w:balanceSingleByteDoubleByteWidth/><w:useFELayout/><w:compatSetting "
    'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
)
BLUE_FILL = '<w:shd w:val="clear" w:color="auto" w:fill="4472C4" w:themeFill="accent1"/>'


def theme(latin: str, east: str, accent: str) -> bytes:
    """A theme with two fonts and a colour."""
    fonts = (
        f'<a:latin typeface="{latin}"/><a:ea typeface=""/><a:cs typeface=""/><a:font script="Hans" typeface="{east}"/>'
    )
    return (
        f'<a:theme xmlns:a="{A}" name="t"><a:themeElements><a:clrScheme name="c"><a:dk1><a:sysClr val="windowText" '
        f'lastClr="000000"/></a:dk1><a:accent1><a:srgbClr val="{accent}"/></a:accent1></a:clrScheme><a:fontScheme name="f">'
        f"<a:majorFont>{fonts}</a:majorFont><a:minorFont>{fonts}</a:minorFont></a:fontScheme></a:themeElements></a:theme>"
    ).encode()


def defaults(size: int, more: str = "", paragraphs: str = "") -> str:
    """What a document takes where no style says anything."""
    run_defaults = f'<w:rFonts w:asciiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia"/>{more}<w:sz w:val="{size}"/>'
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{run_defaults}</w:rPr></w:rPrDefault>"
        f"<w:pPrDefault><w:pPr>{paragraphs}</w:pPr></w:pPrDefault></w:docDefaults>"
    )


def styles(size: int, heading: str, more: str = "", paragraphs: str = "") -> str:
    """The styles of a template: one of each kind, the heading and the table as it likes them."""
    return (
        defaults(size, more, paragraphs)
        + style("Normal", more=' w:default="1"')
        + style("Heading1", f'<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>{heading}')
        + style("Strong", "<w:rPr><w:b/></w:rPr>", "character")
        + style("TableNormal", more=' w:default="1"', kind="table")
        + style(
            "Grid", f'<w:tblPr><w:tblCellMar><w:left w:w="{size * 5}" w:type="dxa"/></w:tblCellMar></w:tblPr>', "table"
        )
        + style("Chapter", '<w:basedOn w:val="Heading1"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>')
    )


def department(
    size: int,
    heading: str,
    latin: str,
    accent: str,
    *,
    more: str = "",
    paragraphs: str = "",
    extra: str = "",
    page: str = PAGE,
) -> bytes:
    """A template of a department of its own: everything has the same name in each, and looks otherwise."""
    body = (
        styled(run(NAME), "Heading1")
        + styled(run("章"), "Chapter")
        + paragraph("普通的字")
        + '<w:p><w:r><w:rPr><w:rStyle w:val="Strong"/><w:color w:val="FF0000" w:themeColor="accent1"/></w:rPr><w:t>粗</w:t></w:r>'
        + f"{note('footnote')}<w:r><w:commentReference w:id='0'/></w:r></w:p>"
        + ends(refer("header", "h") + PAGE)
        + table((cell("格", properties=BLUE_FILL), "子")).replace("<w:tblPr>", '<w:tblPr><w:tblStyle w:val="Grid"/>')
        + item("一", 1)
        + item("点", 3)
        + picture()
        + f"<w:p>{field('TITLE')}{field('STYLEREF &quot;heading1&quot;')}{field('NUMPAGES')}</w:p>"
        + f"<w:p><w:hyperlink r:id='rIdWeb'>{run('网页')}</w:hyperlink></w:p>"
        + extra
    )
    lists = (
        '<w:numPicBullet w:numPicBulletId="0"><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:9pt;height:9pt">'
        '<v:imagedata r:id="rIdDot"/></v:shape></w:pict></w:numPicBullet>'
        + listed(0, level(0, "%1)"))
        + listed(1, level(0, "%1", more='<w:pStyle w:val="Chapter"/>'))
        + listed(2, level(0, "●", "bullet", '<w:lvlPicBulletId w:val="0"/>'))
        + numbered(1, 0)
        + numbered(2, 1)
        + numbered(3, 2)
    )
    return template(
        body,
        refer("footer", "f") + page,
        core={"title": f"{latin} {NAME}"},
        links=(
            Link("rIdPicture", "image", "media/seal.png"),
            Link("rIdTheme", "theme", "theme/theme1.xml"),
            Link("rIdFonts", "fontTable", "fontTable.xml"),
            Link("rIdWeb", "hyperlink", "https://b.cn/", external=True),
        ),
        more={
            "word/media/seal.png": PNG,
            "word/theme/theme1.xml": theme(latin, "宋体", accent),
            "word/fontTable.xml": (
                f'<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="{OFFICE}/relationships">'
                f'<w:font w:name="{latin}"><w:embedRegular r:id="rId1"/></w:font></w:fonts>'
            ).encode(),
            "word/_rels/fontTable.xml.rels": relationships([Link("rId1", "font", "fonts/font1.odttf")]).encode(),
            "word/fonts/font1.odttf": latin.encode(),
            "word/_rels/z.xml.rels": relationships([Link("rIdDot", "image", "media/seal.png")]).encode(),
            "word/_rels/h.xml.rels": relationships([Link("rIdPicture", "image", "/word/media/seal.png")]).encode(),
            "word/_rels/n.xml.rels": relationships(
                [Link("rIdWeb", "hyperlink", "https://a.cn/", external=True)]
            ).encode(),
        },
        types=(
            '<Default Extension="odttf" ContentType="application/vnd.openxmlformats-officedocument.obfuscatedFont"/>'
            '<Override PartName="/word/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/>'
            f'<Override PartName="/word/fontTable.xml" ContentType="{WORD}.fontTable+xml"/>'
        ),
        s=Part("settings", SETTINGS),
        h=Part("header", picture(9) + paragraph(f"{latin} 的页眉")),
        f=Part("footer", styled(run(f"{latin} 的页脚 {NAME}"), "Heading1")),
        n=Part("footnotes", notes("footnote", f'<w:hyperlink r:id="rIdWeb">{run("注")}</w:hyperlink>')),
        y=Part("styles", styles(size, heading, more, paragraphs)),
        z=Part("numbering", lists),
        c=Part("comments", f'<w:comment w:id="0" {WHO} w:initials="甲">{paragraph(latin)}</w:comment>'),
    )


RED = department(
    21,
    '<w:pPr><w:spacing w:before="120"/></w:pPr><w:rPr><w:b/><w:sz w:val="32"/></w:rPr>',
    "Liberation Serif",
    "FF0000",
    more='<w:kern w:val="2"/>',
)
BLUE = department(
    28,
    '<w:pPr><w:jc w:val="right"/></w:pPr><w:rPr><w:i/></w:rPr>',
    "Liberation Sans",
    "0000FF",
    paragraphs='<w:spacing w:after="200" w:line="360" w:lineRule="auto"/><w:jc w:val="both"/>',
    extra=styled(run("两边都靠"), "Normal"),
    page=LANDSCAPE
    + '<w:pgMar w:top="1000" w:right="1000" w:bottom="1000" w:left="1000" w:header="500" w:footer="500" w:gutter="0"/>',
)
SIDES = template(
    "".join(paragraph(f"第 {number} 行") for number in range(30)) + paragraph(NAME),
    refer("header", "even", "even") + refer("header", "odd") + PAGE,
    settings=Part("settings", f"<w:mirrorMargins/>{SETTINGS.replace('<w:char', '<w:evenAndOddHeaders/><w:char')}"),
    styles=Part(
        "styles",
        "<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii='宋体' w:hAnsi='宋体' w:eastAsia='宋体' w:cs='宋体'/><w:sz w:val='20'/>"
        "</w:rPr></w:rPrDefault></w:docDefaults>" + style("Normal", more=' w:default="1"'),
    ),
    links=(Link("rIdFonts", "fontTable", "fontTable.xml"),),
    more={"word/fontTable.xml": f"<w:fonts {NAMESPACES}><w:font w:name='楷体'/></w:fonts>".encode()},
    types=f'<Override PartName="/word/fontTable.xml" ContentType="{WORD}.fontTable+xml"/>',
    even=Part("header", paragraph("偶数页")),
    odd=Part("header", paragraph("奇数页")),
)
"""A template with one style alone, whose headers differ on odd and even pages."""
