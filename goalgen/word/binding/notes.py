"""Give each form of a bundle its own footnotes, endnotes and comments, with the numbers they have in the single form."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from typing import Final, NamedTuple

from lxml import etree

from goalgen.word.binding.identities import STEP, Identities, drop_paragraph_ids
from goalgen.word.binding.markup import W14, W15, XML_SPACE, drop, made, parent_of, taken, val, w

NO_WIDTH: Final = "\u200b"
"""The mark that programs see: LibreOffice prints a mark of somebody's own beside the note too, where the number stands as text."""
NOTE_IDS: Final = 16
"""How many numbers of notes a form has among the low ones, which is as far as some programs count; more lie high up."""


class Counting(NamedTuple):
    """Say how notes are numbered: format, first number, and where it begins again (continuous, eachSect, eachPage)."""

    format: str
    start: int
    restart: str


def counting(settings: etree._Element | None, section: etree._Element | None, kind: str) -> Counting:
    """Return how a section numbers its notes (`kind` is footnote or endnote), what it leaves open taken from the settings."""
    said: dict[str, str] = {}
    for holder in (settings, section):
        own = holder.find(w(f"{kind}Pr")) if holder is not None else None
        said |= {name: val(own, name) for name in ("numFmt", "numStart", "numRestart") if val(own, name)}
    usual = "decimal" if kind == "footnote" else "lowerRoman"
    return Counting(said.get("numFmt", usual), int(said.get("numStart", "1")), said.get("numRestart", "continuous"))


_ROMAN: Final = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"),
    (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_CHINESE: Final = "零一二三四五六七八九"


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


def _letters(number: int) -> str:
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _circled(number: int) -> str:
    return chr(0x245F + number) if 1 <= number <= 20 else str(number)


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    if number >= 100:
        return "".join(_CHINESE[int(digit)] for digit in str(number))
    return ("" if not tens else "十" if tens == 1 else f"{_CHINESE[tens]}十") + (_CHINESE[ones] if ones else "")


_FORMATS: Final[Mapping[str, Callable[[int], str]]] = {
    "decimal": str,
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "numberInDash": lambda number: f"- {number} -",
    "chicago": lambda number: "*†‡§"[(number - 1) % 4] * ((number - 1) // 4 + 1),
}


class Notes:
    """Take the notes of one kind (footnote, endnote) that a form's body refers to, each once for every reference."""

    def __init__(self, kind: str, part: etree._Element, settings: etree._Element | None, own: Identities) -> None:
        self.kind = kind
        self.found: list[etree._Element] = []
        self._settings = settings
        self._own = own
        self._notes = {
            note.get(w("id"), ""): note for note in part.iterchildren(w(kind)) if note.get(w("type")) is None
        }

    def take(self, body: etree._Element) -> None:
        """Take the notes of a body."""
        number = 0
        for position, (section, references) in enumerate(self._by_section(body)):
            how = counting(self._settings, section, self.kind)
            number = 0 if how.restart == "eachSect" or not position else number
            for reference in references:
                note = self._copied(reference)
                if note is None or reference.get(w("customMarkFollows")) in ("1", "true", "on"):
                    continue
                number += 1
                form = _FORMATS.get(how.format)
                if form is not None and how.restart != "eachPage":
                    self._mark(reference, note, form(number + how.start - 1))

    def _by_section(self, body: etree._Element) -> Iterator[tuple[etree._Element | None, list[etree._Element]]]:
        """Go through the sections of a body: the w:sectPr that closes each, and the references to notes in it."""
        found: list[etree._Element] = []
        seen: set[etree._Element] = set()
        for paragraph in body.iter(w("p")):
            references = [one for one in paragraph.iter(w(f"{self.kind}Reference")) if one not in seen]
            seen.update(references)
            found += references
            section = paragraph.find(f"{w('pPr')}/{w('sectPr')}")
            if section is not None:
                yield section, found
                found = []
        yield body.find(w("sectPr")), found

    def _copied(self, reference: etree._Element) -> etree._Element | None:
        """Copy the note of a reference for this form, under a number of its own; without a note the reference goes."""
        note = self._notes.get(reference.get(w("id"), ""))
        if note is None:
            drop(reference)
            return None
        copy = deepcopy(note)
        drop_paragraph_ids(copy)
        count = len(self.found) + 1
        low = count <= NOTE_IDS and self._own.number < STEP // NOTE_IDS
        number = str(self._own.number * NOTE_IDS + count if low else self._own.new())
        copy.set(w("id"), number)
        reference.set(w("id"), number)
        self.found.append(copy)
        return copy

    def _mark(self, reference: etree._Element, note: etree._Element, mark: str) -> None:
        """Write the number of a note as text: LibreOffice and WPS do not begin anew where a section says so."""
        run = parent_of(reference)
        reference.set(w("customMarkFollows"), "1")
        at = run.index(reference)
        run.insert(at + 1, _text(NO_WIDTH))
        following = made("r")
        style = run.find(w("rPr"))
        if style is not None:
            following.append(deepcopy(style))
        following.append(_text(mark))
        following.extend(list(run)[at + 2 :])
        run.addnext(following)
        for number in list(note.iter(w(f"{self.kind}Ref"))):
            parent_of(number).replace(number, _text(mark))


def _text(text: str) -> etree._Element:
    element = made("t")
    element.text = text
    element.set(XML_SPACE, "preserve")
    return element


class Comments:
    """Take the comments that stand in a form's body, and what programs keep beside them of who answers whom."""

    def __init__(self, part: etree._Element, extended: etree._Element | None, own: Identities) -> None:
        self._own = own
        self._comments = {one.get(w("id"), ""): one for one in part.iterchildren(w("comment"))}
        lines = extended.iterchildren(f"{{{W15}}}commentEx") if extended is not None else ()
        self._lines = {line.get(f"{{{W15}}}paraId", ""): line for line in lines}
        self.found: list[etree._Element] = []
        self.lines: list[etree._Element] = []

    def take(self, body: etree._Element) -> None:
        """Take the comments of a body; marks of comments that are not there go."""
        new = {}
        for mark in list(body.iter(w("commentReference"), w("commentRangeStart"), w("commentRangeEnd"))):
            old = mark.get(w("id"), "")
            if old not in self._comments:
                drop(mark)
                continue
            if old not in new:
                new[old] = str(self._own.new())
            mark.set(w("id"), new[old])
        paragraphs: dict[str, str] = {}
        for old, number in new.items():
            copy = deepcopy(self._comments[old])
            copy.set(w("id"), number)
            paragraphs |= self._renamed(copy)
            self.found.append(copy)
        self._take_lines(paragraphs)

    def _renamed(self, comment: etree._Element) -> dict[str, str]:
        """Give the paragraphs of a comment ids of its own; return old and new."""
        found = {}
        for paragraph in comment.iter(w("p")):
            old = taken(paragraph, f"{{{W14}}}paraId")
            taken(paragraph, f"{{{W14}}}textId")
            if old:
                found[old] = f"{self._own.new():08X}"
                paragraph.set(f"{{{W14}}}paraId", found[old])
        return found

    def _take_lines(self, paragraphs: Mapping[str, str]) -> None:
        for old in (one for one in paragraphs if one in self._lines):
            line = deepcopy(self._lines[old])
            for name in ("paraId", "paraIdParent"):
                said = line.get(f"{{{W15}}}{name}")
                if said is not None:
                    line.set(f"{{{W15}}}{name}", paragraphs.get(said, said))
            self.lines.append(line)
