"""Pieces put together are what the whole would have been."""

import io
import zipfile
import zlib

from hypothesis import given, settings
from hypothesis import strategies as st

from goalgen.word.crc32 import combined
from goalgen.word.zip_writing import Archive, Packed, deflated, join, pack

PARTS = st.lists(st.binary(max_size=300) | st.binary(min_size=1, max_size=3).map(lambda b: b * 5000), max_size=6)


@given(st.binary(max_size=200), PARTS)
def test_checksums_add_up(first: bytes, more: list[bytes]) -> None:
    crc, whole = zlib.crc32(first), first
    for part in more:
        crc, whole = combined(crc, zlib.crc32(part), len(part)), whole + part
        assert crc == zlib.crc32(whole)


def zeros(size: int) -> int:
    """The checksum of so many zero bytes, by doubling."""
    crc, power = 0, zlib.crc32(b"\0")
    done = 0
    for bit in range(size.bit_length()):
        if size >> bit & 1:
            crc = combined(power, crc, done) if done else power
            done += 1 << bit
        power = combined(power, power, 1 << bit)
    return crc


def test_checksums_of_very_long_parts_add_up() -> None:
    """Nobody writes out 8 GB of zeros: however they are cut, the sum is the same, and right for what can be checked."""
    assert zeros(70_001) == zlib.crc32(bytes(70_001))
    for cut in (1, 4096, 2**32 + 5):
        assert combined(zeros(2**33 - cut), zeros(cut), cut) == zeros(2**33)


@settings(max_examples=60)
@given(PARTS, st.binary(max_size=100))
def test_a_part_in_pieces_is_read_back_whole(pieces: list[bytes], last: bytes) -> None:
    """Whether its pieces are known when it is added or come one by one."""
    content = b"".join(pieces) + last
    packed = (*map(deflated, pieces), deflated(last, last=True))
    buffer = io.BytesIO()
    archive = Archive(buffer)
    archive.add(pack("前.xml", b"before"))
    archive.begin("文.xml")
    for piece in packed:
        archive.write(piece)
    archive.end()
    archive.add(pack("后.xml", b"after"))
    archive.close()
    whole = join([pack("前.xml", b"before"), Packed("文.xml", packed), pack("后.xml", b"after")])
    assert buffer.getvalue() == whole
    with zipfile.ZipFile(io.BytesIO(whole)) as read:
        assert read.testzip() is None
        assert [read.read(name) for name in read.namelist()] == [b"before", content, b"after"]
        assert {info.date_time for info in read.infolist()} == {(1980, 1, 1, 0, 0, 0)}
