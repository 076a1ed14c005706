"""Newlines of every kind in a value: printed as a line break or refused at their place, never lost."""

from __future__ import annotations

import pytest

from goalgen.forms import Form
from goalgen.forms.shape import project_shape
from goalgen.printing.printer import Printer
from goalgen.submission.project_file import Defaults, convert, read_data
from tests.support.docx_reading import texts_in
from tests.support.validator.faults import structure_faults

HEAD = "编号: a\n项目名称: 名\n预算单位: 单位\n总体目标:\n  年度: "
PRINTED = {
    "escaped": ('"甲\\n乙"', "甲\n乙"),
    "literal": ("|\n    甲\n    乙\n", "甲\n乙"),
    "literal, kept": ("|+\n    甲\n\n    乙\n\n", "甲\n\n乙"),
    "folded": (">\n    甲\n    乙\n", "甲 乙"),
    "folded with a blank line": (">\n    甲\n\n    乙\n", "甲\n乙"),
    "plain over two lines": ("甲\n    乙\n", "甲 乙"),
    "quoted over two lines": ('"甲\n\n    乙"', "甲\n乙"),
    "escaped carriage return and line feed": ('"甲\\r\\n乙"', "甲\n乙"),
    "escaped carriage return": ('"甲\\r乙"', "甲\n乙"),
}
REFUSED = {
    "next line": "甲\x85乙",
    "line separator": "甲\u2028乙",
    "paragraph separator": "甲\u2029乙",
    "vertical tab": "甲\x0b乙",
    "form feed": "甲\x0c乙",
    "escaped next line": '"甲\\N乙"',
    "escaped line separator": '"甲\\L乙"',
    "escaped form feed": '"甲\\f乙"',
}


def read(value: str, form: Form, end: str = "\n") -> tuple[object, list[str]]:
    """The project with this 年度目标, and the codes of its problems."""
    data = (HEAD + value).replace("\n", end).encode()
    kind = project_shape(form)
    project, problems = convert(read_data(data, "a.yaml"), form, 2020, {"": Defaults({}, {})}, kind)
    return project, [problem.code for problem in problems]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("name", PRINTED)
def test_a_line_break_is_printed_as_one(name: str, end: str, printer: Printer) -> None:
    value, wanted = PRINTED[name]
    project, codes = read(value, printer.form, end)
    assert codes == []
    data = printer.document(printer.fill(project))  # type: ignore[arg-type]
    assert wanted in [text.rstrip("\n") for text in texts_in(data)]
    assert structure_faults(data) == []


@pytest.mark.parametrize("name", REFUSED)
def test_a_line_break_that_no_editor_shows_is_refused(name: str, form: Form) -> None:
    project, codes = read(REFUSED[name], form)
    assert project is None
    assert codes == ["Y03"]
