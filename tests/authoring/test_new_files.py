"""New folders, project files and schemas are written whole and told by their paths, or not at all."""

from pathlib import Path

import pytest

from goalgen.authoring.new_files import add_project, create_folder, write_schemas
from goalgen.errors import GoalgenError
from goalgen.forms.pack import DEFAULT_FORM
from goalgen.submission.submission import load


def codes(error: pytest.ExceptionInfo[GoalgenError]) -> set[str]:
    return {problem.code for problem in error.value.problems}


def test_a_new_folder_is_told_by_its_files_and_has_no_problem(tmp_path: Path) -> None:
    paths = create_folder(tmp_path, 2024, DEFAULT_FORM, overwrite=False)
    assert set(paths) == {path for path in tmp_path.rglob("*") if path.is_file()}
    assert load(tmp_path).problems == ()
    with pytest.raises(GoalgenError) as refused:
        create_folder(tmp_path, 2024, DEFAULT_FORM, overwrite=False)
    own = tmp_path / "templates" / f"{DEFAULT_FORM}.yaml"  # the form pack that is read may be the folder's own
    assert codes(refused) == {"S08"} and len(refused.value.problems) == len(set(paths) - {own})
    assert create_folder(tmp_path, 2024, DEFAULT_FORM, overwrite=True) == paths


def test_a_form_that_is_nowhere_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(GoalgenError) as refused:
        create_folder(tmp_path / "x", 2024, "form_1900", overwrite=True)
    assert codes(refused) == {"S05"} and not (tmp_path / "x").exists()


def test_a_project_is_added_under_the_next_number_and_listed(tmp_path: Path) -> None:
    create_folder(tmp_path, 2024, DEFAULT_FORM, overwrite=False)
    path = add_project(load(tmp_path), "大院绿化", None, None)
    assert path == tmp_path / "data/2024/02-大院绿化.yaml"
    year = load(tmp_path).latest()
    assert [entry.path for entry in year.entries][1:] == [path]
    assert year.entries[1].code == "xm-2024-2"
    before = (tmp_path / "data/projects.yaml").read_bytes()
    with pytest.raises(GoalgenError) as refused:
        add_project(load(tmp_path), "督查", "zheng-wu-du-cha", None)
    assert codes(refused) == {"S01"} and (tmp_path / "data/projects.yaml").read_bytes() == before


def test_schemas_are_of_the_latest_year_that_can_be_used(tmp_path: Path) -> None:
    create_folder(tmp_path, 2024, DEFAULT_FORM, overwrite=False)
    inside, outside = list(write_schemas(tmp_path, None)), list(write_schemas(tmp_path, tmp_path / "s"))
    assert [path.read_bytes() for path in inside] == [path.read_bytes() for path in outside]
    assert {path.parent for path in inside} == {tmp_path / "schema"}
    index = tmp_path / "data/projects.yaml"
    index.write_text(index.read_text(encoding="utf-8").replace(DEFAULT_FORM, "form_1900"), encoding="utf-8")
    with pytest.raises(GoalgenError) as refused:
        list(write_schemas(tmp_path, None))
    assert codes(refused) == {"S05"}
