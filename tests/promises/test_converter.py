"""What LibreOffice makes of goalgen's documents: whole pages with room left in Word, and a template it may save again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PageObject, PdfReader

from goalgen.forms import Form
from goalgen.forms.project import Project
from goalgen.printing.printer import Printer
from goalgen.submission.submission import Submission
from tests.support.docx_making import zipped
from tests.support.docx_reading import BODY, TITLE, forms_in, golden_rows, parts_in
from tests.support.places import ROOT
from tests.support.printed_pages import convert, needs_office
from tests.support.project_making import HORIZONS, indicators, replace
from tests.support.template_cases import PRINTED
from tests.support.validator.faults import faults, structure_faults

pytestmark = needs_office


def pages(path: Path) -> list[str]:
    """The text of each page, white space left out: a line that wraps is one text."""
    return [re.sub(r"\s", "", page.extract_text()) for page in PdfReader(path).pages]


@pytest.fixture(scope="module")
def resaved(form: Form, tmp_path_factory: pytest.TempPathFactory) -> Printer:
    """The official template after LibreOffice opened and saved it, as a clerk who restyles it would."""
    folder = tmp_path_factory.mktemp("resaved")
    convert([ROOT / "templates" / "form_2020.docx"], "docx:MS Word 2007 XML", folder)
    return Printer(replace(form, template=folder / "form_2020.docx"))


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


def test_what_other_people_s_templates_print_can_be_seen(
    form: Form, sixteen: tuple[Project, ...], tmp_path: Path
) -> None:
    """Every case of a template that prints, in one run of LibreOffice: the name of the project stands on the page."""
    names = dict(enumerate(PRINTED))
    for number, name in names.items():
        (tmp_path / "模板.docx").write_bytes(PRINTED[name][0])
        printer = Printer(replace(form, template=tmp_path / "模板.docx"))
        (tmp_path / f"{number}.docx").write_bytes(printer.document(printer.fill(sixteen[0])))
    convert([tmp_path / f"{number}.docx" for number in names], "pdf", tmp_path)
    shown = re.sub(r"\s", "", sixteen[0].name)
    assert [name for number, name in names.items() if shown not in "".join(pages(tmp_path / f"{number}.pdf"))] == []
    assert len(names) > 40


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


LEAST_ROOM = 50.0
"""Points that stay free above the bottom margin of every form, so that a longer text does not open a second page."""
DESCENT = 3.0
"""How far the last line (10.5 pt) goes below its base line."""
WORDS_MORE = 50
"""Twips that Word adds to `atLeast`: the padding above and below (20 + 20) and the line (10); LibreOffice 7.4 does not."""
PROBE = 40
"""Rows of the probe, each 300 twips at least: 15 points in LibreOffice 7.4, 17.5 in Word and later LibreOffice."""


def as_high_as_in_word(data: bytes) -> bytes:
    """A document whose rows LibreOffice 7.4 makes as high as Word does."""
    rows = re.compile(r'(<w:trHeight w:val=")(\d+)(" w:hRule="atLeast"/>)')
    parts = parts_in(data)
    higher, count = rows.subn(lambda row: f"{row[1]}{int(row[2]) + WORDS_MORE}{row[3]}", parts[BODY].decode())
    assert count > 400
    return zipped({**parts, BODY: higher.encode()})


def probe(form: Form) -> bytes:
    """Rows whose height tells by which rule this LibreOffice goes, in a table like the form's."""
    parts = parts_in(form.template.read_bytes())
    text = parts[BODY].decode()
    properties = re.search("<w:tblPr>.*?</w:tblPr>", text)
    assert properties is not None
    cell = '<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr><w:p><w:pPr><w:pStyle w:val="Seam"/></w:pPr></w:p></w:tc>'
    row = f'<w:tr><w:trPr><w:trHeight w:val="300" w:hRule="atLeast"/></w:trPr>{cell}</w:tr>'
    line = '<w:p><w:pPr><w:pStyle w:val="SignLine"/></w:pPr><w:r><w:t>HERE</w:t></w:r></w:p>'
    table = f'<w:tbl>{properties[0]}<w:tblGrid><w:gridCol w:w="3000"/></w:tblGrid>{row * PROBE}</w:tbl>'
    start, end = text.index("<w:body>") + 8, text.rindex("<w:sectPr")
    return zipped({**parts, BODY: f"{text[:start]}{line}{table}{line}{text[end:]}".encode()})


def base_lines(page: PageObject) -> list[float]:
    """How high over the foot of the page the texts stand, in points, top to bottom."""
    found: list[float] = []

    def note(text: str, outer: list[float], inner: list[float], *_: object) -> None:
        if text.strip():
            found.append(inner[5] * outer[3] + outer[5])

    page.extract_text(visitor_text=note)
    return sorted(found, reverse=True)


def test_every_form_leaves_room_for_a_few_lines_in_word(
    printer: Printer, submission: Submission, tmp_path: Path
) -> None:
    """Word's rows are higher than those of LibreOffice 7.4, so its own pages would be too kind a judge."""
    (tmp_path / "probe.docx").write_bytes(probe(printer.form))
    for year in submission.years:
        data = printer.bundle(printer.fill(project) for project in year.projects)
        (tmp_path / f"{year.year}-plain.docx").write_bytes(data)
        (tmp_path / f"{year.year}-higher.docx").write_bytes(as_high_as_in_word(data))
    convert(sorted(tmp_path.glob("*.docx")), "pdf", tmp_path)
    (page,) = PdfReader(tmp_path / "probe.pdf").pages
    top, *_, end = base_lines(page)
    row = (top - end) / PROBE
    assert 15 <= row < 19
    judge = "higher" if row < 16.5 else "plain"
    margin = int(re.findall(r'w:pgMar [^>]*w:bottom="(\d+)"', parts_in(data)[BODY].decode())[0]) / 20
    rooms = [
        min(base_lines(page)) - margin - DESCENT
        for year in submission.years
        for page in PdfReader(tmp_path / f"{year.year}-{judge}.pdf").pages
    ]
    assert len(rooms) == 32
    assert min(rooms) >= LEAST_ROOM


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
    rows = tuple(indicators(sixteen[0])[0]._replace(name=f"第{n}项指标") for n in range(200))
    tall = dict.fromkeys(HORIZONS, "很长的目标，" * 600)
    long = replace(sixteen[0], indicators=rows, goals=tall)
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
