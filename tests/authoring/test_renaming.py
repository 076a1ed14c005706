"""A project or a unit is renamed in every year at once: files, their names, lists, notes and 单位 stay in step."""

from __future__ import annotations

from pathlib import Path

import pytest

from goalgen.authoring.changes import make
from goalgen.authoring.renaming import NewNames, plan_project_names, plan_unit_name
from goalgen.errors import GoalgenError
from goalgen.submission.submission import load
from tests.support.command_runs import run
from tests.support.submissions import INDEX, everything, text_of, two_years


def renamed(folder: Path, word: str, name: str = "", code: str = "", years: tuple[int, ...] = ()) -> tuple[str, ...]:
    plan = plan_project_names(load(folder), word, NewNames(name, code), years)
    make(plan)
    return plan.notices


def test_a_code_changes_in_every_year_with_the_files_named_after_it(tmp_path: Path) -> None:
    two_years(tmp_path)
    assert renamed(tmp_path, "甲项目", code="xin") == ()
    found = load(tmp_path)
    assert found.problems == ()
    assert [year.entries[0].path.name for year in found.years] == ["01-xin.yaml", "01-xin.yaml"]
    assert [year.entries[0].code for year in found.years] == ["xin", "xin"]
    assert text_of(tmp_path) == INDEX.replace("01-jia.yaml", "01-xin.yaml")
    assert not list(tmp_path.rglob("*jia*"))


def test_a_note_of_what_is_gone_follows_the_code_and_other_mentions_are_told(tmp_path: Path) -> None:
    two_years(tmp_path, INDEX.replace("# 第一个", "# bing 以前在这里"))
    with (tmp_path / "data/2025/03-bing.yaml").open("a", encoding="utf-8") as file:
        file.write("# goalgen: ignore N01 bing 与别的不同，bing-2 不是它\n")
    notices = renamed(tmp_path, "bing", code="ding")
    assert "变更说明: {ding: 并入甲}" in text_of(tmp_path) and '"2025/03-ding.yaml"' not in text_of(tmp_path)
    assert "- 2025/03-ding.yaml" in text_of(tmp_path)
    assert [notice.partition("：")[0].split("/")[-1] for notice in notices] == [
        "projects.yaml:13: 还提到“bing”，没有动",
        "03-bing.yaml:8: 还提到“bing”，没有动",
    ]


def test_a_name_changes_where_it_is_asked_for(tmp_path: Path) -> None:
    two_years(tmp_path)
    renamed(tmp_path, "乙项目", name="乙 专项: 经费", years=(2026,))
    old, new = load(tmp_path).years
    assert (old.entries[1].name, new.entries[1].name) == ("乙项目", "乙 专项: 经费")
    assert (old.entries[1].path.name, new.entries[1].path.name) == ("02-乙项目.yaml", "02-乙-专项_-经费.yaml")
    assert load(tmp_path).problems == ()


def test_a_file_named_otherwise_and_a_code_in_other_letters_keep_the_file(tmp_path: Path) -> None:
    two_years(tmp_path)
    renamed(tmp_path, "甲项目", code="JIA", name="甲")
    assert [year.entries[0].path.name for year in load(tmp_path).years] == ["01-jia.yaml", "01-jia.yaml"]
    renamed(tmp_path, "乙项目", code="er")
    assert load(tmp_path).years[0].entries[1].path.name == "02-乙项目.yaml"
    assert load(tmp_path).problems == ()


@pytest.mark.parametrize(
    ("word", "new", "years", "said"),
    [
        ("*项目", NewNames(code="x"), (), "S06 “*项目”有 3 个项目：jia、yi、bing"),
        ("没有", NewNames(code="x"), (), "S06"),
        ("甲项目", NewNames(code="YI"), (), "--code: 错误 S01 编号 YI 已经给了"),
        ("甲项目", NewNames(code="../x"), (), "--code: 错误 M08"),
        ("甲项目", NewNames(code="x"), (2026,), "--code: 错误 S01 编号逐年不变"),
        ("甲项目", NewNames(name=" "), (), "--name: 错误 M02"),
        ("甲项目", NewNames(name="甲\x07"), (), "--name: 错误 Y03"),
    ],
)
def test_names_that_cannot_be_are_refused(
    tmp_path: Path, word: str, new: NewNames, years: tuple[int, ...], said: str
) -> None:
    before = everything(two_years(tmp_path))
    with pytest.raises(GoalgenError) as refused:
        plan_project_names(load(tmp_path), word, new, years)
    assert said in str(refused.value)
    assert everything(tmp_path) == before


def test_a_file_in_the_way_or_with_faults_stops_it(tmp_path: Path) -> None:
    two_years(tmp_path)
    (tmp_path / "data/2026/01-xin.yaml").write_text("别人的", encoding="utf-8")
    with pytest.raises(GoalgenError) as refused:
        plan_project_names(load(tmp_path), "jia", NewNames(code="xin"))
    assert "S08" in str(refused.value)
    (tmp_path / "data/2025/01-jia.yaml").write_text("编号: jia\n项目类型: 没有\n", encoding="utf-8")
    with pytest.raises(GoalgenError) as refused:
        plan_project_names(load(tmp_path), "甲项目", NewNames(code="y"))
    assert "M05" in str(refused.value)


def test_a_unit_changes_wherever_it_is_named_as_unit(tmp_path: Path) -> None:
    two_years(tmp_path)
    path = tmp_path / "data/2026/01-jia.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "总体目标: {年度: 市府办的事}\n", encoding="utf-8")
    plan = plan_unit_name(load(tmp_path), "府办", "市人民政府办公室")
    make(plan)
    assert text_of(tmp_path) == INDEX.replace("市府办", "市人民政府办公室")
    found = load(tmp_path)
    assert found.problems == () and found.department == "市人民政府办公室"
    assert {entry.unit for year in found.years for entry in year.entries} == {"市人民政府办公室", "驻京办事处"}
    assert [notice.rpartition("/")[2] for notice in plan.notices] == [
        "01-jia.yaml:8: 还提到“市府办”，没有动：总体目标: {年度: 市府办的事}"
    ]


def test_a_unit_of_a_year_changes_in_what_it_shares(tmp_path: Path) -> None:
    two_years(tmp_path)
    make(plan_unit_name(load(tmp_path), "驻京办", "驻北京联络处"))
    assert text_of(tmp_path) == INDEX.replace("驻京办事处", "驻北京联络处")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("没有这个单位", "乙", "S06 没有单位“没有这个单位”；有：市府办、驻京办事处"),
        ("市府办", "驻京办", "S01 单位名录里已经有“驻京办”"),
        ("市府办", "", "--unit: 错误 M02"),
    ],
)
def test_a_unit_that_cannot_be_renamed_is_told(tmp_path: Path, old: str, new: str, said: str) -> None:
    two_years(tmp_path)
    with pytest.raises(GoalgenError) as refused:
        plan_unit_name(load(tmp_path), old, new)
    assert said in str(refused.value)


def test_a_submission_without_units_has_none_to_offer(tmp_path: Path) -> None:
    index = INDEX.replace(INDEX[INDEX.index("单位:\n") : INDEX.index("年度:")], "")
    two_years(tmp_path, index)
    make(plan_unit_name(load(tmp_path), "市府办", "新办"))
    assert text_of(tmp_path) == index.replace("市府办", "新办")
    with pytest.raises(GoalgenError) as refused:
        plan_unit_name(load(tmp_path), "没有", "新办")
    assert str(refused.value).endswith("没有单位“没有”")


def test_the_command_renames_and_says_what_it_wants(tmp_path: Path) -> None:
    two_years(tmp_path)
    for words in (("甲项目",), ("甲项目", "--code", "a", "--unit", "b"), ("市府办", "--unit", "b", "--year", "2026")):
        assert run(tmp_path, "rename", *words).returncode == 2
    before = everything(tmp_path)
    assert run(tmp_path, "rename", "甲项目", "--code", "xin", "-n").returncode == 0
    assert everything(tmp_path) == before
    done = run(tmp_path, "rename", "甲项目", "--code", "xin", "--yes")
    assert done.returncode == 0 and "data/2025/01-jia.yaml → data/2025/01-xin.yaml" in done.stdout
    assert run(tmp_path, "rename", "驻京办", "--unit", "驻北京联络处", "--yes").returncode == 0
    assert "驻北京联络处" in text_of(tmp_path, "data/2026/02-乙项目.yaml")
    assert run(tmp_path, "check", "--no-review").returncode == 0


def test_a_file_that_lies_outside_of_the_folder_is_not_renamed(tmp_path: Path) -> None:
    folder = two_years(tmp_path / "申报")
    outside = tmp_path / "wai.yaml"
    outside.write_text(text_of(folder, "data/2026/01-jia.yaml").replace("jia", "wai"), encoding="utf-8")
    (folder / "data/projects.yaml").write_text(INDEX.replace("[2026/01", "[../../wai.yaml, 2026/01"), encoding="utf-8")
    for names in (True, False):
        with pytest.raises(GoalgenError) as refused:
            if names:
                plan_project_names(load(folder), "wai", NewNames(code="x"))
            else:
                plan_unit_name(load(folder), "府办", "乙")
        assert "O06" in str(refused.value)
