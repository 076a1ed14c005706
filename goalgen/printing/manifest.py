"""Know what was written into a year's output folder, and so what has to be printed again and what may be removed."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from enum import Flag, auto
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

from goalgen.files import writing
from goalgen.files.cache import digest_of, digest_of_file
from goalgen.files.locking import locked
from goalgen.files.reading import read_whole
from goalgen.files.refusals import as_problems
from goalgen.printing.volumes import volume_name
from goalgen.submission import Entry

FORMS: Final = "forms"
"""The folder of the forms under a year's output folder."""
_BUNDLE: Final = volume_name(1)
MANIFEST: Final = ".goalgen.json"
"""The file in each year's output folder that holds its Manifest."""
_WRITTEN: Final = "written"
_FORETOLD_PREFIX: Final = ".goalgen-foretold-"


class Redo(Flag):
    """Say what is made anew besides what is not up to date."""

    NOTHING = 0
    UNCHANGED = auto()
    """What is up to date."""
    EDITED = auto()
    """What somebody changed since goalgen wrote it, or goalgen never wrote."""


class _Stamp(NamedTuple):
    """Hold what a file was made of, its size in bytes, a name for its bytes, and when it was last changed (ns)."""

    made_of: str
    size: int
    digest: str
    time: int


class Manifest:
    """Remember the files that goalgen wrote into a year's output folder, by name under it (`forms/01-….docx`, `bundle.docx`).

    It holds no times, so that the same input gives the same manifest; the manifest file itself is as old as the newest
    file that it speaks of, and whoever touches one of them afterwards makes it younger. `unreadable` says that there is
    a file MANIFEST which goalgen did not write.
    """

    def __init__(self, folder: Path, redo: Redo = Redo.NOTHING) -> None:
        """Read what the last run left; `redo` as in `fresh` and `foreign`."""
        self.path = folder / MANIFEST
        self.unreadable = False
        self._folder = folder
        self._time = _about(self.path).time
        self._whole: dict[str, list[str]] = {FORMS: [], _BUNDLE: []}
        self._redo = redo
        self._old: dict[str, _Stamp] = {}
        self._now: dict[str, _Stamp] = {}
        try:
            self._read()
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            self.unreadable = True

    def _read(self) -> None:
        found = json.loads(read_whole(self.path)) if self.path.is_file() else {}
        self._whole = {kind: [name for name in found.get(kind, []) if _is_name(name)] for kind in (FORMS, _BUNDLE)}
        for name, (made_of, size, *digest) in found.get(_WRITTEN, {}).items():
            self._old[name] = _Stamp(made_of, size, digest[0] if digest else "", self._time)

    def fresh(self, name: str, made_of: str) -> bool:
        """Tell whether a file was made of just this and nobody has touched it since; none is with Redo.UNCHANGED."""
        old = self._old.get(name)
        if Redo.UNCHANGED in self._redo or old is None or old.made_of != made_of or not self._untouched(name, old):
            return False
        self._now[name] = _about(self._folder / name, old)
        return True

    def foreign(self, name: str) -> bool:
        """Tell whether there is a file which goalgen did not write or somebody changed since; none is with Redo.EDITED."""
        path, old = self._folder / name, self._old.get(name)
        if Redo.EDITED in self._redo or not path.is_file() or (old is not None and self._untouched(name, old)):
            return False
        with suppress(OSError):
            return digest_of_file(path) not in {old.digest if old else "", *self._foretold}
        return True

    @cached_property
    def _foretold(self) -> set[str]:
        """Read what runs that were killed were about to write."""
        return {line for path in self._folder.glob(f"{_FORETOLD_PREFIX}*") for line in path.read_text("ascii").split()}

    def _untouched(self, name: str, old: _Stamp) -> bool:
        about = _about(self._folder / name, old)
        return about.size == old.size and about.time <= self._time

    def made_of(self, made_of: str) -> list[str]:
        """Find the names of the files made of this."""
        return [name for name, old in self._old.items() if old.made_of == made_of]

    def note(self, name: str, made_of: str, digest: str) -> None:
        """Note a file that was just written, or found as it should be; `digest` names its bytes."""
        self._now[name] = _about(self._folder / name, _Stamp(made_of, -1, digest, -1))

    def replaced(self, forms: Sequence[str], volumes: Sequence[str]) -> list[Path]:
        """List the files of the last whole run that are no longer any of the year's, given the file names of what is.

        Without `volumes` those of the last whole run stay, but of no forms is no bundle.
        """
        old = [f"{FORMS}/{name}" for name in sorted({*self._whole[FORMS]} - {*forms})]
        old += sorted({*self._whole[_BUNDLE]} - {*volumes}) if volumes or not forms else []
        return [self._folder / name for name in old]

    def settle(self, forms: Sequence[str], volumes: Sequence[str]) -> None:
        """Take these for all that the year has, once what they replaced is gone; without `volumes` the last ones stay.

        Of no forms is no bundle.
        """
        for path in self.replaced(forms, volumes):
            self._old.pop(path.relative_to(self._folder).as_posix(), None)
        self._whole = {FORMS: [*forms], _BUNDLE: [*(volumes or self._whole[_BUNDLE])] if forms else []}

    def keep(self) -> None:
        """Leave the manifest to the next run. Raises GoalgenError (O01, exit code 3)."""
        for name, old in self._old.items():
            if name not in self._now and (self._folder / name).is_file():
                self._now[name] = (
                    _about(self._folder / name, old) if self._untouched(name, old) else old._replace(size=-1)
                )
        if self._now or self.path.is_file():
            self._write()
        with suppress(OSError):
            for path in self._folder.glob(f"{_FORETOLD_PREFIX}*"):
                path.unlink()

    def _write(self) -> None:
        stamps = {name: self._now[name][:3] for name in sorted(self._now)}
        text = json.dumps({**self._whole, _WRITTEN: stamps}, ensure_ascii=False)
        writing.write(self.path, text.encode("utf-8"), lasting=False)
        newest = max((stamp.time for stamp in self._now.values()), default=0)
        with suppress(OSError):
            os.utime(self.path, ns=(newest, newest))


def foretell(folder: Path, digests: Iterable[str]) -> None:
    """Note what files of a folder will hold before they are put there, so that they are known if this run is killed.

    Each process has a file of its own for it. Raises GoalgenError (O01, exit code 3).
    """
    path = folder / f"{_FORETOLD_PREFIX}{os.getpid()}"
    lines = "".join(f"{digest}\n" for digest in digests)
    if lines:
        with as_problems(path), path.open("a", encoding="ascii") as file:
            file.write(lines)


def take_in(path: Path) -> None:
    """Note that all that a printed file says now stands in the project files, so that it may be printed anew.

    A file that is in no year's output folder is passed over. Raises GoalgenError (O01, O02, exit code 3).
    """
    folder = path.parent.parent if path.parent.name == FORMS else path.parent
    if (folder / MANIFEST).is_file():
        with locked(folder), as_problems(path):
            manifest = Manifest(folder)
            if not manifest.unreadable:
                manifest.note(path.relative_to(folder).as_posix(), "", digest_of_file(path))
                manifest.keep()


def _about(path: Path, known: _Stamp = _Stamp("", -1, "", -1)) -> _Stamp:  # noqa: B008 - frozen
    """Add what the file system says of a file; one that is not there was changed before all time."""
    try:
        about = path.stat()
    except OSError:
        return known._replace(size=-1, time=-1)
    return known._replace(size=about.st_size, time=max(about.st_mtime_ns, about.st_ctime_ns))


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
