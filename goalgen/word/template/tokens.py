"""Hold the tags of a part aside while its tree is changed: tokens stand for them, and become Jinja source at the end."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from goalgen.word.template.opening import W
from goalgen.word.template.syntax import Fault
from goalgen.word.template.tags import TAG, paragraph_words, pieces
from goalgen.word.template.tree import LEAVES, SPACE

_SIGN: Final = "\ufdd5"
TOKEN: Final = re.compile(f"<\\?tag (\\d+)\\?>|{_SIGN}(\\d+){_SIGN}")
_QUOTES: Final = str.maketrans("“”‘’", "\"\"''")
_STATEMENT: Final = re.compile(r"\{%[-+]?\s*(\w+)")
_STEPS: Final = {"for": 1, "macro": 1, "endfor": -1, "endmacro": -1}
_ESCAPED_TAGS: Final = {"{_{": "{{ '{{' }}", "}_}": "{{ '}}' }}", "{_%": "{{ '{%' }}", "%_}": "{{ '%}' }}"}
"""docxtpl's way to print braces; it is resolved in the template and not in the data."""


class Tokens:
    """Hold the tree of a part, the tags that were taken out of it, and what is wrong with them."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.faults: list[Fault] = []
        self._tags: list[str] = []

    def leaves(self) -> list[etree._Element]:
        """Return the elements that hold a text with a brace."""
        return [leaf for leaf in self.root.iter(*LEAVES) if "{" in (leaf.text or "")]

    def holds(self, element: etree._Element) -> bool:
        """Say whether an element is still part of the tree."""
        return element is self.root or any(one is self.root for one in element.iterancestors())

    def token(self, tag: str) -> str:
        """Return what stands for a tag inside a text or an attribute."""
        self._tags.append(tag if tag.startswith("{#") else tag.translate(_QUOTES))
        return f"{_SIGN}{len(self._tags) - 1}{_SIGN}"

    def mark(self, text: str) -> etree._Element:
        """Make what stands for a tag or a mark between elements."""
        self._tags.append(text.translate(_QUOTES))
        return etree.ProcessingInstruction("tag", str(len(self._tags) - 1))

    def with_tags(self, text: str) -> str:
        """Put the tags back into a text."""
        return TOKEN.sub(lambda token: self._tags[int(token.group(1) or token.group(2))], text)

    def fault(self, message: str, element: etree._Element, hint: str, where: str = "") -> None:
        """Tell what is wrong at an element; `where` are the words of its paragraph or row, if it no longer has them."""
        self.faults.append(Fault(message, self.with_tags(where or _words(element)), hint))

    def take_out(self) -> None:
        """Put a token for every tag in a text or an attribute: what XML writes otherwise, Jinja reads as it was."""
        for element in self.root.iter():
            if element.tail and "{" in element.tail:
                element.tail = self._without_tags(element.tail)
            if isinstance(element, etree._ProcessingInstruction):
                continue
            if element.text and "{" in element.text:
                element.text = self._without_tags(element.text)
                if element.tag == f"{W}t":
                    element.set(SPACE, "preserve")
            for key, value in element.attrib.items():
                if "{" in str(value):
                    element.set(key, self._without_tags(str(value)))

    def _without_tags(self, text: str) -> str:
        return TAG.sub(lambda tag: self.token(tag.group()), text)

    def steps_at(self, element: etree._Element) -> int:
        """Return how many loops the tokens directly at an element begin, less those that they end."""
        if isinstance(element, etree._ProcessingInstruction):
            return self._step(str(element.text))
        texts = (element.text or "", element.tail or "")
        return sum(self._step(number) for text in texts if _SIGN in text for number in text.split(_SIGN)[1::2])

    def _step(self, number: str) -> int:
        word = _STATEMENT.match(self._tags[int(number)])
        return _STEPS.get(word.group(1), 0) if word else 0

    def source(self) -> str:
        """Write the tree as text, with the tags in it again."""
        whole = etree.tostring(self.root, encoding="unicode")
        for written, printed in _ESCAPED_TAGS.items():
            whole = whole.replace(written, printed)
        return self.with_tags(whole)


def _words(element: etree._Element) -> str:
    """Return the words of a row, of the paragraph round an element, or of the first one in it; at most 60 characters."""
    if element.tag == f"{W}tr":
        return "".join(piece.text for one in element.iter(f"{W}p") for piece in pieces(one))[:60]
    words = paragraph_words(element)
    inside = next(element.iter(f"{W}p"), None)
    return words or (paragraph_words(inside) if inside is not None else "")
