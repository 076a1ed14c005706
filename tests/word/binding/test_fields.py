"""Fields are found whether they are one element or many, and print a text in their place."""

from __future__ import annotations

from lxml import etree

from goalgen.word.binding.fields import fields
from goalgen.word.binding.markup import parsed
from tests.support.bundle_templates import field, mark
from tests.support.docx_making import NAMESPACES, run


def tree(*paragraphs: str) -> etree._Element:
    return parsed(f"<w:x {NAMESPACES}>{''.join(f'<w:p>{one}</w:p>' for one in paragraphs)}</w:x>".encode())


def text(root: etree._Element) -> list[str]:
    return ["".join(str(part) for part in paragraph.itertext()) for paragraph in root]


def test_a_field_is_replaced_with_its_whole_result_over_paragraphs() -> None:
    root = tree(
        run("前")
        + f"<w:r>{mark('begin')}</w:r><w:r><w:instrText>COMMENTS</w:instrText></w:r><w:r>{mark('separate')}</w:r>",
        "<w:r><w:rPr><w:b/></w:rPr><w:t>旧</w:t></w:r>",
        f"<w:r><w:t>旧</w:t></w:r><w:r>{mark('end')}</w:r>" + run("后"),
    )
    fields([root])[0].replace("甲\n乙")
    assert text(root) == ["前", "甲乙", "后"]
    assert len(root.findall(".//{*}br")) == 1 and root[1].find(".//{*}b") is not None


def test_a_field_in_one_run_or_without_a_result_is_replaced_where_it_stands() -> None:
    inside = f"<w:r>{mark('begin')}<w:instrText>TITLE</w:instrText>{mark('end')}</w:r>"
    root = tree(run("前") + inside + run("后"))
    fields([root])[0].replace("题")
    assert text(root) == ["前题后"]


def test_a_simple_field_keeps_its_format() -> None:
    root = tree('<w:fldSimple w:instr="TITLE"><w:r><w:rPr><w:i/></w:rPr><w:t>旧</w:t></w:r></w:fldSimple>' + run("后"))
    fields([root])[0].replace("题")
    assert text(root) == ["题后"] and root.find(".//{*}i") is not None and root.find(".//{*}fldSimple") is None


def test_a_field_inside_the_code_of_another_is_one_of_its_own() -> None:
    nested = (
        f"<w:r>{mark('begin')}</w:r><w:r><w:instrText>IF </w:instrText></w:r>{field('PAGE')}"
        f"<w:r><w:instrText> = 1 甲</w:instrText></w:r><w:r>{mark('separate')}</w:r>{field('REF a')}<w:r>{mark('end')}</w:r>"
    )
    root = tree(nested)
    found = fields([root])
    assert [one.kind for one in found] == ["IF", "PAGE", "REF"]
    found[0].rewrite(lambda code: code.replace("甲", "乙"))
    assert [one.text for one in root.iter("{*}instrText")] == ["IF ", " PAGE ", " = 1 乙", " REF a "]


def test_what_does_not_fit_together_stays_as_it_is() -> None:
    root = tree(f"<w:r>{mark('end')}{mark('separate')}<w:instrText>A</w:instrText>{mark('begin')}</w:r>")
    before = etree.tostring(root)
    (open_one,) = fields([root])
    open_one.replace("题")
    open_one.rewrite(str.lower)
    assert etree.tostring(root) == before and open_one.kind == ""


def test_code_behind_the_middle_of_a_field_is_none() -> None:
    root = tree(
        f"<w:r>{mark('begin')}<w:instrText>PAGE</w:instrText>{mark('separate')}<w:instrText>B</w:instrText>{mark('end')}</w:r>"
    )
    assert fields([root])[0].code() == "PAGE"
