"""What a worker keeps of a template from one form to the next."""

from __future__ import annotations

from pathlib import Path

from goalgen.printing import printer
from goalgen.printing.year import publish_year
from goalgen.submission import reading
from goalgen.submission.index import open_index
from tests.support.places import ROOT


def test_the_press_follows_the_template(tmp_path: Path) -> None:
    """A worker that prints one template after another takes neither for the other."""
    index = open_index(ROOT, [2020])
    with reading.read_year(index.years[0], ROOT) as year:
        first = publish_year(year, year.entries[:1], tmp_path / "a", bundle=False)
        press = printer._PRESSES[0]
        second = publish_year(year._replace(), year.entries[:1], tmp_path / "b", bundle=False)
    assert printer._PRESSES[0] is press, "an equal template is not made ready again"
    assert first.written[0].read_bytes() == second.written[0].read_bytes()
