"""Write the bundle: one file, or volumes where one would be more than Word opens; all of them whole or none."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from goalgen.files.refusals import as_problems
from goalgen.files.writing import FileDraft
from goalgen.word.bundle import Binder
from goalgen.word.document import Assembler, Leaf

BUNDLE: Final = "bundle"
MAX_VOLUME_BYTES: Final = 256 * 1024 * 1024
"""Bytes of XML in one volume, some 4,500 forms: Word opens no file above 512 MB and no more than 32 MB of text."""


def volume_name(number: int) -> str:
    """Name a volume: `bundle.docx`, `bundle-2.docx`, …"""
    return f"{BUNDLE}.docx" if number == 1 else f"{BUNDLE}-{number}.docx"


class Volumes:
    """Write a bundle into a folder, volume by volume.

    Every step raises GoalgenError (O01, exit code 3) when it cannot be done.
    """

    def __init__(self, assembler: Assembler, folder: Path, most: int = MAX_VOLUME_BYTES) -> None:
        self._assembler = assembler
        self._folder = folder
        self._most = most
        self._drafts: list[FileDraft] = []
        self._binder: Binder | None = None

    def add(self, leaf: Leaf) -> None:
        """Bind the next form, into a new volume where the one at hand is full."""
        if self._binder is None or self._binder.size + leaf.bound.main.size > self._most:
            self._end_volume()
            self._drafts.append(FileDraft(self._folder / volume_name(len(self._drafts) + 1)))
            with as_problems(self._drafts[-1].path):
                self._binder = Binder(self._assembler, self._drafts[-1].file)
        with as_problems(self._drafts[-1].path):
            self._binder.add(leaf)

    def place(self) -> list[tuple[Path, bool]]:
        """Put all volumes in their places; return which changed."""
        self._end_volume()
        return [(draft.path, draft.place()) for draft in self._drafts]

    def discard(self) -> None:
        """Take all back that is not in its place yet."""
        for draft in self._drafts:
            draft.discard()

    def _end_volume(self) -> None:
        if self._binder is not None:
            with as_problems(self._drafts[-1].path):
                self._binder.close()
            self._drafts[-1].finish()
