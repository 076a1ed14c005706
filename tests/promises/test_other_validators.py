"""The written .docx before validators that are not ours: openxml-audit, and the Open XML SDK where npm has put it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from goalgen.diff.comparing import compare
from goalgen.diff.reports.word_table import docx
from goalgen.diff.values import Side
from goalgen.forms.layout import blank_context
from goalgen.forms.project import Project
from goalgen.printing.printer import Printer
from goalgen.submission.submission import Submission
from tests.support.docx_making import changed
from tests.support.other_validators import SDK, audit_faults, sdk_faults
from tests.support.project_making import indicator, replace
from tests.support.texts import ODD, project_of

VALIDATORS = [
    pytest.param(audit_faults, id="openxml-audit"),
    pytest.param(
        sdk_faults,
        id="Open XML SDK",
        marks=pytest.mark.skipif(SDK is None, reason="npm ci --prefix tools/validator has not been run"),
    ),
]


@pytest.fixture(scope="module")
def documents(
    printer: Printer, submission: Submission, sixteen: tuple[Project, ...], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The bundle, a bundle of odd texts, a form over many pages, one with nothing in it, and a 对照表."""
    folder = tmp_path_factory.mktemp("documents")
    many = tuple(indicator("数量指标", f"指标{n}", "中", "年") for n in range(200))
    made = {
        "bundle": printer.bundle(map(printer.fill, sixteen)),
        "odd": printer.bundle(printer.fill(project_of(sixteen[0], [text] * 8)) for text in ODD),
        "long": printer.document(printer.fill(replace(sixteen[0], indicators=many))),
        "diff": docx(
            compare(*(Side(f"{y.year} 年度", y.year, y.form, y.projects[:4]) for y in submission.years)), Path()
        ),
        "blank": printer.document(printer.press.fill(blank_context(printer.form))),
    }
    for name, data in made.items():
        (folder / f"{name}.docx").write_bytes(data)
    return folder


@pytest.mark.parametrize("name", ["bundle", "odd", "long", "blank", "diff"])
@pytest.mark.parametrize("validator", VALIDATORS)
def test_what_goalgen_writes_is_valid(validator: Callable[[Path], list[str]], name: str, documents: Path) -> None:
    assert validator(documents / f"{name}.docx") == []


@pytest.mark.parametrize("validator", VALIDATORS)
def test_a_validator_finds_what_is_wrong(
    validator: Callable[[Path], list[str]], documents: Path, tmp_path: Path
) -> None:
    path = tmp_path / "wrong.docx"
    path.write_bytes(changed((documents / "blank.docx").read_bytes(), "word/document.xml", "<w:tbl>", "<w:tbl><w:b/>"))
    assert validator(path)
