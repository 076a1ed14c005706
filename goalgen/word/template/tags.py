"""Find a template's tags in the XML of a part and gather each into one text, or say why that cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from lxml import etree

from goalgen.word.template import tree
from goalgen.word.template.opening import W
from goalgen.word.template.syntax import Fault
from goalgen.word.template.tree import LEAVES, RANGES, SPACE, local, parent_of, remove, remove_run_if_empty

TAG: Final = re.compile(
    r"""\{\{(?>'[^']*'|"[^"]*"|[^'"}{]|\{(?![{%])|\}(?!\}))*+\}\}"""
    r"""|\{%(?>'[^']*'|"[^"]*"|[^'"%{]|\{(?![{%])|%(?!\}))*+%\}"""
    r"""|\{\{(?>(?!\}\}|\{[{%]).)*+\}\}|\{%(?>(?!%\}|\{[{%]).)*+%\}|\{\#(?>(?!\#\}|\{\#).)*+\#\}""",
    re.DOTALL,
)
"""A whole tag; a text in it may hold what looks like its end. Every alternative is linear: nothing is tried twice."""
_OPENING: Final = re.compile(r"\{[{%#]")
_CLOSING: Final = {"{{": "}}", "{%": "%}", "{#": "#}"}
_RAW: Final = re.compile(r"\{%[-+]?\s*raw\s*[-+]?%\}")
_END_RAW: Final = re.compile(r"\{%[-+]?\s*endraw\s*[-+]?%\}")
_SPACES: Final = {f"{W}br": " ", f"{W}tab": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "-", f"{W}softHyphen": ""}
_DELETED: Final = (f"{W}del", f"{W}moveFrom")
_WRAPPERS: Final = (f"{W}smartTag", f"{W}customXml", f"{W}bdo", f"{W}dir")
"""Elements round runs that print nothing and may be taken away where a tag crosses their edge."""
_HARMLESS: Final = frozenset(
    (
        *RANGES,
        *(f"{W}{name}" for name in ("proofErr", "rPr", "lastRenderedPageBreak", "commentReference", "annotationRef")),
    )
)
_HALVES: Final = {
    "ins": ("一半是修订里插入的字", "先在 Word 里接受修订（审阅 → 接受）"),
    "moveTo": ("一半是修订里移来的字", "先在 Word 里接受修订（审阅 → 接受）"),
    "hyperlink": ("一半带着超链接", "取消超链接，或把整个标签放进去"),
    "fldSimple": ("一半在域里", "把整个标签写在域的外面"),
    "sdtContent": ("一半在内容控件里", "把整个标签写在控件里面，或者外面"),
    "ruby": ("一半在拼音指南里", "去掉拼音，再写标签"),
}
_INSIDE: Final = {
    "drawing": "图片或图形",
    "pict": "图片或图形",
    "object": "嵌入的对象",
    "AlternateContent": "图片或文本框",
    "fldChar": "域",
    "instrText": "域",
    "fldSimple": "域",
    "hyperlink": "超链接",
    "footnoteReference": "脚注",
    "endnoteReference": "尾注",
    "sym": "符号",
    "sdt": "内容控件",
    "ruby": "拼音",
    "ins": "修订里插入的字",
    "moveTo": "修订里移来的字",
    "br": "分页符",
}
_UNSEEN: Final = {
    "\u200b": "零宽空格",
    "\u200c": "零宽不连字",
    "\u200d": "零宽连字",
    "\u200e": "从左到右标记",
    "\u200f": "从右到左标记",
    "\u2060": "零宽连接符",
    "\ufeff": "零宽不换行空格",
    "\u00ad": "可选连字符",
    **{chr(code): "文字方向标记" for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))},
}
_UNSEEN_ONE: Final = re.compile(f"[{''.join(_UNSEEN)}]")


class Piece(NamedTuple):
    """Hold one text of a paragraph, or what stands for a text inside a tag: a break, a tab."""

    element: etree._Element
    text: str


def paragraph_words(element: etree._Element | None) -> str:
    """Return the words of the paragraph round an element, at most 60 characters."""
    while element is not None and element.tag != f"{W}p":
        element = element.getparent()
    if element is None:
        return ""
    return "".join(piece.text for piece in pieces(element) if piece.element.tag not in _SPACES)[:60]


def pieces(paragraph: etree._Element) -> list[Piece]:
    """Return the texts of a paragraph in order: not those of paragraphs inside it, nor what a revision deletes."""
    found: list[Piece] = []
    waiting = [iter(paragraph)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag in LEAVES:
            found.append(Piece(child, child.text or ""))
        elif child.tag in _SPACES and child.get(f"{W}type") in (None, "textWrapping"):
            found.append(Piece(child, _SPACES[child.tag]))
        elif child.tag != f"{W}p" and child.tag not in _DELETED and child.tag != f"{W}pPr":
            waiting.append(iter(child))
    return found


def gather(root: etree._Element) -> list[Fault]:
    """Gather the tags of a part, each into the text where it begins; return those that cannot be, each once.

    What deleted revisions hold is no tag: revisions that look like one are taken away, as Word shows the text without
    them. A tag that cannot be gathered is taken out too, so that it is not told again.
    """
    _drop_deleted(root)
    faults: list[Fault] = []
    raw = False
    unclosed: list[tuple[etree._Element, list[Piece], int, str]] = []
    for paragraph in list(root.iter(f"{W}p")):
        found = pieces(paragraph)
        text = "".join(piece.text for piece in found)
        if unclosed and not raw:
            faults += _closed_elsewhere(unclosed, paragraph, found, text)
            unclosed = []
            found = pieces(paragraph)
            text = "".join(piece.text for piece in found)
        if "{" not in text:
            continue
        spans, raw, left = _spans(text, raw)
        faults += _gather(paragraph, found, text, spans)
        if left >= 0 and not raw:
            found = pieces(paragraph)
            unclosed = [(paragraph, found, left, text[left : left + 2])]
            if left + 1 in _starts(found):
                hint = f"在后面补上 {_CLOSING[text[left : left + 2]]}"
                faults.append(Fault(f"“{text[left : left + 2]}”没有关上", text[:60], hint))
    return faults


def _spans(text: str, raw: bool) -> tuple[list[tuple[int, int]], bool, int]:
    """Return where the tags of a paragraph begin and end, whether raw text goes on after it, and where one is unclosed."""
    spans: list[tuple[int, int]] = []
    at = 0
    while True:
        if raw:
            end = _END_RAW.search(text, at)
            if end is None:
                return spans, True, -1
            spans.append(end.span())
            at, raw = end.end(), False
        start = _OPENING.search(text, at)
        if start is None:
            return spans, False, -1
        tag = TAG.match(text, start.start())
        end_of_comment = text.find("#}", start.end()) if start.group() == "{#" else -1
        if tag is None and end_of_comment < 0:
            return spans, False, start.start()
        spans.append(tag.span() if tag else (start.start(), end_of_comment + 2))
        at = spans[-1][1]
        raw = bool(_RAW.fullmatch(text, *spans[-1]))


def _gather(paragraph: etree._Element, found: list[Piece], text: str, spans: list[tuple[int, int]]) -> Iterator[Fault]:
    """Put every tag into the text where it begins; the rest of the texts stays where it was."""
    starts = _starts(found)
    written: list[list[str]] = [[] for _ in found]
    """What is to stand in each piece; two that may join share one list."""
    at, index = 0, 0
    words = ""
    broken: list[int] = []
    for start, end in spans:
        last = first = _copy(found, starts, written, at, start, index)
        at = end
        while last + 1 < len(found) and starts[last + 1] < end:
            last += 1
        words = words or text[:60]
        unseen = _UNSEEN_ONE.search(text, start, end)
        if unseen:
            name = f"{_UNSEEN[unseen.group()]}（U+{ord(unseen.group()):04X}）"
            yield Fault(f"标签里有看不见的{name}", words, "删掉这个标签，重新打一遍")
        why = _between(found, first, last) if last > first else None
        if why:
            yield Fault(f"标签“{_plain(text[start:end])}”{why[0]}", words, why[1])
            broken += range(first, last + 1)
        else:
            written[first].append(_UNSEEN_ONE.sub("", text[start:end]) if unseen else text[start:end])
            if last > first and _drop_inside(found[first], found[last]):
                written[last] = written[first]
        index = last
    _copy(found, starts, written, at, len(text), index)
    _write(found, written, set(broken))


def _plain(tag: str) -> str:
    return tag if len(tag) <= 40 else f"{tag[:39]}…"


def _starts(found: list[Piece]) -> list[int]:
    starts, at = [], 0
    for piece in found:
        starts.append(at)
        at += len(piece.text)
    return starts


def _copy(found: list[Piece], starts: list[int], written: list[list[str]], at: int, end: int, index: int) -> int:
    """Copy the texts from `at` to `end` to the pieces they stand in; return the piece that holds `end`."""
    while True:
        begin, stop = starts[index], starts[index] + len(found[index].text)
        if stop > at and begin < end:
            written[index].append(found[index].text[max(at - begin, 0) : max(end - begin, 0)])
        if stop > end or index + 1 == len(found):
            return index
        index += 1


def _between(found: list[Piece], first: int, last: int) -> tuple[str, str] | None:
    """Say why a tag from one piece to another cannot be gathered; None when it can. Wrappers at its edges are unwrapped."""
    kinds = {piece.element.tag for piece in found[first : last + 1] if piece.element.tag in LEAVES}
    if len(kinds) > 1:
        where = "域" if f"{W}instrText" in kinds else "公式"
        return f"一半在{where}里", f"把整个标签写在{where}的外面"
    runs = [parent_of(piece.element) for piece in found[first : last + 1]]
    for run in runs:
        _unwrap(run)
    places = {run.getparent(): None for run in runs}
    if len(places) > 1:
        return _half(runs)
    return _foreign(found[first].element, found[last].element)


def _unwrap(run: etree._Element) -> None:
    """Take away the smart tags and the like round a run."""
    parent = run.getparent()
    while parent is not None and parent.tag in _WRAPPERS:
        for child in [child for child in parent if not str(child.tag).endswith("Pr")]:
            parent.addprevious(child)
        remove(parent)
        parent = run.getparent()


def _half(runs: list[etree._Element]) -> tuple[str, str]:
    chains = [[local(one) for one in run.iterancestors()] for run in runs]
    for chain in chains:
        inside = chain[: chain.index("p")] if "p" in chain else chain
        for name in inside:
            if name in _HALVES and not all(name in other[: other.index("p")] for other in chains if "p" in other):
                return _HALVES[name]
    return "的两半不在一处", "删掉这个标签，重新打一遍"


def _foreign(first: etree._Element, last: etree._Element) -> tuple[str, str] | None:
    """Say what stands inside a tag, from one text to another, that is no text."""
    for element in _inside(first, last):
        text = element.tag in LEAVES or (element.tag in _SPACES and element.get(f"{W}type") in (None, "textWrapping"))
        if not text and element.tag not in _HARMLESS and element.tag not in _DELETED:
            name = local(element)
            return f"里面有{_INSIDE.get(name, f'别的东西（{name}）')}", "把它移到标签外面"
    return None


def _inside(first: etree._Element, last: etree._Element) -> Iterator[etree._Element]:
    """Yield what stands between two texts whose runs are brothers: the insides of runs, and what stands between runs."""
    run: etree._Element | None = parent_of(first)
    element = first.getnext()
    while run is not None:
        while element is not None:
            if element is last:
                return
            after = element.getnext()
            yield element
            element = after
        run = run.getnext()
        if run is not None:
            is_run = local(run) == "r"
            element = run[0] if is_run and len(run) else None
            if not is_run:
                yield run


_DROPPED: Final = (*_SPACES, *_DELETED, f"{W}proofErr", f"{W}lastRenderedPageBreak")


def _drop_inside(first: Piece, last: Piece) -> bool:
    """Remove breaks, tabs and deleted revisions inside a gathered tag; say whether what follows may join its text."""
    one, other = parent_of(first.element), parent_of(last.element)
    alike = (
        tree.written(one.find("{*}rPr")) == tree.written(other.find("{*}rPr")) and first.element.tag == last.element.tag
    )
    for element in _inside(first.element, last.element):
        if element.tag in _DROPPED:
            parent_of(element).remove(element)
        elif element.tag in _HARMLESS and element.tag != f"{W}rPr":
            alike = False
    return alike


def _write(found: list[Piece], written: list[list[str]], broken: set[int]) -> None:
    joined: set[int] = set()
    for number, (piece, texts) in enumerate(zip(found, written, strict=True)):
        if piece.element.tag in _SPACES:
            continue
        text = "" if number in broken or id(texts) in joined else "".join(texts)
        joined.add(id(texts))
        if text == piece.text:
            continue
        piece.element.text = text
        if not text and number not in broken:
            run = parent_of(piece.element)
            remove(piece.element)
            remove_run_if_empty(run)
        elif text != text.strip():
            piece.element.set(SPACE, "preserve")


def _drop_deleted(root: etree._Element) -> None:
    """Take away deleted text that looks like a tag, and moved text where it came from."""
    for element in list(root.iter(*_DELETED)):
        parent = element.getparent()
        if parent is not None and _OPENING.search("".join(str(text) for text in element.itertext())):
            parent.remove(element)


def _closed_elsewhere(
    unclosed: list[tuple[etree._Element, list[Piece], int, str]],
    paragraph: etree._Element,
    found: list[Piece],
    text: str,
) -> Iterator[Fault]:
    """Tell a tag that begins in one paragraph and ends in the next one with words; both halves are taken out."""
    (begun, first, at, opening) = unclosed[0]
    end = text.find(_CLOSING[opening])
    start = _OPENING.search(text)
    if end < 0 or (start and start.start() < end):
        return
    words = "".join(piece.text for piece in first)
    whole = f"“{_plain(words[at:])}”和“{_plain(text[: end + 2])}”"
    if _cell(begun) is not _cell(paragraph):
        yield Fault(f"标签跨了格子：一半是{whole}", words[:60], "把整个标签写在一格里")
    else:
        yield Fault(f"标签跨了段：一半是{whole}", words[:60], "把整个标签写在一段里")
    _cut(first, at, len(words))
    _cut(found, 0, end + 2)


def _cell(element: etree._Element) -> etree._Element | None:
    return next(element.iterancestors(f"{W}tc"), None)


def _cut(found: list[Piece], start: int, end: int) -> None:
    at = 0
    for piece in found:
        begin, at = at, at + len(piece.text)
        if at > start and begin < end and piece.element.tag in LEAVES:
            piece.element.text = piece.text[: max(start - begin, 0)] + piece.text[max(end - begin, 0) :]
