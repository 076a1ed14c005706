"""Compute the CRC-32 of two texts joined from the CRC-32 of each: zlib's crc32_combine, which Python does not offer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final, TypeAlias
from zlib import crc32

_POLYNOMIAL: Final = 0xEDB88320
_HIGHEST_BIT: Final = 1 << 31
_MAX_DIRECT_BYTES: Final = 2048
_ZEROS: Final = bytes(_MAX_DIRECT_BYTES)

BitTable: TypeAlias = tuple[int, ...]


def combined(first: int, second: int, size: int) -> int:
    """Return the CRC-32 of bytes with the CRC-32 `first` followed by `size` bytes with the CRC-32 `second`."""
    if size <= _MAX_DIRECT_BYTES:  # what so many zeros do to it, by zlib itself
        return crc32(_ZEROS[:size], first) ^ crc32(_ZEROS[:size]) ^ second
    position = 0
    while size:
        if size & 15:
            a, b, c, d, e, f, g, h = _shift(position, size & 15)
            low, high = first & 0xFFFF, first >> 16
            first = a[low & 15] ^ b[low >> 4 & 15] ^ c[low >> 8 & 15] ^ d[low >> 12]
            first ^= e[high & 15] ^ f[high >> 4 & 15] ^ g[high >> 8 & 15] ^ h[high >> 12]
        size >>= 4
        position += 1
    return first ^ second


@cache
def _shift(position: int, digit: int) -> tuple[BitTable, ...]:
    """Tell what `digit` · 16^`position` more zero bytes make of a CRC: a table for each four bits of it, lowest first."""
    product = _HIGHEST_BIT
    for bit in range(4):
        if digit >> bit & 1:
            product = _times(_square(3 + 4 * position + bit), product)
    bits = [product]  # what becomes of the highest bit, then of the one below it, …
    for _ in range(31):
        last = bits[-1]
        bits.append((last >> 1) ^ _POLYNOMIAL if last & 1 else last >> 1)
    bits.reverse()
    return tuple(_sums(bits[place : place + 4]) for place in range(0, 32, 4))


def _sums(bits: Sequence[int]) -> BitTable:
    """Tell what becomes of any four bits, from what becomes of each."""
    found = [0]
    for bit in bits:
        found += [bit ^ other for other in found]
    return tuple(found)


@cache
def _square(times: int) -> int:
    """Square x so many times, modulo the polynomial."""
    if not times:
        return _HIGHEST_BIT >> 1
    root = _square(times - 1)
    return _times(root, root)


def _times(a: int, b: int) -> int:
    """Multiply a by b modulo the polynomial, in the bit order of CRC-32 (the highest bit is x to the 0)."""
    product = 0
    while a:
        if a & _HIGHEST_BIT:
            product ^= b
        a = (a << 1) & 0xFFFFFFFF
        b = (b >> 1) ^ _POLYNOMIAL if b & 1 else b >> 1
    return product
