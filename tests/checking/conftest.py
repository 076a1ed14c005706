"""What the tests of the review share: a review of one project file."""

from __future__ import annotations

from pathlib import Path

import pytest

from goalgen.checking.review import review
from goalgen.errors import Problem
from goalgen.submission.submission import load
from tests.support.review_cases import Texts, submission


@pytest.fixture
def reviewed(tmp_path: Path) -> Texts:
    """A review of one project file, given as text."""

    def run(text: str) -> list[Problem]:
        submission(tmp_path, {})
        path = tmp_path / "data" / "2020" / "01.yaml"
        path.write_text(text, encoding="utf-8")
        read = load(tmp_path)
        assert not read.problems
        return review(read)

    return run
