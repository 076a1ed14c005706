"""A project as values and as a record comes back as it was."""

from __future__ import annotations

from hypothesis import given, settings

from goalgen.forms.project import Project
from goalgen.forms.values import project_in, record_of
from tests.support.project_making import replace
from tests.support.strategies import projects


@settings(max_examples=100, deadline=None)
@given(projects())
def test_a_project_comes_back_from_its_record(project: Project) -> None:
    record = record_of(project)
    assert b"\n" not in record
    back = project_in(record, project.form, project.notes, project.origin)
    assert back == project
    assert record_of(back) == record


def test_notes_and_origin_are_no_part_of_a_record(sixteen: tuple[Project, ...]) -> None:
    one = sixteen[0]
    assert record_of(replace(one, notes={"": "因"}, origin=None)) == record_of(one)
    assert len({record_of(project) for project in sixteen}) == 16
