"""Make of a filled form what it gives to a bundle, ready to be written behind the forms before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from lxml import etree

from goalgen.word.binding.bound import Bound, Pages
from goalgen.word.binding.document_properties import (
    PROPERTY_FIELDS,
    print_properties,
    property_values,
    shows_properties,
)
from goalgen.word.binding.fields import fields, texts
from goalgen.word.binding.identities import Identities, drop_paragraph_ids, give_numbers
from goalgen.word.binding.markup import (
    OFFICE,
    PARAGRAPH_ORDER,
    R,
    attributes,
    bare,
    in_order,
    made,
    parsed,
    properties,
    put,
    w,
    written,
)
from goalgen.word.binding.notes import NO_WIDTH, Comments, Notes
from goalgen.word.binding.numbering import Numbering, OwnLists
from goalgen.word.binding.packages import (
    BODY_LINKS,
    TYPES_PART,
    Relation,
    from_document,
    links_of,
    links_part,
    moved_links,
    override,
)
from goalgen.word.binding.page_setup import Setup, closing_of, last_written, sections_of, set_up
from goalgen.word.binding.references import END_BOOKMARK, FORM_BOOKMARK, Marks, refer_inside
from goalgen.word.binding.styles import StyleBook, leave_theme, name_defaults, rename_styles, rename_titles
from goalgen.word.binding.templates import Template
from goalgen.word.template.compiled import PROPERTIES_PART, Filled
from goalgen.word.zip_writing import Packed, Piece, deflated, pack

_SHARED_FIELDS: Final = frozenset(
    in_order("PAGE SECTIONPAGES SECTION DATE TIME FILENAME STYLEREF SYMBOL QUOTE USERNAME USERINITIALS EQ")
)
"""Fields that print the right thing wherever they stand, so that all forms may share the part."""


class Share(NamedTuple):
    """Hold what a template's forms need to know of the bundle.

    `own` names the headers and footers of which each form has one of its own; `frames` what the parts to which forms add
    are called, and the namespaces they declare, by what they are for (document, footnotes, …); `theme` has fonts and
    colours of a theme that the bundle has not; `varied` says that properties differ from form to form.
    """

    template: Template
    setup: Setup
    numbering: Numbering
    styles: StyleBook
    pages: Pages
    varied: bool
    own: frozenset[str]
    frames: Mapping[str, tuple[str, Mapping[str | None, str]]]
    theme: tuple[Mapping[str, str], Mapping[str, str]] | None

    @property
    def label(self) -> str:
        """Return the file name of the template."""
        return self.template.compiled.label


def needs_own(share: Share, root: etree._Element) -> bool:
    """Say whether each form needs a header or footer of its own, though the template's has no tags."""
    shared = _SHARED_FIELDS | (frozenset() if share.varied else PROPERTY_FIELDS)
    shared |= {"NUMPAGES"} if share.pages is Pages.BUNDLE else frozenset()
    inside = any(link.get(w("anchor")) for link in root.iter(w("hyperlink")))
    counted = any(field.kind not in shared for field in fields([root])) or share.numbering.lists_in(root)
    return inside or counted or (share.varied and shows_properties([root]))


def restyle(share: Share, roots: Sequence[etree._Element]) -> None:
    """Give trees the styles and relationships that they have in the bundle, and the theme's fonts and colours as such."""
    if share.theme is not None:
        leave_theme(roots, *share.theme)
    rename_titles(roots, share.styles.titles)
    rename_styles(roots, share.styles.names)
    name_defaults(roots, share.styles.defaults)


class _Form:
    """Change the trees of one form step by step into what the bundle takes."""

    def __init__(self, share: Share, filled: Filled, number: int) -> None:
        self._share = share
        self._parts = filled.parts
        self._own = Identities(number, share.label)
        compiled = share.template.compiled
        ends = f"{compiled.section}{compiled.tail}".encode()
        self._document = parsed(compiled.head.encode() + filled.body + ends)
        body = self._document.find(w("body"))
        assert body is not None, "a document has a body"
        self._body = body
        self._heads = {name: parsed(self._content(name)) for name in sorted(share.own)}
        for root in self._heads.values():
            drop_paragraph_ids(root)
        self._lists = OwnLists(share.numbering, number)
        self._notes: dict[str, list[etree._Element]] = {}
        self._marks = Marks()
        self._links: list[Relation] = []

    def _content(self, name: str) -> bytes:
        return self._parts[name].encode() if name in self._parts else self._share.template.content(name)

    def bound(self) -> Bound:
        """Return what the form gives to the bundle."""
        sections = sections_of(self._body)
        self._take_notes()
        roots = self._roots()
        self._settle(roots)
        set_up(sections, self._share.setup._replace(relation=self._head_link))
        self._body.remove(sections[-1])
        self._lead_links()
        parts = [*self._own_parts()]
        items = [*self._list_items(), *self._link_items()]
        known = self._share.frames["document"][1]
        closing, low = closing_of(self._body)
        self._mark(closing, low)
        main = deflated(bare(self._body, known))
        last = bare([closing, sections[-1]], known)
        put(properties(closing, "pPr"), sections[-1], PARAGRAPH_ORDER)
        return Bound(main, bare([closing], known), last, tuple(items), tuple(parts), len(self._lists.lists))

    def _head_link(self, identity: str) -> str:
        """Return what the relationship of a header or footer is called in the bundle."""
        template = self._share.template
        own = template.heads.get(identity) in self._share.own
        return f"{template.own_link(identity)}n{self._own.number}" if own else template.own_link(identity)

    def _roots(self) -> list[etree._Element]:
        return [self._body, *self._heads.values(), *(note for notes in self._notes.values() for note in notes)]

    def _take_notes(self) -> None:
        template = self._share.template
        for kind in ("footnote", "endnote"):
            part = self._note_part(f"{kind}s")
            if part is not None and template.refers(kind):
                notes = Notes(kind, part, template.settings, self._own)
                notes.take(self._body)
                self._notes[f"{kind}s"] = notes.found
        part = self._note_part("comments")
        if part is not None:
            comments = Comments(part, template.tree("commentsExtended"), self._own)
            comments.take(self._body)
            self._notes["comments"] = comments.found
            self._notes["commentsExtended"] = comments.lines

    def _note_part(self, kind: str) -> etree._Element | None:
        content = self._content(self._share.template.part(kind))
        return parsed(content) if content else None

    def _settle(self, roots: Sequence[etree._Element]) -> None:
        """Change all that stands in the form's trees, but for its sections and relationships."""
        share = self._share
        if share.varied:
            parts = {**share.template.compiled.static}
            if PROPERTIES_PART in self._parts:
                parts[PROPERTIES_PART] = self._parts[PROPERTIES_PART].encode()
            print_properties(roots, property_values(parts, share.template.settings))
        self._lists.take(roots)
        restyle(share, roots)
        self._own.take_names(roots)
        self._marks = refer_inside(roots, self._own, share.pages is Pages.FORM)
        give_numbers(roots, self._own)

    def _lead_links(self) -> None:
        """Call relationships what they are called in the bundle; those that lead to bookmarks lead to the form's own."""
        template = self._share.template
        inside = {link.id: link for link in template.links if link.external and link.target.startswith("#")}
        for element, name, value in attributes([self._body] if template.mark or inside else []):
            if not leads(name) or element.tag in (w("headerReference"), w("footerReference")):
                continue
            if value in inside:
                link = inside[value]
                own = f"{template.own_link(value)}n{self._own.number}"
                if all(one.id != own for one in self._links):
                    self._links.append(link._replace(id=own, target=f"#{self._own.bookmark(link.target[1:])}"))
                element.set(name, own)
            else:
                element.set(name, template.own_link(value))
        notes = [note for found in self._notes.values() for note in found]
        for element, name, value in attributes(notes if template.mark else []):
            if leads(name):
                element.set(name, template.own_link(value))

    def _own_parts(self) -> Iterator[Packed]:
        """Yield the form's own headers and footers, with what leads from them."""
        template = self._share.template
        number = self._own.number
        static = template.compiled.static
        for name, root in self._heads.items():
            own = numbered(f"{template.folder}{name}", number)
            yield pack(own, written(root))
            if links_of(name) in static:
                links = moved_links(static, name, template.folder)
                led = (
                    link._replace(target=f"#{self._own.bookmark(link.target[1:])}")
                    if link.external and link.target.startswith("#")
                    else link
                    for link in links
                )
                yield pack(links_of(own), links_part(led))

    def _link_items(self) -> Iterator[tuple[str, int, Piece]]:
        """Yield what the form adds to the lists of relationships and content types."""
        template = self._share.template
        number = self._own.number
        types = ""
        links = self._links
        for identity, name in template.heads.items():
            if name in self._share.own:
                own = numbered(f"{template.folder}{name}", number)
                kind = next(link.type for link in template.links if link.id == identity)
                links.append(Relation(self._head_link(identity), kind, from_document(own)))
        for name in self._heads:
            types += override(numbered(f"{template.folder}{name}", number), template.types.of(name))
        for part, text in ((BODY_LINKS, "".join(link.xml() for link in links)), (TYPES_PART, types)):
            if text:
                yield part, 0, deflated(text.encode())

    def _list_items(self) -> Iterator[tuple[str, int, Piece]]:
        """Yield the notes, comments and lists that the form adds to the bundle's."""
        found = [(kind, 0, notes) for kind, notes in self._notes.items()]
        found += [("numbering", 0, self._lists.abstracts), ("numbering", 1, self._lists.lists)]
        for kind, place, elements in found:
            if elements:
                name, known = self._share.frames[kind]
                yield name, place, deflated(bare(elements, known))

    def _mark(self, closing: etree._Element, low: bool) -> None:
        """Put goalgen's own bookmarks round a form and at its end, where its fields ask for them.

        LibreOffice drops an empty paragraph that closes a section, and an empty bookmark at the end of a document: where the
        closing paragraph was made (`low`), the one before takes the bookmark at the end, which holds a letter of no width.
        """
        if self._marks.whole:
            name, number = f"{FORM_BOOKMARK}_{self._own.number}", str(self._own.new())
            self._body.insert(0, made("bookmarkStart", id=number, name=name))
            closing.append(made("bookmarkEnd", id=number))
        if self._marks.end:
            name, number = f"{END_BOOKMARK}_{self._own.number}", str(self._own.new())
            last = last_written(self._body) if low else closing
            last.append(made("bookmarkStart", id=number, name=name))
            last.append(made("r"))
            last[-1].extend(texts(NO_WIDTH))
            last.append(made("bookmarkEnd", id=number))


def leads(attribute: str) -> bool:
    """Say whether an attribute names a relationship."""
    return attribute.startswith(f"{{{R}}}") or attribute == f"{{{OFFICE}}}relid"


def numbered(name: str, number: int) -> str:
    """Name a part of the form at a place in the bundle: `word/header1.xml` of the third is `word/header1.n3.xml`."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}.n{number}.{ending}"


def bind(share: Share, filled: Filled, number: int) -> Bound:
    """Return what a filled form gives to a bundle; `number` (from 1) is its place there. Raises GoalgenError (D06)."""
    return _Form(share, filled, number).bound()
