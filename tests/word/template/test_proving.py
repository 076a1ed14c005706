"""A template is filled on trial before it is used: what only some data would show is told at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from goalgen.errors import GoalgenError
from goalgen.forms import Form
from goalgen.forms.project import Project
from goalgen.printing.printer import Printer
from goalgen.word.template.patching import Inventory
from tests.support.docx_making import NAMESPACES, cell, changed, docx, paragraph, table
from tests.support.docx_reading import BODY, sound

MakeForm = Callable[[bytes], Form]


def told(data: bytes, with_template: MakeForm) -> list[str]:
    with pytest.raises(GoalgenError) as caught:
        Printer(with_template(data))
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize(
    "words",
    [
        ("{% if 编号 == '没有' %}", "{% endif %}"),
        ("{% if 编号 == '没有' %}甲{% elif 年度 == '1' %}乙{% elif 年度 == '2' %}", "{% endif %}"),
        ("{% if 年度 %}丙{% else %}", "{% endif %}"),
        ("{% for 行 in 指标行 if 行.一级 == '没有' %}", "{% endfor %}"),
        ("{% if 年度 %}{% if 编号 == '没有' %}", "{% endif %}{% endif %}"),
    ],
)
def test_a_branch_that_this_year_s_data_never_take_is_tried(words: tuple[str, str], with_template: MakeForm) -> None:
    """Its two ends lie in different cells of a table: the cell between them would be gone."""
    body = table((f"{words[0]}丁", f"戊{words[1]}"), ("己", "庚"))
    assert any("不合规" in line or "不在同一层" in line for line in told(docx(body + paragraph("")), with_template))


def test_the_two_ends_of_a_condition_are_named(with_template: MakeForm) -> None:
    body = table(("{% if 编号 %}丁", "戊")) + paragraph("{% endif %}") + paragraph("{% for 行 in 指标行 %}{% endfor %}")
    (line,) = told(docx(body), with_template)
    assert "{% if %} 和 {% endif %} 不在同一层" in line and "在“{% if 编号 %}丁”这一段" in line


def test_what_fails_on_every_data_fails_when_checked(with_template: MakeForm) -> None:
    assert "D06" in told(docx(paragraph("{{ 年度 + 1 }}")), with_template)[0]


def test_what_fails_without_rows_only_is_used(with_template: MakeForm, sixteen: tuple[Project, ...]) -> None:
    printer = Printer(with_template(docx(paragraph("{{ 指标行[0].一级 }}{{ 1 / (指标行 | length) }}"))))
    assert sound(printer.document(printer.fill(sixteen[0])))


def test_what_is_wrong_without_the_tags_is_word_s_business(
    with_template: MakeForm, sixteen: tuple[Project, ...]
) -> None:
    """Names that a program left twice, a row that does not fill its table: the template prints as it is."""
    mark = '<w:bookmarkStart w:id="4" w:name="甲"/><w:bookmarkEnd w:id="4"/>'
    body = paragraph("{{ 项目名称 }}").replace("</w:p>", f"{mark}{mark}</w:p>") + table(("甲", "乙"), ("丙", "丁"))
    printer = Printer(with_template(docx(body.replace(cell("丁"), ""))))
    filled = [printer.fill(project) for project in sixteen[:2]]
    assert printer.document(filled[0]) and printer.bundle(filled)


def test_a_table_whose_columns_cannot_be_made_out_is_told(with_template: MakeForm) -> None:
    """The condition takes half of a cell away, in a table that docxtpl is to repair."""
    body = table(("{% colspan 1 %}甲{% if 编号 %}", "乙")) + paragraph("丙{% endif %}")
    assert any("不在同一层" in line for line in told(docx(body), with_template))


def test_a_span_that_is_no_number_fails_in_one_line(with_template: MakeForm, sixteen: tuple[Project, ...]) -> None:
    form = with_template(docx(table(("{% colspan 项目名称 %}甲", "乙")) + "<w:p/>"))
    with pytest.raises(GoalgenError, match="表格的列数排不出来"):
        Printer(form).fill(sixteen[0])


def test_a_document_without_a_body_is_no_template(with_template: MakeForm) -> None:
    whole = docx(paragraph("甲"))
    (line,) = told(
        changed(
            whole,
            BODY,
            f'<w:document {NAMESPACES}><w:body><w:p><w:r><w:t xml:space="preserve">甲</w:t></w:r></w:p><w:sectPr>'
            '<w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>',
            f"<w:document {NAMESPACES}></w:document>",
        ),
        with_template,
    )
    assert "D01" in line and "没有正文" in line


def test_what_prints_beyond_all_measure_fails_in_one_line(
    with_template: MakeForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goalgen.word.template.jinja_filling.MAX_PRINTED_CHARACTERS", 100)
    assert "印出来太大" in told(docx(paragraph("甲" * 200)), with_template)[0]


def test_what_a_part_loses_is_said_though_no_tag_told_it() -> None:
    """No template is known that comes here: the tags' own faults have told it."""
    whole = Inventory("甲乙丙丁", (1, 2))
    assert whole.lost(whole) == []
    assert "“甲乙丙丁”附近有字印不出来" in whole.lost(Inventory("甲乙丁", (1, 2)))[0].message
    assert "会和标签一起删掉" in whole.lost(Inventory("甲乙丙丁", (1, 1)))[0].message
