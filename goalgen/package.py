"""Parts to the bytes of a .docx and back: a zip with a fixed clock and order, so that the same parts give the same bytes."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

MAX_UNPACKED: Final = 60_000_000
MAX_PARTS: Final = 2_000

_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")
_VERSION: Final = 20
_UTF8: Final = 0x800
_DEFLATED: Final = 8
_DOS_DATE: Final = 0x21  # 1980-01-01, the earliest a zip can say
_LEVEL: Final = 3
"""Of a form's 55 KB, levels 1 to 3 take 0.14 ms and 3 packs best of them; 6 takes 0.39 ms to save 0.6 KB more."""


class Packed(NamedTuple):
    """A part deflated once, to be copied into any number of packages."""

    name: str
    crc: int
    size: int
    data: bytes


class PackageError(ValueError):
    """Bytes that are no package goalgen will open; the message says why, in Chinese."""


def pack(name: str, content: bytes, level: int = _LEVEL) -> Packed:
    """A part's name and content as a deflated member."""
    deflate = zlib.compressobj(level, zlib.DEFLATED, -15)
    return Packed(name, zlib.crc32(content), len(content), deflate.compress(content) + deflate.flush())


def join(parts: Iterable[Packed]) -> bytes:
    """The bytes of a package with these members in this order."""
    body = io.BytesIO()
    directory = bytearray()
    count = 0
    for part in parts:
        name = part.name.encode()
        head = (_VERSION, _UTF8, _DEFLATED, 0, _DOS_DATE, part.crc, len(part.data), part.size, len(name), 0)
        directory += _CENTRAL.pack(b"PK\x01\x02", _VERSION, *head, 0, 0, 0, 0, body.tell()) + name
        body.write(_LOCAL.pack(b"PK\x03\x04", *head) + name)
        body.write(part.data)
        count += 1
    end = _END.pack(b"PK\x05\x06", 0, 0, count, count, len(directory), body.tell(), 0)
    return body.getvalue() + bytes(directory) + end


def unpack(data: bytes) -> dict[str, bytes]:
    """The members of a package by name, in the order stored. Raises PackageError."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            _check(members)
            return {info.filename: archive.read(info) for info in members}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise PackageError("不是 .docx 文件，或者文件坏了") from error


def _check(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MAX_PARTS or sum(info.file_size for info in members) > MAX_UNPACKED:
        raise PackageError("解开以后太大，不打开")
    if len({info.filename for info in members}) < len(members):
        raise PackageError("里面有同名的部件")


def ordered(parts: Mapping[str, bytes]) -> list[str]:
    """Part names in the order Word writes: content types and package relationships first, then as they come."""
    first = ("[Content_Types].xml", "_rels/.rels")
    return [*(name for name in first if name in parts), *(name for name in parts if name not in first)]
