"""A folder started from last year's forms holds that year, and the new one opened from it, in one go."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from goalgen.authoring.new_files import Start
from goalgen.errors import GoalgenError
from goalgen.exchange.starting import read_last_year, start_submission, with_known
from goalgen.submission.submission import load
from tests.support.command_runs import run
from tests.support.filled_forms import document, printer, table, year
from tests.support.project_making import filed, filler
from tests.support.submissions import text_of
from tests.support.year_2020 import copied


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Last year's sixteen forms in one Word file."""
    path = tmp_path_factory.mktemp("报送") / "去年 报送.docx"
    path.write_bytes(printer().bundle([printer().fill(project) for project in year().projects]))
    return path


def test_both_years_are_there_with_units_and_people(tmp_path: Path, bundle: Path) -> None:
    done = run(tmp_path, "init", "申报", "--year", "2021", "--from", str(bundle), "--filler", "李四")
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        [
            "已建好 申报：2021 年度，17 个文件",
            "读进 2020 年度：16 个项目",
            "由 2020 年度开出 2021 年度：16 个项目，待核 64 处",
        ],
    )
    folder = tmp_path / "申报"
    found = load(folder)
    assert found.problems == () and [(one.year, len(one.projects)) for one in found.years] == [(2020, 16), (2021, 16)]
    assert found.department == "衡阳市人民政府办公室" and len(found.units) == 4
    old, new = found.years
    assert [replace(project, code="") for project in old.projects] == [
        replace(project, code="") for project in year().projects
    ]
    assert {filler(project) for project in old.projects if project.unit == found.department} == {"刘璐"}
    assert {filler(project) for project in new.projects if project.unit == found.department} == {"李四"}
    assert [project.code for project in old.projects] == [project.code for project in new.projects]
    assert not any(filed(project) for project in new.projects) and str(new.projects[0].window) == "2021年-2023年"
    assert run(folder, "render").returncode == 0 and run(folder, "diff", "2020", "2021").returncode == 0
    assert "不在 projects.yaml 的单位名录里" not in run(folder, "check", "--year", "2021").stdout


def test_step_by_step_there_is_no_wall_either(tmp_path: Path, bundle: Path) -> None:
    """init, import, roll: the year that init made is empty and takes what roll opens; years stand in their order."""
    assert run(tmp_path, "init", ".", "--year", "2021").returncode == 0
    assert run(tmp_path, "import", str(bundle)).returncode == 0
    index = text_of(tmp_path)
    assert index.index("  2020:") < index.index("  2021:")
    rolled = run(tmp_path, "roll", "2020", "2021")
    assert rolled.returncode == 0, rolled.stderr
    assert [(one.year, len(one.projects)) for one in load(tmp_path).years] == [(2020, 16), (2021, 16)]
    assert load(tmp_path).problems == ()
    again = run(tmp_path, "roll", "2020", "2021")
    assert again.returncode == 2 and "G01" in again.stderr


def test_a_workbook_of_last_year_will_do(tmp_path: Path) -> None:
    old = copied(tmp_path / "旧")
    assert run(old, "sheet", "export", "-o", "填报.xlsx").returncode == 0
    start = Start(2021, department="衡阳市人民政府办公室")
    last = read_last_year([old / "填报.xlsx"], start, tmp_path / "templates")
    assert len(last.items) == 16 and last.guessed == 0
    started = start_submission(tmp_path / "新", with_known(start, last), last, overwrite=False)
    assert started.rolled and started.old == 2020
    found = load(tmp_path / "新")
    assert [len(one.projects) for one in found.years] == [16, 16] and found.problems == ()
    assert found.years[0].projects[0].code == "bao-an-zhuan-fu-jing"


def test_a_workbook_that_names_no_year_is_of_the_year_before(tmp_path: Path) -> None:
    old = copied(tmp_path / "旧")
    run(old, "sheet", "export", "-o", "填报.xlsx", "--only", "zheng-wu-du-cha")
    with zipfile.ZipFile(old / "填报.xlsx") as book:
        parts = {name: book.read(name) for name in book.namelist()}
    texts = parts["xl/sharedStrings.xml"]
    assert texts.count(b"<t>2020</t>") == 1
    parts["xl/sharedStrings.xml"] = texts.replace(b"<t>2020</t>", b"<t>-</t>")
    with zipfile.ZipFile(old / "填报.xlsx", "w") as book:
        for name, data in parts.items():
            book.writestr(name, data)
    last = read_last_year([old / "填报.xlsx"], Start(2031), tmp_path)
    assert [item.project.year for item in last.items] == [2030]


def test_forms_without_a_year_are_taken_for_last_years_and_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "甲.docx").write_bytes(document(table(("项目名称", "甲"))))
    done = run(tmp_path, "init", "新", "--year", "2026", "--from", "甲.docx")
    assert done.returncode == 0, done.stderr
    assert "表上没有年度的 1 个项目，当作 2025 年度" in done.stderr
    assert [one.year for one in load(tmp_path / "新").years] == [2025, 2026]
    assert str(load(tmp_path / "新").years[0].projects[0].window) == "2025年-2027年"


def test_forms_of_the_new_year_itself_are_taken_in_and_nothing_is_opened(tmp_path: Path, bundle: Path) -> None:
    done = run(tmp_path, "init", "新", "--year", "2020", "--from", str(bundle))
    assert done.returncode == 0 and "开出" not in done.stdout
    assert [(one.year, len(one.projects)) for one in load(tmp_path / "新").years] == [(2020, 16)]


def test_files_that_cannot_be_read_make_no_folder(tmp_path: Path) -> None:
    (tmp_path / "坏.docx").write_bytes(b"no zip")
    (tmp_path / "坏.xlsx").write_bytes(b"no zip")
    for name, code in (("坏.docx", "K01"), ("坏.xlsx", "E01"), ("没有.docx", "没有")):
        done = run(tmp_path, "init", "新", "--from", name)
        assert done.returncode == 2 and code in done.stderr, done.stderr
        assert not (tmp_path / "新").exists()
    with pytest.raises(GoalgenError) as refused:
        read_last_year([tmp_path / "没有.xlsx"], Start(2021), tmp_path)
    assert "Y01" in str(refused.value)
    with pytest.raises(GoalgenError) as refused:
        read_last_year([tmp_path / "坏.xlsx"], Start(2021, "form_1900"), tmp_path)
    assert "S05" in str(refused.value)


def test_by_force_a_folder_is_started_again(tmp_path: Path, bundle: Path) -> None:
    words = ("init", "新", "--year", "2021", "--from", str(bundle))
    assert run(tmp_path, *words).returncode == 0
    assert run(tmp_path, *words).returncode == 2
    assert run(tmp_path, *words, "--force").returncode == 0
    assert [len(one.projects) for one in load(tmp_path / "新").years] == [16, 16]
