"""Checksums of pieces add up to that of the whole."""

from __future__ import annotations

import zlib

from hypothesis import given
from hypothesis import strategies as st

from goalgen.word.crc32 import combined
from tests.support.pieces import PARTS


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
