"""Elements are written with the namespaces their new root declares, and put where the schema wants them."""

from __future__ import annotations

from goalgen.word.binding.markup import MC, PARAGRAPH_ORDER, bare, made, namespaces, opening_tag, parsed, put, written

FIRST = parsed(f'<w:x xmlns:w="urn:w" xmlns:a="urn:a" xmlns:mc="{MC}" mc:Ignorable="a"><w:y a:b="1"/></w:x>'.encode())
OTHER = parsed(
    f'<w:x xmlns:w="urn:w" xmlns:a="urn:b" xmlns:c="urn:c" xmlns:m="{MC}" m:Ignorable="a c"><w:y a:b="2" c:d="3"/></w:x>'.encode()
)


def test_a_prefix_that_means_two_things_is_declared_where_it_means_the_other() -> None:
    known = namespaces([FIRST, OTHER])
    assert known["a"] == "urn:a" and known["c"] == "urn:c"
    assert bare(FIRST, known) == b'<w:y a:b="1"/>'
    assert bare(OTHER, known) == b'<w:y xmlns:a="urn:b" a:b="2" c:d="3"/>'
    opening = opening_tag([FIRST, OTHER])
    assert opening.endswith(b':Ignorable="a c">') and b'xmlns:a="urn:a"' in opening
    again = parsed(opening + bare(FIRST, known) + bare(OTHER, known) + b"</w:x>")
    assert [one.tag for one in again] == ["{urn:w}y"] * 2


def test_a_child_takes_its_place_and_that_of_one_of_its_name() -> None:
    own = made("pPr")
    for name in ("jc", "pStyle", "sectPr", "jc", "ind"):
        put(own, made(name, val=name), PARAGRAPH_ORDER)
    assert [one.tag.rpartition("}")[2] for one in own] == ["pStyle", "ind", "jc", "sectPr"]
    assert written(own).startswith(b"<?xml") and b"xmlns:w=" in written(own)
