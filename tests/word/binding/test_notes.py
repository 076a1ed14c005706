"""Notes are numbered in every format Word has for them in Chinese papers; comments keep their answers."""

from __future__ import annotations

import pytest

from goalgen.word.binding.identities import STEP, Identities
from goalgen.word.binding.markup import W14, W15, parsed
from goalgen.word.binding.notes import Comments, Notes
from tests.support.bundle_templates import note, notes
from tests.support.docx_making import NAMESPACES, run


def marks(form: str, count: int, start: int = 1) -> list[str]:
    """The marks of the last notes of a form, which begin at a number."""
    section = (
        f'<w:sectPr><w:footnotePr><w:numFmt w:val="{form}"/><w:numStart w:val="{start}"/></w:footnotePr></w:sectPr>'
    )
    body = parsed(f"<w:body {NAMESPACES}><w:p>{note('footnote') * count}</w:p>{section}</w:body>".encode())
    part = parsed(f"<w:footnotes {NAMESPACES}>{notes('footnote', run('注'))}</w:footnotes>".encode())
    taken = Notes("footnote", part, None, Identities(1))
    taken.take(body)
    assert len({one.get("{*}id", "") or str(one.attrib) for one in taken.found}) == count
    return ["".join(map(str, one.itertext())).removesuffix("注") for one in taken.found]


@pytest.mark.parametrize(
    ("form", "start", "said"),
    [
        ("decimal", 9, ["9", "10"]),
        ("lowerRoman", 1994, ["mcmxciv", "mcmxcv"]),
        ("upperRoman", 3, ["III", "IV"]),
        ("lowerLetter", 26, ["z", "aa"]),
        ("upperLetter", 1, ["A", "B"]),
        ("decimalEnclosedCircle", 20, ["⑳", "21"]),
        ("chineseCounting", 9, ["九", "十"]),
        ("chineseCountingThousand", 20, ["二十", "二十一"]),
        ("chineseCounting", 100, ["一零零", "一零一"]),
        ("numberInDash", 1, ["- 1 -", "- 2 -"]),
        ("chicago", 4, ["§", "**"]),
        ("hebrew1", 1, ["", ""]),
    ],
)
def test_the_number_of_a_note(form: str, start: int, said: list[str]) -> None:
    assert marks(form, 2, start) == said


def test_many_notes_of_a_form_get_numbers_of_their_own() -> None:
    assert len(marks("decimal", 40)) == 40


def test_a_reference_to_no_note_goes() -> None:
    body = parsed(f"<w:body {NAMESPACES}><w:p>{note('endnote', 7)}</w:p></w:body>".encode())
    taken = Notes("endnote", parsed(f"<w:endnotes {NAMESPACES}/>".encode()), None, Identities(2))
    taken.take(body)
    assert taken.found == [] and body.find(".//{*}endnoteReference") is None


def test_comments_keep_who_answers_whom() -> None:
    def comment(number: int) -> str:
        return f'<w:comment w:id="{number}"><w:p w14:paraId="0000000{number}" w14:textId="1"/></w:comment>'

    part = parsed(f"<w:comments {NAMESPACES}>{comment(1)}{comment(2)}</w:comments>".encode())
    lines = (
        f'<w15:commentsEx xmlns:w15="{W15}"><w15:commentEx w15:paraId="00000001" w15:done="0"/>'
        '<w15:commentEx w15:paraId="00000002" w15:paraIdParent="00000001"/><w15:commentEx w15:paraId="0000000A"/></w15:commentsEx>'
    )
    marked = "".join(f'<w:r><w:commentReference w:id="{number}"/></w:r>' for number in (1, 2, 9))
    body = parsed(f"<w:body {NAMESPACES}><w:p>{marked}</w:p></w:body>".encode())
    taken = Comments(part, parsed(lines.encode()), Identities(1))
    taken.take(body)
    assert len(body.findall(".//{*}commentReference")) == 2
    first, second = (one.find("{*}p").get(f"{{{W14}}}paraId") for one in taken.found)  # type: ignore[union-attr]
    assert [int(first or "", 16), int(second or "", 16)] == [STEP + 3, STEP + 4]
    assert [one.get(f"{{{W15}}}paraId") for one in taken.lines] == [first, second]
    assert taken.lines[1].get(f"{{{W15}}}paraIdParent") == first
