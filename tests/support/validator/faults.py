"""A strict validator of .docx files for the test suite: every fault a program can put in without a sound.

`faults(file)` is the whole judgement; `structure_faults`, `leftover_tags` and `unfixed_dates` are its parts
and one extra. All return one line per fault, `part: what`, and nothing for a good file.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path

from lxml import etree

from tests.support.validator.parts import (
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
from tests.support.validator.schema import (
    BREAKS,
    LEADERS,
    NESTINGS,
    PARENTS,
    RANKS,
    REFERENCES,
    REPEATABLE,
    SPACE,
    STYLES,
    TAG,
    TEXTS,
    UNIQUE,
    UNIQUE_IN_PART,
    VALUES,
    W14,
)
from tests.support.validator.tables import cell_ends, contents_of, live, names_of, tables

__all__ = ["CHECKS", "faults", "leftover_tags", "read", "structure_faults", "unfixed_dates"]

Check = Callable[[Package], Iterator[str]]


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


def bodies(package: Package) -> Iterator[str]:
    """A document has one body that ends with its only section properties; a header has a paragraph."""
    for part, tree in package.words:
        if tree.tag == f"{W}document":
            names = names_of(tree.iterchildren(f"{W}body"))
            if len(names) != 1:
                yield f"{part}: has {len(names)} w:body, not 1"
        if tree.tag in (f"{W}hdr", f"{W}ftr") and not {"p", "tbl"}.intersection(names_of(contents_of(tree))):
            yield f"{part}: has no paragraph"
        for body in tree.iterchildren(f"{W}body"):
            blocks = names_of(body.iterchildren("*"))
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
                names = names_of(element.iterchildren(f"{W}*"))
                yield from (f"{part}: {fault} in w:{parent}" for fault in _order_faults(names, ranks))


def leaders(package: Package) -> Iterator[str]:
    """The properties of a paragraph, run, row or cell come before its contents."""
    for part, tree in package.words:
        for parent, first in LEADERS.items():
            for element in tree.iter(f"{W}{parent}"):
                names = names_of(element.iterchildren("*"))
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


def unique_ids(package: Package) -> Iterator[str]:
    """Whatever must be unique is, in the whole document or in its part."""
    words = list(package.words)
    for what, tag, attribute in UNIQUE:
        found = (element.get(attribute) for _, tree in words for element in live(tree, tag))
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
        starts = {element.get(f"{W}id") for element in live(tree, f"{W}bookmarkStart")}
        ends = [str(element.get(f"{W}id")) for element in live(tree, f"{W}bookmarkEnd")]
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
