"""The published names of goalgen, as a script would use them."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

import goalgen
from tests.support.docx_reading import forms_in, golden_rows, sound
from tests.support.places import ROOT
from tests.support.project_making import funding, replace


def test_a_script_of_three_lines_prints_a_submission() -> None:
    submission = goalgen.load(ROOT)
    year = submission.years[0]
    assert forms_in(sound(goalgen.render(year.projects[3], year.form))) == [golden_rows()[3]]
    assert forms_in(goalgen.bundle(year.projects, year.form)) == golden_rows()


def test_two_years_are_compared() -> None:
    first, second = sorted(goalgen.load(ROOT).years, key=lambda year: year.year)[:2]
    difference = goalgen.compare(first, second)
    assert (difference.old, difference.whole.annual.old) == ("2020 年度", Decimal("1028.99"))
    assert [one.code for one in difference.removed] == ["lin-pin-gong-zi"]
    assert not goalgen.compare(first, first)


def test_a_folder_without_a_submission_raises_the_one_exception(tmp_path: Path) -> None:
    with pytest.raises(goalgen.GoalgenError) as caught:
        goalgen.load(tmp_path)
    assert [problem.code for problem in caught.value.problems] == ["S07"]


def test_every_published_name_is_there_and_others_are_not() -> None:
    assert all(getattr(goalgen, name) for name in goalgen.__all__)
    with pytest.raises(AttributeError, match="nothing_like_it"):
        _ = goalgen.nothing_like_it


def test_importing_goalgen_loads_nothing_heavy() -> None:
    heavy = "{'docx', 'docxtpl', 'jinja2', 'lxml', 'yaml', 'click'}"
    code = f"import sys, goalgen; print([m for m in sys.modules if m.split('.')[0] in {heavy}])"
    found = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_two_projects_are_equal_that_say_the_same_wherever_they_were_read() -> None:
    first, second = goalgen.load(ROOT).years[0].projects[:2]
    elsewhere = replace(first, origin=None)
    assert first == elsewhere and len({first, elsewhere}) == 1
    assert (first != elsewhere) is False
    assert first != second and first != replace(first, phone="1")
    assert str(elsewhere.place("编号")) == first.code


def test_a_submission_is_checked_and_published(tmp_path: Path) -> None:
    review = goalgen.check(goalgen.load(ROOT, [2020]))
    assert {problem.severity.name for problem in review.problems} == {"ERROR", "WARNING", "INFO"}
    done = goalgen.publish(ROOT, [2020], out=tmp_path)
    assert done.exit_code == 0 and done.findings
    assert [(year.year, len(year.written)) for year in done.years] == [(2020, 17)]
    assert len(goalgen.publish(ROOT, [2020], out=tmp_path).years[0].unchanged) == 17
    assert goalgen.publish(ROOT, [2020], out=tmp_path / "no", strict=True).exit_code == 1
    assert not (tmp_path / "no").exists()


def test_what_a_filled_form_says_is_read_and_written(tmp_path: Path) -> None:
    year = goalgen.load(ROOT, [2020]).years[0]
    (tmp_path / "one.docx").write_bytes(goalgen.render(year.projects[2], year.form))
    (found,) = goalgen.read_docx(str(tmp_path / "one.docx"), year.form)
    assert found.project.name == year.projects[2].name
    written = goalgen.write(tmp_path / "申报", [replace(found, project=replace(found.project, year=2020))], year.form)
    assert written.new_submission
    (again,) = goalgen.load(tmp_path / "申报").years[0].projects
    assert (again.name, funding(again)) == (year.projects[2].name, funding(year.projects[2]))
