"""A bundle is printed, page for page, as its forms are: numbers, headers, notes, places of every line.

The templates of tests/bundles are small cases of what users do; those of tests/support/bundle_templates are their kin.
LibreOffice prints all of them in one run. It puts every endnote at the end of the whole document, whatever the document
says, so that endnotes are held by what is written.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from goalgen.errors import GoalgenError
from goalgen.forms import Form
from goalgen.forms.pack import load_form
from goalgen.forms.project import Project
from goalgen.printing.printer import Printer
from goalgen.word.binding.bound import Pages
from goalgen.word.template.compiled import Filled
from tests.support.bundle_templates import ENDNOTES, MADE
from tests.support.command_runs import run
from tests.support.docx_reading import BODY, parts_in
from tests.support.places import ROOT
from tests.support.printed_pages import Page, convert, needs_office, printed
from tests.support.project_making import replace
from tests.support.validator.faults import faults, structure_faults

CASES = {path.stem: path.read_bytes() for path in sorted((ROOT / "tests" / "bundles").glob("*.docx"))}
TEMPLATES = {**CASES, **MADE}
WITH_ENDNOTES = {name for name in TEMPLATES if "endnote" in name}
WITH_NOTES = {name for name in TEMPLATES if "footnote" in name}
TAGS_LEFT = {"endnote-with-tag"}
"""Templates whose single forms are not filled whole yet."""


@pytest.fixture(scope="module")
def bound(
    form: Form, sixteen: tuple[Project, ...], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[list[bytes], bytes]]:
    """By template: the single forms of three projects, and the bundle of these."""
    folder = tmp_path_factory.mktemp("templates")
    made = {}
    for name, template in {**TEMPLATES, **ENDNOTES}.items():
        path = folder / f"{name}.docx"
        path.write_bytes(template)
        printer = Printer(replace(form, template=path))
        filled = [printer.fill(project) for project in (sixteen[0], sixteen[4], sixteen[7])]
        made[name] = [printer.document(one) for one in filled], printer.bundle(filled)
    return made


@pytest.fixture(scope="module")
def pages(
    bound: dict[str, tuple[list[bytes], bytes]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[list[Page], list[Page]]]:
    """By template: the pages of the first two forms and of the last, one after the other, and those of the bundle."""
    folder = tmp_path_factory.mktemp("pages")
    names = {name: f"{number:03}" for number, name in enumerate(TEMPLATES)}
    for name, file in names.items():
        forms, bundle = bound[name]
        for number, data in enumerate([*forms, bundle]):
            (folder / f"{file}-{number}.docx").write_bytes(data)
    convert(sorted(folder.glob("*.docx")), "pdf", folder, seconds=300)
    found = {}
    for name, file in names.items():
        singly = [page for number in range(3) for page in printed(folder / f"{file}-{number}.pdf")]
        found[name] = singly, printed(folder / f"{file}-3.pdf")
    return found


def test_there_are_cases_and_kin_of_them() -> None:
    assert len(CASES) == 18 and len(MADE) + len(ENDNOTES) >= 2 * len(CASES)


def new_faults(single: Iterable[str], bundle: Iterable[str]) -> set[str]:
    """The kinds of fault in a bundle that the single form has not."""
    return {re.sub(r"\d+", "", one) for one in bundle} - {re.sub(r"\d+", "", one) for one in single}


@pytest.mark.parametrize("name", [*TEMPLATES, *ENDNOTES])
def test_a_bundle_has_no_fault_that_a_form_has_not(name: str, bound: dict[str, tuple[list[bytes], bytes]]) -> None:
    forms, bundle = bound[name]
    assert new_faults(structure_faults(forms[0]), structure_faults(bundle)) == set()
    assert faults(bundle) == [] or name in TAGS_LEFT


@needs_office
@pytest.mark.parametrize("name", [name for name in TEMPLATES if name not in WITH_ENDNOTES])
def test_a_bundle_is_printed_as_its_forms_are(name: str, pages: dict[str, tuple[list[Page], list[Page]]]) -> None:
    singly, together = pages[name]
    assert [page.size for page in together] == [page.size for page in singly]
    if name in WITH_NOTES:  # LibreOffice lifts the number of a note, or not, as it finds it: the words are the same
        assert ["".join(sorted(page.text)) for page in together] == ["".join(sorted(page.text)) for page in singly]
    else:
        assert [page.lines for page in together] == [page.lines for page in singly]


@needs_office
@pytest.mark.parametrize("name", sorted(WITH_ENDNOTES))
def test_endnotes_are_numbered_as_alone(name: str, pages: dict[str, tuple[list[Page], list[Page]]]) -> None:
    singly, together = pages[name]
    assert [page.text for page in together[:3]] == [page.text for page in singly[::2]]
    assert together[3].text == "".join(page.text for page in singly[1::2])


@pytest.mark.parametrize("name", [*sorted(WITH_ENDNOTES), *ENDNOTES])
def test_every_form_has_its_own_endnotes_at_its_end(name: str, bound: dict[str, tuple[list[bytes], bytes]]) -> None:
    forms, bundle = bound[name]
    parts = parts_in(bundle)
    body = parts[BODY].decode()
    here = re.findall(r'<w:endnoteReference [^>]*w:id="(\d+)"', body)
    notes = re.findall(r'<w:endnote w:id="(\d+)"', parts["word/endnotes.xml"].decode())
    assert here == notes and len({*notes}) == len(notes) == sum(
        parts_in(one)[BODY].count(b"<w:endnoteReference") for one in forms
    )
    assert '<w:pos w:val="sectEnd"/>' in parts["word/settings.xml"].decode()
    sections = re.findall(r"<w:sectPr.*?</w:sectPr>", body)
    each = len(sections) // 3
    assert ["<w:noEndnote" in one for one in sections] == [*[True] * (each - 1), False] * 3
    assert ['<w:numRestart w:val="eachSect"/>' in one for one in sections] == [True, *[False] * (each - 1)] * 3


def test_page_numbers_may_count_through_the_bundle(form: Form, sixteen: tuple[Project, ...], tmp_path: Path) -> None:
    """`合订本页码: 合订本`: PAGE and NUMPAGES are left to count the whole file."""
    template = tmp_path / "t.docx"
    template.write_bytes(CASES["bundle-pages-of-pages"])
    both = {}
    for pages in Pages:
        printer = Printer(replace(form, template=template, pages=pages))
        both[pages] = parts_in(printer.bundle([printer.fill(project) for project in sixteen[:2]]))
    through, anew = both[Pages.BUNDLE], both[Pages.FORM]
    assert b"NUMPAGES" in through["word/footer1.xml"] and b"pgNumType" not in through[BODY]
    assert (
        b"PAGEREF _goalgen_end_2" in anew["word/footer1.n2.xml"]
        and anew[BODY].count(b'<w:pgNumType w:start="1"/>') == 2
    )


@pytest.mark.parametrize(("written", "pages"), [("", Pages.FORM), ("合订本页码: 合订本\n", Pages.BUNDLE)])
def test_the_form_says_what_page_numbers_count(written: str, pages: Pages, tmp_path: Path) -> None:
    spec = tmp_path / "form_2020.yaml"
    spec.write_text((ROOT / "templates" / "form_2020.yaml").read_text(encoding="utf-8") + written, encoding="utf-8")
    assert load_form(spec).pages is pages


def test_the_command_binds_as_python_does(form: Form, sixteen: tuple[Project, ...], tmp_path: Path) -> None:
    """Also where every form is made ready by another process; and the same bytes each time."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    template = tmp_path / "templates" / "form_2020.docx"
    template.write_bytes(MADE["page of pages over two sections of several pages"])
    printer = Printer(replace(form, template=template))
    expected = printer.bundle([printer.fill(project) for project in sixteen])
    for jobs in ("1", "2"):
        made = run(tmp_path, "render", "--year", "2020", "--force", "--quiet", "--jobs", jobs)
        assert made.returncode == 0, made.stderr
        assert (tmp_path / "out" / "2020" / "bundle.docx").read_bytes() == expected


def test_a_form_that_is_no_xml_is_told_and_not_bound(form: Form, tmp_path: Path) -> None:
    """Such as a condition whose halves lie in two elements would give; the template check finds it first."""
    template = tmp_path / "t.docx"
    template.write_bytes(CASES["bundle-numbered-list"])
    assembler = Printer(replace(form, template=template)).press.assembler
    with pytest.raises(GoalgenError) as caught:
        assembler.leaf(Filled(b"<w:p><w:hyperlink></w:p>", {}), 1)
    assert "D06 模板填不下去：填好以后不是合格的 XML（Opening and ending tag mismatch: hyperlink" in str(caught.value)
