"""An import is one call: it tells what was written, and carries what stopped it."""

from pathlib import Path
from unittest.mock import patch

import pytest
from click.testing import CliRunner

from goalgen.cli import cli
from goalgen.errors import Place, Problem
from goalgen.exchange.excel.importing import import_workbook
from goalgen.exchange.excel.writing import export_workbook, workbook
from goalgen.exchange.importing import import_forms
from goalgen.printing.printer import Printer
from goalgen.source.shapes import Window
from goalgen.submission import submission
from goalgen.submission.submission import load
from tests.support.places import ROOT
from tests.support.project_making import replace
from tests.support.year_2020 import copied


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with forms of two years in one file."""
    monkeypatch.chdir(tmp_path)
    first, second, *_ = load(ROOT, [2020]).years[0].projects
    printer = Printer(load(ROOT, [2020]).years[0].form)
    both = (replace(second, year=2021, window=Window(2021, 2023)), first)
    (tmp_path / "two.docx").write_bytes(printer.bundle([printer.fill(project) for project in both]))
    return tmp_path


def test_an_import_tells_its_years_in_order(folder: Path) -> None:
    outcome = import_forms([Path("two.docx")])
    assert (outcome.form.id, outcome.count, outcome.error) == ("form_2020", 2, None)
    assert [[file.path.parent.name for file in year.files] for year in outcome.years] == [["2020"], ["2021"]]
    assert [year.new_submission for year in outcome.years] == [True, False]


def test_an_import_that_is_stopped_tells_what_was_written(folder: Path) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "2021").write_text("in the way", encoding="utf-8")
    first, second = import_forms([Path("two.docx")]).years
    assert len(first.files) == 1 and first.error is None and first.failed is None
    assert second.files == () and second.failed is not None and second.index is None
    outcome = import_forms([Path("two.docx")], mode="update")
    assert outcome.error is not None and outcome.error is outcome.years[-1].error
    assert outcome.years[0].files[0].changes == ()
    assert [problem.code for problem in outcome.error.problems] == ["O01"]


def test_the_submission_is_read_anew_only_where_a_year_was_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied(folder)
    read: list[Path] = []

    def counted(root: Path) -> submission.Submission:
        read.append(root)
        return submission.load(root)

    monkeypatch.setattr("goalgen.exchange.project_files.load", counted)
    import_forms([Path("two.docx")], mode="update", dry_run=True)
    assert len(read) == 1
    import_forms([Path("two.docx")], mode="update")
    assert len(read) == 3


def test_a_workbook_goes_out_and_comes_back(folder: Path) -> None:
    copied(folder)
    path = export_workbook(folder, None)
    assert path == folder / "out" / "2020" / "projects.xlsx"
    same = import_workbook(path, folder)
    assert [file.changes for file in same.written.files] == [()] * 16 and same.missing == ()
    year = load(folder).latest()
    path.write_bytes(workbook([replace(year.projects[0], phone="1")], year.form, 2020))
    told = import_workbook(path, folder, dry_run=True)
    assert [[change.new for change in file.changes or ()] for file in told.written.files] == [["1"]]
    assert told.missing == year.projects[1:] and load(folder).latest().projects == year.projects


def test_the_commands_tell_what_was_written_before_they_were_stopped(folder: Path) -> None:
    copied(folder)
    form, first = load(folder).latest().form, load(folder).latest().projects[0]
    pair = [replace(first, phone="1"), replace(first, code="", name="新")]
    (folder / "x.xlsx").write_bytes(workbook(pair, form, 2020))
    full = Problem("O01", "满了", Place("17")).error(3)
    with patch("goalgen.files.writing.write", side_effect=[True, full]):
        stopped = CliRunner().invoke(cli, ["sheet", "import", "x.xlsx"])
    file = "data/2020/01-bao-an-zhuan-fu-jing.yaml"
    assert stopped.output == f"{file}:2: 联系电话：8861058 → 1\n{file}\n"
    assert str(stopped.exception) == "17: 错误 O01 满了"
    (folder / "data" / "2020" / "17-新.yaml").mkdir()
    before = (folder / file).read_bytes()
    stopped = CliRunner().invoke(cli, ["sheet", "import", "x.xlsx"])
    assert stopped.output == "" and str(stopped.exception).startswith("data/2020/17-新.yaml: 错误 S08 ")
    assert (folder / file).read_bytes() == before, "nothing is written when something is in the way"
    (folder / "data" / "2020" / "17-新.yaml").rmdir()
    assert CliRunner().invoke(cli, ["sheet", "import", "x.xlsx"]).exit_code == 0
    printer = Printer(form)
    (folder / "one.docx").write_bytes(printer.document(printer.fill(first)))
    with patch("goalgen.files.writing.write", side_effect=Problem("O01", "满了", Place(file)).error(3)):
        stopped = CliRunner().invoke(cli, ["import", "one.docx", "--update"])
    assert stopped.output.splitlines()[1:] == [f"{file}:45: 联系电话：1 → 8861058"]
    assert str(stopped.exception) == f"{file}: 错误 O01 满了"
