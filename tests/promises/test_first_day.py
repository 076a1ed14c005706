"""A newcomer's first hour through the installed command has not one confusing step, and docs/first-day.md is its transcript."""

from __future__ import annotations

from pathlib import Path

import pytest

from goalgen.submission.submission import load
from tests.support.first_day import STEPS, Done, page, play
from tests.support.places import ROOT
from tests.support.project_making import indicators


@pytest.fixture(scope="module")
def hour(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Done]]:
    """The hour, played once: where, and what came of each step."""
    folder = tmp_path_factory.mktemp("第一天")
    return folder, list(play(folder))


def test_every_step_ends_as_it_should(hour: tuple[Path, list[Done]]) -> None:
    _, done = hour
    assert len(done) == len(STEPS) > 20
    assert [(one.step.command, one.code, one.output) for one in done if one.code != one.step.code] == []


def test_no_step_confuses(hour: tuple[Path, list[Done]]) -> None:
    """Nobody meets a traceback, a wall of lines, or an error that is not his own slip."""
    for step, output, _ in hour[1]:
        assert "Traceback" not in output and "内部错误" not in output
        assert len(output.splitlines()) <= 16, step.command
        if step.command and not step.command.startswith("goalgen check"):
            assert "错误 " not in output, step.command


def test_both_years_stand_and_the_sheet_came_home(hour: tuple[Path, list[Done]]) -> None:
    folder = hour[0] / "申报"
    found = load(folder)
    assert found.problems == ()
    assert [(year.year, len(year.entries)) for year in found.years] == [(2020, 16), (2021, 16)]
    new = found.years[1]
    (changed,) = (project for project in new.projects if project.name == "政务督查经费")
    assert next(one for one in indicators(changed) if one.name == "督查次数").text("年度") == "≥40次"
    assert [entry.name for entry in new.unfilled] == ["大院绿化经费"]
    assert [*new.gone.values()] == ["改在基本支出里列"]
    assert len(list((folder / "out/2021/forms").glob("*.docx"))) == 16


def test_the_page_is_the_transcript(hour: tuple[Path, list[Done]]) -> None:
    """Otherwise run `make docs`."""
    assert (ROOT / "docs/first-day.md").read_text(encoding="utf-8") == page(hour[1])
