"""Turn the XML of a part into Jinja source, as docxtpl's patch_xml does, on the tree: linear, and losing nothing unseen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import zip_longest
from typing import Final, NamedTuple

from lxml import etree

from goalgen.word.template import cell_tags, controls, dashes, places, wholeness
from goalgen.word.template.opening import W
from goalgen.word.template.syntax import Fault
from goalgen.word.template.tags import TAG, gather
from goalgen.word.template.tokens import TOKEN, Tokens
from goalgen.word.template.tree import LEAVES, THINGS, remove

MAX_TAGS: Final = 5_000
"""How many tags a part may hold: far more than any form, far less than Jinja needs minutes for."""
_WORD_2010: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_COUNTED: Final = (*THINGS, f"{W}fldChar", f"{W}fldSimple", f"{W}sym")
_SPARED: Final = re.compile("[\ufdd0-\ufdef]")
"""Characters that no document holds: goalgen's own marks are among them."""


class Source(NamedTuple):
    """Hold the Jinja source of a part, and what is wrong with its tags."""

    text: str
    faults: tuple[Fault, ...]


def patch(
    root: etree._Element, merged: Iterable[str] = (), *, numbered: bool = False, ticked: str = controls.TICKED
) -> Source:
    """Turn the tree of a part, which is changed, into Jinja source; `merged` names the columns that merge downwards.

    `numbered` asks for new ids of the drawings, as docxtpl gives them to those of the document; `ticked` is what the
    form prints for an option that is chosen.
    """
    _tidy(root)
    faults = gather(root)
    if sum((leaf.text or "").count("{") for leaf in root.iter(*LEAVES)) > 2 * MAX_TAGS:
        return Source("", (*faults, Fault(f"标签太多，超过 {MAX_TAGS} 个", "", "用循环代替重复的标签")))
    tokens = Tokens(root)
    for control in list(root.iter(f"{W}sdt")):
        controls.bind(control, tokens.mark, ticked)
    places.leave_out(tokens)
    before = Inventory.of(root)
    cell_tags.span(tokens)
    dashes.join(tokens)
    places.take(tokens)
    cell_tags.merge(tokens)
    cell_tags.merge_down(tokens, merged)
    tokens.take_out()
    wholeness.keep_whole(tokens)
    wholeness.keep_single(tokens, numbered)
    faults += tokens.faults or before.lost(Inventory.of(root))
    return Source(tokens.source(), tuple(faults))


class Inventory(NamedTuple):
    """Hold what a part prints besides its tags: its words, and how many pictures, fields, notes."""

    words: str
    things: tuple[int, ...]

    @classmethod
    def of(cls, root: etree._Element) -> Inventory:
        """Take the inventory of a part, before or after its tags became tokens."""
        texts = (TOKEN.sub("", TAG.sub("", leaf.text or "")) for leaf in root.iter(*LEAVES))
        return cls("".join("".join(texts).split()), tuple(sum(1 for _ in root.iter(tag)) for tag in _COUNTED))

    def lost(self, after: Inventory) -> list[Fault]:
        """Say what is no longer there, if anything: the tags' faults should have told it."""
        if self.words != after.words:
            pairs = enumerate(zip_longest(self.words, after.words))
            at = next(number for number, (one, other) in pairs if one != other)
            return [Fault(f"“{self.words[max(at - 10, 0) : at + 20]}”附近有字印不出来", "", "把这里的标签单独写一段")]
        if self.things != after.things:
            return [Fault("有图、域或脚注会和标签一起删掉", "", "把标签单独写一段")]
        return []


def _tidy(root: etree._Element) -> None:
    """Take away what only an editing program uses: paragraph ids, the cursor's bookmark, white space between elements."""
    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, f"{W}proofErr", with_tail=False)
    for element in root.iter("*"):
        for name in ("paraId", "textId"):
            if f"{_WORD_2010}{name}" in element.attrib:
                del element.attrib[f"{_WORD_2010}{name}"]
        if element.tail and not element.tail.strip():
            element.tail = None
        if len(element) and element.text and not element.text.strip():
            element.text = None
        _spare(element)
    _drop_cursor(root)


def _spare(element: etree._Element) -> None:
    """Take characters away that are marks of goalgen's."""
    if element.text and _SPARED.search(element.text):
        element.text = _SPARED.sub("", element.text)
    if element.tail and _SPARED.search(element.tail):
        element.tail = _SPARED.sub("", element.tail)
    for key, value in element.attrib.items():
        if _SPARED.search(str(value)):
            element.set(key, _SPARED.sub("", str(value)))


def _drop_cursor(root: etree._Element) -> None:
    starts = list(root.iter(f"{W}bookmarkStart"))
    cursor = {start.get(f"{W}id") for start in starts if start.get(f"{W}name") == "_GoBack"}
    for element in [*starts, *root.iter(f"{W}bookmarkEnd")] if cursor else ():
        if element.get(f"{W}id") in cursor:
            remove(element)
