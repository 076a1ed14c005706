"""Write WordprocessingML by hand: styles, rows, tables, and the package of a Word template, as text.

Every part is written here (no theme, no inherited start document), in a fixed order and with fixed dates: the same
source gives the same bytes. In a text a newline starts a paragraph, a tab is a real tab, {{ … }} and {% … %} are tags
of the template; UNDERLINED, LIGHT or TICK before a tag says how what it prints is to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple
from xml.sax.saxutils import escape

from goalgen.word.zip_writing import join, pack

SONG, FANG, HEAD, SYMBOL = "宋体", "仿宋", "方正小标宋简体", "Segoe UI Symbol"
# Name, names to look under where it is not installed, panose, charset, family, pitch.
FONTS: Final = (
    (SONG, "SimSun", "02010600030101010101", "86", "auto", "variable"),
    (FANG, "仿宋_GB2312,FangSong", "02010609030101010101", "86", "modern", "fixed"),
    (HEAD, "方正小标宋_GBK,华文中宋,宋体", "02010601030101010101", "86", "auto", "variable"),
    (SYMBOL, "Segoe UI Emoji", "020B0502040204020203", "00", "swiss", "variable"),
)
UNDERLINED, LIGHT, TICK = "_", "~", "☑"
"""Before a tag: print it underlined; in grey; it prints □ or ☑, which 宋体 and 仿宋 lack, so its run names a symbol font."""
GREY: Final = "808080"
# What gets a run of its own: a tab, a condition with all that it holds, any other tag.
PIECE: Final = re.compile(r"(\t|{% if .*?{% endif %}|{%.*?%}|[_~☑]?{{.*?}})")

# Eighths of a point.
BORDERS: Final = {"top": 8, "left": 8, "bottom": 8, "right": 8, "insideH": 4, "insideV": 4}
# Twips.
PADDING: Final = {"top": 20, "left": 80, "bottom": 20, "right": 80}


class Style(NamedTuple):
    """Describe a paragraph style: size in half points, line pitch in twips (exact: no font changes the page)."""

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


class Cell(NamedTuple):
    """Describe a cell over `span` grid columns; `merge` is restart or continue in a cell merged downwards.

    `open` is the side, top or bottom, on which no line parts it from its neighbour; `sides` its padding left and right.
    """

    span: int
    style: str
    text: str = ""
    merge: str = ""
    valign: str = "center"
    open: str = ""
    sides: int | None = None


class Row(NamedTuple):
    """Describe a row at least `height` twips high; a `head` comes again on every page that its table goes on to.

    Only a row that `splits` may go on on the next page: the others move there whole.
    """

    height: int
    cells: tuple[Cell, ...]
    head: bool = False
    splits: bool = False


class Grid(NamedTuple):
    """Hold the columns of a table, in twips, and the styles of its cells by name."""

    columns: tuple[int, ...]
    styles: Mapping[str, Style]

    @property
    def width(self) -> int:
        """Return all columns together."""
        return sum(self.columns)


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
SETTINGS: Final = f"""<w:settings {WORD}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>\
<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:balanceSingleByteDoubleByteWidth/>\
<w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" \
w:val="15"/></w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/><w:decimalSymbol w:val="."/>\
<w:listSeparator w:val=","/></w:settings>"""


def core(title: str) -> str:
    """Write the part docProps/core.xml."""
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{escape(title)}</dc:title><dc:language>zh-CN</dc:language>'
        '<dcterms:created xsi:type="dcterms:W3CDTF">2020-01-01T00:00:00Z</dcterms:created>'
        '<dcterms:modified xsi:type="dcterms:W3CDTF">2020-01-01T00:00:00Z</dcterms:modified></cp:coreProperties>'
    )


def fonts(name: str) -> str:
    """Fill every slot of a run's fonts, so that no theme and no program's default steps in."""
    slots = " ".join(f'w:{slot}="{name}"' for slot in ("ascii", "hAnsi", "eastAsia", "cs"))
    return f'<w:rFonts w:hint="eastAsia" {slots}/>'


def run(piece: str, style: Style) -> str:
    """Write one run: a tab, a tag (never proofread) or printed words."""
    mark = piece[0] if piece[0] in (UNDERLINED, LIGHT, TICK) and piece[1:2] == "{" else ""
    piece = piece.removeprefix(mark)
    look = fonts(SYMBOL if mark == TICK else style.font)
    look += "<w:noProof/>" if piece.startswith("{") else ""
    look += f'<w:color w:val="{GREY}"/>' if mark == LIGHT else ""
    look += '<w:u w:val="single"/>' if mark == UNDERLINED else ""
    content = "<w:tab/>" if piece == "\t" else f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
    return f"<w:r><w:rPr>{look}</w:rPr>{content}</w:r>"


def paragraph(style: Style, text: str) -> str:
    """Write one paragraph; but for the fonts of its runs, all its looks come from the style."""
    runs = "".join(run(piece, style) for piece in PIECE.split(text) if piece)
    return f'<w:p><w:pPr><w:pStyle w:val="{style.id}"/></w:pPr>{runs}</w:p>'


def paragraphs(styles: Mapping[str, Style], lines: Iterable[tuple[str, str]]) -> str:
    """Write paragraphs, each a style's name and a text."""
    return "".join(paragraph(styles[name], text) for name, text in lines)


def _padding(sizes: Mapping[str, int]) -> str:
    return "".join(f'<w:{side} w:w="{size}" w:type="dxa"/>' for side, size in sizes.items())


def cell_xml(cell: Cell, width: int, style: Style) -> str:
    """Write one cell."""
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
    line = f'<w:tcBorders><w:{cell.open} w:val="nil"/></w:tcBorders>' if cell.open else ""
    padding = "" if cell.sides is None else f"<w:tcMar>{_padding({'left': cell.sides, 'right': cell.sides})}</w:tcMar>"
    properties = f'<w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{line}{padding}<w:vAlign w:val="{cell.valign}"/>'
    lines = "".join(paragraph(style, text) for text in cell.text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{lines}</w:tc>"


def row_xml(row: Row, grid: Grid) -> str:
    """Write one row; a cell is as wide as the grid columns it spans."""
    cells, columns = "", list(grid.columns)
    for cell in row.cells:
        cells += cell_xml(cell, sum(columns[: cell.span]), grid.styles[cell.style])
        del columns[: cell.span]
    height = f'<w:trHeight w:val="{row.height}" w:hRule="atLeast"/>'
    head = "<w:tblHeader/>" if row.head else ""
    whole = "" if row.splits else "<w:cantSplit/>"
    return f"<w:tr><w:trPr>{whole}{height}{head}</w:trPr>{cells}</w:tr>"


def table(grid: Grid, rows: Iterable[Row], borders: Mapping[str, int] = BORDERS) -> str:
    """Write a table: fixed layout, the same width in tblW, gridCol and tcW."""
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="{sz}" w:space="0" w:color="auto"/>' if sz else f'<w:{side} w:val="nil"/>'
        for side, sz in borders.items()
    )
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in grid.columns)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{grid.width}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{lines}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{_padding(PADDING)}</w:tblCellMar></w:tblPr><w:tblGrid>{columns}</w:tblGrid>"
        f"{''.join(row_xml(row, grid) for row in rows)}</w:tbl>"
    )


def stuck(tables: Sequence[tuple[Grid, Iterable[Row]]], seam: Style) -> str:
    """Write tables that are one to the eye, below each other: Word repeats only the first rows of a table on further pages.

    Between two of them Word needs a paragraph, or it makes one table of them; `seam` makes it too low to be seen. The
    lower table draws the line where two meet, so that it is one.
    """
    last = len(tables) - 1
    return paragraph(seam, "").join(
        table(grid, rows, BORDERS | ({"top": BORDERS["insideH"]} if n else {}) | ({"bottom": 0} if n < last else {}))
        for n, (grid, rows) in enumerate(tables)
    )


def style_xml(style: Style) -> str:
    """Write one paragraph style; Title is Word's own, the others are the form's."""
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


def styles(own: Iterable[Style]) -> str:
    """Write the part word/styles.xml, with these paragraph styles."""
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


def font_table(own: Iterable[tuple[str, ...]]) -> str:
    """Write the part word/fontTable.xml: what to fall back on where a font is not installed."""
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{others}"/><w:panose1 w:val="{panose}"/>'
        f'<w:charset w:val="{charset}"/><w:family w:val="{family}"/><w:pitch w:val="{pitch}"/></w:font>'
        for name, others, panose, charset, family, pitch in own
    )
    return f"<w:fonts {WORD}>{entries}</w:fonts>"


def relations(targets: tuple[tuple[str, str], ...]) -> str:
    """Write a .rels part."""
    items = (
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(items)}</Relationships>'


def content_types(kinds: Mapping[str, str] = TYPE_OF) -> str:
    """Write the part [Content_Types].xml for parts of these kinds."""
    parts = (f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in kinds.items())
    return (
        f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{"".join(parts)}</Types>'
    )


class Page(NamedTuple):
    """Describe the paper of a document, in twips (567 are a centimetre); `side` is the margin left and right."""

    width: int = 11906
    height: int = 16838
    top: int = 964
    bottom: int = 709
    side: int = 1077

    @property
    def inside(self) -> int:
        """Return the width between the margins."""
        return self.width - 2 * self.side

    @property
    def turned(self) -> Page:
        """Return the same paper the other way round."""
        return self._replace(width=self.height, height=self.width)


def document(body: str, page: Page) -> str:
    """Write the part word/document.xml of a body on pages of one kind."""
    turned = ' w:orient="landscape"' if page.width > page.height else ""
    return (
        f'<w:document {WORD}><w:body>{body}<w:sectPr><w:pgSz w:w="{page.width}" w:h="{page.height}"{turned}/>'
        f'<w:pgMar w:top="{page.top}" w:bottom="{page.bottom}" w:left="{page.side}" w:right="{page.side}" '
        'w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>'
    )


def parts(title: str, body: str, page: Page, own: Iterable[Style]) -> dict[str, str]:
    """Return every part of a document by name, in the order in which they are written; `own` are its styles."""
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relations(PACKAGE_RELATIONS),
        "docProps/app.xml": APP,
        "docProps/core.xml": core(title),
        "word/_rels/document.xml.rels": relations(WORD_RELATIONS),
        "word/document.xml": document(body, page),
        "word/fontTable.xml": font_table(FONTS),
        "word/settings.xml": SETTINGS,
        "word/styles.xml": styles(own),
    }


def package(contents: Mapping[str, str]) -> bytes:
    """Return the bytes of a .docx with these parts."""
    declared = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return join(pack(name, f"{declared}{xml}".encode()) for name, xml in contents.items())
