"""What refers to a bookmark or counts in a sequence is rewritten, word by word, and nothing else."""

from __future__ import annotations

import pytest

from goalgen.word.binding.identities import Identities
from goalgen.word.binding.markup import parsed
from goalgen.word.binding.references import refer_inside, rewritten
from tests.support.bundle_templates import field
from tests.support.docx_making import NAMESPACES


@pytest.mark.parametrize(
    ("code", "new"),
    [
        (" REF 甲 \\h ", " REF 甲_3 \\h "),
        ("PAGEREF 甲", "PAGEREF 甲_3"),
        (' HYPERLINK \\l "甲" \\o "甲" ', ' HYPERLINK \\l "甲_3" \\o "甲" '),
        (' HYPERLINK "甲" ', ' HYPERLINK "甲" '),
        (' TOC \\o "1-3" \\b 甲 ', ' TOC \\o "1-3" \\b 甲_3 '),
        (' TOC \\c "图" ', ' TOC \\c "图_3" '),
        (" SEQ 图 甲 \\* ARABIC ", " SEQ 图_3 甲_3 \\* ARABIC "),
        (" SEQ 图 \\r 3 ", " SEQ 图_3 \\r 3 "),
        ('IF 甲 = "甲" 乙', 'IF 甲_3 = "甲" 乙'),
        ("=甲+1", "=甲_3+1"),
        (" 甲 ", " 甲_3 "),
        ('DOCPROPERTY "甲"', 'DOCPROPERTY "甲"'),
        ('REF "" ', 'REF "" '),
    ],
)
def test_the_code_of_a_field(code: str, new: str) -> None:
    own = Identities(3)
    own.bookmarks["甲"] = "甲_3"
    kind = next(iter(code.split()), "").upper()
    assert rewritten("=" if kind.startswith("=") else kind, code, own) == new


def test_a_field_may_make_a_bookmark_and_an_old_form_field_is_one() -> None:
    inside = field('SET 名 "值"') + field("ASK") + field("REF 名") + '<w:ffData><w:name w:val="名"/></w:ffData>'
    root = parsed(f"<w:p {NAMESPACES}>{inside}</w:p>".encode())
    own = Identities(2)
    marks = refer_inside([root], own, pages_of_form=True)
    codes = [(one.text or "").strip() for one in root.iter("{*}instrText")]
    assert codes == ['SET 名_2 "值"', "ASK", "REF 名_2"]
    assert root.find(".//{*}ffData/{*}name").attrib.values() == ["名_2"]  # type: ignore[union-attr]
    assert not marks.whole and not marks.end


def test_contents_with_a_bookmark_keep_it_and_pages_may_be_those_of_the_bundle() -> None:
    root = parsed(f"<w:p {NAMESPACES}>{field('TOC ' + chr(92) + 'b 甲')}{field('NUMPAGES')}</w:p>".encode())
    marks = refer_inside([root], Identities(2), pages_of_form=False)
    assert not marks.whole and not marks.end
