"""What LibreOffice prints of Word files: many files in one run of it, and the lines of each page with their places."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pypdf import PdfReader

OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")


def convert(sources: Sequence[Path], kind: str, folder: Path, seconds: int = 120) -> None:
    """One call of LibreOffice with a profile of its own; it says 0 also when it failed, so the files are counted."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--infilter=MS Word 2007 XML", "--convert-to", kind, "--outdir"]
    subprocess.run([*command, str(folder), *map(str, sources)], check=True, capture_output=True, timeout=seconds)
    made = [folder / f"{source.stem}.{kind.partition(':')[0]}" for source in sources]
    assert [path for path in made if not path.is_file()] == []


class Line(NamedTuple):
    """A line of a page: how far it is from the left and from the foot, in points, and its text without white space."""

    left: float
    foot: float
    text: str


class Page(NamedTuple):
    """A page: width and height in points, and its lines."""

    size: tuple[float, float]
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        return "".join(line.text for line in self.lines)


def printed(path: Path) -> list[Page]:
    """The pages of a PDF."""
    found = []
    for page in PdfReader(path).pages:
        pieces: dict[float, list[tuple[float, str]]] = {}

        def take(text: str, cm: Any, tm: Any, font: Any, size: Any, pieces: Any = pieces) -> None:
            if text.strip():
                foot = round(tm[5] * cm[3] + cm[5], 1)
                pieces.setdefault(foot, []).append((round(tm[4] * cm[0] + cm[4], 1), re.sub(r"\s", "", text)))

        page.extract_text(visitor_text=take)
        lines = (Line(min(at)[0], foot, "".join(text for _, text in at)) for foot, at in pieces.items())
        width, height = (round(float(side), 1) for side in page.mediabox[2:])
        found.append(Page((width, height), tuple(lines)))
    return found
