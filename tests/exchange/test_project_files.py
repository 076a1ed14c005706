"""Projects at hand become project files of a submission, listed in its projects.yaml."""

from pathlib import Path

import pytest

from goalgen.errors import GoalgenError
from goalgen.exchange.filled_forms.imported import Imported, read_docx
from goalgen.exchange.filled_forms.texts import Unplaced
from goalgen.exchange.project_files import write_projects
from goalgen.forms import Form
from goalgen.forms.pack import load_form
from goalgen.forms.project import Project
from goalgen.printing.printer import Printer
from goalgen.source.shapes import Window
from goalgen.submission.submission import load
from tests.support.places import ROOT
from tests.support.project_making import replace
from tests.support.year_2020 import copied

FORM = load_form(ROOT / "templates" / "form_2020.yaml")


def read(root: Path, year: int) -> list[Project]:
    found = load(root)
    assert found.problems == ()
    return [replace(project, origin=None) for project in found.of(year).projects]


def sixteen() -> list[Project]:
    return [replace(project, origin=None) for project in load(ROOT, [2020]).years[0].projects]


def later(project: Project, year: int) -> Project:
    return replace(project, year=year, window=Window(year, year + 2))


def files(root: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (root / "data").rglob("*.yaml")}


def test_projects_of_two_years_make_a_submission_that_reads_the_same(tmp_path: Path) -> None:
    old, new = sixteen(), [later(project, 2021) for project in sixteen()[:2]]
    written = write_projects(tmp_path, [*new, *old], FORM)
    assert (read(tmp_path, 2020), read(tmp_path, 2021)) == (old, new)
    assert written.new_submission and written.index == tmp_path / "data" / "projects.yaml"
    assert [file.changes for file in written.files] == [None] * 18
    assert {*files(tmp_path)} == {*(file.path for file in written.files), written.index}


def test_an_update_changes_only_the_values_that_differ(tmp_path: Path) -> None:
    copied(tmp_path)
    before = files(tmp_path)
    first, second, *_ = sixteen()
    written = write_projects(str(tmp_path), [replace(first, name="新名称"), second], mode="update")
    one, two = written.files
    assert [change[1:] for change in one.changes or ()] == [("项目名称", first.name, "新名称")]
    assert (two.changes, written.index, written.new_submission) == ((), None, False)
    assert [path for path, data in files(tmp_path).items() if data != before[path]] == [one.path]
    assert read(tmp_path, 2020)[:2] == [replace(first, name="新名称"), second]


def test_a_new_year_is_written_by_the_form_of_the_latest(tmp_path: Path) -> None:
    copied(tmp_path)
    new = [later(replace(project, code=""), 2022) for project in sixteen()[:2]]
    assert len(write_projects(tmp_path, new).files) == 2
    assert read(tmp_path, 2022) == [later(project, 2022) for project in sixteen()[:2]]


def test_a_dry_run_tells_the_same_and_writes_nothing(tmp_path: Path) -> None:
    told = write_projects(tmp_path, sixteen(), FORM, dry_run=True)
    assert not (tmp_path / "data").exists()
    assert told == write_projects(tmp_path, sixteen(), FORM)


def test_files_that_are_there_are_refused_or_overwritten(tmp_path: Path) -> None:
    copied(tmp_path)
    before = files(tmp_path)
    changed = replace(sixteen()[0], phone="1")
    assert refused(tmp_path, [changed]) == ["S08"]
    assert files(tmp_path) == before
    write_projects(tmp_path, [changed], mode="force")
    assert read(tmp_path, 2020) == [changed, *sixteen()[1:]]


def refused(root: Path, projects: list[Project], form: Form | None = None) -> list[str]:
    with pytest.raises(GoalgenError) as raised:
        write_projects(root, projects, form)
    return [problem.code for problem in raised.value.problems]


def test_what_cannot_be_filed_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, sixteen()) == ["Y01"]
    assert refused(tmp_path, [replace(project, year=0) for project in sixteen()[:2]], FORM) == ["K05", "K05"]
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "2021").write_text("in the way", encoding="utf-8")
    assert refused(tmp_path, [*sixteen(), later(sixteen()[0], 2021)], FORM) == ["O01"]
    assert read(tmp_path, 2020) == sixteen()


def test_a_code_is_given_once(tmp_path: Path) -> None:
    first, second, third, *_ = sixteen()
    assert refused(tmp_path, [replace(first, code="a"), replace(second, code="A")], FORM) == ["S01"]
    given = [replace(first, code=""), replace(second, code="xm-2020-1"), replace(third, code="")]
    write_projects(tmp_path, given, FORM)
    assert [project.code for project in read(tmp_path, 2020)] == ["xm-1", "xm-2020-1", "xm-2"]


def test_an_empty_value_that_projects_yaml_fills_is_told(tmp_path: Path) -> None:
    write_projects(tmp_path, sixteen(), FORM)
    written = write_projects(tmp_path, [replace(sixteen()[0], code="", name="另一个", phone="")])
    assert [(problem.code, problem.field) for problem in written.problems] == [("K04", "联系电话")]


def test_a_filled_form_goes_from_its_docx_to_its_file_with_what_had_no_place(tmp_path: Path) -> None:
    printer = Printer(FORM)
    (tmp_path / "甲.docx").write_bytes(printer.document(printer.fill(sixteen()[0])))
    (item,) = read_docx(tmp_path / "甲.docx", FORM)
    assert isinstance(item, Imported)
    lost = replace(item, unplaced=(Unplaced("项目资金", "若干", "第1个表"),))
    written = write_projects(tmp_path, [lost], FORM)
    assert [problem.code for problem in written.problems] == ["K03"]
    assert "# 没有归位（甲.docx 第1个表）：若干" in written.files[0].path.read_text(encoding="utf-8")
    assert read(tmp_path, 2020) == [replace(sixteen()[0], code="xm-1")]
