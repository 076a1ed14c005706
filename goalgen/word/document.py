"""Make whole documents of filled parts: one form as a .docx, and what a bundle takes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from goalgen.errors import Place, Problem
from goalgen.word.binding.bound import Bound, Pages, Plan
from goalgen.word.binding.need import plain
from goalgen.word.sections import end_section, last_paragraph, new_page
from goalgen.word.template.compiled import BODY_PART, PROPERTIES_PART, Compiled, Filled
from goalgen.word.zip_writing import Packed, Piece, deflated, join, pack

if TYPE_CHECKING:
    from goalgen.word.binding.forms import Share


class Body(NamedTuple):
    """Hold a body in two: all before its last paragraph, deflated; and that paragraph, in which a section may end."""

    main: Piece
    closing: bytes


class Leaf(NamedTuple):
    """Hold one form ready to stand alone and in a bundle; where it may be the same there, so is the body."""

    number: int
    alone: Body
    bound: Bound
    parts: Mapping[str, str]


class Assembler:
    """Make documents of the filled parts of one template; the parts that never change are deflated once.

    `pages` says what page numbers in its bundles count. `plan` and `share` are for a bundle of several templates: those that
    `assemblers` gives.
    """

    def __init__(
        self, compiled: Compiled, pages: Pages = Pages.FORM, plan: Plan | None = None, share: Share | None = None
    ) -> None:
        self.compiled = compiled
        self._pages = pages
        self._plan = plan
        self._share = share
        self._opening = deflated(compiled.head.encode())
        self._static = {name: pack(name, content) for name, content in compiled.static.items()}
        self._ending = f"{compiled.section}{compiled.tail}".encode()
        self._plain = plan is None and plain(compiled)
        self._section = new_page(compiled.section) if self._plain else ""

    @property
    def plan(self) -> Plan:
        """Return the plan of the bundles that its forms go into."""
        if self._plan is None:
            self._plan, self._share = (self._plain_plan(), None) if self._plain else self._planned()
        return self._plan

    def _planned(self) -> tuple[Plan, Share]:
        from goalgen.word.binding.plan import planned  # late: lxml is not needed for templates such as the official one

        with _well_formed(self.compiled.label):
            plan, shares = planned([self.compiled], self._pages)
        return plan, shares[0]

    def _plain_plan(self) -> Plan:
        order = self.compiled.order
        at = order.index(BODY_PART)
        before, after = (
            tuple(self._static[name] for name in names if name in self._static)
            for names in (order[:at], order[at + 1 :])
        )
        first = (PROPERTIES_PART,) if PROPERTIES_PART in self.compiled.filled else ()
        return Plan(self._opening, self.compiled.tail, before, after, first)

    def leaf(self, filled: Filled, number: int = 0) -> Leaf:
        """Make a filled form ready; `number` (from 1) is its place in the bundle, 0 for a form that goes into none.

        Raises GoalgenError (D06) when the form is no XML, or more must be numbered than a bundle has numbers for.
        """
        at = last_paragraph(filled.body)
        alone = Body(deflated(filled.body[:at]), filled.body[at:])
        return Leaf(number, alone, self._bound(filled, alone, number), filled.parts)

    def _bound(self, filled: Filled, alone: Body, number: int) -> Bound:
        if self._plain:
            return end_section(alone.main, alone.closing, self._section)
        if not number:
            return Bound(alone.main, b"", b"")
        from goalgen.word.binding.forms import bind  # late: lxml is not needed for templates such as the official one

        if self._share is None:
            self._plan, self._share = self._planned()
        with _well_formed(self.compiled.label):
            return bind(self._share, filled, number)

    def form(self, leaf: Leaf) -> bytes:
        """Return one form as the bytes of a .docx."""
        main, closing = leaf.alone
        body = Packed(BODY_PART, (self._opening, main, deflated(closing + self._ending, last=True)))
        return join(body if name == BODY_PART else self.part(name, leaf.parts) for name in self.compiled.order)

    def part(self, name: str, texts: Mapping[str, str]) -> Packed:
        """Return a part by name: with its own text where there is one, else as the template has it."""
        return pack(name, texts[name].encode()) if name in texts else self._static[name]


@contextmanager
def _well_formed(label: str) -> Iterator[None]:
    """Raise GoalgenError (D06) where XML is none: a part of a template, or what its tags made of a form."""
    try:
        yield
    except SyntaxError as error:
        message = f"模板填不下去：填好以后不是合格的 XML（{error.msg}）"
        raise Problem("D06", message, Place(label), "条件和循环的两头放在同样的地方，例如各占一段").error() from error


def assemblers(compiled: Sequence[Compiled], pages: Pages = Pages.FORM) -> tuple[Assembler, ...]:
    """Make the assemblers of several templates whose forms go into one bundle, in order; `plan` is the same in all.

    The first template gives the bundle what a document has one of (settings, theme); `plan.told` says what of the others
    is lost by that. Their forms stand alone as they always do. Raises GoalgenError (D06) where a part of one is no XML.
    """
    if len(compiled) == 1:
        return (Assembler(compiled[0], pages),)
    from goalgen.word.binding.plan import planned  # late: lxml is not needed for a bundle of one plain template

    with _well_formed("、".join(one.label for one in compiled)):
        plan, shares = planned(compiled, pages)
    return tuple(Assembler(one, pages, plan, share) for one, share in zip(compiled, shares, strict=True))
