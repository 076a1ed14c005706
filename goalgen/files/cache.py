"""Keep results between runs in the user's cache folder: read when they are sound, never needed, never trusted with code.

A result is found by a key that holds everything it depends on, goalgen's own files included; what cannot be read or
written is passed over in silence, for it can always be made again. GOALGEN_CACHE names another folder, `off` none.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path
from typing import BinaryIO, Final

from goalgen.files.patience import patiently

try:
    from _blake2 import blake2b  # hashlib would load OpenSSL beside it: 2.5 ms of a run's 75, and 4 MB
except ImportError:  # pragma: no cover - only a Python without the module of its own
    from hashlib import blake2b

_PIECE_BYTES: Final = 1024 * 1024
MAX_KEPT_RESULTS: Final = 40
"""How many results stay; the ones not used for longest go."""


def digest_of(data: bytes, key: bytes = b"") -> str:
    """Return a name for bytes, the same for the same bytes (and the same key, 64 bytes at most) only."""
    return blake2b(data, key=key, digest_size=16).hexdigest()


def digest_of_file(path: Path) -> str:
    """Return what `digest_of` returns of a file's bytes. Raises OSError."""
    digest = blake2b(digest_size=16)
    with path.open("rb") as file:
        while piece := file.read(_PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def key(*parts: bytes | str) -> str:
    """Return a name for everything that a result depends on; goalgen and the libraries it works with are added."""
    digest = blake2b(fingerprint().encode(), digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


@cache
def fingerprint() -> str:
    """Return what tells this goalgen, and the docxtpl, Jinja and lxml it works with, from any other."""
    found = [PathFinder.find_spec(library) for library in ("docxtpl", "jinja2", "lxml")]
    libraries = [os.stat(spec.origin) for spec in found if spec and spec.origin]
    stamps = [(about.st_size, about.st_mtime_ns) for about in libraries]
    return f"{sys.version}{stamps}{sorted(_stamps(os.path.dirname(os.path.dirname(__file__))))}"


def _stamps(folder: str) -> list[tuple[str, int, int]]:
    """Return name, size in bytes and time of change of every Python file under a folder."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                about = entry.stat()
                found.append((entry.path, about.st_size, about.st_mtime_ns))
            elif entry.name != "__pycache__" and entry.is_dir():
                found += _stamps(entry.path)
    return found


def folder() -> Path | None:
    """Return the folder where results are kept, None when GOALGEN_CACHE says off or there is no home."""
    named = os.environ.get("GOALGEN_CACHE", "")
    if named:
        return None if named == "off" else Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or os.path.expanduser("~")) / "goalgen" / "Cache"
    home = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return Path(home) / "goalgen" if os.path.isabs(home) else None


def name_of(kind: str, *about: str) -> str:
    """Return a name for what is kept about something, such as a folder and a year."""
    text = "\0".join(about).encode("utf-8", "surrogateescape")
    return f"{kind}-{digest_of(text)}"


def place(name: str) -> Path | None:
    """Return the path of what is read and written piece by piece, None when nothing is kept."""
    where = folder()
    return where / name if where else None


def get(name: str) -> bytes | None:
    """Return the result under a key, None when there is none or it is not sound."""
    path = place(name)
    if path is None:
        return None
    with contextlib.suppress(OSError):
        data = path.read_bytes()
        os.utime(path)
        check, _, content = data.partition(b"\n")
        if check == digest_of(content).encode():
            return content
    return None


def put(name: str, content: bytes) -> None:
    """Keep a result under a key."""
    path = place(name)
    if path is not None:
        with contextlib.suppress(OSError), written_whole(path) as file:
            file.write(digest_of(content).encode() + b"\n" + content)


def kept(name: str, make: Callable[[], bytes]) -> bytes:
    """Return the result under a key; where there is none, make it and keep it. Raises what `make` raises."""
    found = get(name)
    if found is None:
        found = make()
        put(name, found)
    return found


@contextlib.contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """Open a file of the cache folder to be written; it is put in its place when it is complete. Raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as file:
            yield file
        if not path.exists():
            _drop_old(path.parent.iterdir())
        patiently(lambda: os.replace(temporary, path))
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _drop_old(files: Iterable[Path]) -> None:
    by_age = sorted(files, key=lambda file: file.stat().st_mtime_ns, reverse=True)
    for file in by_age[MAX_KEPT_RESULTS:]:
        with contextlib.suppress(OSError):
            file.unlink()
