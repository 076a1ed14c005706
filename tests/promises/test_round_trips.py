"""Whatever the form, its projects come back from print and from Excel, go on to the next year, and compare from either side."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from goalgen import source
from goalgen.authoring.project_text import project_text
from goalgen.authoring.roll import rolled_project
from goalgen.authoring.word_template.template import word_template
from goalgen.diff.comparing import compare
from goalgen.diff.values import Difference, Side
from goalgen.exchange.excel.reading import read_projects, read_sheets
from goalgen.exchange.excel.writing import workbook
from goalgen.exchange.filled_forms.folder import read_forms
from goalgen.exchange.filled_forms.imported import Imported, dated, read_lines
from goalgen.exchange.filled_forms.panels import canonical
from goalgen.forms import Form
from goalgen.forms.item import OUTCOME_ROLES
from goalgen.forms.layout import context
from goalgen.forms.project import Project
from goalgen.printing.printer import Printer
from goalgen.word.lines import lines
from tests.support.form_making import NAMES, form_named, project_named, read
from tests.support.packs import EXAMPLES, PACKS, example_bundle, example_year
from tests.support.strategies import projects_of

QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
"""Without making a failure smaller, which takes minutes for whole projects."""
MADE = tuple(name for name in NAMES if name not in PACKS)
"""Forms of the tests, whose Word template goalgen makes itself."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("templates")


@cache
def printed_form(name: str, folder: Path) -> Form:
    """A form with a Word template: its own, or one that goalgen makes of its spec."""
    form = form_named(name)
    if name in PACKS:
        return form
    template = folder / f"{name}.docx"
    template.write_bytes(word_template(form))
    return replace(form, template=template)


@cache
def printer(form: Form) -> Printer:
    return Printer(form)


def came_back(projects: list[Project], form: Form) -> list[Imported]:
    press = Printer(form)
    return read_lines(lines(press.bundle([press.fill(one) for one in projects]), lambda text: False), form, "x.docx")


def same(found: Imported, project: Project, form: Form) -> None:
    """Nothing was lost, and what came back is what was printed and prints the same; a span of years follows from the year."""
    assert found.problems == ()
    got = replace(found.project, code=project.code)
    wanted = dated(canonical(project, form), form)
    assert got == wanted
    assert context(got, form) == context(dated(project, form), form)


@pytest.mark.parametrize("name", EXAMPLES)
def test_the_examples_come_back_by_the_form_that_they_are_of(name: str, tmp_path: Path) -> None:
    """Without a word about the form: of all packs the right one is found, and the projects are those of the example."""
    year = example_year(name)
    (tmp_path / "x.docx").write_bytes(example_bundle(name))
    form, found = read_forms([tmp_path / "x.docx"], None, year.form.template.parent)
    assert form.id == year.form.id
    assert len(found) == len(year.projects)
    for item, project in zip(found, year.projects, strict=True):
        assert item.problems == ()
        assert replace(item.project, code=project.code) == project


@pytest.mark.parametrize("name", [*PACKS, *MADE])
def test_any_projects_come_back_from_their_printed_forms(name: str, folder: Path) -> None:
    form = printed_form(name, folder)

    @settings(max_examples=10, deadline=None, phases=QUICK)
    @given(st.lists(projects_of(form), min_size=1, max_size=3))
    def holds(made: list[Project]) -> None:
        found = came_back(made, form)
        assert len(found) == len(made)
        for item, project in zip(found, made, strict=True):
            same(item, project, form)

    holds()


def said(project: Project) -> tuple[object, ...]:
    return project.year, project.code, project.values, project.rows


@pytest.mark.parametrize("name", [*PACKS, *MADE])
def test_excel_is_a_fixed_point_for_any_projects(name: str) -> None:
    form = form_named(name)

    @settings(max_examples=10, deadline=None, phases=QUICK)
    @given(st.lists(projects_of(form), min_size=1, max_size=2))
    def holds(made: list[Project]) -> None:
        given_codes = [dated(replace(one, year=2024, code=f"a{n}"), form) for n, one in enumerate(made)]
        back = list(read_projects(read_sheets(workbook(given_codes, form, 2024), "x"), form, 2024, "x"))
        assert [said(one) for one in back] == [said(one) for one in given_codes]

    holds()


@pytest.mark.parametrize("name", NAMES)
def test_the_cases_come_back(name: str, folder: Path) -> None:
    form, project = printed_form(name, folder), project_named(name)
    (found,) = came_back([project], form)
    same(found, project, form)


def told(difference: Difference, money: bool) -> set[tuple[str | None, ...]]:
    """What a comparison says: the field, what it was called, the old and the new text (money counted alike on both)."""
    return {
        (change.field, change.was, *((change.old, change.new) if money else (bool(change.old), bool(change.new))))
        for change in difference.changes
    }


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("xiangmu_88", "hexin_101"),
        ("hexin_101", "guangxi_2021"),
        ("ningxiang_2021", "guangxi_2021"),
        ("everything", "ziping_10"),
    ],
)
def test_any_two_projects_are_compared_the_same_from_either_side(old: str, new: str) -> None:
    """Amounts are said in the unit of the new side: where one form counts in 元 only the fields are the same."""
    money = form_named(old).money_unit == form_named(new).money_unit

    @settings(max_examples=10, deadline=None, phases=QUICK)
    @given(projects_of(form_named(old)), projects_of(form_named(new)))
    def holds(first: Project, second: Project) -> None:
        before, after = (
            Side("甲", year, one.form, (replace(one, year=year),)) for one, year in ((first, 2024), (second, 2025))
        )
        back = {(was, field, *reversed(texts)) for field, was, *texts in told(compare(after, before), money)}
        assert told(compare(before, after), money) == back
        assert not compare(before, before)

    holds()


@pytest.mark.parametrize("name", [*PACKS, *MADE])
def test_any_project_goes_on_to_a_next_year_of_its_form(name: str) -> None:
    """The rolled file reads without a problem, and nothing of what came of the year is left."""
    form = form_named(name)
    outcomes = [cell.path for cell in form.cells if cell.column and cell.column.role in OUTCOME_ROLES]
    columns = [(one.block, column.key) for one in form.lists for column in one.columns if column.role in OUTCOME_ROLES]

    @settings(max_examples=10, deadline=None, phases=QUICK)
    @given(projects_of(form))
    def holds(project: Project) -> None:
        text = project_text(project, form)
        root = source.read(text.encode(), "x").root
        assert isinstance(root, source.Mapping)
        later, problems = read(form, rolled_project(text, root, form, project.window, 2024, 2025).text, 2025)
        assert later is not None and problems == ()
        assert not set(outcomes) & set(later.values)
        assert not any(row.cells.get(key) for block, key in columns for row in later.table(block))

    holds()
