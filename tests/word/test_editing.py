"""A Word file is read as cells and paragraphs that can be written in, whatever Word has put round their words."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import pytest

from goalgen.word.editing import Cell, Draft, Spot, Table
from goalgen.word.zip_reading import PackageError

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def package(body: str, parts: Mapping[str, str] = {}) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def first(draft: Draft) -> Spot:
    spot = draft.content[0]
    assert isinstance(spot, Spot)
    return spot


def cells(draft: Draft) -> list[Cell]:
    return [cell for part in draft.content if isinstance(part, Table) for row in part.rows for cell in row.cells]


def again(draft: Draft) -> Draft:
    return Draft(draft.save())


def test_a_text_is_replaced_across_runs_symbols_and_tabs() -> None:
    body = (
        "<w:p><w:r><w:t>甲：</w:t></w:r><w:r><w:rPr><w:u w:val='single'/></w:rPr><w:t xml:space='preserve'>  </w:t><w:tab/></w:r>"
        "<w:r><w:rPr><w:u w:val='none'/></w:rPr><w:t> 乙</w:t><w:sym w:font='Wingdings' w:char='F0A8'/></w:r></w:p>"
    )
    draft = Draft(package(body))
    spot = first(draft)
    assert spot.text == "甲：___ 乙□"
    spot.replace(7, 8, "{{ 框 }}")
    spot.replace(7, 7, "|")
    spot.replace(2, 5, "{{ 线 }}")
    assert first(again(draft)).text.replace("_", " ") == "甲：{{ 线 }} 乙{{ 框 }}|" or first(again(draft)).text == (
        "甲：{{_线_}} 乙|{{ 框 }}"
    )


def test_an_empty_cell_takes_the_look_of_its_paragraph_and_a_full_one_that_of_its_first_run() -> None:
    look = "<w:pPr><w:rPr><w:b/></w:rPr></w:pPr>"
    full = "<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>一</w:t><w:br/></w:r><w:r><w:t>二</w:t></w:r></w:p><w:p/>"
    draft = Draft(package(f"<w:p>{look}</w:p><w:tbl><w:tr><w:tc>{full}</w:tc></w:tr></w:tbl>"))
    first(draft).replace(0, 0, "甲")
    (cell,) = cells(draft)
    assert cell.text == "一\n二\n"
    cell.put("乙")
    text = zipfile.ZipFile(io.BytesIO(draft.save())).read("word/document.xml").decode()
    assert "<w:r><w:rPr><w:b/></w:rPr><w:t" in text and text.count("<w:p") - text.count("<w:pPr") == 2
    assert "<w:rPr><w:i/></w:rPr><w:t" in text and "二" not in text


def test_spans_merges_wrappers_and_tables_in_cells_are_read() -> None:
    inner = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>内</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    rows = (
        "<w:tr><w:trPr><w:gridBefore w:val='1'/><w:trHeight w:val='9'/></w:trPr><w:tc>"
        "<w:tcPr><w:gridSpan w:val='2'/><w:vMerge w:val='restart'/></w:tcPr>"
        "<w:p/></w:tc></w:tr><w:sdt><w:sdtPr><w:tag/></w:sdtPr><w:sdtContent>"
        "<w:tr><w:trPr><w:trHeight w:hRule='exact' w:val='9'/></w:trPr><w:tc><w:p/></w:tc>"
        f"<w:tc><w:tcPr><w:gridSpan w:val='x2'/><w:vMerge/></w:tcPr><w:p/>{inner}<w:p/></w:tc></w:tr></w:sdtContent></w:sdt>"
    )
    draft = Draft(package(f"<w:tbl>{rows}</w:tbl>"))
    outer, nested = (part for part in draft.content if isinstance(part, Table))
    top, low = outer.rows
    assert [(cell.start, cell.end, cell.rows) for cell in top.cells] == [(1, 3, 2)]
    assert low.cells[1].origin is top.cells[0] and low.cells[1].holds_table and low.at(7) is None
    assert (outer.width, nested.number, nested.rows[0].cells[0].text) == (3, 2, "内")
    draft.grow()
    assert b'hRule="atLeast"' in zipfile.ZipFile(io.BytesIO(draft.save())).read("word/document.xml")


def test_headers_and_footers_give_their_words() -> None:
    draft = Draft(
        package("<w:p/>", {"word/header1.xml": f"<w:hdr {W}><w:p><w:r><w:t>单位：</w:t></w:r></w:p></w:hdr>"})
    )
    assert list(draft.edges()) == ["单位："]


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("<w:document", "Word 文档的内容坏了"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "里面有 DTD 声明"),
    ],
)
def test_a_broken_or_hostile_part_is_refused(part: str, told: str) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", part)
    with pytest.raises(PackageError, match=told):
        Draft(buffer.getvalue())
    with pytest.raises(PackageError, match="不是 Word 文档"):
        empty = io.BytesIO()
        zipfile.ZipFile(empty, "w").close()
        Draft(empty.getvalue())
