"""Know what was written into a year's output folder, and so what has to be printed again and what may be removed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from goalgen.files import writing
from goalgen.files.cache import digest_of
from goalgen.files.reading import read_whole
from goalgen.printing.volumes import volume_name
from goalgen.submission import Entry

FORMS: Final = "forms"
"""The folder of the forms under a year's output folder."""
BUNDLE: Final = volume_name(1)
MANIFEST: Final = ".goalgen.json"
"""The file in each year's output folder that holds its Manifest."""
_WRITTEN: Final = "written"


class _Stamp(NamedTuple):
    """Hold what a file was made of, its size in bytes, and when the file system says it was last changed (ns)."""

    made_of: str
    size: int
    time: int


class Manifest:
    """Remember the files that goalgen wrote into a year's output folder, by name under it (`forms/01-….docx`, `bundle.docx`).

    It holds no times, so that the same input gives the same manifest; the manifest file itself is as old as the newest
    file that it speaks of, and whoever touches one of them afterwards makes it younger. `unreadable` says that there is
    a file MANIFEST which goalgen did not write.
    """

    def __init__(self, folder: Path, forget: bool = False) -> None:
        """Read what the last run left; `forget` takes every file for one that must be made again."""
        self.path = folder / MANIFEST
        self.unreadable = False
        self._folder = folder
        self._time = _about(self.path).time
        self._whole: dict[str, list[str]] = {FORMS: [], BUNDLE: []}
        self._old: dict[str, tuple[str, int]] = {}
        self._now: dict[str, _Stamp] = {}
        try:
            self._read(forget)
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            self.unreadable = True

    def _read(self, forget: bool) -> None:
        found = json.loads(read_whole(self.path)) if self.path.is_file() else {}
        self._whole = {kind: [name for name in found.get(kind, []) if _is_name(name)] for kind in (FORMS, BUNDLE)}
        for name, (made_of, size) in found.get(_WRITTEN, {}).items() if not forget else ():
            self._old[name] = made_of, size

    def fresh(self, name: str, made_of: str) -> bool:
        """Tell whether a file was made of just this and nobody has touched it since."""
        if self._old.get(name, ("",))[0] != made_of or not self._untouched(name):
            return False
        self.note(name, made_of)
        return True

    def _untouched(self, name: str) -> bool:
        about = _about(self._folder / name)
        return about.size == self._old[name][1] and about.time <= self._time

    def made_of(self, made_of: str) -> list[str]:
        """Find the names of the files made of this."""
        return [name for name, (source, _) in self._old.items() if source == made_of]

    def note(self, name: str, made_of: str) -> None:
        """Note a file that was just written, or found as it should be."""
        self._now[name] = _about(self._folder / name, made_of)

    def drop(self, name: str) -> None:
        """Forget a file."""
        self._old.pop(name, None)
        self._now.pop(name, None)

    def replaced(self, forms: Sequence[str], volumes: Sequence[str]) -> list[Path]:
        """Take these for all that the year has; give back the files of the last whole run that are no longer any of it.

        `forms` and `volumes` are file names; without `volumes` those of the last whole run stay.
        """
        before = self._whole
        self._whole = {FORMS: [*forms], BUNDLE: [*(volumes or before[BUNDLE])]}
        old = [f"{FORMS}/{name}" for name in sorted({*before[FORMS]} - {*forms})]
        old += sorted({*before[BUNDLE]} - {*self._whole[BUNDLE]})
        for name in old:
            self.drop(name)
        return [self._folder / name for name in old]

    def keep(self) -> None:
        """Leave the manifest to the next run. Raises GoalgenError (O01, exit code 3)."""
        for name, (made_of, _) in self._old.items():
            if name not in self._now and self._untouched(name):
                self.note(name, made_of)
        stamps = {name: self._now[name][:2] for name in sorted(self._now)}
        text = json.dumps({**self._whole, _WRITTEN: stamps}, ensure_ascii=False)
        writing.write(self.path, text.encode("utf-8"), lasting=False)
        newest = max((stamp.time for stamp in self._now.values()), default=0)
        with suppress(OSError):
            os.utime(self.path, ns=(newest, newest))


def _about(path: Path, made_of: str = "") -> _Stamp:
    """Ask the file system about a file; a file that is not there was changed before all time."""
    try:
        about = path.stat()
    except OSError:
        return _Stamp(made_of, -1, -1)
    return _Stamp(made_of, about.st_size, max(about.st_mtime_ns, about.st_ctime_ns))


def _is_name(name: object) -> bool:
    """Tell whether this names a file of the folder, and nothing outside it."""
    return isinstance(name, str) and Path(name).name == name and name != ".."


class Due(NamedTuple):
    """Say what has to be printed of a year; names are those of files under the year's folder.

    `made_of` says of every file (forms by the entry's number, the bundle under 0) what it is made of; `forms` are the
    numbers of the forms to be written; `bind` says whether the bundle is; `idle` names the files that are as they
    should be.
    """

    made_of: Mapping[int, str]
    forms: frozenset[int]
    bind: bool
    idle: tuple[str, ...]


def due(chosen: Iterable[Entry], names: Mapping[int, str], template: str, manifest: Manifest, bundle: bool) -> Due:
    """Find what is due of the chosen entries; `names` has their forms by number, `template` names the template.

    A bundle is due when any of its forms is made of something else, or one of its volumes is not as it was written.
    """
    made_of = {entry.number: f"{template}-{entry.digest}" for entry in chosen}
    numbers = [*made_of]
    made_of[0] = digest_of("\n".join(made_of.values()).encode())
    fresh = {number for number in numbers if manifest.fresh(names[number], made_of[number])}
    volumes = manifest.made_of(made_of[0]) if bundle else []
    bound = bool(volumes) and all(manifest.fresh(name, made_of[0]) for name in volumes)
    idle = [*(names[number] for number in numbers if number in fresh), *(volumes if bound else [])]
    return Due(made_of, frozenset(numbers) - fresh, bundle and not bound, tuple(idle))
