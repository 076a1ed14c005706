"""Find in the parts of a Word document what Word would not open or would show otherwise: structure and ids, not looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from lxml import etree

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_DRAWN: Final = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_TEXTS: Final = frozenset(
    ["t", "delText", "instrText", "delInstrText", "fldData", "binData", "pStyle", "posOffset", "align"]
)
_THROUGH: Final = frozenset(
    ["sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "AlternateContent", "Choice"]
)
_BLOCKS: Final = frozenset(["p", "tbl", "altChunk"])
_PARENTS: Final = {"t": {"r"}, "tc": {"tr"}, "tr": {"tbl"}, "r": {"p", "hyperlink", "fldSimple", "rt", "rubyBase"}}
_HOMES: Final = {
    "p": {"body", "tc", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent", "docPartBody"},
    "tbl": {"body", "tc", "hdr", "ftr", "footnote", "endnote", "comment", "txbxContent", "docPartBody"},
}
_FILLED: Final = {"tc": "一格里没有段落，或者不以段落结尾", "hdr": "页眉是空的", "ftr": "页脚是空的"}
_UNIQUE: Final = (
    ("书签", f"{_W}bookmarkStart", f"{_W}name"),
    ("书签的编号", f"{_W}bookmarkStart", f"{_W}id"),
    ("可以填写的范围", f"{_W}permStart", f"{_W}id"),
    ("批注", f"{_W}commentRangeStart", f"{_W}id"),
    ("脚注", f"{_W}footnoteReference", f"{_W}id"),
    ("尾注", f"{_W}endnoteReference", f"{_W}id"),
    ("图形的编号", _DRAWN, "id"),
)
BROKEN: Final = "不是合格的 XML，Word 打不开"
"""What is said of a part that cannot be read."""
UNEVEN: Final = "表格的一行多了或少了格子"
"""What is said of a row whose cells do not fill its table's columns."""
_DEEP: Final = 60
"""How many characters of a place are shown."""


class Flaw(NamedTuple):
    """Say what is wrong in a part and near which words."""

    what: str
    where: str


class Part(NamedTuple):
    """Hold a part read: its tree, or near which words its XML is broken."""

    tree: etree._Element | None
    broken: str = ""


def read(xml: bytes) -> Part:
    """Parse a part as strictly as Word does."""
    try:
        return Part(etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)))
    except etree.XMLSyntaxError as error:
        line, column = error.position
        lines = xml.decode("utf-8", "replace").split("\n")[:line]
        return Part(None, _shown(lines[-1][:column] if lines else ""))


def _shown(xml: str) -> str:
    """Return the last words of a piece of XML."""
    words: list[str] = []
    for piece in reversed(xml[-20_000:].split("<")):
        text = piece.partition(">")[2].strip()
        if text:
            words.append(text)
        if sum(map(len, words)) > _DEEP // 2:
            break
    return "".join(reversed(words))[-_DEEP:]


def flaws(parts: Mapping[str, bytes]) -> list[Flaw]:
    """Return what is wrong in the parts of a document, given by name."""
    read_parts = [read(xml) for xml in parts.values()]
    trees = [part.tree for part in read_parts if part.tree is not None]
    found = [Flaw(BROKEN, part.broken) for part in read_parts if part.tree is None]
    for tree in trees:
        found += _structure(tree)
    return [*found, *_twice(trees)]


def _name(element: etree._Element | None) -> str:
    tag = None if element is None else element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _home(element: etree._Element) -> str:
    """Return the name of what an element stands in, seen through content controls and the like."""
    parent = element.getparent()
    while parent is not None and _name(parent) in _THROUGH:
        parent = parent.getparent()
    return _name(parent)


def _inside(element: etree._Element) -> Iterator[etree._Element]:
    for child in element.iterchildren("*"):
        if _name(child) in _THROUGH:
            yield from _inside(child)
        else:
            yield child


def _structure(tree: etree._Element) -> Iterator[Flaw]:
    for element in tree.iter(f"{_W}*"):
        name = _name(element)
        if name in _PARENTS or name in _HOMES:
            yield from _misplaced(element, name)
        if name in _FILLED or name in ("tbl", "tr"):
            yield from _empty(element, name)
        if name == "tbl":
            yield from _merges(element)
        if name not in _TEXTS:
            yield from _loose(element, name)


def _misplaced(element: etree._Element, name: str) -> Iterator[Flaw]:
    home = _home(element)
    if name in _HOMES:
        wrong = home in ("p", "r", "t", "tr", "tbl")
    else:
        wrong = home not in _PARENTS[name] and not (name == "r" and home in _RUN_HOMES)
    if wrong:
        kinds = {"p": "段落", "tbl": "表格", "r": "一段字", "t": "字", "tc": "格子", "tr": "行"}
        yield Flaw(f"{kinds[name]}放在了不该放的地方（{home or '最外层'}）", _place(element))


_RUN_HOMES: Final = frozenset(["del", "moveFrom", "bdo", "dir", "body", "oMath", "e", "num", "den"]) - {"body"}


def _empty(element: etree._Element, name: str) -> Iterator[Flaw]:
    inside = [_name(child) for child in _inside(element)]
    if name == "tbl" and "tr" not in inside:
        yield Flaw("表格里一行也没有", _place(element))
    elif name == "tr" and "tc" not in inside:
        yield Flaw("表格的一行里一格也没有", _place(element))
    elif name in _FILLED:
        blocks = [child for child in inside if child in _BLOCKS]
        if not blocks or (name == "tc" and blocks[-1] == "tbl"):
            yield Flaw(_FILLED[name], _place(element))


def _merges(table: etree._Element) -> Iterator[Flaw]:
    """Find cells that go on a merge which no cell above begins, and rows with other columns than their table."""
    columns = len(table.findall(f"{_W}tblGrid/{_W}gridCol"))
    open_at: set[int] = set()
    for row in (child for child in _inside(table) if _name(child) == "tr"):
        column = _number(row.find(f"{_W}trPr/{_W}gridBefore"), 0)
        now: set[int] = set()
        for cell in (child for child in _inside(row) if _name(child) == "tc"):
            merge = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merge is not None:
                if merge.get(f"{_W}val", "continue") == "continue" and column not in open_at:
                    yield Flaw("合并的格子少了开头", _place(cell))
                now.add(column)
            column += _number(cell.find(f"{_W}tcPr/{_W}gridSpan"), 1)
        open_at = now
        column += _number(row.find(f"{_W}trPr/{_W}gridAfter"), 0)
        if column != columns:
            yield Flaw(UNEVEN, _place(row))


def _number(element: etree._Element | None, usual: int) -> int:
    text = "" if element is None else element.get(f"{_W}val", "")
    return int(text) if text.isdecimal() and len(text) < 6 else usual


def _loose(element: etree._Element, name: str) -> Iterator[Flaw]:
    texts = [child.tail for child in element]
    for text in (element.text, *texts):
        if text and not text.isspace():
            yield Flaw(f"“{text.strip()[:20]}”不在字里，Word 里看不见", _place(element) or text.strip()[:_DEEP])


def _place(element: etree._Element) -> str:
    """Return the words near an element: its own, those of its row or table, or those before it."""
    for one in (element, *element.iterancestors()):
        words = _text(one)
        if words and _name(one) not in ("body", "document"):
            return words[:_DEEP]
    before = element.getprevious()
    return _text(before)[:_DEEP] if before is not None else ""


def _text(element: etree._Element) -> str:
    return "".join(text.text or "" for text in element.iter(f"{_W}t")).strip()


def _twice(trees: Iterable[etree._Element]) -> Iterator[Flaw]:
    for what, tag, attribute in _UNIQUE:
        found = Counter(element.get(attribute, "") for tree in trees for element in _live(tree, tag))
        yield from (
            Flaw(f"{what} {value} 用了 {count} 次", "") for value, count in found.items() if value and count > 1
        )
    controls = Counter(
        element.get(f"{_W}val", "")
        for tree in trees
        for element in _live(tree, f"{_W}id")
        if _name(element.getparent()) == "sdtPr"
    )
    yield from (Flaw(f"内容控件的编号 {value} 用了 {count} 次", "") for value, count in controls.items() if count > 1)


def _live(tree: etree._Element, tag: str) -> Iterator[etree._Element]:
    return (one for one in tree.iter(tag) if next(one.iterancestors(f"{_MC}Fallback"), None) is None)
