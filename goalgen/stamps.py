"""What the last run wrote into a folder, kept in the cache: by it a file that need not be made again is known."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import TypeAlias

from goalgen import cache

Stamp: TypeAlias = tuple[str, int, int]
"""What a file was made of, its size in bytes, and when the file system says it was written (ns)."""


class Stamps:
    """The stamps of the files in one folder, by file name."""

    def __init__(self, folder: Path, empty: bool = False) -> None:
        """`empty` takes every file for one that must be made again."""
        self._folder = folder
        self._name = cache.name_of("written", os.path.realpath(folder))
        self._stamps: dict[str, Stamp] = {}
        kept = None if empty else cache.get(self._name)
        with contextlib.suppress(ValueError, TypeError, AttributeError):
            for name, (made_of, size, time) in json.loads(kept or b"{}").items():
                self._stamps[name] = made_of, size, time

    def fresh(self, name: str, made_of: str) -> bool:
        """Whether a file was made of just this and nobody has touched it since."""
        stamp = self._stamps.get(name)
        return stamp is not None and stamp == (made_of, *_about(self._folder / name))

    def made_of(self, made_of: str) -> list[str]:
        """The names of the files made of this."""
        return [name for name, stamp in self._stamps.items() if stamp[0] == made_of]

    def note(self, name: str, made_of: str) -> None:
        """A file was just written, or found as it should be."""
        self._stamps[name] = made_of, *_about(self._folder / name)

    def drop(self, name: str) -> None:
        """A file is no longer known."""
        self._stamps.pop(name, None)

    def keep(self) -> None:
        """Leave the stamps to the next run."""
        cache.put(self._name, json.dumps(self._stamps, ensure_ascii=False).encode())


def _about(path: Path) -> tuple[int, int]:
    try:
        about = path.stat()
    except OSError:
        return -1, -1
    return about.st_size, about.st_mtime_ns
