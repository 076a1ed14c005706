"""A project file to fill explains every key with the form's own examples; one filled with them is right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from goalgen import source
from goalgen.authoring.skeleton import explained_project, sample_project
from goalgen.checking.check import check
from goalgen.errors import Severity
from goalgen.forms import Form
from goalgen.submission.project_file import Setting, convert
from goalgen.submission.submission import load
from tests.support.command_runs import run
from tests.support.form_making import form_named, read, without_examples
from tests.support.packs import PACKS
from tests.support.project_making import TABLE, category, funding, goals, indicators, overview


@pytest.mark.parametrize("year", [2020, 2026])
def test_the_sample_passes_check_without_errors_and_warnings(tmp_path: Path, form: Form, year: int) -> None:
    """Every example of the form, put into one project, is nothing that the review objects to."""
    assert run(tmp_path, "init", ".", "--year", str(year), "--demo").returncode == 0
    found = check(load(tmp_path))
    assert [problem for problem in found.problems if problem.severity is not Severity.INFO] == []
    assert run(tmp_path, "check", "--strict").returncode == 0


def test_every_field_and_every_group_has_an_example_of_its_own(form: Form) -> None:
    text = sample_project(form, 2026, {})
    project, problems = convert(source.parse(text, "x.yaml"), Setting.alone(form, 2026))
    assert problems == () and project
    assert {one.group for one in indicators(project)} == {*form.all_groups}
    assert len({one.name for one in indicators(project)}) == len(form.all_groups)
    assert all(overview(project).values()) and all(goals(project).values()) and category(project)
    assert all(len(lines) == len(form.money_tables[0].items) for lines in funding(project).values())


def test_examples_speak_of_the_year_and_of_no_other(form: Form) -> None:
    said = re.sub(r"〔\d{4}〕", "", explained_project(form, 2031, {}) + sample_project(form, 2031, {}))
    assert {*re.findall(r"(?<!\d)20\d\d(?!\d)", said)} == {"2030", "2031", "2033"}
    assert "{年}" not in said and "衡阳" not in said


def test_the_skeleton_holds_the_given_values_and_every_group_its_own_row(form: Form) -> None:
    text = explained_project(form, 2026, {"编号": "a", "项目名称": "R&D: 甲"})
    assert '项目名称: "R&D: 甲"\n' in text
    assert text.count("    # - {指标: ") == len(form.all_groups) == len({*re.findall("    # - .*", text)})
    project, problems = convert(source.parse(text, "x.yaml"), Setting.alone(form, 2026))
    assert problems == () and project and project.unfilled


def test_a_form_without_examples_explains_without_them(form: Form) -> None:
    plain = without_examples(form)
    text = explained_project(plain, 2026, {"编号": "a"})
    assert "例如" not in text.replace("例如 2026-02-10", "").replace("例如 2026-2028", "") and "# - " not in text
    assert "指标: " not in sample_project(plain, 2026, {})


@pytest.mark.parametrize("name", PACKS)
def test_the_packs_bring_an_example_for_every_group(name: str) -> None:
    own = form_named(name)
    project, problems = read(own, sample_project(own, 2026, {}), 2026)
    assert problems == () and project
    (table,) = own.indicator_tables
    assert {row.group for row in project.table(TABLE)} == {group.key for group in table.tree if not group.fixed}
    assert all(project.table(one.block) for one in own.lists if not one.name)
    blank, problems = read(own, explained_project(own, 2026, {"编号": "a", "项目名称": "b"}), 2026)
    assert problems == () and blank
