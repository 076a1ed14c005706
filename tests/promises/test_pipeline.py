"""The job of docs/git.md is green on this repository itself: every goalgen line of it, run in a copy, ends with 0."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.support.command_runs import run
from tests.support.places import ROOT

PAGE = (ROOT / "docs" / "git.md").read_text(encoding="utf-8")
STEPS = [match["words"] for match in re.finditer(r"(?m)^ +- (?:run: |\.venv/bin/)goalgen (?P<words>.+)$", PAGE)]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a clone of the repository holds of the submission."""
    folder = tmp_path_factory.mktemp("克隆")
    for name in ("data", "templates", "schema"):
        shutil.copytree(ROOT / name, folder / name)
    return folder


def test_the_page_has_both_jobs() -> None:
    assert len(STEPS) >= 5 and STEPS.count("fmt --check") == 2


@pytest.mark.parametrize("words", dict.fromkeys(STEPS))
def test_a_step_is_green(clone: Path, words: str) -> None:
    done = run(clone, *shlex.split(words))
    assert done.returncode == 0, done.stdout + done.stderr
