"""Put tags like `{%tr … %}` in the place of the row, cell, paragraph or run they stand in, and tell what goes with it."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from goalgen.word.template.cell_tags import change_columns
from goalgen.word.template.opening import W
from goalgen.word.template.tags import TAG
from goalgen.word.template.tokens import Tokens
from goalgen.word.template.tree import LEAVES, RANGES, SPACE, THINGS, around, local, remove

_PREFIXED: Final = re.compile(r"(\{\{|\{%|\{#)(tr|tc|p|r)[ \n\t]")
_WHOLE: Final = {"tr": "行", "tc": "格", "p": "段"}


def leave_out(tokens: Tokens) -> None:
    """Remove the rows, cells and paragraphs that a comment like `{#tr … #}` takes away with all they hold."""
    for kind in _WHOLE:
        for leaf in tokens.leaves():
            if any(tag.startswith("{#") for tag in _own(leaf, kind)) and tokens.holds(leaf):
                _take(tokens, leaf, kind, [""])


def take(tokens: Tokens) -> None:
    """Put every other tag of this kind in its place: rows first, then cells, paragraphs, runs."""
    for kind in _WHOLE:
        for leaf in tokens.leaves():
            if _own(leaf, kind) and tokens.holds(leaf):
                element = around(leaf, kind)
                _tell_misused(tokens, leaf, kind)
                if element is not None:
                    _tell_lost(tokens, element, kind)
                    inside = (tag for one in element.iter(*LEAVES) for tag in _own(one, kind))
                    _take(tokens, leaf, kind, [_bare(tag, kind) for tag in inside])
    for leaf in tokens.leaves():
        if _own(leaf, "r"):
            _tell_misused(tokens, leaf, "r")
            _split_run(tokens, leaf)


def _own(leaf: etree._Element, kind: str) -> list[str]:
    """Return the tags of a kind in a text."""
    return [tag.group() for tag in TAG.finditer(leaf.text or "") if _kind(tag.group()) == kind]


def _kind(tag: str) -> str:
    found = _PREFIXED.match(tag)
    return found.group(2) if found and (found.group(1), found.group(2)) != ("{#", "r") else ""


def _bare(tag: str, kind: str) -> str:
    """Return a tag without the letters that say what it takes the place of, spaced as docxtpl does."""
    return f"{tag[:2]} {tag[3 + len(kind) :]}"


def _take(tokens: Tokens, leaf: etree._Element, kind: str, tags: list[str]) -> None:
    """Put tags in the place of the row, cell or paragraph that a text stands in; ranges that begin or end there stay."""
    element = around(leaf, kind)
    if element is None:
        return
    change_columns(around(element, "tbl") if kind == "tc" else None)
    place = _outermost(element)
    for one in list(element.iter(*RANGES)):
        one.tail = None
        place.addprevious(one)
    for tag in tags:
        place.addprevious(tokens.mark(tag))
    remove(place)


def _outermost(element: etree._Element) -> etree._Element:
    """Return the content control or the like that holds nothing but an element, or the element."""
    parent = element.getparent()
    while parent is not None and len(parent) == 1 and local(parent) in ("sdtContent", "customXml", "ins"):
        control = parent.getparent()
        element = control if parent.tag == f"{W}sdtContent" and control is not None else parent
        parent = element.getparent()
    return element


def _tell_misused(tokens: Tokens, leaf: etree._Element, kind: str) -> None:
    """Tell tags that would print what is no text in Word, and those that docxtpl does not read."""
    for tag in _own(leaf, kind):
        paragraph = around(leaf, "p")
        place = leaf if paragraph is None else paragraph
        if tag.startswith("{{"):
            message = f"“{{{{{kind} … }}}}”印出来的不是一段字，Word 里看不见"
            tokens.fault(message, place, f"改成 {{{{ {tag[2 + len(kind) : -2].strip()} }}}}")
        elif not tag.startswith("{#") and re.search("[%}]", tag[2:-2]):
            message = f"{{%{kind} … %}} 里不能有 % 和 }}（docxtpl 的限制）"
            tokens.fault(message, place, f"先用 {{% set … %}} 另写一段算好，{{%{kind} … %}} 里只写名称")


def _tell_lost(tokens: Tokens, element: etree._Element, kind: str) -> None:
    """Tell what goes with a row, cell or paragraph that is only there for its tag."""
    what, tag = f"这一{_WHOLE[kind]}", f"{{%{kind} … %}}"
    hint = f"{tag} 要单独占一{_WHOLE[kind]}"
    rest = "".join(_without_own(leaf.text or "", kind) for leaf in element.iter(*LEAVES)).strip()
    if kind == "tr" and _starts_merge(element):
        hint = "循环标签另写一行，放在合并的上面和下面"
        tokens.fault(f"这一行有合并单元格的开头，会和 {tag} 一起删掉", element, hint)
    elif rest:
        tokens.fault(f"{what}除了 {tag} 还有“{rest[:20]}”，会一起删掉", element, hint)
    for thing in element.iter(*THINGS):
        tokens.fault(f"{what}有{THINGS[str(thing.tag)]}，会和 {tag} 一起删掉", element, hint)


def _without_own(text: str, kind: str) -> str:
    return TAG.sub(lambda tag: "" if _kind(tag.group()) == kind else tag.group(), text)


def _starts_merge(row: etree._Element) -> bool:
    """Say whether a merge of cells begins in a row and goes on in the next."""
    below = row.getnext()
    goes_on = below is not None and any(_state(merge) == "continue" for merge in below.iter(f"{W}vMerge"))
    return goes_on and any(_state(merge) == "restart" for merge in row.iter(f"{W}vMerge"))


def _state(merge: etree._Element) -> str:
    return merge.get(f"{W}val", "continue")


def _split_run(tokens: Tokens, leaf: etree._Element) -> None:
    """Split a run at its tags; the pieces keep its properties."""
    run = leaf.getparent()
    if run is None or run.tag != f"{W}r":
        return
    text = leaf.text or ""
    after = list(leaf.itersiblings())
    found = [tag for tag in TAG.finditer(text) if _kind(tag.group()) == "r"]
    pieces: Iterator[str] = (text[begin:end] for begin, end in _gaps(found, len(text)))
    leaf.text = next(pieces)
    leaf.set(SPACE, "preserve")
    place: etree._Element = run
    for tag in found:
        mark = tokens.mark(_bare(tag.group(), "r"))
        place.addnext(mark)
        place = _like(run, next(pieces))
        mark.addnext(place)
    for child in after:
        place.append(child)


def _gaps(found: list[re.Match[str]], end: int) -> Iterator[tuple[int, int]]:
    at = 0
    for tag in found:
        yield at, tag.start()
        at = tag.end()
    yield at, end


def _like(run: etree._Element, text: str) -> etree._Element:
    """Make a run with a text, formatted as another."""
    new = etree.Element(f"{W}r")
    properties = run.find(f"{W}rPr")
    if properties is not None:
        new.append(copy.deepcopy(properties))
    etree.SubElement(new, f"{W}t", {SPACE: "preserve"}).text = text
    return new
