"""CRC-32 of two texts joined, from the CRC-32 of each: what Python's zlib does not offer of zlib's crc32_combine."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_POLYNOMIAL: Final = 0xEDB88320
_ONE: Final = 1 << 31


def combined(first: int, second: int, size: int) -> int:
    """The CRC-32 of bytes with the CRC-32 `first` followed by `size` bytes with the CRC-32 `second`."""
    for part in (size & 0xFFF, size & ~0xFFF):  # few values of either, so that most are known already
        first = _times(_shift(part), first) if part else first
    return first ^ second


@lru_cache(maxsize=8192)
def _shift(size: int) -> int:
    """x to the power of the bits in `size` bytes, modulo the polynomial: what those bytes do to a CRC before them."""
    power, result, factor = size, _ONE, 0
    while power:
        if power & 1:
            result = _times(_POWERS[factor], result)
        power >>= 1
        factor += 1
    return result


def _times(a: int, b: int) -> int:
    """a times b modulo the polynomial, in the bit order of CRC-32 (the highest bit is x to the 0)."""
    product = 0
    while a:
        if a & _ONE:
            product ^= b
        a = (a << 1) & 0xFFFFFFFF
        b = (b >> 1) ^ _POLYNOMIAL if b & 1 else b >> 1
    return product


def _powers() -> tuple[int, ...]:
    """x to the power of 8, 16, 32, …: one byte, two bytes, four bytes, up to 2**39 bytes."""
    power = _ONE >> 8
    found = []
    for _ in range(40):
        found.append(power)
        power = _times(power, power)
    return tuple(found)


_POWERS: Final = _powers()
