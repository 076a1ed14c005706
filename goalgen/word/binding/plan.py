"""Plan a bundle of forms of one template or of several: what they share, what each template's are called there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Final

from lxml import etree

from goalgen.word.binding.bound import Frame, Pages, Plan
from goalgen.word.binding.document_properties import PROPERTY_PARTS
from goalgen.word.binding.forms import Share, leads, needs_own, restyle
from goalgen.word.binding.identities import Identities, drop_paragraph_ids, give_numbers
from goalgen.word.binding.markup import (
    attributes,
    bare,
    local,
    made,
    namespaces,
    number_in,
    opening_tag,
    parsed,
    w,
    written,
)
from goalgen.word.binding.numbering import Numbering, line_up, shift_pictures
from goalgen.word.binding.packages import (
    BODY_LINKS,
    OFFICE_LINK,
    TYPES_PART,
    WORD_TYPE,
    ContentTypes,
    Relation,
    from_document,
    links_of,
    links_opening,
    links_part,
    moved,
    relations,
    target_of,
)
from goalgen.word.binding.page_setup import Setup, low_paragraph
from goalgen.word.binding.settings import joined_settings, told_settings
from goalgen.word.binding.styles import StyleBook, leave_theme, rename_styles, theme_colours, theme_fonts
from goalgen.word.binding.templates import Template
from goalgen.word.template.compiled import BODY_PART, PROPERTIES_PART, Compiled
from goalgen.word.zip_writing import deflated, pack

_WORD_2012: Final = "http://schemas.microsoft.com/office/2011/relationships/"
_WHERE: Final = {"commentsExtended": _WORD_2012}
"""Where the type of a relationship stands that is not Office's own."""
_DROPPED: Final = ("commentsIds", "commentsExtensible")
_EMPTY: Final = {"header": "hdr", "footer": "ftr"}


class _Planning:
    """Put the package of a bundle together, template by template."""

    def __init__(self, compiled: Sequence[Compiled], pages: Pages) -> None:
        self.templates = [Template(one, number) for number, one in enumerate(compiled)]
        self.base = self.templates[0]
        self.pages = pages
        self.parts: dict[str, bytes] = dict(self.base.compiled.static)
        self.links = list(self.base.links)
        self.types = ContentTypes(self.base.compiled.static[TYPES_PART])
        self.frames: dict[str, tuple[str, Mapping[str | None, str]]] = {}
        self.made: list[Frame] = []
        self.numberings = [Numbering(one.tree("numbering"), one.styles) for one in self.templates]
        line_up(self.numberings)
        self.themes = [self._theme(one) for one in self.templates]
        self.books: list[StyleBook] = []
        for one in self.templates:
            self.books.append(self._book(one))
        self.varied = self._varies()
        self.kinds = frozenset(kind for one in self.templates for kind in one.head_kinds())
        self.even = any(one.set_to("evenAndOddHeaders") for one in self.templates)
        self.notes = tuple(kind for kind in ("footnote", "endnote") if any(one.refers(kind) for one in self.templates))
        self.empty: dict[str, str] = {}

    def _theme(self, template: Template) -> tuple[Mapping[str, str], Mapping[str, str]] | None:
        """Return the fonts and colours of a template whose theme is not the bundle's; None where it is."""
        if template.content(template.part("theme")) == self.base.content(self.base.part("theme")):
            return None
        theme = template.tree("theme")
        return dict(theme_fonts(theme)), theme_colours(theme)

    def _book(self, template: Template) -> StyleBook:
        styles = template.styles
        if self.themes[template.number] is not None:
            styles = deepcopy(styles)
            leave_theme([styles], *(self.themes[template.number] or ({}, {})))
        return StyleBook(template.number, styles, self.books, self.base.styles)

    def _varies(self) -> bool:
        """Say whether what documents say of themselves is other from form to form."""
        if any(PROPERTIES_PART in one.compiled.filled for one in self.templates):
            return True
        return any(one.content(name) != self.base.content(name) for one in self.templates for name in PROPERTY_PARTS)

    def plan(self) -> tuple[Plan, tuple[Share, ...]]:
        """Return the plan and what the forms of each template need to know of it."""
        for template in self.templates[1:]:
            self._move_in(template)
        self._join_styles()
        self._join_settings()
        self._frame_lists()
        self._frame_notes()
        self._join_fonts()
        self._make_empty_heads()
        self.frames["document"] = (BODY_PART, namespaces(one.root for one in self.templates))
        shares = tuple(map(self._share, self.templates))
        self._settle_shared(shares)
        self._drop_own(shares)
        return self._plan(), shares

    def _share(self, template: Template) -> Share:
        setup = Setup(
            kinds=self.kinds | self._spread_kinds(),
            empty=self.empty,
            even=self.even,
            even_here=template.set_to("evenAndOddHeaders"),
            restart=self.pages is Pages.FORM,
            notes=self.notes,
            settings=template.settings,
        )
        number = template.number
        known = (self.numberings[number], self.books[number], self.pages, self.varied)
        share = Share(template, setup, *known, frozenset(), self.frames, self.themes[number])
        names = {*template.heads.values()}
        own = {
            name
            for name in names
            if name in template.compiled.filled or needs_own(share, parsed(template.content(name)))
        }
        return share._replace(own=frozenset(own))

    def _spread_kinds(self) -> frozenset[tuple[str, str]]:
        """Return the even heads that forms without a difference of odd and even need where another form has one."""
        plain = self.even and any(not one.set_to("evenAndOddHeaders") for one in self.templates)
        return frozenset((part, "even") for part, _ in self.kinds) if plain else frozenset()

    # what other templates bring

    def _move_in(self, template: Template) -> None:
        """Take the parts of a further template that it has for itself."""
        links = template.other_links()
        self._take(template, [target_of(BODY_PART, link) for link in links if not link.external])
        for link in links:
            target = link.target
            if not link.external:
                target = from_document(template.folder + target_of(BODY_PART, link))
            self.links.append(link._replace(id=template.own_link(link.id), target=target))

    def _take(self, template: Template, names: Iterable[str]) -> None:
        """Take parts of a further template, and all they lead to, into its folder."""
        for name, content in moved(template.compiled.static, names, template.folder).items():
            self.parts[name] = content
            if not name.endswith(".rels"):
                self.types.set(name, template.types.of(name.removeprefix(template.folder)))

    def _join(self, kind: str, root: etree._Element) -> str:
        """Put a joined part into the bundle, where it needs a relationship if the first template has none; return its name."""
        name = self._named(kind)
        self.parts[name] = written(root)
        return name

    def _named(self, kind: str) -> str:
        """Return the name of a joined part; with a relationship of its own where the first template has no such part."""
        name = self.base.part(kind)
        if not name:
            name = f"word/{kind}.xml"
            self.links.append(Relation(f"goalgen{kind}", _WHERE.get(kind, OFFICE_LINK) + kind, f"{kind}.xml"))
            self.types.set(name, f"{WORD_TYPE}{kind}+xml")
        return name

    def _join_styles(self) -> None:
        added = [style for book in self.books for style in book.added]
        if not added:
            return
        for number, book in enumerate(self.books):
            for style in book.added:
                for name in style.iter(w("numId")):
                    name.set(w("val"), self.numberings[number].shared(name.get(w("val"), "")))
        root = deepcopy(self.base.styles)
        root.extend(added)
        self._join("styles", root)

    def _join_settings(self) -> None:
        root = joined_settings(self.base.settings, self.even, "endnote" in self.notes)
        if root is not None:
            self._join("settings", root)

    def _join_fonts(self) -> None:
        """Take the fonts of further templates that the first does not name, embedded ones with their files."""
        tables = [one.tree("fontTable") for one in self.templates]
        root = deepcopy(tables[0]) if tables[0] is not None else made("fonts")
        known = {font.get(w("name")) for font in root}
        links: list[Relation] = []
        for template, table in zip(self.templates[1:], tables[1:], strict=True):
            for font in table if table is not None else ():
                if font.get(w("name")) not in known:
                    known.add(font.get(w("name")))
                    root.append(deepcopy(font))
                    for element, name, value in attributes([root[-1]]):
                        if leads(name):
                            element.set(name, template.own_link(value))
            links += self._moved_links(template, template.part("fontTable"))
        if len(root) > len(tables[0] if tables[0] is not None else ()):
            name = self._join("fontTable", root)
            if links:
                own = relations(self.parts.get(links_of(name)))
                self.parts[links_of(name)] = links_part([*own, *links])

    def _moved_links(self, template: Template, part: str) -> list[Relation]:
        """Take what a part of a further template leads to; return its relationships as they are in the bundle."""
        found = relations(template.compiled.static.get(links_of(part))) if part else []
        inside = {link.id: target_of(part, link) for link in found if not link.external}
        self._take(template, inside.values())
        return [
            link._replace(
                id=template.own_link(link.id),
                target=f"/{template.folder}{inside[link.id]}" if link.id in inside else link.target,
            )
            for link in found
        ]

    # the parts to which forms add

    def _frame(self, kind: str, before: Iterable[etree._Element], behind: Iterable[etree._Element]) -> None:
        """Frame a part that grows with the forms, with the elements that it has before all and in the middle."""
        trees = self._trees(kind)
        known = namespaces(trees)
        name = self._named(kind)
        self.parts.pop(name, None)
        head = opening_tag(trees) + bare(before, known)
        tail = f"</{trees[0].prefix}:{local(trees[0])}>".encode()
        self.made.append(Frame(name, head, bare(behind, known), tail))
        self.frames[kind] = (name, known)

    def _trees(self, kind: str) -> list[etree._Element]:
        """Return the parts of a kind that the templates have."""
        return [tree for tree in (one.tree(kind) for one in self.templates) if tree is not None]

    def _frame_lists(self) -> None:
        if not any(one.lists for one in self.numberings):
            return
        pictures, abstracts, lists = [], [], []
        for number, numbering in enumerate(self.numberings):
            pictures += [self._picture(one, number) for one in numbering.pictures]
            shared = [deepcopy(one) for one in numbering.abstracts.values()]
            shift_pictures(shared, numbering.first_picture)
            for one in shared:
                one.set(w("abstractNumId"), str(number_in(one.get(w("abstractNumId"), "")) + numbering.first_abstract))
            rename_styles(shared, self.books[number].names)
            abstracts += shared
            lists += [_shifted_list(one, numbering) for one in numbering.lists.values()]
        self._frame("numbering", [*pictures, *abstracts], lists)
        self._join_part_links("numbering")

    def _picture(self, picture: etree._Element, number: int) -> etree._Element:
        """Return a picture for bullets as it is called in the bundle."""
        copy = deepcopy(picture)
        own = number_in(copy.get(w("numPicBulletId"), "0")) + self.numberings[number].first_picture
        copy.set(w("numPicBulletId"), str(own))
        for element, name, value in attributes([copy]):
            if leads(name):
                element.set(name, self.templates[number].own_link(value))
        return copy

    def _frame_notes(self) -> None:
        for kind in ("footnotes", "endnotes", "comments", "commentsExtended"):
            trees = self._trees(kind)
            marks = [note for note in (trees[0] if trees else ()) if note.get(w("type")) is not None]
            for mark in marks:
                drop_paragraph_ids(mark)
            if trees:
                self._frame(kind, marks, [])
                self._join_part_links(kind)

    def _join_part_links(self, kind: str) -> None:
        links = [link for one in self.templates[1:] for link in self._moved_links(one, one.part(kind))]
        if links:
            name = links_of(self.frames[kind][0])
            self.parts[name] = links_part([*relations(self.parts.get(name)), *links])

    # heads and feet

    def _make_empty_heads(self) -> None:
        for part, tag in _EMPTY.items():
            if any(one == part for one, _ in self.kinds):
                name = f"word/goalgen_{part}.xml"
                root = made(tag)
                root.append(low_paragraph())
                self.parts[name] = written(root)
                self.types.set(name, f"{WORD_TYPE}{part}+xml")
                self.empty[part] = f"goalgen{part}"
                self.links.append(Relation(self.empty[part], OFFICE_LINK + part, f"goalgen_{part}.xml"))

    def _settle_shared(self, shares: Iterable[Share]) -> None:
        """Give the headers and footers that all forms share ids of their own, and the styles they have in the bundle."""
        own = Identities(0, self.base.compiled.label)
        for share in shares:
            template = share.template
            for name in sorted({*template.heads.values()} - share.own):
                root = parsed(template.content(name))
                restyle(share, [root])
                drop_paragraph_ids(root)
                give_numbers([root], own)
                self.parts[f"{template.folder}{name}"] = written(root)

    def _drop_own(self, shares: Iterable[Share]) -> None:
        """Leave out what each form brings for itself, and what nobody needs."""
        gone = {f"{share.template.folder}{name}" for share in shares for name in share.own}
        gone |= {target_of(BODY_PART, link) for link in self.links if link.kind in _DROPPED}
        for name in gone:
            self.parts.pop(name, None)
            self.parts.pop(links_of(name), None)
            self.types.drop(name)
        self.links = [link for link in self.links if link.external or target_of(BODY_PART, link) not in gone]

    def _plan(self) -> Plan:
        roots = [one.root for one in self.templates]
        background = bare(roots[0].iterchildren(w("background")), self.frames["document"][1])
        opening = opening_tag(roots) + background + b"<w:body>"
        parts = {name: content for name, content in self.parts.items() if name not in (TYPES_PART, BODY_LINKS)}
        first = tuple(name for name in (PROPERTIES_PART,) if name in self.base.compiled.filled)
        frames = (
            *self.made,
            Frame(BODY_LINKS, links_opening(self.links), b"", b"</Relationships>"),
            Frame(TYPES_PART, self.types.opening(), b"", b"</Types>"),
        )
        told = told_settings([(one.compiled.label, one.settings) for one in self.templates])
        before = tuple(pack(name, parts.pop(name)) for name in ("_rels/.rels",))
        packed = tuple(pack(name, content) for name, content in parts.items())
        return Plan(deflated(opening), "</w:body></w:document>", before, packed, first, frames, tuple(told))


def _shifted_list(one: etree._Element, numbering: Numbering) -> etree._Element:
    copy = deepcopy(one)
    copy.set(w("numId"), numbering.shared(one.get(w("numId"), "")))
    for abstract in copy.iterchildren(w("abstractNumId")):
        abstract.set(w("val"), str(number_in(abstract.get(w("val"), "")) + numbering.first_abstract))
    return copy


def planned(compiled: Sequence[Compiled], pages: Pages) -> tuple[Plan, tuple[Share, ...]]:
    """Plan the bundle of these templates' forms: what they share, and what the forms of each need to know of it."""
    return _Planning(compiled, pages).plan()
