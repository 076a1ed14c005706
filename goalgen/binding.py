"""Any number of forms bound into one .docx, written leaf by leaf: memory stays the same however long it grows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import IO

from goalgen.attachments import Attachments
from goalgen.document import Assembler, Leaf
from goalgen.package import Archive, Piece, deflated
from goalgen.sections import end_section, new_page
from goalgen.template.compiled import BODY


class Binder:
    """A bundle on its way into a file: every form in a section of its own that starts on a new page.

    `size` is how many bytes of XML its document holds so far.
    """

    def __init__(self, assembler: Assembler, file: IO[bytes]) -> None:
        self.size = 0
        self._assembler = assembler
        self._archive = Archive(file)
        self._attachments = Attachments(assembler)
        self._position = 0
        self._closing = ""
        self._section = ""
        order = assembler.compiled.order
        at = order.index(BODY)
        self._copy(order[:at])
        self._after = order[at + 1 :]
        self._archive.begin(BODY)
        self._write(assembler.opening)

    def add(self, leaf: Leaf) -> None:
        """Bind the next form."""
        if self._position:
            self._write(deflated(end_section(self._closing, self._section).encode()))
        self._position += 1
        self._write(leaf.bound.main)
        self._closing = leaf.bound.closing.decode()
        self._section = self._section_of(self._position)
        self._attachments.take(leaf, self._position)

    def close(self) -> None:
        """Write what is left; the file then holds the bundle whole."""
        ending = f"{self._closing}{self._section}{self._assembler.compiled.tail}"
        self._write(deflated(ending.encode(), last=True))
        self._archive.end()
        self._copy(self._after)
        for part in self._attachments.parts():
            self._archive.add(part)
        self._archive.close()

    def _section_of(self, position: int) -> str:
        """How the form at a position closes its section: all alike, unless they have headers of their own."""
        if position > 1 and not self._assembler.links:
            return self._section
        return new_page(self._attachments.section(position))

    def _copy(self, names: Iterable[str]) -> None:
        """The template's own parts that no form changes."""
        for name in names:
            if name not in self._attachments.late:
                self._archive.add(self._assembler.part(name, {}))

    def _write(self, piece: Piece) -> None:
        self.size += piece.size
        self._archive.write(piece)
