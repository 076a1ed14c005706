#!/usr/bin/env python3
"""Write templates/form_2020.docx, the Word template of the 专项资金绩效目标申报表 (衡阳市, 2020).

    build_template.py [TARGET]

The form is data: GRID, STYLES, BEFORE, ROWS and AFTER below say what stands where; the functions only turn
that into WordprocessingML. Every part is written here (no theme, no inherited start document), in a fixed order
and with fixed dates, so the same source always gives the same bytes.

In a text a newline starts a paragraph, a tab is a real tab, and {{ … }} and {% … %} are tags of the template.
"""

import re
import sys
import zipfile
from pathlib import Path
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

TARGET: Final = Path(__file__).resolve().parent.parent / "templates" / "form_2020.docx"
TITLE: Final = "专项资金绩效目标申报表"
CREATED: Final = "2020-01-01T00:00:00Z"
ZIP_DATE: Final = (1980, 1, 1, 0, 0, 0)

# --- measures, in twips (1/20 point; 567 are a centimetre) --------------------------------------------------------

PAGE: Final = {"width": 11906, "height": 16838, "top": 1021, "bottom": 907, "side": 1134}
GRID: Final = (430, 610, 920, 1380, 1999, 920, 1380, 1999)
"""Column widths: 绩效指标, 一级指标, then 二级指标, 三级指标, 指标值 for 中长期 and again for 年度."""
TEXT_WIDTH: Final = sum(GRID)
CELL_PADDING: Final = {"top": 20, "left": 80, "bottom": 20, "right": 80}
BORDER: Final = {"outside": 8, "inside": 4}  # eighths of a point

# --- fonts and styles ---------------------------------------------------------------------------------------------

SONG, FANG, HEAD, SYMBOL = "宋体", "仿宋_GB2312", "方正小标宋简体", "Segoe UI Symbol"


class Font(NamedTuple):
    """A font of the font table; `others` are the names to look under when a machine lacks it."""

    name: str
    others: str
    panose: str
    charset: str
    family: str
    pitch: str


FONTS: Final = (
    Font(SONG, "SimSun", "02010600030101010101", "86", "auto", "variable"),
    Font(FANG, "仿宋,FangSong", "02010609030101010101", "86", "modern", "fixed"),
    Font(HEAD, "方正小标宋_GBK,华文中宋", "02010601030101010101", "86", "auto", "variable"),
    Font(SYMBOL, "", "020B0502040204020203", "00", "swiss", "variable"),
)


class Style(NamedTuple):
    """A paragraph style: size in half points, line pitch in twips (exact, so that no font changes the page)."""

    id: str
    name: str
    font: str
    size: int
    line: int
    align: str = "left"
    before: int = 0
    after: int = 0
    indent: int = 0
    tabs: tuple[tuple[str, int], ...] = ()
    color: str = ""


STYLES: Final = (
    Style("Title", "Title", HEAD, 44, 600, "center"),
    Style("YearLine", "年度行", FANG, 28, 400, "center"),
    Style("UnitLine", "填报单位行", FANG, 21, 320, before=40, after=20, tabs=(("right", TEXT_WIDTH),)),
    Style("TableText", "表格文字", FANG, 21, 260),
    Style("TableLabel", "表格标签", SONG, 21, 260, "center"),
    Style("TableChoice", "表格选项", FANG, 21, 260, tabs=(("left", 1100), ("left", 2200), ("left", 3500))),
    Style("FundPart", "资金构成", FANG, 21, 260, indent=210),
    Style("FundRest", "资金构成续行", FANG, 21, 260, indent=840),
    Style("IndicatorText", "指标文字", FANG, 18, 240),
    Style("IndicatorLabel", "指标标签", SONG, 18, 240, "center"),
    Style("ReviewSeal", "审核签章", SONG, 21, 300, after=60, indent=5200, tabs=(("left", 5900), ("left", 6600), ("left", 7300))),
    Style("SignLine", "填报人行", FANG, 21, 320, before=80, tabs=(("center", TEXT_WIDTH // 2), ("right", TEXT_WIDTH))),
    Style("LoopTag", "循环标记", FANG, 16, 200, color="808080"),
)
STYLE_OF: Final = {style.name: style for style in STYLES}

# --- the form -----------------------------------------------------------------------------------------------------

TICKS: Final = ("项目类型.", "项目概况.绩效分配方式.")
"""Tags under these names print □ or ☑, which 宋体 and 仿宋 lack: their runs name a symbol font."""


class Cell(NamedTuple):
    """A cell over `span` grid columns; `merge` is restart or continue for a cell merged downwards."""

    span: int
    style: str
    text: str = ""
    merge: str = ""
    valign: str = "center"


class Row(NamedTuple):
    """A row at least `height` high."""

    height: int
    cells: tuple[Cell, ...]


class Line(NamedTuple):
    """A paragraph outside the table."""

    style: str
    text: str


def field(label: str, text: str) -> Row:
    """A row of one label and one value over the rest of the width."""
    return Row(LOW, (Cell(2, "表格标签", label), Cell(6, "表格文字", text)))


def overview(label: str, text: str, first: str = "", style: str = "表格文字") -> Row:
    """A row of 项目概况; the first one carries the block's label in `first`."""
    block = Cell(1, "表格标签", first, "restart" if first else "continue")
    return Row(LOW, (block, Cell(3, "表格标签", label), Cell(4, style, text)))


def panels(height: int, style: str, medium: str, annual: str, first: str = "") -> Row:
    """A row with 中长期 on the left and 年度 on the right; the first one carries the block's label."""
    block = Cell(2, "表格标签", first, "restart" if first else "continue")
    return Row(height, (block, Cell(3, style, medium), Cell(3, style, annual)))


def indicators(style: str, texts: tuple[str, ...], first: str = "") -> Row:
    """A row of the indicator grid: 一级, then 二级, 三级, 指标值 for 中长期 and for 年度."""
    block = Cell(1, "表格标签", first, "restart" if first else "continue")
    styles = ("指标标签", "指标标签", style, style, "指标标签", style, style)
    return Row(GRID_ROW, (block, *(Cell(1, *pair) for pair in zip(styles, texts, strict=True))))


def loop(tag: str) -> Row:
    """A row that holds nothing but a tag for rows; it disappears when the form is filled."""
    return Row(200, (Cell(1, "表格标签", "", "continue"), Cell(7, "循环标记", tag)))


LOW, GOAL, GRID_ROW, REVIEW = 320, 600, 340, 1480

BEFORE: Final = (
    Line("Title", TITLE),
    Line("年度行", "（{{ 年度 }}年度）"),
    Line("填报单位行", "填报单位（盖章）\t金额单位：万元"),
)
DISTRIBUTION: Final = "\t".join(
    f"{way}{{{{ 项目概况.绩效分配方式.{way} }}}}" for way in ("因素法", "项目法", "据实据效", "因素法与项目法相结合")
)
TOTAL: Final = "{0}资金总额{{% if 项目资金.{0}.总额 %}}：{{{{ 项目资金.{0}.总额 }}}}{{% endif %}}"
FISCAL: Final = "其中：财政拨款：{{{{ 项目资金.{0}.财政拨款 }}}}"
OTHER: Final = "其他资金：{{{{ 项目资金.{0}.其他资金 }}}}"
INDICATOR: Final = ["一级", "二级", "中长期.指标", "中长期.指标值", "二级", "年度.指标", "年度.指标值"]
ROWS: Final = (
    field("项目名称", "{{ 项目名称 }}"),
    field("预算单位", "{{ 预算单位 }}"),
    Row(
        LOW,
        (
            Cell(2, "表格标签", "项目类型"),
            Cell(2, "表格标签", "产业发展{{ 项目类型.产业发展 }}"),
            Cell(1, "表格标签", "民生保障{{ 项目类型.民生保障 }}"),
            Cell(2, "表格标签", "基础设施{{ 项目类型.基础设施 }}"),
            Cell(1, "表格标签", "其他{{ 项目类型.其他 }}"),
        ),
    ),
    overview("中长期规划（名称、文号）", "{{ 项目概况.中长期规划 }}", first="项目概况"),
    overview("资金管理办法（名称、文号）", "{{ 项目概况.资金管理办法 }}"),
    overview("绩效分配方式", DISTRIBUTION, style="表格选项"),
    overview("立项依据", "{{ 项目概况.立项依据 }}"),
    overview("使用范围", "{{ 项目概况.使用范围 }}"),
    overview("申报（补助）条件", "{{ 项目概况.申报条件 }}"),
    overview("项目起止年限", "{{ 项目概况.起止年限 }}"),
    panels(LOW, "表格文字", TOTAL.format("中长期"), TOTAL.format("年度"), first="项目资金\n（万元）"),
    panels(LOW, "资金构成", FISCAL.format("中长期"), FISCAL.format("年度")),
    panels(LOW, "资金构成续行", OTHER.format("中长期"), OTHER.format("年度")),
    panels(LOW, "表格标签", "中长期目标（{{ 中长期年限 }}）", "年度目标", first="总体目标"),
    panels(GOAL, "表格文字", "{{ 总体目标.中长期 }}", "{{ 总体目标.年度 }}"),
    indicators("指标标签", ("一级指标", *("二级指标", "三级指标", "指标值") * 2), first="绩效指标"),
    loop("{%tr for 行 in 指标行 %}"),
    indicators("指标文字", tuple(f"{{{{ 行.{name} }}}}" for name in INDICATOR)),
    loop("{%tr endfor %}"),
    Row(
        REVIEW,
        (
            Cell(2, "表格标签", "财政部门\n审核意见"),
            Cell(6, "审核签章", "审核部门（盖章）\n\t年\t月\t日", valign="bottom"),
        ),
    ),
)
AFTER: Final = (Line("填报人行", "填报人：{{ 填报人 }}\t联系电话：{{ 联系电话 }}\t填报日期：{{ 填报日期 }}"),)

# --- WordprocessingML ---------------------------------------------------------------------------------------------

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
NAMESPACE: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
WORD_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml."
PIECE: Final = re.compile(r"(\t|{%.*%}|{{.*?}})")


def fonts(name: str) -> str:
    """Every slot of a run's fonts, so that no theme and no program's default steps in."""
    slots = " ".join(f'w:{slot}="{name}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    return f'<w:rFonts w:hint="eastAsia" {slots}/>'


def run(piece: str, style: Style) -> str:
    """One run: a tab, a tag (not to be proofread; tick tags in the symbol font) or printed words."""
    tag = piece.startswith("{")
    tick = tag and piece.strip("{ ").startswith(TICKS)
    proof = "<w:noProof/>" if tag else ""
    content = "<w:tab/>" if piece == "\t" else f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
    return f"<w:r><w:rPr>{fonts(SYMBOL if tick else style.font)}{proof}</w:rPr>{content}</w:r>"


def paragraph(text: str, style: Style) -> str:
    """One paragraph; all its looks but the fonts of its runs come from the style."""
    runs = "".join(run(piece, style) for piece in PIECE.split(text) if piece)
    return f'<w:p><w:pPr><w:pStyle w:val="{style.id}"/></w:pPr>{runs}</w:p>'


def cell_xml(cell: Cell, width: int) -> str:
    """One cell, as wide as the grid columns it spans."""
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="{cell.valign}"/>'
    paragraphs = "".join(paragraph(text, STYLE_OF[cell.style]) for text in cell.text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def row_xml(row: Row) -> str:
    """One row; its cells together span the whole grid."""
    cells, column = [], 0
    for cell in row.cells:
        cells.append(cell_xml(cell, sum(GRID[column : column + cell.span])))
        column += cell.span
    if column != len(GRID):
        raise ValueError(f"row spans {column} of {len(GRID)} columns: {row}")
    properties = f'<w:cantSplit/><w:trHeight w:val="{row.height}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table_xml() -> str:
    """The one table: fixed layout, the same width in tblW, gridCol and tcW."""
    sides = (*((side, "outside") for side in ("top", "left", "bottom", "right")), ("insideH", "inside"), ("insideV", "inside"))
    borders = "".join(f'<w:{s} w:val="single" w:sz="{BORDER[k]}" w:space="0" w:color="auto"/>' for s, k in sides)
    padding = "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side, width in CELL_PADDING.items())
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in GRID)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{TEXT_WIDTH}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{padding}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(row_xml(row) for row in ROWS)}</w:tbl>"
    )


def document() -> str:
    """word/document.xml."""
    before, after = ("".join(paragraph(line.text, STYLE_OF[line.style]) for line in block) for block in (BEFORE, AFTER))
    section = (
        f'<w:sectPr><w:pgSz w:w="{PAGE["width"]}" w:h="{PAGE["height"]}"/><w:pgMar w:top="{PAGE["top"]}" '
        f'w:right="{PAGE["side"]}" w:bottom="{PAGE["bottom"]}" w:left="{PAGE["side"]}" w:header="567" w:footer="567" '
        'w:gutter="0"/><w:cols w:space="425"/><w:docGrid w:linePitch="312"/></w:sectPr>'
    )
    return f"<w:document {NAMESPACE}><w:body>{before}{table_xml()}{after}{section}</w:body></w:document>"


def style_xml(style: Style) -> str:
    """One paragraph style."""
    tabs = "".join(f'<w:tab w:val="{kind}" w:pos="{place}"/>' for kind, place in style.tabs)
    indent = f'<w:ind w:left="{style.indent}"/>' if style.indent else ""
    color = f'<w:color w:val="{style.color}"/>' if style.color else ""
    return (
        f'<w:style w:type="paragraph" w:customStyle="1" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{f"<w:tabs>{tabs}</w:tabs>" if tabs else ""}'
        f'<w:spacing w:before="{style.before}" w:after="{style.after}" w:line="{style.line}" w:lineRule="exact"/>'
        f'{indent}<w:jc w:val="{style.align}"/></w:pPr><w:rPr>{fonts(style.font)}{color}'
        f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/></w:rPr></w:style>'
    ).replace(' w:customStyle="1" w:styleId="Title"', ' w:styleId="Title"')


def styles() -> str:
    """word/styles.xml."""
    return (
        f"<w:styles {NAMESPACE}><w:docDefaults><w:rPrDefault><w:rPr>{fonts(SONG)}"
        '<w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr>'
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:aliases w:val="正文"/>'
        f'<w:qFormat/><w:pPr><w:snapToGrid w:val="0"/></w:pPr><w:rPr>{fonts(SONG)}</w:rPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        f"{''.join(style_xml(style) for style in STYLES)}</w:styles>"
    )


def settings() -> str:
    """word/settings.xml: Word 2013 and later, Chinese, no theme."""
    compatible = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (("compatibilityMode", 15), ("overrideTableStyleFontSizeAndJustification", 1))
    )
    return (
        f'<w:settings {NAMESPACE}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        f"<w:compat><w:balanceSingleByteDoubleByteWidth/><w:useFELayout/>{compatible}</w:compat>"
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/>'
        "</w:settings>"
    )


def font_table() -> str:
    """word/fontTable.xml: what to fall back on where a font is not installed."""
    entries = "".join(
        f'<w:font w:name="{font.name}">{f"""<w:altName w:val="{font.others}"/>""" if font.others else ""}'
        f'<w:panose1 w:val="{font.panose}"/><w:charset w:val="{font.charset}"/><w:family w:val="{font.family}"/>'
        f'<w:pitch w:val="{font.pitch}"/></w:font>'
        for font in FONTS
    )
    return f"<w:fonts {NAMESPACE}>{entries}</w:fonts>"


def relationships(*targets: tuple[str, str]) -> str:
    """A .rels part: relation type and target, numbered rId1, rId2, …"""
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'


def content_types() -> str:
    """[Content_Types].xml."""
    parts = {
        "/word/document.xml": f"{WORD_TYPE}document.main+xml",
        "/word/styles.xml": f"{WORD_TYPE}styles+xml",
        "/word/settings.xml": f"{WORD_TYPE}settings+xml",
        "/word/fontTable.xml": f"{WORD_TYPE}fontTable+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
        "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
    }
    items = "".join(f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in parts.items())
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{items}</Types>'
    )


def core_properties() -> str:
    """docProps/core.xml: a title and a fixed date, nobody's name."""
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{CREATED}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{TITLE}</dc:title><dc:language>zh-CN</dc:language>{dates}</cp:coreProperties>"
    )


def parts() -> dict[str, str]:
    """Every part of the package by name, in the order in which they are written."""
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships(
            (f"{OFFICE}/relationships/officeDocument", "word/document.xml"),
            (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            (f"{OFFICE}/relationships/extended-properties", "docProps/app.xml"),
        ),
        "docProps/app.xml": f'<Properties xmlns="{OFFICE}/extended-properties"><Application>goalgen</Application></Properties>',
        "docProps/core.xml": core_properties(),
        "word/_rels/document.xml.rels": relationships(
            *((f"{OFFICE}/relationships/{name}", f"{name}.xml") for name in ("styles", "settings", "fontTable"))
        ),
        "word/document.xml": document(),
        "word/fontTable.xml": font_table(),
        "word/settings.xml": settings(),
        "word/styles.xml": styles(),
    }


def main(target: Path = TARGET) -> None:
    """Write the template to `target`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w") as package:
        for name, xml in parts().items():
            entry = zipfile.ZipInfo(name, ZIP_DATE)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            package.writestr(entry, DECLARATION + xml)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
