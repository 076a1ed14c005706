"""The one road on which project files are read: what is held, what is lent, what is kept for the next run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from goalgen.forms.values import project_in, record_of
from goalgen.submission.index import open_index
from goalgen.submission.reading import Year, read_year
from tests.support.places import ROOT
from tests.support.project_making import form_2020


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project's own data, one stands in it."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.setenv("GOALGEN_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def held(folder: Path) -> Year:
    with read_year(open_index(folder, [2020]).years[0], folder) as year:
        return year


def test_a_year_that_is_not_held_lends_the_same_records(folder: Path) -> None:
    whole = held(folder)
    with read_year(open_index(folder, [2020]).years[0], folder, hold=False) as lent:
        assert lent.projects == ()
        assert [entry.digest for entry in lent.entries] == [entry.digest for entry in whole.entries]
        records = [lent.record(entry) for entry in lent.entries]
    assert records == [record_of(project) for project in whole.projects]
    assert tuple(project_in(record, form_2020()) for record in records) != ()


def test_a_project_taken_from_what_is_kept_is_the_one_that_was_read_places_and_notes_too(folder: Path) -> None:
    first, again = held(folder), held(folder)
    assert first.projects == again.projects
    for one, other in zip(first.projects, again.projects, strict=True):
        for path in ("", "编号", "项目资金.年度.财政拨款", "绩效指标.数量指标.0.年度", "填报日期", "联系电话"):
            assert other.place(path) == one.place(path)
        assert other.notes == one.notes


def test_a_file_with_an_error_has_an_entry_with_what_can_be_told_and_no_record(folder: Path) -> None:
    path = next((folder / "data" / "2020").glob("04-*.yaml"))
    path.write_text(path.read_text(encoding="utf-8").replace("项目类型:", "项目类形:"), encoding="utf-8")
    year = held(folder)
    (broken,) = [entry for entry in year.entries if not entry.sound]
    assert (broken.project, broken.number) == (None, 4)
    assert broken.code and broken.name
    with pytest.raises(ValueError, match=broken.file):
        year.record(broken)
