"""The form packs that goalgen brings, and the example folder of each."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from goalgen.printing.printer import Printer
from goalgen.submission import Year
from goalgen.submission.submission import load
from tests.support.places import ROOT

TEMPLATES: Final = ROOT / "templates"
PACKS: Final = ("xiangmu_88", "hexin_101", "guangxi_2021", "ningxiang_2021")
"""Those whose Word template is as `goalgen form template` makes it: all but form_2020."""
EXAMPLES: Final = (*PACKS, "guangxi_2021_yuan")
"""The folders under docs/example with projects on these packs; the last changes one of them."""


def example(name: str) -> Path:
    return ROOT / "docs" / "example" / name


def example_year(name: str) -> Year:
    """The only year of an example."""
    (year,) = load(example(name)).years
    return year


def example_bundle(name: str) -> bytes:
    """All projects of an example, printed and bound."""
    year = example_year(name)
    printer = Printer(year.form)
    return printer.bundle(printer.fill(project) for project in year.projects)
