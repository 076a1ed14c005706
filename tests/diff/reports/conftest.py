"""What the tests of the reports share: the comparison of 2020 with 2021, and one with hard texts."""

from __future__ import annotations

import pytest

from goalgen.diff import filtering
from goalgen.diff.comparing import compare
from goalgen.diff.values import Difference, Side
from goalgen.submission.submission import Submission
from tests.support.diff_reports import HARD
from tests.support.project_making import goals, replace


@pytest.fixture(scope="session")
def sides(submission: Submission) -> tuple[Side, Side]:
    old, new = (Side(f"{year.year} 年度", year.year, year.form, year.projects) for year in submission.years)
    return old, new


@pytest.fixture(scope="session")
def difference(sides: tuple[Side, Side]) -> Difference:
    return filtering.without_routine(compare(*sides))


@pytest.fixture(scope="session")
def hard(sides: tuple[Side, Side]) -> Difference:
    """One project, with signs in its texts that mean something to every format."""
    old, new = (replace(side, projects=(side.projects[0],)) for side in sides)
    project = new.projects[0]
    longer = {horizon: f"{text}，{HARD}" for horizon, text in goals(project).items()}
    return compare(old, replace(new, projects=(replace(project, name=f"新名 {HARD}", goals=longer, notes={"": HARD}),)))
