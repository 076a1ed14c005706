"""A project written as YAML reads back, and looks as a person writes it."""

from __future__ import annotations

import re

from hypothesis import given, settings

from goalgen import source
from goalgen.authoring.project_text import project_text
from goalgen.forms.project import Project
from goalgen.submission.project_file import Setting, convert
from tests.support.filled_forms import year
from tests.support.project_making import replace
from tests.support.strategies import form, projects


def test_imported_files_are_the_files_a_person_wrote() -> None:
    compared = 0
    for entry in year().entries:
        assert entry.project
        text = re.sub("  # goalgen: keep .*", "", entry.path.read_text(encoding="utf-8"))
        omit = frozenset(k for k in ("中长期年限", "填报人", "联系电话", "填报日期") if f"\n{k}:" not in text)
        modeline = text.split("\n", 1)[0]
        if "联系电话:\n" not in text:
            compared += 1
            assert project_text(entry.project, form(), modeline, omit) == text
    assert compared > 10


def test_several_options_are_written_as_a_list() -> None:
    lines = project_text(replace(year().projects[0], category=("民生保障", "其他")), form()).split("\n")
    assert "项目类型: [民生保障, 其他]" in lines


@settings(max_examples=100, deadline=None)
@given(projects())
def test_a_project_written_as_yaml_reads_back(project: Project) -> None:
    text = project_text(project, form())
    read, problems = convert(source.parse(text, "x.yaml"), Setting.alone(form(), project.year))
    assert problems == ()
    assert read == project
