"""What LibreOffice makes of goalgen's documents: sixteen whole pages, and a template it may save again."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from goalgen.forms import Form
from goalgen.forms.project import HORIZONS, Project
from goalgen.printing.printer import Printer
from tests.support.docx_reading import TITLE, forms_in, golden_rows
from tests.support.places import ROOT
from tests.support.validator.faults import faults, structure_faults

OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")


def convert(sources: Sequence[Path], kind: str, folder: Path) -> None:
    """One call of LibreOffice with a profile of its own; it says 0 also when it failed, so the files are counted."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--infilter=MS Word 2007 XML", "--convert-to", kind, "--outdir"]
    subprocess.run([*command, str(folder), *map(str, sources)], check=True, capture_output=True, timeout=120)
    made = [folder / f"{source.stem}.{kind.partition(':')[0]}" for source in sources]
    assert [path for path in made if not path.is_file()] == []


def pages(path: Path) -> list[str]:
    """The text of each page, white space left out: a line that wraps is one text."""
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(path).pages]


@pytest.fixture(scope="module")
def resaved(form: Form, tmp_path_factory: pytest.TempPathFactory) -> Printer:
    """The official template after LibreOffice opened and saved it, as a clerk who restyles it would."""
    folder = tmp_path_factory.mktemp("resaved")
    convert([ROOT / "templates" / "form_2020.docx"], "docx:MS Word 2007 XML", folder)
    return Printer(form._replace(template=folder / "form_2020.docx"))


@pytest.fixture(scope="module")
def converted(
    printer: Printer, resaved: Printer, sixteen: tuple[Project, ...], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """A folder with the PDFs of the bundle, of the re-saved template's bundle and of each single form."""
    folder = tmp_path_factory.mktemp("pdf")
    filled = [printer.fill(project) for project in sixteen]
    documents = {f"{number}": printer.document(one) for number, one in enumerate(filled, 1)}
    documents["bundle"] = printer.bundle(filled)
    documents["resaved"] = resaved.bundle(resaved.fill(project) for project in sixteen)
    for name, data in documents.items():
        (folder / f"{name}.docx").write_bytes(data)
    convert(sorted(folder.glob("*.docx")), "pdf", folder)
    return folder


@pytest.mark.parametrize("name", ["bundle", "resaved"])
def test_the_bundle_is_sixteen_pages_each_with_its_title_and_project(
    converted: Path, sixteen: tuple[Project, ...], name: str
) -> None:
    found = pages(converted / f"{name}.pdf")
    assert len(found) == 16
    for text, project in zip(found, sixteen, strict=True):
        assert text.count(TITLE) == 1
        assert re.sub(r"\s", "", project.name) in text
        assert text.rstrip().endswith("填报日期：2020年2月10日")


def test_each_single_form_is_one_page(converted: Path) -> None:
    assert [len(pages(converted / f"{number}.pdf")) for number in range(1, 17)] == [1] * 16


def test_the_template_saved_again_prints_equal_rows(resaved: Printer, sixteen: tuple[Project, ...]) -> None:
    """And fills the fast way, agrees with the spec, and has no fault that LibreOffice did not put in itself."""
    bundle = resaved.bundle(resaved.fill(project) for project in sixteen)
    assert forms_in(bundle) == golden_rows()
    assert (resaved.warnings, resaved.slow) == ((), ())
    theirs = {without_number(fault) for fault in structure_faults(resaved.form.template)}
    assert {without_number(fault) for fault in faults(bundle)} <= theirs


def without_number(fault: str) -> str:
    return re.sub(r"table \d+", "table", fault)


HEADS = "一级指标二级指标三级指标指标值二级指标三级指标指标值"
GOAL_HEADS = "中长期目标（2020年-2022年）年度目标"


def test_a_form_too_long_for_a_page_flows_over_with_its_heads_repeated(
    printer: Printer, sixteen: tuple[Project, ...], tmp_path: Path
) -> None:
    """Many rows, and cells taller than a page: every word is there, under the head of its block."""
    indicators = tuple(sixteen[0].indicators[0]._replace(name=f"第{n}项指标") for n in range(200))
    tall = dict.fromkeys(HORIZONS, "很长的目标，" * 600)
    long = replace(sixteen[0], indicators=indicators, goals=tall)
    source = tmp_path / "long.docx"
    source.write_bytes(printer.bundle([printer.fill(long), printer.fill(sixteen[1])]))
    convert([source], "pdf", tmp_path)
    *found, last = pages(tmp_path / "long.pdf")
    assert len(found) > 8
    assert "".join(found).count("很") == 1200
    assert all(f"第{n}项指标" in "".join(found) for n in range(200))
    heads = {HEADS: "项指标", GOAL_HEADS: "很"}
    for head, words in heads.items():
        under = [page for page in found if words in page]
        assert len(under) > 2
        assert [page.count(head) for page in under] == [1] * len(under)
    assert [page.count(TITLE) for page in (*found, last)] == [1, *[0] * (len(found) - 1), 1]
    assert [last.count(head) for head in heads] == [1, 1]
