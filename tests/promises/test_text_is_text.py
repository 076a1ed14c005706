"""What is written is printed: any legal text, in any field, the fast way and docxtpl's way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from goalgen.forms import Form
from goalgen.forms.project import Project
from goalgen.printing.printer import Printer
from tests.support.docx_making import docx, paragraph, table
from tests.support.docx_reading import texts_in
from tests.support.project_making import indicator, replace
from tests.support.texts import FIELDS, ODD, TEXTS, project_of
from tests.support.validator.faults import structure_faults

MARKS = [f"第{number}处标记" for number in range(FIELDS)]
SLOW = docx(
    table(("目标", "{%tc for 期 in ['中长期', '年度'] %}", "{{ 总体目标[期] }}", "{%tc endfor %}"))
    + paragraph("名称：{{ 项目名称 }}。")
    + paragraph("{%p for 行 in 指标行 %}")
    + paragraph("{{ 行.年度.指标 }}：{{ 行.年度.指标值 }}")
    + paragraph("{%p endfor %}")
)


def expected(printer: Printer, base: Project, texts: list[str]) -> list[str]:
    """The paragraphs of a form with plain marks in these fields, each mark replaced by its text."""
    paragraphs = texts_in(printer.document(printer.fill(project_of(base, MARKS))))
    assert all(any(mark in paragraph for paragraph in paragraphs) for mark in (MARKS[0], MARKS[3], MARKS[6]))
    for mark, text in zip(MARKS, texts, strict=True):
        paragraphs = [paragraph.replace(mark, text) for paragraph in paragraphs]
    return paragraphs


def hold(printer: Printer, base: Project, texts: list[str]) -> None:
    """The document of these texts says them, and nothing else differs; it stays valid."""
    data = printer.document(printer.fill(project_of(base, texts)))
    assert texts_in(data) == expected(printer, base, texts)
    assert structure_faults(data) == []


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=FIELDS, max_size=FIELDS))
@example(texts=list(ODD[:8]))
@example(texts=list(ODD[8:16]))
@example(texts=list(ODD[-8:]))
def test_any_text_in_any_field_is_printed_as_written(
    printer: Printer, sixteen: tuple[Project, ...], texts: list[str]
) -> None:
    hold(printer, sixteen[0], texts)


@pytest.mark.parametrize("text", ODD)
def test_odd_text_is_printed_as_written_also_by_docxtpl(
    with_template: Callable[[bytes], Form], sixteen: tuple[Project, ...], text: str
) -> None:
    printer = Printer(with_template(SLOW))
    assert printer.slow
    data = printer.document(printer.fill(project_of(sixteen[0], [text] * FIELDS)))
    assert texts_in(data) == expected(printer, sixteen[0], [text] * FIELDS)


def test_a_hundred_thousand_characters_stand_in_one_cell(printer: Printer, sixteen: tuple[Project, ...]) -> None:
    hold(printer, sixteen[0], ["长" * 100_000, *MARKS[1:]])


@pytest.mark.parametrize("count", [0, 1, 200])
def test_any_number_of_indicators_keeps_the_table_whole(
    printer: Printer, sixteen: tuple[Project, ...], count: int
) -> None:
    indicators = tuple(indicator("数量指标", f"指标{n}", "中", "年") for n in range(count))
    data = printer.document(printer.fill(replace(sixteen[0], indicators=indicators)))
    assert structure_faults(data) == []
    assert sum(text.startswith("指标") and text[2:].isdecimal() for text in texts_in(data)) == 2 * count


def test_a_bundle_of_odd_texts_says_what_the_single_forms_say(printer: Printer, sixteen: tuple[Project, ...]) -> None:
    filled = [printer.fill(project_of(sixteen[0], [text] * FIELDS)) for text in ODD]
    bundle = printer.bundle(filled)
    assert structure_faults(bundle) == []
    assert texts_in(bundle) == [text for one in filled for text in texts_in(printer.document(one))]
