"""Parts move from one package into another without losing what they lead to."""

from __future__ import annotations

from goalgen.word.binding.packages import (
    ContentTypes,
    Relation,
    from_document,
    links_part,
    moved,
    moved_links,
    relations,
    target_of,
)

LINKS = links_part(
    [Relation("a", "x/image", "/word/media/1.png"), Relation("b", "x/hyperlink", "https://a.cn/?b=1&c", True)]
)
PARTS = {
    "word/header1.xml": b"<a/>",
    "word/_rels/header1.xml.rels": LINKS,
    "word/media/1.png": b"png",
    "word/other.xml": b"",
}


def test_a_part_moves_with_all_it_leads_to() -> None:
    found = moved(PARTS, ["word/header1.xml", "word/gone.xml", "word/header1.xml"], "t2/")
    assert sorted(found) == ["t2/word/_rels/header1.xml.rels", "t2/word/header1.xml", "t2/word/media/1.png"]
    first, second = relations(found["t2/word/_rels/header1.xml.rels"])
    assert first.target == "/t2/word/media/1.png" and second == relations(LINKS)[1] and second.kind == "hyperlink"
    assert target_of("t2/word/header1.xml", first) == "t2/word/media/1.png"
    assert moved_links(PARTS, "word/other.xml", "t2/") == []


def test_a_target_may_lie_beside_or_above() -> None:
    assert target_of("word/document.xml", Relation("a", "x", "../customXml/item1.xml")) == "customXml/item1.xml"
    assert [from_document(name) for name in ("word/a.xml", "t2/word/a.xml")] == ["a.xml", "../t2/word/a.xml"]


def test_the_type_of_a_part_is_its_own_or_that_of_its_ending() -> None:
    types = ContentTypes(
        b'<Types><Default Extension="PNG" ContentType="image/png"/><Override PartName="/a.xml" ContentType="t"/></Types>'
    )
    assert [types.of(name) for name in ("a.xml", "b.png", "c.bin")] == ["t", "image/png", ""]
    types.set("d.png", "image/png")
    types.set("e.xml", "u")
    types.drop("a.xml")
    types.drop("never.xml")
    assert types.opening().count(b"<Override") == 1
