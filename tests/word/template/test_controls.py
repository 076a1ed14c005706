"""Content controls: a check box is on where its tick is, and what holds a tag is no placeholder."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from goalgen.forms import Form
from goalgen.forms.project import Project
from goalgen.forms.project import chosen as options_in
from goalgen.printing.printer import Printer
from tests.support.docx_making import docx, paragraph, run
from tests.support.docx_reading import W, sound, text_of, texts_in, tree_in

MakeForm = Callable[[bytes], Form]
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
STATES = (
    '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/><w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/>'
)
"""☒ and ☐, as Word's own check boxes show them."""


def box(content: str, properties: str = "", checked: str = '<w14:checked w14:val="0"/>', states: str = STATES) -> str:
    return (
        f"<w:p><w:sdt><w:sdtPr>{properties}<w14:checkbox>{checked}{states}</w14:checkbox></w:sdtPr>"
        f"<w:sdtContent>{content}</w:sdtContent></w:sdt></w:p>"
    )


def printed(body: str, project: Project, with_template: MakeForm) -> list[tuple[str, str]]:
    """State and sign of every check box."""
    printer = Printer(with_template(docx(body)))
    document = sound(printer.document(printer.fill(project)))
    tree = tree_in(document)
    states = [one.get(f"{W14}val", "") for one in tree.iter(f"{W14}checked")]
    return list(zip(states, map(text_of, tree.iter(f"{W}sdtContent")), strict=True))


def chosen(project: Project) -> tuple[str, str]:
    """An option that a project has chosen, and one that it has not."""
    (yes,) = options_in(project.values.get("项目类型"))
    return yes, next(one for one in ("其他", "基础设施", "民生保障") if one != yes)


@pytest.mark.parametrize("where", ["tag", "alias"])
def test_a_box_named_by_a_tag_follows_the_tick(
    where: str, with_template: MakeForm, sixteen: tuple[Project, ...]
) -> None:
    yes, no = chosen(sixteen[0])
    named = [f'<w:{where} w:val="{{{{ 项目类型.{option} }}}}"/>' for option in (yes, no)]
    body = "".join(box(f"<w:r><w:rPr><w:b/></w:rPr><w:t>☐</w:t></w:r>{run('旧')}", name) for name in named)
    assert printed(body, sixteen[0], with_template) == [("1", "☒"), ("0", "☐")]


def test_a_box_with_the_tag_inside_prints_the_form_s_own_sign(
    with_template: MakeForm, sixteen: tuple[Project, ...]
) -> None:
    yes, no = chosen(sixteen[0])
    body = "".join(box(run(f"{{{{ 项目类型.{option} }}}}"), checked="", states="") for option in (yes, no))
    assert printed(body, sixteen[0], with_template) == [("1", "☑"), ("0", "□")]


def test_a_box_without_states_has_word_s_own(with_template: MakeForm, sixteen: tuple[Project, ...]) -> None:
    yes, _ = chosen(sixteen[0])
    named = f'<w:tag w:val="{{{{ 项目类型.{yes} }}}}"/>'
    odd = '<w14:checkedState w14:val="no number"/>'
    assert printed(box(run("☐"), named, states=odd), sixteen[0], with_template) == [("1", "☒")]
    assert printed(box("", named), sixteen[0], with_template) == [("1", "")]


def test_other_boxes_stay_as_they_are(with_template: MakeForm, sixteen: tuple[Project, ...]) -> None:
    body = box(run("☐"), '<w:tag w:val="甲"/>') + paragraph("完")
    assert printed(body, sixteen[0], with_template) == [("0", "☐")]


def test_a_box_may_have_a_title_of_its_own(with_template: MakeForm, sixteen: tuple[Project, ...]) -> None:
    yes, _ = chosen(sixteen[0])
    body = box(run("☐"), f'<w:alias w:val="勾选"/><w:tag w:val="{{{{ 项目类型.{yes} }}}}"/>')
    assert printed(body, sixteen[0], with_template) == [("1", "☒")]


def test_a_control_without_properties_is_filled(with_template: MakeForm, sixteen: tuple[Project, ...]) -> None:
    printer = Printer(
        with_template(docx(f"<w:p><w:sdt><w:sdtContent>{run('{{ 年度 }}')}</w:sdtContent></w:sdt></w:p>"))
    )
    assert "".join(texts_in(printer.document(printer.fill(sixteen[0])))) == "2020"


def test_the_boxes_of_a_loop_follow_their_rows(with_template: MakeForm, sixteen: tuple[Project, ...]) -> None:
    named = """<w:tag w:val="{{ '☑' if 行.年度.指标 else '□' }}"/>"""
    body = paragraph("{%p for 行 in 指标行 %}") + box(run("☐"), named) + paragraph("{%p endfor %}")
    found = printed(body, sixteen[0], with_template)
    assert {("1", "☒"), ("0", "☐")} >= set(found) and ("1", "☒") in found
