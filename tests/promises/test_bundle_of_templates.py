"""Forms of different templates in one bundle keep each their look: styles, lists, headers, notes, pictures, landscape."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping, Sequence

import pytest

from goalgen.diff.comparing import compare
from goalgen.diff.reports import word_table
from goalgen.diff.values import Side
from goalgen.forms import Form
from goalgen.forms.layout import context
from goalgen.forms.project import Project
from goalgen.printing.printer import Printer
from goalgen.submission.submission import Submission
from goalgen.word.bundle import Binder
from goalgen.word.document import Assembler, assemblers
from goalgen.word.template.compiled import Compiled, Filled
from goalgen.word.template.compiling import compile_template
from goalgen.word.template.filling import Filler
from tests.support.department_templates import BLUE, RED, SIDES
from tests.support.docx_reading import BODY, parts_in
from tests.support.places import ROOT
from tests.support.printed_pages import Page, convert, needs_office, printed
from tests.support.validator.faults import faults

ORDERS = {
    "form, table, blue": ("form", "table", "blue", "form"),
    "red, blue, red": ("red", "blue", "red", "blue"),
    "blue, red, sides": ("blue", "red", "sides", "blue", "sides"),
    "sides, form, red": ("sides", "form", "red", "form"),
    "table, sides": ("table", "sides", "table"),
}


@pytest.fixture(scope="module")
def filled(
    form: Form, printer: Printer, submission: Submission, sixteen: tuple[Project, ...]
) -> dict[str, tuple[Compiled, Filled]]:
    """By name: a compiled template and a form filled on it; the official one, the 对照表, and made ones."""
    sides = [Side(f"{year.year} 年度", year.year, year.form, year.projects[:4]) for year in submission.years]
    table = word_table._compiled(ROOT / "templates" / "diff_table.docx")
    found = {
        "form": (printer.compiled, printer.fill(sixteen[0])),
        "table": (table, Filler(table).fill(word_table.context(compare(*sides)))),
    }
    for name, data in (("red", RED), ("blue", BLUE), ("sides", SIDES)):
        compiled = compile_template(data, f"{name}.docx").compiled
        found[name] = compiled, Filler(compiled).fill(context(sixteen[4], form))
    return found


def bound(names: Sequence[str], filled: Mapping[str, tuple[Compiled, Filled]]) -> tuple[bytes, tuple[Assembler, ...]]:
    """A bundle of these forms, and the assemblers of their templates, as they come."""
    kinds = list(dict.fromkeys(names))
    joint = dict(zip(kinds, assemblers([filled[name][0] for name in kinds]), strict=True))
    file = io.BytesIO()
    binder = Binder(joint[kinds[-1]], file)
    for number, name in enumerate(names, 1):
        binder.add(joint[name].leaf(filled[name][1], number))
    binder.close()
    return file.getvalue(), tuple(joint.values())


@pytest.fixture(scope="module")
def bundles(filled: dict[str, tuple[Compiled, Filled]]) -> dict[str, bytes]:
    return {order: bound(names, filled)[0] for order, names in ORDERS.items()}


@pytest.fixture(scope="module")
def pages(
    bundles: dict[str, bytes], filled: dict[str, tuple[Compiled, Filled]], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[Page]]:
    """By name: the pages of each form alone, and of each bundle."""
    folder = tmp_path_factory.mktemp("pages")
    for name, (compiled, one) in filled.items():
        assembler = Assembler(compiled)
        (folder / f"{name}.docx").write_bytes(assembler.form(assembler.leaf(one)))
    for number, data in enumerate(bundles.values()):
        (folder / f"bundle-{number}.docx").write_bytes(data)
    convert(sorted(folder.glob("*.docx")), "pdf", folder)
    named = {**{name: name for name in filled}, **{order: f"bundle-{n}" for n, order in enumerate(bundles)}}
    return {name: printed(folder / f"{file}.pdf") for name, file in named.items()}


@needs_office
@pytest.mark.parametrize("order", ORDERS)
def test_each_form_is_printed_as_alone(order: str, pages: dict[str, list[Page]]) -> None:
    singly = [page for name in ORDERS[order] for page in pages[name]]
    assert [page.size for page in pages[order]] == [page.size for page in singly]
    assert [page.text for page in pages[order]] == [page.text for page in singly]
    # LibreOffice lifts the number of a footnote, or not, as it finds it
    together = [[line for line in page.lines if "注" not in line.text and line.text != "1"] for page in pages[order]]
    assert together == [[line for line in page.lines if "注" not in line.text and line.text != "1"] for page in singly]


@pytest.mark.parametrize("order", ORDERS)
def test_the_bundle_has_no_fault(order: str, bundles: dict[str, bytes]) -> None:
    assert faults(bundles[order]) == []


def test_the_same_forms_make_the_same_bytes(
    bundles: dict[str, bytes], filled: dict[str, tuple[Compiled, Filled]]
) -> None:
    for order, names in ORDERS.items():
        assert bound(names, filled)[0] == bundles[order]


def test_nothing_of_any_template_is_lost(bundles: dict[str, bytes]) -> None:
    parts = parts_in(bundles["red, blue, red"])
    text = {name: content.decode("utf-8", "replace") for name, content in parts.items()}
    assert re.findall(r"<w:comment .*?<w:t[^>]*>(.*?)</w:t>", text["word/c.xml"]) == [
        *("Liberation Serif", "Liberation Sans") * 2
    ]
    assert parts["word/fonts/font1.odttf"] == b"Liberation Serif"
    assert parts["t2/word/fonts/font1.odttf"] == b"Liberation Sans"
    assert '<w:embedRegular r:id="t2rId1"/>' in text["word/fontTable.xml"]
    assert text[BODY].count('w:orient="landscape"') == 2
    styles = text["word/y.xml"]
    assert 'w:styleId="Heading1_t2"' in styles and "heading1 (2)" in styles
    assert "Liberation Sans" in styles and "themeColor" not in text[BODY].partition("Heading1_t2")[2].partition("章")[0]
    assert 'STYLEREF "heading1 (2)"' in text[BODY]


def test_a_bundle_says_what_only_one_template_can_have(filled: dict[str, tuple[Compiled, Filled]]) -> None:
    _, joint = bound(("form", "sides"), filled)
    told = joint[0].plan.told
    assert len(told) == 1 and told[0].startswith("sides.docx 的对称页边距和 ") and "form_2020.docx 的不同" in told[0]
    assert bound(("form",), filled)[1][0].plan.told == ()
    assert bound(("red", "blue"), filled)[1][0].plan.told == ()


def test_a_template_alone_gives_the_bundle_it_always_gives(
    printer: Printer, sixteen: tuple[Project, ...], filled: dict[str, tuple[Compiled, Filled]]
) -> None:
    assert bound(("form", "form"), filled)[0] == printer.bundle([printer.fill(sixteen[0])] * 2)
