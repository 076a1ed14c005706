"""Give the numbered lists of a form lists of their own, so that they begin anew in each form of a bundle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Final, NamedTuple

from lxml import etree

from goalgen.word.binding.markup import PARAGRAPH_ORDER, drop, made, number_in, properties, put, val, w

_UNCOUNTED: Final = ("bullet", "none")
_LIST_IDS: Final = 0x10000000


class ListStyle(NamedTuple):
    """Say which list a paragraph style is of, by numId and level, and what indents the style sets over the list's own."""

    list: str
    level: str
    indents: Mapping[str, str]


class Numbering:
    """Hold the lists of one template; `first` and `first_abstract` are how many lists other templates of the bundle have.

    `step` and `step_abstract` are how far the copies for one form lie from those for the next.
    """

    def __init__(self, numbering: etree._Element | None, styles: etree._Element | None) -> None:
        found = numbering if numbering is not None else made("numbering")
        self.abstracts = {one.get(w("abstractNumId"), ""): one for one in found.iterchildren(w("abstractNum"))}
        self.lists = {one.get(w("numId"), ""): one for one in found.iterchildren(w("num"))}
        self.pictures = list(found.iterchildren(w("numPicBullet")))
        self._styles = _by_id(styles)
        self.default = next((name for name, style in self._styles.items() if _is_default(style)), "")
        self.styles = dict(self._list_styles())
        self.first = self.first_abstract = self.first_picture = 0
        self.step = self.step_abstract = 0
        self.after = self.after_abstract = 0

    def _list_styles(self) -> Iterator[tuple[str, ListStyle]]:
        for name in self._styles:
            found = self._list_style(name)
            if found is not None:
                yield name, found

    def _list_style(self, name: str) -> ListStyle | None:
        """Follow a style and those it is based on to the one that names a list."""
        indents: dict[str, str] = {}
        seen: set[str] = set()
        at = name
        while at in self._styles and at not in seen:
            seen.add(at)
            style = self._styles[at]
            own = style.find(f"{w('pPr')}/{w('ind')}")
            indents = {**({str(k): str(v) for k, v in own.attrib.items()} if own is not None else {}), **indents}
            numbers = style.find(f"{w('pPr')}/{w('numPr')}")
            if numbers is not None and val(numbers, "numId"):
                number = val(numbers, "numId")
                level = self._linked_level(number, seen) or val(numbers, "ilvl") or "0"
                return ListStyle(number, level, indents) if number in self.lists else None
            at = val(style, "basedOn")
        return None

    def _linked_level(self, number: str, styles: set[str]) -> str:
        """Return the level of a list that is linked to one of these styles; "" for none."""
        abstract = self.abstract_of(number)
        levels = abstract.iterchildren(w("lvl")) if abstract is not None else ()
        return next((level.get(w("ilvl"), "") for level in levels if val(level, "pStyle") in styles), "")

    def abstract_of(self, number: str) -> etree._Element | None:
        """Return the definition that a list uses, found through a numbering style where it only names one."""
        abstract = self._defined(number)
        style = self._styles.get(val(abstract, "numStyleLink"))
        named = val(style.find(f"{w('pPr')}/{w('numPr')}"), "numId") if style is not None else ""
        return self._defined(named) if named else abstract

    def _defined(self, number: str) -> etree._Element | None:
        """Return the definition that a list names; None for none."""
        return self.abstracts.get(val(self.lists.get(number), "abstractNumId"))

    def counts(self, number: str) -> bool:
        """Say whether a list counts; one of bullets alone has nothing to begin anew."""
        abstract = self.abstract_of(number)
        levels = abstract.iter(w("lvl")) if abstract is not None else ()
        return any(val(level, "numFmt") not in _UNCOUNTED for level in levels)

    def lists_in(self, root: etree._Element) -> bool:
        """Say whether a tree holds a paragraph of a list, by itself or by its style."""
        if root.find(f".//{w('numPr')}") is not None:
            return bool(self.lists)
        return any(val(own, "pStyle") in self.styles for own in root.iter(w("pPr")))

    def shared(self, number: str) -> str:
        """Return what a list of the template is called in the bundle."""
        return str(int(number) + self.first) if number in self.lists else number


def _by_id(styles: etree._Element | None) -> dict[str, etree._Element]:
    found = styles.iterchildren(w("style")) if styles is not None else ()
    return {style.get(w("styleId"), ""): style for style in found}


def _is_default(style: etree._Element) -> bool:
    return style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true", "on")


class OwnLists:
    """Collect the lists that one form needs for itself: `abstracts` and `lists` are their elements."""

    def __init__(self, numbering: Numbering, number: int) -> None:
        self._numbering = numbering
        self._number = number
        self._lists: dict[str, str] = {}
        self._abstracts: dict[etree._Element, str] = {}
        self.abstracts: list[etree._Element] = []
        self.lists: list[etree._Element] = []

    def take(self, roots: Iterable[etree._Element]) -> None:
        """Make every numbered paragraph of trees one of the form's own lists."""
        for root in roots if self._numbering.lists else ():
            for paragraph in root.iter(w("p")):
                self._take(paragraph)

    def _take(self, paragraph: etree._Element) -> None:
        own = paragraph.find(w("pPr"))
        direct = own.find(w("numPr")) if own is not None else None
        number = val(direct, "numId")
        style = self._numbering.styles.get(val(own, "pStyle") or self._numbering.default)
        if direct is not None and number:
            self._point(direct, number)
        elif style is not None and self._numbering.counts(style.list):
            self._point(self._spelt(paragraph, style, val(direct, "ilvl")), style.list)

    def _spelt(self, paragraph: etree._Element, style: ListStyle, level: str) -> etree._Element:
        """Say in a paragraph itself what its style says of its list; the style's indents stay above the list's."""
        own = properties(paragraph, "pPr")
        numbers = put(own, made("numPr"), PARAGRAPH_ORDER)
        numbers.append(made("ilvl", val=level or style.level))
        numbers.append(made("numId", val=style.list))
        indent = own.find(w("ind"))
        if style.indents:
            indent = indent if indent is not None else put(own, made("ind"), PARAGRAPH_ORDER)
            for name, value in style.indents.items():
                indent.set(name, indent.get(name, value))
        return numbers

    def _point(self, numbers: etree._Element, number: str) -> None:
        for name in numbers.iterchildren(w("numId")):
            name.set(w("val"), self._own(number) if self._numbering.counts(number) else self._numbering.shared(number))

    def _own(self, number: str) -> str:
        """Return the form's own list in the place of one of the template's."""
        if number not in self._lists:
            here = self._numbering
            abstract = here.abstract_of(number)
            own = str(here.after + (self._number - 1) * here.step + len(self._lists) + 1)
            self._lists[number] = own
            copy = made("num", numId=own)
            copy.append(made("abstractNumId", val=self._own_abstract(abstract)))
            copy.extend(map(deepcopy, here.lists[number].iterchildren(w("lvlOverride"))))
            self.lists.append(copy)
        return self._lists[number]

    def _own_abstract(self, abstract: etree._Element | None) -> str:
        assert abstract is not None, "a list that counts has a definition"
        if abstract not in self._abstracts:
            here = self._numbering
            at = (self._number - 1) * here.step_abstract + len(self._abstracts)
            own = str(here.after_abstract + at)
            self._abstracts[abstract] = own
            copy = deepcopy(abstract)
            copy.set(w("abstractNumId"), own)
            for name in copy.findall(w("nsid")):
                name.set(w("val"), f"{_LIST_IDS + at:08X}")
            unlink(copy)
            shift_pictures([copy], here.first_picture)
            self.abstracts.append(copy)
        return self._abstracts[abstract]


def unlink(abstract: etree._Element) -> None:
    """Take away what ties the definition of a list to styles: only one may have it."""
    for name in ("styleLink", "numStyleLink", "pStyle"):
        for tie in list(abstract.iter(w(name))):
            drop(tie)


def shift_pictures(elements: Iterable[etree._Element], by: int) -> None:
    """Renumber the picture bullets that elements of the numbering part hold or refer to."""
    for element in elements:
        for picture in element.iter(w("lvlPicBulletId")):
            picture.set(w("val"), str(number_in(picture.get(w("val"), "0")) + by))


def line_up(templates: list[Numbering]) -> None:
    """Give the lists of several templates room beside each other, and after them all the copies for forms."""
    for number, template in enumerate(templates):
        before = templates[number - 1] if number else None
        template.first = before.first + _highest(before.lists) if before else 0
        template.first_abstract = before.first_abstract + _highest(before.abstracts) + 1 if before else 0
        template.first_picture = before.first_picture + len(before.pictures) + 1 if before else 0
    last = templates[-1]
    for template in templates:
        template.after = last.first + _highest(last.lists)
        template.after_abstract = last.first_abstract + _highest(last.abstracts) + 1
        template.step = max(len(one.lists) for one in templates)
        template.step_abstract = max(len(one.abstracts) for one in templates)


def _highest(names: Iterable[str]) -> int:
    return max(map(number_in, names), default=0)
