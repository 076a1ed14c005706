"""What the standard says of a .docx, as data: the order of children, what stands in what, what is unique, what refers to what."""

import re
from collections.abc import Mapping

from tests.support.validator.parts import W

NS = {"w": W.strip("{}")}
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"

# The schema's order of children; names joined with "|" may stand in any order among themselves.
_MARGINS = "top left|start bottom right|end"
_BORDERS = f"{_MARGINS} insideH insideV"
_TABLE = "tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook"
ORDERS = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr "
    "shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi "
    "adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection "
    "textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow "
    "emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u "
    "effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange",
    "trPr": "cnfStyle|divId|gridBefore|gridAfter|wBefore|wAfter|cantSplit|trHeight|tblHeader|tblCellSpacing|"
    "jc|hidden ins del trPrChange",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign "
    "hideMark headers cellIns|cellDel|cellMerge tcPrChange",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize "
    f"{_TABLE} tblCaption tblDescription tblPrChange",
    "tblPrEx": f"{_TABLE} tblPrExChange",
    "tblGrid": "gridCol tblGridChange",
    "tblBorders": _BORDERS,
    "tcBorders": f"{_BORDERS} tl2br tr2bl",
    "tblCellMar": _MARGINS,
    "tcMar": _MARGINS,
    "pBdr": "top left bottom right between bar",
    "sectPr": "headerReference|footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders "
    "lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid "
    "printerSettings sectPrChange",
}
RANKS = {
    parent: {name: rank for rank, group in enumerate(order.split()) for name in group.split("|")}
    for parent, order in ORDERS.items()
}
REPEATABLE = ("gridCol", "headerReference", "footerReference")
LEADERS = {"p": ("pPr",), "r": ("rPr",), "tc": ("tcPr",), "tr": ("tblPrEx", "trPr")}

# What an attribute may hold, by element and attribute.
VALUES: Mapping[tuple[str, str], str] = {
    ("tcW", "w"): r"\d+%?",
    ("tcW", "type"): "nil|pct|dxa|auto",
    ("tblW", "w"): r"\d+%?",
    ("tblW", "type"): "nil|pct|dxa|auto",
    ("gridCol", "w"): r"\d+",
    ("gridSpan", "val"): r"[1-9]\d*",
    ("gridBefore", "val"): r"\d+",
    ("gridAfter", "val"): r"\d+",
    ("vMerge", "val"): "restart|continue",
    ("tblLayout", "type"): "fixed|autofit",
    ("vAlign", "val"): "top|center|both|bottom",
    (
        "jc",
        "val",
    ): "start|center|end|both|left|right|distribute|numTab|thaiDistribute|(high|medium|low)Kashida",
    ("trHeight", "val"): r"\d+",
    ("trHeight", "hRule"): "auto|exact|atLeast",
    ("sz", "val"): r"\d+",
    ("szCs", "val"): r"\d+",
    ("fldChar", "fldCharType"): "begin|separate|end",
    ("br", "type"): "page|column|textWrapping",
}

# Where elements may not stand: (inner, outer, what between them makes it right again).
NESTINGS = (
    ("p", "p", ("txbxContent",)),
    ("tbl", "p", ("txbxContent",)),
    ("r", "r", ("p", "rt", "rubyBase")),
)
WRAPPERS = ("sdtContent", "customXml", "ins", "del", "moveFrom", "moveTo", "smartTag")
PARENTS = {
    "t": ("r",),
    "delText": ("r",),
    "instrText": ("r",),
    "tc": ("tr", *WRAPPERS),
    "tr": ("tbl", *WRAPPERS),
}
TEXTS = ("t", "delText", "instrText", "delInstrText")
RANGE_MARKS = (
    "bookmarkStart",
    "bookmarkEnd",
    "commentRangeStart",
    "commentRangeEnd",
    "proofErr",
    "permStart",
    "permEnd",
)

# (what, element, attribute): unique in the whole document.
UNIQUE = (
    ("bookmark id", f"{W}bookmarkStart", f"{W}id"),
    ("bookmark name", f"{W}bookmarkStart", f"{W}name"),
    ("sdt id", f"{W}id", f"{W}val"),
    ("docPr id", f"{WP}docPr", "id"),
    ("paraId", f"{W}*", f"{W14}paraId"),
)
# The same, unique among the definitions of one part.
UNIQUE_IN_PART = (
    ("comment id", f"{W}comment", f"{W}id"),
    ("footnote id", f"{W}footnote", f"{W}id"),
    ("endnote id", f"{W}endnote", f"{W}id"),
    ("style id", f"{W}style", f"{W}styleId"),
    ("numId", f"{W}num", f"{W}numId"),
    ("abstractNumId", f"{W}abstractNum", f"{W}abstractNumId"),
)
# referring element, its attribute -> defining element, its attribute
REFERENCES = (
    ("commentReference", "id", "comment", "id"),
    ("commentRangeStart", "id", "comment", "id"),
    ("commentRangeEnd", "id", "comment", "id"),
    ("footnoteReference", "id", "footnote", "id"),
    ("endnoteReference", "id", "endnote", "id"),
    ("numId", "val", "num", "numId"),
    ("abstractNumId", "val", "abstractNum", "abstractNumId"),
)
# referring element -> the type of style it names ("" for any)
STYLES = {
    "pStyle": "paragraph",
    "rStyle": "character",
    "tblStyle": "table",
    "basedOn": "",
    "next": "",
    "link": "",
}

# {{ {% {# and their ends, also as docxtpl's {_{ and with full-width characters.
TAG = re.compile("[{\uff5b]_?[{%#\uff5b\uff05\uff03]|[}%#\uff5d\uff05\uff03]_?[}\uff5d]")
BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}
