"""Bind forms into one document that is printed as the forms are, one after the other."""

from __future__ import annotations

from typing import IO, Final

from goalgen.word.binding.bound import Bound, Frame
from goalgen.word.document import Assembler, Leaf
from goalgen.word.template.compiled import BODY_PART
from goalgen.word.zip_writing import Archive, Packed, Piece, deflated, pack

MAX_LISTS: Final = 2_000
"""How many numbered lists a bundle has at most: Word keeps no more than 2,047 apart."""


class Binder:
    """Write a bundle into a file, form by form, each beginning on a page of its own.

    `assembler` is that of the template, or any of those that `assemblers` made for several templates. `size` is how many
    bytes of XML the document holds so far.
    """

    def __init__(self, assembler: Assembler, file: IO[bytes]) -> None:
        self.size = 0
        self._plan = assembler.plan
        self._archive = Archive(file)
        self._held: Bound | None = None
        self._first: tuple[Packed, ...] = ()
        self._items: dict[tuple[str, int], list[Piece]] = {}
        self._parts: list[Packed] = []
        self._lists = 0
        for part in self._plan.before:
            self._archive.add(part)
        self._archive.begin(BODY_PART)
        self._write(self._plan.opening)

    def has_room(self, leaf: Leaf, most: int) -> bool:
        """Say whether a form can still be added: to no more than `most` bytes of XML, and to as many lists as Word keeps."""
        return self.size + leaf.bound.main.size <= most and self._lists + leaf.bound.lists <= MAX_LISTS

    def add(self, leaf: Leaf) -> None:
        """Add the next form, made ready for its place in the bundle."""
        assert leaf.number, "a form that goes into a bundle has a place there"
        if self._held is None:
            self._first = tuple(
                pack(name, leaf.parts[name].encode()) for name in self._plan.first if name in leaf.parts
            )
        else:
            self._write(deflated(self._held.ended))
        bound = leaf.bound
        self._write(bound.main)
        self._held = bound
        self._lists += bound.lists
        self._parts += bound.parts
        for name, place, piece in bound.items:
            self._items.setdefault((name, place), []).append(piece)

    def close(self) -> None:
        """Write what is left; the file then holds the bundle whole."""
        ending = self._held.last if self._held else b""
        self._write(deflated(ending + self._plan.tail.encode(), last=True))
        self._archive.end()
        for part in (*self._plan.after, *self._first, *self._parts, *map(self._framed, self._plan.frames)):
            self._archive.add(part)
        self._archive.close()

    def _framed(self, frame: Frame) -> Packed:
        """Put what the forms brought into a part to which each adds."""
        before, behind = (self._items.get((frame.name, place), []) for place in (0, 1))
        head, gap = deflated(frame.head), deflated(frame.gap)
        return Packed(frame.name, (head, *before, gap, *behind, deflated(frame.tail, last=True)))

    def _write(self, piece: Piece) -> None:
        self.size += piece.size
        self._archive.write(piece)
