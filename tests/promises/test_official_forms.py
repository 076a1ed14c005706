"""The main job: the sixteen forms of 2020, singly and as a bundle, hold exactly what the source prints."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from goalgen.forms.item import Item, Kind
from goalgen.forms.project import Project
from goalgen.printing.printer import Printer
from tests.support.docx_reading import BODY, W, forms_in, golden_rows, parts_in, sound, text_of, texts_in, tree_in
from tests.support.places import ROOT
from tests.support.project_making import with_block
from tests.support.validator.faults import leftover_tags, structure_faults, unfixed_dates


@pytest.fixture(scope="module")
def singles(printer: Printer, sixteen: tuple[Project, ...]) -> list[bytes]:
    return [printer.document(printer.fill(project)) for project in sixteen]


@pytest.fixture(scope="module")
def bundle(printer: Printer, sixteen: tuple[Project, ...]) -> bytes:
    return printer.bundle(printer.fill(project) for project in sixteen)


def test_the_golden_rows_are_sixteen_whole_forms() -> None:
    golden = golden_rows()
    assert len(golden) == 16
    assert all(len(form["rows"]) > 25 and len(form["before"]) == 3 and form["after"] for form in golden)


@pytest.mark.parametrize("number", range(16))
def test_each_single_form_holds_the_rows_of_the_source(singles: list[bytes], number: int) -> None:
    assert forms_in(sound(singles[number])) == [golden_rows()[number]]


def test_the_bundle_holds_the_rows_of_all_sixteen(bundle: bytes) -> None:
    assert forms_in(sound(bundle)) == golden_rows()


def test_every_form_of_the_bundle_starts_a_section_on_a_new_page(bundle: bytes) -> None:
    """Fifteen sections end inside paragraphs and the last one in the body; all but the first start a page."""
    xml = parts_in(bundle)[BODY].decode("utf-8")
    assert xml.count("<w:sectPr") == 16
    assert xml.count('<w:type w:val="nextPage"/>') >= 15


def test_no_heading_that_is_repeated_is_merged_with_the_rows_below(bundle: bytes) -> None:
    """Word repeats no row of which a cell goes on below, and LibreOffice prints half of its words."""
    heads = 0
    for table in tree_in(bundle).iter(f"{W}tbl"):
        rows = list(table.iter(f"{W}tr"))
        repeated = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        heads += sum(repeated)
        below = rows[sum(repeated)] if any(repeated) else None
        merges = [] if below is None else [merge.get(f"{W}val") for merge in below.iter(f"{W}vMerge")]
        assert repeated == sorted(repeated, reverse=True)
        assert set(merges) <= {"restart"}
    assert heads == 2 * 16


def test_a_long_goal_begins_on_the_page_where_its_headings_are(singles: list[bytes]) -> None:
    """Its row may split; a row of indicators goes to the next page whole."""
    rows = [row for table in tree_in(singles[0]).iter(f"{W}tbl") for row in table.iter(f"{W}tr")]
    goal, *_ = [row for row in rows if "方便群众办事，树立政府良好形象" in text_of(row)]
    indicator, *_ = [row for row in rows if "保安转辅警人数" in text_of(row)]
    assert [row.find(f"{W}trPr/{W}cantSplit") is None for row in (goal, indicator)] == [True, False]


def test_every_part_is_dated_1980(singles: list[bytes], bundle: bytes) -> None:
    assert [unfixed_dates(data) for data in (singles[0], bundle)] == [[], []]


def test_two_projects_share_a_name_and_four_units_file(sixteen: tuple[Project, ...]) -> None:
    """The submission holds what makes it hard."""
    names = [project.name for project in sixteen]
    assert len(set(names)) == 15
    assert len({project.unit for project in sixteen}) == 4


def test_template_and_spec_agree(printer: Printer) -> None:
    """Every label and field of the spec is printed, and nothing of it needs docxtpl's slow way."""
    assert printer.warnings == ()
    assert printer.slow == ()


def test_a_spec_that_says_more_than_the_template_is_noticed(printer: Printer) -> None:
    """The guard of the agreement: one more field in the spec is one warning per horizon."""
    line = Item("贷款", Kind.MONEY, {"": "其中：银行贷款"})
    more = with_block(printer.form, "项目资金", items=(*printer.form.money_tables[0].items, line))
    said = [problem.message for problem in Printer(more).warnings]
    assert "模板里没有“其中：银行贷款”这几个字" in said
    assert any("项目资金.年度.贷款" in message for message in said)


def test_the_committed_template_is_what_the_tool_makes(tmp_path: Path) -> None:
    target = tmp_path / "form.docx"
    subprocess.run([sys.executable, ROOT / "tools" / "build_template.py", target], check=True, cwd=tmp_path)
    assert target.read_bytes() == (ROOT / "templates" / "form_2020.docx").read_bytes()


def test_the_template_itself_is_sound_and_full_of_tags() -> None:
    """Only what fills the tags makes a form of it."""
    template = ROOT / "templates" / "form_2020.docx"
    assert structure_faults(template) == []
    assert len(leftover_tags(template)) > 30
    assert texts_in(template.read_bytes())[0] == "专项资金绩效目标申报表"
