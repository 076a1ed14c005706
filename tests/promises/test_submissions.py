"""Whole submissions: what is written comes out on paper; what is wrong is told at its place, and never as a traceback."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goalgen.errors import CODES, GoalgenError, Problem, errors_in
from goalgen.printing.printer import Printer
from goalgen.submission.index import INDEX as INDEX_PATH
from goalgen.submission.submission import Submission, load
from tests.support.docx_reading import texts_in
from tests.support.project_making import goals, indicators
from tests.support.strategies import INDEX, Memory, Written, broken_submissions, damaged, submissions
from tests.support.validator.faults import structure_faults

QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large]


def loaded(files: Memory) -> Submission | GoalgenError:
    """A submission in memory as goalgen reads it, or why it cannot."""
    try:
        return load(files.root, files=files)
    except GoalgenError as error:
        return error


def told_well(problem: Problem, files: Memory) -> None:
    """A problem is one Chinese line of a known code at a place that the file has."""
    assert problem.code in CODES
    assert re.search("[一-鿿]{2}", problem.message)
    assert len(str(problem).splitlines()) == 1
    place = problem.place
    if place.line:
        lines = re.split("\r\n?|\n", files.texts[place.file].decode("utf-8-sig", "replace"))
        assert 1 <= place.line <= len(lines)
        assert 1 <= place.column <= len(lines[place.line - 1]) + 1


def hold(files: Memory) -> None:
    """Whatever the files hold: problems well told, and a project for each file that has no error."""
    found = loaded(files)
    for problem in found.problems:
        told_well(problem, files)
    if isinstance(found, GoalgenError):
        assert errors_in(found.problems)
        return
    wrong = {problem.place.file for problem in errors_in(found.problems)}
    for year in found.years:
        for entry in year.entries:
            assert (entry.project is None) <= (entry.file in wrong)
            assert (entry.project is not None) or entry.file in wrong


@settings(max_examples=15, deadline=None, suppress_health_check=QUIET)
@given(submissions())
def test_a_submission_is_read_as_it_was_written(written: Written) -> None:
    found = loaded(written.files)
    assert found.problems == ()
    assert isinstance(found, Submission)
    assert INDEX_PATH.as_posix() == INDEX
    assert {year.year: list(year.projects) for year in found.years} == written.years


@settings(max_examples=8, deadline=None, suppress_health_check=[*QUIET, HealthCheck.function_scoped_fixture])
@given(submissions())
def test_a_submission_is_printed_as_it_was_written(printer: Printer, written: Written) -> None:
    for projects in written.years.values():
        bundle = printer.bundle(map(printer.fill, projects))
        assert structure_faults(bundle) == []
        printed = texts_in(bundle)
        for project in projects:
            wanted = {project.name, project.unit, *goals(project).values(), *(i.name for i in indicators(project))}
            assert all(any(text in line for line in printed) for text in wanted)


@settings(max_examples=50, deadline=None, suppress_health_check=QUIET)
@given(broken_submissions())
def test_whatever_goes_wrong_in_the_files_is_told_at_its_place(files: Memory) -> None:
    hold(files)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.integers(0, 2**32))
def test_any_bytes_at_all_are_answered(data: bytes, seed: int) -> None:
    index = "年度:\n  2020:\n    表样: form_2020\n    项目: [2020/a.yaml]\n".encode()
    hold(Memory({INDEX: index, "data/2020/a.yaml": data}))
    hold(Memory({INDEX: damaged(index, seed, 2), "data/2020/a.yaml": data}))
