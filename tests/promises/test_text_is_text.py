"""What is written is printed: any legal text, in any field, the fast way and docxtpl's way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from goalgen.forms import Form
from goalgen.forms.project import Horizon, Indicator, Project
from goalgen.printing.printer import Printer
from tests.support.docx_making import docx, paragraph, table
from tests.support.docx_reading import texts_in
from tests.support.validator.faults import structure_faults

ODD = (
    "R&D",
    "A<B>C",
    "{{ 7*7 }}",
    "{% raw %}",
    "{%tr for 行 in 指标行 %}",
    "{_{ x }_}",
    "{_% x %_}",
    "“引”'\"",
    "一行\n\n三行",
    "列\t列",
    "𠮷野家😀",
    "e\u0301\u200b\u200d",
    "</w:t></w:r>",
    "&#0; &amp;",
    "  前后  空  格  ",
    "\u3000",
    "",
    "{#",
    "}}",
    "\u00a0\u0085",
)
"""Texts that some tool on the way has been known to change."""

TEXTS = st.one_of(
    st.sampled_from(ODD),
    st.text(
        st.one_of(st.sampled_from("\n\t{}%#_&<>'\" "), st.characters(exclude_categories=("Cs", "Cc", "Cn"))),
        max_size=40,
    ),
)
FIELDS = 8
MARKS = [f"第{number}处标记" for number in range(FIELDS)]
SLOW = docx(
    table(("目标", "{%tc for 期 in ['中长期', '年度'] %}", "{{ 总体目标[期] }}", "{%tc endfor %}"))
    + paragraph("名称：{{ 项目名称 }}。")
    + paragraph("{%p for 行 in 指标行 %}")
    + paragraph("{{ 行.年度.指标 }}：{{ 行.年度.指标值 }}")
    + paragraph("{%p endfor %}")
)


def project_of(base: Project, texts: list[str]) -> Project:
    """A project with these texts in eight fields of every kind."""
    name, unit, basis, medium, annual, indicator, value, filler = texts
    return replace(
        base,
        name=name,
        unit=unit,
        overview={**base.overview, "立项依据": basis},
        goals={Horizon.MEDIUM: medium, Horizon.ANNUAL: annual},
        indicators=(Indicator("数量指标", indicator, value, value),),
        filler=filler,
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
    indicators = tuple(Indicator("数量指标", f"指标{n}", "中", "年") for n in range(count))
    data = printer.document(printer.fill(replace(sixteen[0], indicators=indicators)))
    assert structure_faults(data) == []
    assert sum(text.startswith("指标") and text[2:].isdecimal() for text in texts_in(data)) == 2 * count


def test_a_bundle_of_odd_texts_says_what_the_single_forms_say(printer: Printer, sixteen: tuple[Project, ...]) -> None:
    filled = [printer.fill(project_of(sixteen[0], [text] * FIELDS)) for text in ODD]
    bundle = printer.bundle(filled)
    assert structure_faults(bundle) == []
    assert texts_in(bundle) == [text for one in filled for text in texts_in(printer.document(one))]
