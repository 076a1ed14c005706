"""What a template's tags would lose or break is told with its paragraph, before anything is written; the rest prints right.

The templates are in `tests/support/template_cases.py`: cells (`cell_tags`), rows and paragraphs (`places`), `dashes`, loops
(`wholeness`, `marks`), texts (`tags`, `tokens`, `tree`).
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from goalgen.errors import GoalgenError
from goalgen.forms import Form
from goalgen.forms.project import Project
from goalgen.printing.printer import Printer
from tests.support.docx_reading import sound, text_of, tree_in
from tests.support.template_cases import AS_DOCXTPL_LEAVES_THEM, CASES, PRINTED, RAW, TOLD

MakeForm = Callable[[bytes], Form]


@pytest.mark.parametrize("name", TOLD)
def test_what_a_template_cannot_do_is_told(name: str, with_template: MakeForm) -> None:
    data, said, words = TOLD[name]
    with pytest.raises(GoalgenError) as caught:
        Printer(with_template(data))
    lines = [str(problem) for problem in caught.value.problems]
    assert all("\n" not in line and "模板.docx: 错误 D0" in line for line in lines)
    assert any(said in line and words in line for line in lines), lines
    assert len(lines) <= 20


@pytest.mark.parametrize("name", PRINTED)
def test_what_a_template_can_do_is_printed(name: str, with_template: MakeForm, sixteen: tuple[Project, ...]) -> None:
    data, words = PRINTED[name]
    printer = Printer(with_template(data))
    filled = [printer.fill(project) for project in sixteen[:3]]
    document, bundle = printer.document(filled[0]), printer.bundle(filled)
    if name not in AS_DOCXTPL_LEAVES_THEM:
        sound(document, *RAW)
        sound(bundle, *RAW)
    after = words.replace("{名}", sixteen[0].name).rpartition("…")[2]
    text = "".join(text_of(paragraph) for paragraph in _outer(document))
    assert text == after or ("…" in words and text.endswith(after)), text


def _outer(document: bytes) -> list:  # type: ignore[type-arg]
    body = tree_in(document).find("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}body")
    return [] if body is None else list(body)


def test_the_cases_are_all_there() -> None:
    """The guard of the two tests above."""
    names = {path.stem for path in CASES.iterdir()}
    assert len(names) == 25 and names - {*TOLD, *PRINTED} == {"endnote-with-tag", "last-paragraph-has-section"}
