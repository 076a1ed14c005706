"""Write the bundle: one file, or volumes where one would be more than Word opens; all of them whole or none."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from goalgen.files.refusals import as_problems
from goalgen.files.writing import FileDraft
from goalgen.word.bundle import Binder
from goalgen.word.document import Assembler, Leaf

BUNDLE: Final = "bundle"
PARTIAL_BUNDLE: Final = "bundle-部分"
"""The bundle of some projects of a year, which never takes the place of the whole one."""
MAX_VOLUME_BYTES: Final = 256 * 1024 * 1024
"""Bytes of XML in one volume, some 4,500 forms: Word opens no file above 512 MB and no more than 32 MB of text."""


def volume_name(number: int, bundle: str = BUNDLE) -> str:
    """Name a volume: `bundle.docx`, `bundle-2.docx`, …"""
    return f"{bundle}.docx" if number == 1 else f"{bundle}-{number}.docx"


class Volumes:
    """Write a bundle into a folder, volume by volume; `bundle` is the stem of the files' names.

    Every step raises GoalgenError (O01, exit code 3) when it cannot be done.
    """

    def __init__(self, assembler: Assembler, folder: Path, bundle: str = BUNDLE, most: int = MAX_VOLUME_BYTES) -> None:
        self._assembler = assembler
        self._folder = folder
        self._bundle = bundle
        self._most = most
        self._drafts: list[FileDraft] = []
        self._binder: Binder | None = None

    def add(self, leaf: Leaf) -> None:
        """Bind the next form, into a new volume where the one at hand is full."""
        if self._binder is None or not self._binder.has_room(leaf, self._most):
            self._end_volume()
            self._drafts.append(FileDraft(self._folder / volume_name(len(self._drafts) + 1, self._bundle)))
            with as_problems(self._drafts[-1].path):
                self._binder = Binder(self._assembler, self._drafts[-1].file)
        with as_problems(self._drafts[-1].path):
            self._binder.add(leaf)

    def finished(self) -> list[FileDraft]:
        """End the last volume; return all of them, ready to be put in their places."""
        self._end_volume()
        return self._drafts

    def discard(self) -> None:
        """Take all back that is not in its place yet."""
        for draft in self._drafts:
            draft.discard()

    def _end_volume(self) -> None:
        if self._binder is not None:
            with as_problems(self._drafts[-1].path):
                self._binder.close()
            self._binder = None
            self._drafts[-1].finish()
