"""Pieces put together are what the whole would have been."""

from __future__ import annotations

import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st

from goalgen.word.zip_writing import Archive, Packed, deflated, join, pack
from tests.support.pieces import PARTS


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
