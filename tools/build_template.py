#!/usr/bin/env python3
"""Write templates/form_2020.docx, the Word template of the 专项资金绩效目标申报表 (衡阳市, 2020).

    build_template.py [TARGET]

The form is data: GRID, STYLES, BEFORE, ROWS and AFTER say what stands where, and the functions below only
turn them into WordprocessingML. Every part is written here (no theme, no inherited start document), in a
fixed order and with fixed dates: the same source gives the same bytes.

In a text a newline starts a paragraph, a tab is a real tab, and {{ … }} and {% … %} are tags of the template.
"""

import re
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

TARGET: Final = Path(__file__).resolve().parent.parent / "templates" / "form_2020.docx"
TITLE: Final = "专项资金绩效目标申报表"

# Measures in twips (567 are a centimetre); A4 portrait.
PAGE: Final = {"width": 11906, "height": 16838, "top": 964, "bottom": 709, "side": 1077}
# 绩效指标, 一级指标, then 二级指标, 三级指标, 指标值 for 中长期 and again for 年度.
GRID: Final = (430, 610, 910, 1450, 1996, 910, 1450, 1996)
WIDTH: Final = sum(GRID)
PADDING: Final = {"top": 20, "left": 80, "bottom": 20, "right": 80}
# Eighths of a point.
BORDERS: Final = {"top": 8, "left": 8, "bottom": 8, "right": 8, "insideH": 4, "insideV": 4}
LOW, GOAL, GRID_ROW, REVIEW, TAG = 300, 520, 320, 1420, 200  # least height of a row

SONG, FANG, HEAD, SYMBOL = "宋体", "仿宋_GB2312", "方正小标宋简体", "Segoe UI Symbol"
# Name, names to look under where it is not installed, panose, charset, family, pitch.
FONTS: Final = (
    (SONG, "SimSun", "02010600030101010101", "86", "auto", "variable"),
    (FANG, "仿宋,FangSong", "02010609030101010101", "86", "modern", "fixed"),
    (HEAD, "方正小标宋_GBK,华文中宋", "02010601030101010101", "86", "auto", "variable"),
    (SYMBOL, "Segoe UI Emoji", "020B0502040204020203", "00", "swiss", "variable"),
)


class Style(NamedTuple):
    """A paragraph style: size in half points, line pitch in twips (exact: no font changes the page)."""

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


SEAL_TABS: Final = (("left", 6400), ("left", 7100), ("left", 7800))
STYLES: Final = (
    Style("Title", "Title", HEAD, 44, 560, "center"),
    Style("YearLine", "年度行", FANG, 28, 360, "center"),
    Style("UnitLine", "填报单位行", FANG, 21, 300, before=20, after=20, tabs=(("right", WIDTH),)),
    Style("TableText", "表格文字", FANG, 21, 250),
    Style("TableLabel", "表格标签", SONG, 21, 250, "center"),
    Style("TableChoice", "表格选项", FANG, 21, 250, tabs=(("left", 1150), ("left", 2300), ("left", 3660))),
    Style("FundPart", "资金构成", FANG, 21, 250, indent=210),
    Style("FundRest", "资金构成续行", FANG, 21, 250, indent=840),
    Style("IndicatorText", "指标文字", FANG, 18, 230),
    Style("IndicatorLabel", "指标标签", SONG, 18, 230, "center"),
    Style("ReviewSeal", "审核签章", SONG, 21, 320, after=60, indent=5700, tabs=SEAL_TABS),
    Style("SignLine", "填报人行", FANG, 21, 300, before=80, tabs=(("left", 3620), ("right", WIDTH))),
    Style("LoopTag", "循环标记", FANG, 16, 200, color="808080"),
)
STYLE_OF: Final = {style.name: style for style in STYLES}
# Tags under these names print □ or ☑, which 宋体 and 仿宋 lack: their runs name a symbol font.
TICKS: Final = ("项目类型.", "项目概况.绩效分配方式.")


class Cell(NamedTuple):
    """A cell over `span` grid columns; `merge` is restart or continue in a cell merged downwards."""

    span: int
    style: str
    text: str = ""
    merge: str = ""
    valign: str = "center"


class Row(NamedTuple):
    """A row at least `height` high."""

    height: int
    cells: tuple[Cell, ...]


def head(span: int, label: str) -> Cell:
    """The first cell of a block's row: the label, or nothing in the rows that continue it."""
    return Cell(span, "表格标签", label, "restart" if label else "continue")


def field(label: str, text: str) -> Row:
    """A row of one label and one value over the rest of the width."""
    return Row(LOW, (Cell(2, "表格标签", label), Cell(6, "表格文字", text)))


def overview(block: str, label: str, text: str, style: str = "表格文字") -> Row:
    """A row of 项目概况."""
    return Row(LOW, (head(1, block), Cell(3, "表格标签", label), Cell(4, style, text)))


def panels(block: str, text: str, style: str, height: int = LOW) -> Row:
    """A row that says the same of 中长期 on the left and of 年度 on the right."""
    sides = (Cell(3, style, text.replace("时段", side)) for side in ("中长期", "年度"))
    return Row(height, (head(2, block), *sides))


def indicators(block: str, texts: str, style: str) -> Row:
    """A row of the grid: 一级, then 二级, 三级, 指标值 for 中长期 and for 年度."""
    styles = ("指标标签", "指标标签", style, style, "指标标签", style, style)
    cells = (Cell(1, name, text) for name, text in zip(styles, texts.split("|"), strict=True))
    return Row(GRID_ROW, (head(1, block), *cells))


def loop(tag: str) -> Row:
    """A row that holds nothing but a tag for rows; it is gone once the form is filled."""
    return Row(TAG, (head(1, ""), Cell(7, "循环标记", tag)))


TYPES: Final = (("产业发展", 2), ("民生保障", 1), ("基础设施", 2), ("其他", 1))
WAYS: Final = ("因素法", "项目法", "据实据效", "因素法与项目法相结合")
TYPE_CELLS: Final = tuple(Cell(n, "表格标签", f"{kind}{{{{ 项目类型.{kind} }}}}") for kind, n in TYPES)
WAY_TEXT: Final = "\t".join(f"{way}{{{{ 项目概况.绩效分配方式.{way} }}}}" for way in WAYS)
TOTAL: Final = "时段资金总额{% if 项目资金.时段.总额 %}：{{ 项目资金.时段.总额 }}{% endif %}"
INDICATOR: Final = "|".join(
    f"{{{{ 行.{name} }}}}"
    for name in ("一级", "二级", "中长期.指标", "中长期.指标值", "二级", "年度.指标", "年度.指标值")
)

BEFORE: Final = (
    ("Title", TITLE),
    ("年度行", "（{{ 年度 }}年度）"),
    ("填报单位行", "填报单位（盖章）\t金额单位：万元"),
)
ROWS: Final = (
    field("项目名称", "{{ 项目名称 }}"),
    field("预算单位", "{{ 预算单位 }}"),
    Row(LOW, (Cell(2, "表格标签", "项目类型"), *TYPE_CELLS)),
    overview("项目概况", "中长期规划（名称、文号）", "{{ 项目概况.中长期规划 }}"),
    overview("", "资金管理办法（名称、文号）", "{{ 项目概况.资金管理办法 }}"),
    overview("", "绩效分配方式", WAY_TEXT, "表格选项"),
    overview("", "立项依据", "{{ 项目概况.立项依据 }}"),
    overview("", "使用范围", "{{ 项目概况.使用范围 }}"),
    overview("", "申报（补助）条件", "{{ 项目概况.申报条件 }}"),
    overview("", "项目起止年限", "{{ 项目概况.起止年限 }}"),
    panels("项目资金\n（万元）", TOTAL, "表格文字"),
    panels("", "其中：财政拨款：{{ 项目资金.时段.财政拨款 }}", "资金构成"),
    panels("", "其他资金：{{ 项目资金.时段.其他资金 }}", "资金构成续行"),
    Row(
        LOW,
        (
            head(2, "总体目标"),
            Cell(3, "表格标签", "中长期目标（{{ 中长期年限 }}）"),
            Cell(3, "表格标签", "年度目标"),
        ),
    ),
    panels("", "{{ 总体目标.时段 }}", "表格文字", GOAL),
    indicators("绩效指标", "一级指标|二级指标|三级指标|指标值|二级指标|三级指标|指标值", "指标标签"),
    loop("{%tr for 行 in 指标行 %}"),
    indicators("", INDICATOR, "指标文字"),
    loop("{%tr endfor %}"),
    Row(
        REVIEW,
        (
            Cell(2, "表格标签", "财政部门\n审核意见"),
            Cell(6, "审核签章", "审核部门（盖章）\n\t年\t月\t日", valign="bottom"),
        ),
    ),
)
AFTER: Final = (("填报人行", "填报人：{{ 填报人 }}\t联系电话：{{ 联系电话 }}\t填报日期：{{ 填报日期 }}"),)

# The package: its parts, their content types, and the relations that lead to them.
OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"
WORD: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MAIN: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TYPE_OF: Final = {
    "word/document.xml": f"{MAIN}.document.main+xml",
    "word/styles.xml": f"{MAIN}.styles+xml",
    "word/settings.xml": f"{MAIN}.settings+xml",
    "word/fontTable.xml": f"{MAIN}.fontTable+xml",
    "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    "docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
}
PACKAGE_RELATIONS: Final = (
    (f"{OFFICE}/relationships/officeDocument", "word/document.xml"),
    (f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
    (f"{OFFICE}/relationships/extended-properties", "docProps/app.xml"),
)
WORD_RELATIONS: Final = tuple(
    (f"{OFFICE}/relationships/{name}", f"{name}.xml") for name in ("styles", "settings", "fontTable")
)
APP: Final = f"""<Properties xmlns="{OFFICE}/extended-properties">\
<Application>goalgen</Application></Properties>"""
CORE: Final = f"""<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{TITLE}</dc:title><dc:language>zh-CN</dc:language>\
<dcterms:created xsi:type="dcterms:W3CDTF">2020-01-01T00:00:00Z</dcterms:created>\
<dcterms:modified xsi:type="dcterms:W3CDTF">2020-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>"""
SETTINGS: Final = f"""<w:settings {WORD}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>\
<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:balanceSingleByteDoubleByteWidth/>\
<w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" \
w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/>\
<w:listSeparator w:val=","/></w:settings>"""
PIECE: Final = re.compile(r"(\t|{%.*%}|{{.*?}})")


def fonts(name: str) -> str:
    """Every slot of a run's fonts, so that no theme and no program's default steps in."""
    slots = " ".join(f'w:{slot}="{name}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    return f'<w:rFonts w:hint="eastAsia" {slots}/>'


def run(piece: str, style: Style) -> str:
    """One run: a tab, a tag (never proofread; tick tags in the symbol font) or printed words."""
    tag = piece.startswith("{")
    tick = tag and piece.lstrip("{ ").startswith(TICKS)
    proof = "<w:noProof/>" if tag else ""
    content = "<w:tab/>" if piece == "\t" else f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
    return f"<w:r><w:rPr>{fonts(SYMBOL if tick else style.font)}{proof}</w:rPr>{content}</w:r>"


def paragraph(style: Style, text: str) -> str:
    """One paragraph; but for the fonts of its runs, all its looks come from the style."""
    runs = "".join(run(piece, style) for piece in PIECE.split(text) if piece)
    return f'<w:p><w:pPr><w:pStyle w:val="{style.id}"/></w:pPr>{runs}</w:p>'


def cell_xml(cell: Cell, width: int) -> str:
    """One cell."""
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}<w:vAlign w:val="{cell.valign}"/>'
    paragraphs = "".join(paragraph(STYLE_OF[cell.style], text) for text in cell.text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraphs}</w:tc>"


def row_xml(row: Row) -> str:
    """One row; a cell is as wide as the grid columns it spans."""
    cells, columns = "", list(GRID)
    for cell in row.cells:
        cells += cell_xml(cell, sum(columns[: cell.span]))
        del columns[: cell.span]
    height = f'<w:trHeight w:val="{row.height}" w:hRule="atLeast"/>'
    return f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{cells}</w:tr>"


def table() -> str:
    """The one table: fixed layout, the same width in tblW, gridCol and tcW."""
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="{sz}" w:space="0" w:color="auto"/>' for side, sz in BORDERS.items()
    )
    padding = "".join(f'<w:{side} w:w="{size}" w:type="dxa"/>' for side, size in PADDING.items())
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in GRID)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{WIDTH}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{padding}</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(map(row_xml, ROWS))}</w:tbl>"
    )


def document() -> str:
    """The part word/document.xml."""
    before, after = ("".join(paragraph(STYLE_OF[s], text) for s, text in lines) for lines in (BEFORE, AFTER))
    margins = " ".join(f'w:{m}="{PAGE[m]}"' for m in ("top", "bottom"))
    return (
        f"<w:document {WORD}><w:body>{before}{table()}{after}<w:sectPr>"
        f'<w:pgSz w:w="{PAGE["width"]}" w:h="{PAGE["height"]}"/><w:pgMar {margins} w:left="{PAGE["side"]}" '
        f'w:right="{PAGE["side"]}" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>'
        "</w:body></w:document>"
    )


def style_xml(style: Style) -> str:
    """One paragraph style; Title is Word's own, the others are the form's."""
    custom = "" if style.id == "Title" else ' w:customStyle="1"'
    tabs = "".join(f'<w:tab w:val="{kind}" w:pos="{place}"/>' for kind, place in style.tabs)
    indent = f'<w:ind w:left="{style.indent}"/>' if style.indent else ""
    color = f'<w:color w:val="{style.color}"/>' if style.color else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{f"<w:tabs>{tabs}</w:tabs>" if tabs else ""}'
        f'<w:spacing w:before="{style.before}" w:after="{style.after}" w:line="{style.line}" '
        f'w:lineRule="exact"/>{indent}<w:jc w:val="{style.align}"/></w:pPr><w:rPr>{fonts(style.font)}{color}'
        f'<w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/></w:rPr></w:style>'
    )


def styles(own: tuple[Style, ...] = STYLES) -> str:
    """The part word/styles.xml, with these paragraph styles."""
    return (
        f'<w:styles {WORD}><w:docDefaults><w:rPrDefault><w:rPr>{fonts(SONG)}<w:sz w:val="21"/>'
        '<w:szCs w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        '<w:pPrDefault/></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal">'
        '<w:name w:val="Normal"/><w:aliases w:val="正文"/><w:qFormat/><w:pPr><w:snapToGrid w:val="0"/>'
        f'</w:pPr><w:rPr>{fonts(SONG)}</w:rPr></w:style><w:style w:type="character" w:default="1" '
        'w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        f"{''.join(map(style_xml, own))}</w:styles>"
    )


def font_table(own: tuple[tuple[str, ...], ...] = FONTS) -> str:
    """The part word/fontTable.xml: what to fall back on where a font is not installed."""
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:panose1 w:val="{panose}"/>'
        f'<w:charset w:val="{charset}"/><w:family w:val="{family}"/><w:pitch w:val="{pitch}"/></w:font>'
        for name, others, panose, charset, family, pitch in own
    )
    return f"<w:fonts {WORD}>{entries}</w:fonts>"


def relations(targets: tuple[tuple[str, str], ...]) -> str:
    """A .rels part."""
    items = (
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(items)}</Relationships>'


def content_types(kinds: Mapping[str, str] = TYPE_OF) -> str:
    """The part [Content_Types].xml for parts of these kinds."""
    parts = (f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(parts)}</Types>'
    )


def parts() -> dict[str, str]:
    """Every part of the package by name, in the order in which they are written."""
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(PACKAGE_RELATIONS),
        "docProps/app.xml": APP,
        "docProps/core.xml": CORE,
        "word/_rels/document.xml.rels": relations(WORD_RELATIONS),
        "word/document.xml": document(),
        "word/fontTable.xml": font_table(),
        "word/settings.xml": SETTINGS,
        "word/styles.xml": styles(),
    }


def main(target: Path = TARGET) -> None:
    """Write the template to `target`."""
    write(target, parts())


def write(target: Path, contents: Mapping[str, str]) -> None:
    """Write a package with these parts."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w") as package:
        for name, xml in contents.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            package.writestr(entry, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}')


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
