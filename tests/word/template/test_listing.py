"""Line breaks and tabs in texts become Word's, as docxtpl makes them."""

import pytest
from docxtpl import DocxTemplate

from goalgen.word.template.listing import resolve_listing

RUN = "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>"
PARAGRAPH = '<w:p><w:pPr><w:jc w:val="left"/><w:rPr><w:i/></w:rPr></w:pPr>{}</w:p>'


@pytest.mark.parametrize(
    "xml",
    [
        PARAGRAPH.format(RUN.format(text))
        for text in ("甲", "甲\n乙", "甲\t乙\n丙", "甲\a乙", "甲\f乙", "\n", "\t\t", "甲\n\t\a\f乙")
    ]
    + [
        "<w:p><w:r><w:t>甲\t乙</w:t></w:r></w:p>",
        PARAGRAPH.format(RUN.format("甲\n") + '<w:r><w:t xml:space="preserve">乙\t</w:t><w:t/><w:t>丙\n</w:t></w:r>'),
        "<w:p><w:r><w:rPr/><w:t>甲\t乙</w:t></w:r></w:p>",
        "<w:p><w:r></w:rPr><w:t>甲\t乙</w:t></w:r></w:p>",
    ],
)
def test_it_is_what_docxtpl_makes(xml: str) -> None:
    theirs = DocxTemplate.resolve_listing(None, xml)
    assert resolve_listing(xml) == theirs


def test_properties_that_are_not_closed_are_nobody_s() -> None:
    made = resolve_listing("<w:p><w:pPr><w:rPr></w:pPr><w:r><w:t>甲\t乙</w:t></w:r></w:p>")
    assert made.count("<w:r><w:tab/></w:r>") == 1


def test_signs_outside_texts_stay() -> None:
    xml = "\n<w:p>\t<w:r><w:t>甲</w:t></w:r></w:pPr></w:p>\n<w:t>"
    assert resolve_listing(xml) == xml


def test_the_properties_of_a_change_are_not_those_of_the_paragraph() -> None:
    old = '<w:pPrChange w:id="1"><w:pPr><w:jc w:val="right"/></w:pPr></w:pPrChange>'
    properties = f'<w:pPr><w:jc w:val="left"/>{old}</w:pPr>'
    made = resolve_listing(f"<w:p>{properties}<w:r><w:t>甲\a乙</w:t></w:r></w:p>")
    assert made.count(f"<w:p>{properties}<w:r>") == 2
