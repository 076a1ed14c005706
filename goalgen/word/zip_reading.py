"""Unpack the bytes of a .docx into its parts, within limits: the files come from anybody."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final

MAX_UNPACKED_BYTES: Final = 60_000_000
"""How many bytes the parts of a package may have together."""
MAX_PARTS: Final = 2_000
"""How many parts a package may have."""


class PackageError(ValueError):
    """Refuse bytes that are no package goalgen will open; the message says why, in Chinese."""


def unpack(data: bytes) -> dict[str, bytes]:
    """Return the members of a package by name, in the order stored. Raises PackageError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            _check(members)
            return {info.filename: archive.read(info) for info in members}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise PackageError("不是 .docx 文件，或者文件坏了") from error


def _check(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_PARTS or sum(info.file_size for info in members) > MAX_UNPACKED_BYTES:
        raise PackageError("解开以后太大，不打开")
    if len({info.filename for info in members}) < len(members):
        raise PackageError("里面有同名的部件")


def ordered(parts: Mapping[str, bytes]) -> list[str]:
    """Return part names in the order Word writes: content types and package relationships first, then as they come."""
    first = ("[Content_Types].xml", "_rels/.rels")
    return [*(name for name in first if name in parts), *(name for name in parts if name not in first)]
