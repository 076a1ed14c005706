"""A copy of the submission as it was in 2020, for tests that count its sixteen projects or open the next year."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.support.places import ROOT


def copied(folder: Path, *others: str) -> Path:
    """Copy `data` with the year 2020 alone, and these other folders of the project, into a folder; gives it back."""
    shutil.copytree(ROOT / "data" / "2020", folder / "data" / "2020")
    for name in others:
        shutil.copytree(ROOT / name, folder / name)
    index = (ROOT / "data" / "projects.yaml").read_text(encoding="utf-8")
    alone, years = re.subn(r"^  2021:\n(?:    .*\n?)*", "", index, flags=re.MULTILINE)
    assert years == 1
    (folder / "data" / "projects.yaml").write_text(alone, encoding="utf-8")
    return folder
