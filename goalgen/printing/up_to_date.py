"""What of a year has to be printed: everything but the files that are there already, made of the same."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from goalgen.files import cache
from goalgen.files.cache import digest_of
from goalgen.printing.edition import Item


class Due(NamedTuple):
    """Names are those of files under the year's folder.

    `made_of` says of every file (forms by item number, the bundle under 0) what it is made of; `forms` are the items
    whose form is to be written; `bind` whether the bundle is; `idle` names the files that are as they should be.
    """

    made_of: Mapping[int, str]
    forms: frozenset[int]
    bind: bool
    idle: tuple[str, ...]


def due(chosen: Sequence[Item], names: Mapping[int, str], template: str, stamps: Stamps, bundle: bool) -> Due:
    """What is due of the chosen items; `names` are the names of their forms by number, `template` tells the template.

    A bundle is due when any of its forms is made of something else, or one of its volumes is not as it was written.
    """
    made_of = {item.number: f"{template}-{item.digest}" for item in chosen}
    made_of[0] = digest_of("\n".join(made_of.values()).encode())
    fresh = {item.number for item in chosen if stamps.fresh(names[item.number], made_of[item.number])}
    volumes = stamps.made_of(made_of[0]) if bundle else []
    bound = bool(volumes) and all(stamps.fresh(name, made_of[0]) for name in volumes)
    idle = [*(names[item.number] for item in chosen if item.number in fresh), *(volumes if bound else [])]
    return Due(made_of, frozenset(made_of) - fresh - {0}, bundle and not bound, tuple(idle))


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
