"""The texts of a year's forms on disk: those of the last run to be found again, those of this run for the next one."""

import io
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import IO, Final, NamedTuple

from goalgen.files import cache
from goalgen.files.refusals import as_problems

SPOOL_BYTES: Final = 16 * 1024 * 1024
"""Bytes of texts that stay in memory before they go to a temporary file."""


class Head(NamedTuple):
    """What is known of a project file without its texts.

    `source` tells the file and its setting from any others, `digest` its texts; 编号 with the place where it stands;
    `funds` is its 年度 money in the form's unit, written out; `faults` and `funds` hold by a review of the key `review`,
    and say nothing where that is empty.
    """

    source: str
    digest: str
    code: str
    line: int
    column: int
    name: str
    unit: str
    faults: int
    funds: str
    review: str


class _Spot(NamedTuple):
    """Where texts lie."""

    file: IO[bytes]
    start: int
    length: int


class TextStore:
    """Texts by project file, in a file of lines: a head as JSON, a tab, the texts. `path` None keeps them for one run."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._old: IO[bytes] | None = None
        self._known: dict[str, tuple[Head, _Spot]] = {}
        self._used: list[tuple[Head, _Spot]] = []
        self._files: list[IO[bytes]] = [io.BytesIO()]
        self._changed = False
        with suppress(OSError, ValueError, TypeError):
            if path is not None:
                self._old = path.open("rb")
                self._read(self._old)

    def _read(self, file: IO[bytes]) -> None:
        start = 0
        for line in file:
            head, _, texts = line.partition(b"\t")
            known = Head(*json.loads(head))
            self._known[known.source] = known, _Spot(file, start + len(head) + 1, len(texts) - 1)
            start += len(line)

    def find(self, source: str, review: str) -> Head | None:
        """What the last run knew of a file, None when it is new, by another review or no longer sound.

        An empty `review` asks for the texts alone.
        """
        found = self._known.get(source)
        if found is None or review not in ("", found[0].review):
            return None
        if cache.digest_of(_at(found[1])) != found[0].digest:
            del self._known[source]
            return None
        self._used.append(found)
        return found[0]

    def add(self, head: Head, texts: bytes, lasting: bool = True) -> None:
        """Lay texts aside, for the next run too if `lasting`. Raises GoalgenError (O01) when there is no room for them."""
        start = self._files[-1].seek(0, os.SEEK_END)
        if start > SPOOL_BYTES and len(self._files) == 1:
            start = 0
            self._files.append(_temporary())
        with as_problems(Path("临时文件夹")):
            self._files[-1].write(texts)
        spot = _Spot(self._files[-1], start, len(texts))
        known = self._known.get(head.source)
        self._known[head.source] = head, spot
        if lasting:
            self._used.append((head, spot))
            self._changed = self._changed or known is None or known[0] != head

    def texts(self, source: str) -> bytes:
        """The texts of a file that was found or added."""
        return _at(self._known[source][1])

    def close(self) -> None:
        """Leave the texts of this run to the next and let go of the files; what cannot be written is made anew then."""
        if self._path is not None and (self._changed or len(self._used) < len(self._known)):
            with suppress(OSError), cache.written_whole(self._path) as file:
                for head, spot in self._used:
                    file.write(json.dumps(head, ensure_ascii=False).encode() + b"\t" + _at(spot) + b"\n")
                self._let_go()  # Windows does not replace a file that is open
        self._let_go()

    def _let_go(self) -> None:
        for file in (self._old, *self._files):
            if file is not None:
                file.close()


def _temporary() -> IO[bytes]:
    """A file for what is too much for memory."""
    from tempfile import TemporaryFile  # late: only for those who have so much

    return TemporaryFile()


def _at(spot: _Spot) -> bytes:
    spot.file.seek(spot.start)
    return spot.file.read(spot.length)
