"""Join paragraphs where a tag asks for it by a dash, as docxtpl does: `{%- … %}` to what is before, `{% … -%}` to what follows."""

from __future__ import annotations

from lxml import etree

from goalgen.word.template.opening import W
from goalgen.word.template.tags import paragraph_words
from goalgen.word.template.tokens import Tokens
from goalgen.word.template.tree import (
    RANGES,
    SPACE,
    around,
    beside,
    local,
    parent_of,
    remove,
    remove_run_if_empty,
    written,
)


def join(tokens: Tokens) -> None:
    """Join paragraphs and lines at the dashes that stand at the edge of a text; no white space goes with them.

    Where there is no paragraph to join to, docxtpl would eat the edge of a table: that is told.
    """
    words = {leaf: paragraph_words(leaf) for leaf in _dashed(tokens)}
    for leaf, where in words.items():
        if (leaf.text or "").startswith("{%-"):
            leaf.text = f"{{%{(leaf.text or '')[3:]}"
            _join(tokens, leaf, where, before=True)
    for leaf in _dashed(tokens):
        joined = True
        while joined and (leaf.text or "").endswith("-%}"):
            where = words.get(leaf) or paragraph_words(leaf)
            leaf.text = f"{(leaf.text or '')[:-3]}%}}"
            joined = _join(tokens, leaf, where, before=False)


def _dashed(tokens: Tokens) -> list[etree._Element]:
    return [leaf for leaf in tokens.leaves() if "%-" in (leaf.text or "") or "-%" in (leaf.text or "")]


def _join(tokens: Tokens, leaf: etree._Element, where: str, before: bool) -> bool:
    """Join the paragraph of a text to the one before or after it; say whether that was done."""
    paragraph = around(leaf, "p")
    _drop_breaks(leaf, before)
    if paragraph is None or paragraph.getparent() is None or _edge(paragraph, before) is not leaf:
        return False
    other = _neighbour(paragraph, before)
    if (other is None and _is_story(paragraph)) or local(other) == "sectPr":
        return False
    one, two = (other, paragraph) if before else (paragraph, other)
    if one is None or two is None or one.tag != two.tag or _ends_section(one) or _ends_section(two):
        message = f"“{'{%-' if before else '-%}'}”会吃掉它{'前' if before else '后'}面的表格边、格子边或分节"
        tokens.fault(message, paragraph, "改用 {%p … %}，单独写一段", where)
        return False
    _append(one, two)
    return True


def _drop_breaks(leaf: etree._Element, before: bool) -> None:
    """Remove the line breaks between a text and the one before or after it in the same paragraph."""
    breaks = []
    for element in beside(leaf, before):
        if element.tag in (f"{W}br", f"{W}cr") and element.get(f"{W}type") in (None, "textWrapping"):
            breaks.append(element)
        elif element.tag != f"{W}rPr":
            break
    for element in breaks:
        run = parent_of(element)
        remove(element)
        remove_run_if_empty(run)


def _edge(paragraph: etree._Element, first: bool) -> etree._Element | None:
    """Return the text with which a paragraph begins or ends, None when that is something else."""
    order = paragraph if first else reversed(paragraph)
    child = next(one for one in order if one.tag not in (f"{W}pPr", *RANGES))
    inside = [one for one in child if one.tag not in (f"{W}rPr", f"{W}lastRenderedPageBreak")]
    return inside[0 if first else -1] if inside and child.tag == f"{W}r" else None


def _neighbour(paragraph: etree._Element, before: bool) -> etree._Element | None:
    return next((one for one in paragraph.itersiblings(preceding=before) if one.tag not in RANGES), None)


def _is_story(paragraph: etree._Element) -> bool:
    return local(paragraph.getparent()) in ("body", "hdr", "ftr", "footnote", "endnote")


def _ends_section(paragraph: etree._Element) -> bool:
    return paragraph.find(f"{W}pPr/{W}sectPr") is not None


def _append(one: etree._Element, two: etree._Element) -> None:
    """Put what a paragraph holds behind what another holds; two texts that are formatted alike become one."""
    last = one[-1] if len(one) else None
    moved = [child for child in two if child.tag != f"{W}pPr"]
    if last is not None and moved and _may_join(last, moved[0]):
        text, more = last[-1], moved[0][-1]
        text.text = (text.text or "") + (more.text or "")
        text.set(SPACE, "preserve")
        moved = moved[1:]
    for child in moved:
        one.append(child)
    remove(two)


def _may_join(last: etree._Element, first: etree._Element) -> bool:
    """Say whether two runs are alike, the first ends with a text, and the second holds nothing else."""
    if last.tag != f"{W}r" or first.tag != f"{W}r" or not len(last) or last[-1].tag != f"{W}t":
        return False
    inside = [child.tag for child in first if child.tag != f"{W}rPr"]
    return inside == [f"{W}t"] and written(last.find(f"{W}rPr")) == written(first.find(f"{W}rPr"))
