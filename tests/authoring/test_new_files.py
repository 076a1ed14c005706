"""New folders and project files are written whole and told by their paths, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from goalgen.authoring.new_files import Start, add_project, create_folder, doubts, free_code
from goalgen.errors import GoalgenError
from goalgen.forms.pack import DEFAULT_FORM
from goalgen.submission.submission import load
from tests.support.project_making import filler, phone
from tests.support.submissions import text_of, two_years

KNOWN = Start(2024, department="市文化馆", unit="市群众艺术馆", filler="李四", phone="8860001")


def codes(error: pytest.ExceptionInfo[GoalgenError]) -> set[str]:
    return {problem.code for problem in error.value.problems}


def test_a_new_folder_is_told_by_its_files_and_has_no_problem(tmp_path: Path) -> None:
    paths = create_folder(tmp_path, Start(2024), overwrite=False)
    assert set(paths) == {path for path in tmp_path.rglob("*") if path.is_file()}
    found = load(tmp_path)
    assert found.problems == () and found.years[0].empty and not (tmp_path / "data/2024").exists()
    with pytest.raises(GoalgenError) as refused:
        create_folder(tmp_path, Start(2024), overwrite=False)
    own = tmp_path / "templates" / f"{DEFAULT_FORM}.yaml"  # the form pack that is read may be the folder's own
    assert codes(refused) == {"S08"} and len(refused.value.problems) == len(set(paths) - {own})
    assert create_folder(tmp_path, Start(2024), overwrite=True) == paths


def test_what_is_known_of_the_department_stands_in_the_index_and_the_readme(tmp_path: Path) -> None:
    create_folder(tmp_path, KNOWN._replace(demo=True), overwrite=False)
    found = load(tmp_path)
    assert (found.problems, found.department, found.units[0].name) == ((), "市文化馆", "市群众艺术馆")
    (project,) = found.years[0].projects
    assert (project.unit, filler(project), phone(project)) == ("市群众艺术馆", "李四", "8860001")
    assert str(project.window) == "2024年-2026年"
    readme = text_of(tmp_path, "README.md")
    assert readme.startswith("# 市文化馆专项资金绩效目标申报\n") and "goalgen roll 2023 2024" in readme
    every = "".join(path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.yaml"))
    assert "衡阳" not in every + readme


def test_the_readme_leads_through_the_year_with_commands_that_there_are(tmp_path: Path) -> None:
    create_folder(tmp_path, Start(2024), overwrite=False)
    readme = text_of(tmp_path, "README.md")
    for command in (
        "import",
        "roll",
        "new",
        "remove",
        "rename",
        "check",
        "render",
        "diff",
        "sheet",
        "git-setup",
        "upgrade",
    ):
        assert f"goalgen {command}" in readme
    assert "git init" in readme and "{" not in readme.replace("{{ … }}", "")


def test_a_demo_of_a_department_that_nobody_named_has_the_examples_own(tmp_path: Path) -> None:
    create_folder(tmp_path, Start(2024, demo=True), overwrite=False)
    (project,) = load(tmp_path).years[0].projects
    assert project.unit and filler(project) and phone(project)


def test_a_form_that_is_nowhere_makes_no_folder_nor_do_words_that_no_form_holds(tmp_path: Path) -> None:
    with pytest.raises(GoalgenError) as refused:
        create_folder(tmp_path / "x", Start(2024, "form_1900"), overwrite=True)
    assert codes(refused) == {"S05"} and not (tmp_path / "x").exists()
    with pytest.raises(GoalgenError) as refused:
        create_folder(tmp_path / "x", Start(2024, filler="张\x00三", phone="1\x07"), overwrite=True)
    assert [str(problem.place) for problem in refused.value.problems] == ["--filler", "--phone"]
    assert codes(refused) == {"Y03"} and not (tmp_path / "x").exists()


def test_a_project_is_added_under_the_next_number_and_listed(tmp_path: Path) -> None:
    create_folder(tmp_path, Start(2024, demo=True), overwrite=False)
    path = add_project(load(tmp_path), "大院绿化", None, None)
    assert path == tmp_path / "data/2024/02-大院绿化.yaml"
    year = load(tmp_path).latest()
    assert [entry.path for entry in year.entries][1:] == [path]
    assert year.entries[1].code == "xm-1"
    before = (tmp_path / "data/projects.yaml").read_bytes()
    with pytest.raises(GoalgenError) as refused:
        add_project(load(tmp_path), "绿化", "da-yuan-lv-hua", None)
    assert codes(refused) == {"S01"} and (tmp_path / "data/projects.yaml").read_bytes() == before


def test_a_code_is_free_in_every_year_and_has_no_year_in_it(tmp_path: Path) -> None:
    two_years(tmp_path)
    add_project(load(tmp_path), "丁", None, None, 2025)
    add_project(load(tmp_path), "戊", None, None)
    assert [year.entries[-1].code for year in load(tmp_path).years] == ["xm-1", "xm-2"]
    assert free_code(["XM-1", "xm-3"]) == "xm-2"


def test_a_unit_is_written_by_its_full_name_and_what_is_doubtful_is_told(tmp_path: Path) -> None:
    two_years(tmp_path)
    read = load(tmp_path)
    assert doubts(read, "新", "驻京办") == doubts(read, "甲项目", "驻京办事处") == doubts(read, "丙项目", None) == []
    path = add_project(read, "新", None, "驻京办")
    assert "\n预算单位: 驻京办事处\n" in path.read_text(encoding="utf-8")
    told = doubts(load(tmp_path), "甲项目", None)
    assert [problem.code for problem in told] == ["N01"] and "已有同名的项目" in str(told[0])
    (unknown,) = doubts(read, "新", "驻京办事处处")
    assert unknown.code == "B09" and "你是不是想写“驻京办事处”" in str(unknown)
    assert str(unknown).endswith("；新的单位先写进 projects.yaml 的“单位”")
