"""A strict validator of .docx files for the test suite: every fault a program can put in without a sound.

`faults(file)` is the whole judgement; `structure_faults`, `leftover_tags` and `unfixed_dates` are its parts
and one extra. All return one line per fault, `part: what`, and nothing for a good file.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from docx_validator_parts import (
    MC,
    Package,
    W,
    compatibility_prefixes,
    content_types,
    local,
    main_document,
    read,
    related,
    relationship_parts,
    relationship_uses,
    repeated,
    unfixed_dates,
    zip_members,
)
from lxml import etree

__all__ = ["CHECKS", "faults", "leftover_tags", "read", "structure_faults", "unfixed_dates"]

Check = Callable[[Package], Iterator[str]]

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
_WRAPPERS = ("sdtContent", "customXml", "ins", "del", "moveFrom", "moveTo", "smartTag")
PARENTS = {
    "t": ("r",),
    "delText": ("r",),
    "instrText": ("r",),
    "tc": ("tr", *_WRAPPERS),
    "tr": ("tbl", *_WRAPPERS),
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


def faults(source: Path | bytes, allowed: Collection[str] = ()) -> list[str]:
    """Every fault of a .docx file; `allowed` are texts of the user, whose braces are no tags."""
    package = read(source)
    return [*_structure(package), *_tags(package, allowed)]


def structure_faults(source: Path | bytes) -> list[str]:
    """Every fault but left-over tags, which a template must have."""
    return list(_structure(read(source)))


def leftover_tags(source: Path | bytes, allowed: Collection[str] = ()) -> list[str]:
    """Template tags that were never filled, also split over runs, in attributes or with full-width braces."""
    return list(_tags(read(source), allowed))


def _structure(package: Package) -> Iterator[str]:
    if package.parts:
        yield from (fault for check in CHECKS for fault in check(package))
    else:
        yield from package.damage or ("zip: empty",)


def _tags(package: Package, allowed: Collection[str]) -> Iterator[str]:
    lines = {line.strip() for text in allowed for line in text.splitlines()} - {""}
    literal = re.compile("|".join(map(re.escape, sorted(lines, key=len, reverse=True))) or r"(?!)")
    for part, tree in package.trees.items():
        for text in _texts(tree):
            if TAG.search(literal.sub(" ", text)):
                yield f"{part}: left-over template tag in {text.strip()[:60]!r}"


def _texts(tree: etree._Element) -> Iterator[str]:
    """Whatever a reader or a program may read in a part: whole paragraphs, other texts, attributes."""
    paragraphs: defaultdict[etree._Element | None, list[str]] = defaultdict(list)
    for element in tree.iter("*"):
        paragraph = next(element.iterancestors(f"{W}p"), None)
        paragraphs[paragraph].append(BREAKS.get(element.tag, element.text or ""))
        yield from map(str, element.attrib.values())
        yield element.tail or ""
    outside = paragraphs.pop(None, [])
    yield from outside
    yield from map("".join, paragraphs.values())


def _live(tree: etree._Element, *tags: str) -> Iterator[etree._Element]:
    """Elements by tag, without the second copies that mc:Fallback holds."""
    for element in tree.iter(*tags):
        if next(element.iterancestors(f"{MC}Fallback"), None) is None:
            yield element


def _contents(parent: etree._Element) -> Iterator[etree._Element]:
    """The children that count, seen through content controls and the like, range marks left out."""
    for child in parent.iterchildren("*"):
        name = local(child)
        if name == "sdt" or name in _WRAPPERS:
            yield from _contents(child)
        elif name not in RANGE_MARKS and not name.startswith("sdt"):
            yield child


def _names(elements: Iterable[etree._Element]) -> list[str]:
    return [local(element) for element in elements]


def bodies(package: Package) -> Iterator[str]:
    """A document has one body that ends with its only section properties; a header has a paragraph."""
    for part, tree in package.words:
        if tree.tag == f"{W}document":
            names = _names(tree.iterchildren(f"{W}body"))
            if len(names) != 1:
                yield f"{part}: has {len(names)} w:body, not 1"
        if tree.tag in (f"{W}hdr", f"{W}ftr") and not {"p", "tbl"}.intersection(_names(_contents(tree))):
            yield f"{part}: has no paragraph"
        for body in tree.iterchildren(f"{W}body"):
            blocks = _names(body.iterchildren("*"))
            if blocks[-1:] != ["sectPr"] or blocks.count("sectPr") != 1:
                yield f"{part}: w:sectPr is not the last and only one in w:body"


def nesting(package: Package) -> Iterator[str]:
    """No paragraph or table in a paragraph, no run in a run."""
    for part, tree in package.words:
        for inner, outer, between in NESTINGS:
            stops = [f"{W}{name}" for name in (outer, *between)]
            for element in tree.iter(f"{W}{inner}"):
                around = next(element.iterancestors(*stops), None)
                if around is not None and around.tag == stops[0]:
                    yield f"{part}: w:{inner} inside w:{outer}"


def parents(package: Package) -> Iterator[str]:
    """Texts stand in runs, cells in rows, rows in tables."""
    for part, tree in package.words:
        for name, allowed in PARENTS.items():
            for element in tree.iter(f"{W}{name}"):
                parent = element.getparent()
                if parent is not None and local(parent) not in allowed:
                    yield f"{part}: w:{name} in w:{local(parent)}"


def loose_text(package: Package) -> Iterator[str]:
    """Characters stand only in the elements made for them."""
    for part, tree in package.words:
        for element in tree.iter(f"{W}*"):
            texts = [child.tail for child in element]
            if local(element) not in (*TEXTS, "binData", "fldData"):
                texts.append(element.text)
            for text in filter(str.strip, filter(None, texts)):
                yield f"{part}: loose text {text.strip()[:40]!r} in w:{local(element)}"


def order(package: Package) -> Iterator[str]:
    """Children of property elements are known, in the schema's order, and there once."""
    for part, tree in package.words:
        for parent, ranks in RANKS.items():
            for element in tree.iter(f"{W}{parent}"):
                names = _names(element.iterchildren(f"{W}*"))
                yield from (f"{part}: {fault} in w:{parent}" for fault in _order_faults(names, ranks))


def leaders(package: Package) -> Iterator[str]:
    """The properties of a paragraph, run, row or cell come before its contents."""
    for part, tree in package.words:
        for parent, first in LEADERS.items():
            for element in tree.iter(f"{W}{parent}"):
                names = _names(element.iterchildren("*"))
                found = sorted((name for name in names if name in first), key=first.index)
                if found != names[: len(found)]:
                    yield f"{part}: {' '.join(found)} not first in w:{parent}"


def _order_faults(names: list[str], ranks: Mapping[str, int]) -> Iterator[str]:
    yield from (f"unknown w:{name}" for name in names if name not in ranks)
    yield from (f"two w:{name}" for name in repeated(names) if name not in REPEATABLE)
    known = [name for name in names if name in ranks]
    for before, after in pairwise(known):
        if ranks[before] > ranks[after]:
            yield f"w:{after} after w:{before}"


def values(package: Package) -> Iterator[str]:
    """Numbers are whole numbers, enumerations hold what they may."""
    for part, tree in package.words:
        for (name, attribute), pattern in VALUES.items():
            for element in tree.iter(f"{W}{name}"):
                value = element.get(f"{W}{attribute}")
                if value is not None and not re.fullmatch(pattern, value):
                    yield f"{part}: w:{name} has w:{attribute}={value!r}"


def paragraph_ids(package: Package) -> Iterator[str]:
    """Word refuses a file with a w14:paraId outside 1 .. 7FFFFFFF."""
    for part, tree in package.words:
        for element in tree.iter(f"{W}p", f"{W}tr"):
            value = element.get(f"{W14}paraId")
            if value is not None and not re.fullmatch("(?!0{8})[0-7][0-9A-Fa-f]{7}", value):
                yield f"{part}: w14:paraId {value!r} is no number from 1 to 7FFFFFFF"


class Cell(NamedTuple):
    """A w:tc on its table's grid."""

    column: int
    span: int
    width: int | None
    merge: str


def _whole(element: etree._Element | None, attribute: str = "val") -> int | None:
    """A whole number; None where there is none (`values` tells why)."""
    text = "" if element is None else element.get(f"{W}{attribute}", "")
    return int(text) if text.isdecimal() else None


def _dxa(element: etree._Element | None) -> int | None:
    """A width in twentieths of a point; None when it is given in another way or not at all."""
    relative = element is not None and element.get(f"{W}type", "dxa") != "dxa"
    return None if relative else _whole(element, "w")


def _edge(row: etree._Element, side: str) -> int:
    """How many columns a row leaves free before its first or after its last cell."""
    return _whole(row.find(f"w:trPr/w:grid{side}", NS)) or 0


def _cells(row: etree._Element) -> Iterator[Cell]:
    column = _edge(row, "Before")
    for cell in _contents(row):
        if cell.tag == f"{W}tc":
            span = _whole(cell.find("w:tcPr/w:gridSpan", NS)) or 1
            merge = cell.find("w:tcPr/w:vMerge", NS)
            state = "" if merge is None else merge.get(f"{W}val", "continue")
            yield Cell(column, span, _dxa(cell.find("w:tcPr/w:tcW", NS)), state)
            column += span


def tables(package: Package) -> Iterator[str]:
    """Every table has its parts, fills its grid, is as wide as its columns, and merges cells that fit."""
    for part, tree in package.words:
        for number, table in enumerate(tree.iter(f"{W}tbl"), 1):
            yield from (f"{part}: table {number}: {fault}" for fault in _table_faults(table))


def _table_faults(table: etree._Element) -> Iterator[str]:
    contents = list(_contents(table))
    names = _names(contents)
    if names[:2] != ["tblPr", "tblGrid"]:
        yield f"begins with {' '.join(names[:2])}, not tblPr tblGrid"
    if not names[2:]:
        yield "has no rows"
    if not {"tr"}.issuperset(names[2:]):
        yield "holds something that is not a row"
    grid = [_whole(column, "w") or 0 for column in table.iterfind("w:tblGrid/w:gridCol", NS)]
    if not grid:
        yield "has no gridCol"
    elif _dxa(table.find("w:tblPr/w:tblW", NS)) not in (None, sum(grid)):
        yield f"tblW is not {sum(grid)}, the sum of its columns"
    yield from _grid_faults([element for element in contents if element.tag == f"{W}tr"], grid)


def _grid_faults(rows: list[etree._Element], grid: list[int]) -> Iterator[str]:
    above: list[Cell] = []
    for number, row in enumerate(rows, 1):
        cells = list(_cells(row))
        for fault in (*_row_faults(row, cells, grid), *_merge_faults(cells, above)):
            yield f"row {number}: {fault}"
        above = cells


def _row_faults(row: etree._Element, cells: list[Cell], grid: list[int]) -> Iterator[str]:
    if not cells:
        yield "has no cells"
    columns = _edge(row, "Before") + sum(cell.span for cell in cells) + _edge(row, "After")
    if columns != len(grid):
        yield f"spans {columns} columns, the grid has {len(grid)}"
    for number, cell in enumerate(cells, 1):
        width = sum(grid[cell.column : cell.column + cell.span])
        if cell.width not in (None, width):
            yield f"cell {number}: tcW {cell.width}, its columns are {width} wide"


def _merge_faults(cells: list[Cell], above: list[Cell]) -> Iterator[str]:
    merged = {(cell.column, cell.span) for cell in above if cell.merge}
    for number, cell in enumerate(cells, 1):
        if cell.merge == "continue" and (cell.column, cell.span) not in merged:
            yield f"cell {number}: vMerge continues no cell above"


def cell_ends(package: Package) -> Iterator[str]:
    """A cell ends with a paragraph, so it has one and no table stands last."""
    for part, tree in package.words:
        for number, cell in enumerate(tree.iter(f"{W}tc"), 1):
            last = _names(_contents(cell))[-1:]
            if last != ["p"]:
                yield f"{part}: cell {number} ends with {' '.join(last)}, not with a paragraph"


def unique_ids(package: Package) -> Iterator[str]:
    """Whatever must be unique is, in the whole document or in its part."""
    words = list(package.words)
    for what, tag, attribute in UNIQUE:
        found = (element.get(attribute) for _, tree in words for element in _live(tree, tag))
        yield from (f"word: {fault}" for fault in _twice(what, found))
    for what, tag, attribute in UNIQUE_IN_PART:
        for part, tree in words:
            found = (element.get(attribute) for element in tree.iterchildren(tag))
            yield from (f"{part}: {fault}" for fault in _twice(what, found))


def _twice(what: str, found: Iterable[str | None]) -> list[str]:
    """Names are compared without regard to case, as Word does."""
    return [f"{what} {name!r} occurs twice" for name in repeated(text.lower() for text in found if text)]


def bookmarks(package: Package) -> Iterator[str]:
    """Every bookmark begins and ends in the same part."""
    for part, tree in package.words:
        starts = {element.get(f"{W}id") for element in _live(tree, f"{W}bookmarkStart")}
        ends = [str(element.get(f"{W}id")) for element in _live(tree, f"{W}bookmarkEnd")]
        yield from (f"{part}: bookmark {identifier} has no end" for identifier in starts.difference(ends))
        yield from (f"{part}: bookmark {identifier} has no start" for identifier in set(ends) - starts)
        yield from (f"{part}: bookmark {identifier} ends twice" for identifier in repeated(ends))


def references(package: Package) -> Iterator[str]:
    """Comments, notes and numberings that are referred to exist (numId 0 means: no numbering)."""
    words = list(package.words)
    for user, attribute, definer, key in REFERENCES:
        known = {element.get(f"{W}{key}") for _, tree in words for element in tree.iter(f"{W}{definer}")}
        for part, tree in words:
            for element in tree.iter(f"{W}{user}"):
                value = element.get(f"{W}{attribute}")
                if value not in known and (user, value) != ("numId", "0"):
                    yield f"{part}: w:{user} refers to {definer} {value}, which is not defined"


def styles(package: Package) -> Iterator[str]:
    """Styles that are used are defined, and of the type of what uses them."""
    types = {
        style.get(f"{W}styleId", ""): style.get(f"{W}type", "")
        for part in related(package, "styles")
        for style in package.trees[part].iterchildren(f"{W}style")
    }
    for part, tree in package.words:
        for user, wanted in STYLES.items():
            for element in tree.iter(f"{W}{user}"):
                name = element.get(f"{W}val", "")
                if name not in types:
                    yield f"{part}: style {name!r} of w:{user} is not defined"
                elif wanted not in ("", types[name]):
                    yield f"{part}: style {name!r} of w:{user} is a {types[name]} style"


def white_space(package: Package) -> Iterator[str]:
    """White space that XML readers may drop is marked as kept; line breaks and tabs are elements."""
    for part, tree in package.words:
        for element in tree.iter(f"{W}t", f"{W}delText"):
            text = element.text or ""
            if re.search(r"[\n\r\t]", text):
                yield f"{part}: line break or tab in the text {text[:40]!r}"
            if re.search(r"^\s|\s$|\s\s", text, re.ASCII) and element.get(SPACE) != "preserve":
                yield f"{part}: text {text[:40]!r} without xml:space"


CHECKS: tuple[Check, ...] = (
    zip_members,
    content_types,
    relationship_parts,
    main_document,
    relationship_uses,
    compatibility_prefixes,
    bodies,
    nesting,
    parents,
    loose_text,
    order,
    leaders,
    values,
    paragraph_ids,
    tables,
    cell_ends,
    unique_ids,
    bookmarks,
    references,
    styles,
    white_space,
)
