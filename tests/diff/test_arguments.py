"""Words become values: what each names is told before anything of a side is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from goalgen.diff.arguments import BudgetYear, FilledForms, Named, ProjectFile, SubmissionFolder, named_sides
from tests.support.review_cases import write


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A submission of two years whose project files cannot be read, beside forms that are none."""
    for year in ("2020", "2021"):
        (tmp_path / "data" / year).mkdir(parents=True)
        (tmp_path / "data" / year / "a.yaml").write_bytes(b"\xff")
    years = {year: {"表样": "form_2020", "项目": [f"{year}/a.yaml"]} for year in ("2020", "2021")}
    write(tmp_path / "data/projects.yaml", {"年度": years})
    (tmp_path / "退回").mkdir()
    (tmp_path / "报送.docx").write_bytes(b"no Word file")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_word_names_a_year_a_folder_a_file_or_forms(desk: Path) -> None:
    named: dict[str, Named] = {
        "2020": BudgetYear(desk, 2020),
        ".": SubmissionFolder(desk / ".", "."),
        "data/2021": BudgetYear(desk, 2021, "data/2021"),
        "data/2020/a.yaml": ProjectFile(desk / "data/2020/a.yaml"),
        "报送.docx": FilledForms(desk / "报送.docx"),
        "退回": FilledForms(desk / "退回"),
    }
    for word, value in named.items():
        found = named_sides((word, "2021"), desk)
        assert found == (value, BudgetYear(desk, 2021))
        assert type(found[0]) is type(value)


def test_one_year_is_compared_with_the_year_before(desk: Path) -> None:
    assert named_sides(("2021",), desk) == (BudgetYear(desk, 2020), BudgetYear(desk, 2021))
