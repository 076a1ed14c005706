"""What a table's XML says is read; what it does not say, or says badly, counts as nothing."""

from __future__ import annotations

import pytest
from lxml import etree

from goalgen.word.table_markup import continues_above, number_at

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def cell(properties: str) -> etree._Element:
    return etree.fromstring(f"<w:tc {W}><w:tcPr>{properties}</w:tcPr><w:p/></w:tc>")


@pytest.mark.parametrize(
    ("properties", "number"),
    [('<w:gridSpan w:val="3"/>', 3), ("<w:gridSpan/>", 0), ('<w:gridSpan w:val="-1"/>', 0), ("", 0)],
)
def test_a_number_is_read(properties: str, number: int) -> None:
    assert number_at(cell(properties), "tcPr", "gridSpan") == number


@pytest.mark.parametrize(
    ("properties", "continues"),
    [
        ("<w:vMerge/>", True),
        ('<w:vMerge w:val="continue"/>', True),
        ('<w:vMerge w:val="restart"/>', False),
        ("", False),
    ],
)
def test_a_cell_goes_on_with_the_one_above(properties: str, continues: bool) -> None:
    assert continues_above(cell(properties)) is continues
