"""Results kept between runs in the user's cache folder: read when they are sound, never needed, never trusted with code.

A result is found by a key that holds everything it depends on, goalgen's own files included; what cannot be read or
written is passed over in silence, for it can always be made again. GOALGEN_CACHE names another folder, `off` none.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

KEPT: Final = 40
"""How many results stay; the ones not used for longest go."""


def key(*parts: bytes | str) -> str:
    """A name for everything that a result depends on; goalgen itself and the libraries it was made with are added."""
    digest = hashlib.blake2b(fingerprint().encode(), digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


@cache
def fingerprint() -> str:
    """What tells this goalgen, and the docxtpl, Jinja and lxml it works with, from any other."""
    files = sorted(Path(__file__).parent.rglob("*.py"))
    for library in ("docxtpl", "jinja2", "lxml"):
        found = find_spec(library)
        files += [Path(found.origin)] if found and found.origin else []
    return f"{sys.version}{[(str(file), *_stamp(file)) for file in files]}"


def _stamp(file: Path) -> tuple[int, int]:
    about = file.stat()
    return about.st_size, about.st_mtime_ns


def folder() -> Path | None:
    """Where results are kept, None when GOALGEN_CACHE says off."""
    named = os.environ.get("GOALGEN_CACHE", "")
    if named:
        return None if named == "off" else Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "goalgen" / "Cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "goalgen"


def get(name: str) -> bytes | None:
    """The result under a key, None when there is none."""
    place = folder()
    if place is None:
        return None
    with contextlib.suppress(OSError):
        data = (place / name).read_bytes()
        os.utime(place / name)
        check, _, content = data.partition(b"\n")
        if check == _check(content):
            return content
    return None


def put(name: str, content: bytes) -> None:
    """Keep a result under its key."""
    place = folder()
    if place is None:
        return
    with contextlib.suppress(OSError):
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = place / f"{name}.{os.getpid()}.tmp"
        temporary.write_bytes(_check(content) + b"\n" + content)
        os.replace(temporary, place / name)
        _drop_old(place.iterdir())


def _check(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=16).hexdigest().encode()


def _drop_old(files: Iterable[Path]) -> None:
    by_age = sorted(files, key=lambda file: file.stat().st_mtime_ns, reverse=True)
    for file in by_age[KEPT:]:
        with contextlib.suppress(OSError):
            file.unlink()
