"""Words in, what was found out: one call does what `goalgen diff` prints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from goalgen.diff.requested import compare_named
from goalgen.errors import GoalgenError
from tests.support.review_cases import GOOD, merged, values, write

YEARS = ("2020", "2021", "2022")


@pytest.fixture
def desks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two submissions of three years; the 填报人 of 2020 and 2021 are others in the second, and 2021 has a faulty file."""
    for name, last in (("a", "甲"), ("b", "乙")):
        for year in YEARS:
            project = merged(values(GOOD), {"编号": "a", "填报人": "丙" if year == "2022" else last})
            (tmp_path / name / "data" / year).mkdir(parents=True)
            write(tmp_path / name / "data" / year / "a.yaml", project)
        (tmp_path / name / "data/2021/b.yaml").write_text("编号: b\n", encoding="utf-8")
        index = {year: {"表样": "form_2020", "项目": [f"{year}/a.yaml"]} for year in YEARS}
        index["2021"]["项目"] += ["2021/b.yaml"]  # type: ignore[operator]
        write(tmp_path / name / "data/projects.yaml", {"年度": index})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_latest_year_that_differs_is_told_with_its_problems_and_the_other_years(desks: Path) -> None:
    found = compare_named(("a", "b"), desks)
    assert [change.new for change in found.difference.changes] == ["乙"]
    assert [one.year for pair in found.difference.pairs for one in (pair.old, pair.new)] == [2021, 2021]
    assert {(one.code, one.place.file) for one in found.problems} == {
        ("M02", "a/data/2021/b.yaml"),
        ("M02", "b/data/2021/b.yaml"),
    }
    assert len({*found.problems}) == len(found.problems)
    assert found.other_years == (2020,)


def test_a_year_that_was_asked_for_is_the_only_one(desks: Path) -> None:
    found = compare_named(("a", "b"), desks, 2022)
    assert (bool(found.difference), found.problems, found.other_years) == (False, (), ())


def test_without_everything_routine_changes_are_counted_only(desks: Path) -> None:
    write(desks / "b/data/2021/a.yaml", merged(values(GOOD), {"编号": "a", "填报人": "乙", "填报日期": "2021-02-03"}))
    both = ("a/data/2020", "b/data/2021")
    every, kept = (compare_named(both, desks, everything=told).difference for told in (True, False))
    assert {change.field for change in every.changes if change.routine} >= {"填报日期"}
    assert kept.changes == tuple(change for change in every.changes if not change.routine)
    assert (every.hidden, kept.hidden) == (0, len(every.changes) - len(kept.changes))


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: compare_named(("a", "b"), Path(), only=["没有的项目"]), "S06"),
        (lambda: compare_named(("a", "b"), Path(), fields=["没有的字段"]), "R05"),
        (lambda: compare_named(("a", "b"), Path(), 2019), "S06"),
        (lambda: compare_named(("a", "b", "c"), Path()), "R04"),
    ],
)
def test_what_names_nothing_is_an_error(desks: Path, call: Callable[[], object], code: str) -> None:
    with pytest.raises(GoalgenError) as caught:
        call()
    assert {problem.code for problem in caught.value.problems} == {code}
