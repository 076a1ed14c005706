"""Keep what was read of a year's project files on disk: the last run's to be found again, this run's for the next."""

from __future__ import annotations

import io
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

from goalgen.files import cache
from goalgen.files.refusals import as_problems

SPOOL_BYTES: Final = 16 * 1024 * 1024
"""How many bytes of records stay in memory before they go to a temporary file."""


class Kept(NamedTuple):
    """Hold what is known of a sound project file without its record.

    `key` names the file's content and its setting, `digest` the record; `line` and `column` are where 编号 stands;
    `unfilled` is as in Project;
    `notes` are 变更说明, `shared` the keys whose values come from projects.yaml; `marks` and `ignores` are those of
    `Comments`, without the name of the file.
    """

    key: str
    digest: str
    code: str
    line: int
    column: int
    name: str
    unit: str
    notes: dict[str, str]
    shared: list[str]
    marks: list[list[Any]]
    ignores: list[list[Any]]
    unfilled: bool


class _Spot(NamedTuple):
    """Say where a record lies."""

    file: IO[bytes]
    start: int
    length: int


class ProjectStore:
    """Keep the records of a year's projects by the key of their files; `path` None keeps them for one run.

    On disk a file of lines: what is Kept as JSON, a tab, the record (see goalgen.forms.values.record_of).
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._old: IO[bytes] | None = None
        self._known: dict[str, tuple[Kept, _Spot]] = {}
        self._used: list[tuple[Kept, _Spot]] = []
        self._files: list[IO[bytes]] = [io.BytesIO()]
        self._changed = False
        with suppress(OSError, ValueError, TypeError):
            if path is not None:
                self._old = path.open("rb")
                self._read(self._old)

    def _read(self, file: IO[bytes]) -> None:
        start = 0
        for line in file:
            head, _, record = line.partition(b"\t")
            kept = Kept(*json.loads(head))
            self._known[kept.key] = kept, _Spot(file, start + len(head) + 1, len(record) - 1)
            start += len(line)

    def find(self, key: str) -> Kept | None:
        """Find what the last run knew of a file; None when it is new or no longer sound."""
        found = self._known.get(key)
        if found is None:
            return None
        if cache.digest_of(_at(found[1])) != found[0].digest:
            del self._known[key]
            return None
        self._used.append(found)
        return found[0]

    def add(self, kept: Kept, record: bytes, lasting: bool = True) -> None:
        """Lay a record aside, for the next run too if `lasting`. Raises GoalgenError (O01) when there is no room for it."""
        start = self._files[-1].seek(0, os.SEEK_END)
        if start > SPOOL_BYTES and len(self._files) == 1:
            start = 0
            self._files.append(_temporary())
        with as_problems(Path("临时文件夹")):
            self._files[-1].write(record)
        spot = _Spot(self._files[-1], start, len(record))
        known = self._known.get(kept.key)
        self._known[kept.key] = kept, spot
        if lasting:
            self._used.append((kept, spot))
            self._changed = self._changed or known is None or known[0] != kept

    def record(self, key: str) -> bytes:
        """Return the record of a file that was found or added."""
        return _at(self._known[key][1])

    def close(self) -> None:
        """Leave this run's records to the next and let go of the files; what cannot be written is read anew then."""
        if self._path is not None and (self._changed or len(self._used) < len(self._known)):
            with suppress(OSError), cache.written_whole(self._path) as file:
                for kept, spot in self._used:
                    file.write(json.dumps(kept, ensure_ascii=False).encode() + b"\t" + _at(spot) + b"\n")
                self._let_go()  # Windows does not replace a file that is open
        self._let_go()

    def _let_go(self) -> None:
        for file in (self._old, *self._files):
            if file is not None:
                file.close()


def _temporary() -> IO[bytes]:
    """Open a file for what is too much for memory."""
    from tempfile import TemporaryFile  # late: only for those who have so much

    return TemporaryFile()


def _at(spot: _Spot) -> bytes:
    spot.file.seek(spot.start)
    return spot.file.read(spot.length)
