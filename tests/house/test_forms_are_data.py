"""No form is known by heart: what stands on one is data, and hardly a module says a word of it."""

from __future__ import annotations

import re
from typing import Final

from tests.support.places import ROOT

BLOCKS_OF_2020: Final = re.compile("项目资金|总体目标|绩效指标")


def test_fewer_than_twelve_modules_name_the_blocks_of_one_form() -> None:
    """The examples of the rules do, the sample of `init`, the help of `diff`, and the refusal of specs as they were."""
    modules = [path.relative_to(ROOT).as_posix() for path in (ROOT / "goalgen").rglob("*.py")]
    naming = [name for name in modules if BLOCKS_OF_2020.search((ROOT / name).read_text(encoding="utf-8"))]
    assert len(modules) > 150 and "goalgen/checking/rules/funding.py" in naming
    assert len(naming) < 12, naming


def test_no_module_knows_the_two_panels() -> None:
    assert not [path for path in (ROOT / "goalgen").rglob("*.py") if re.search(r"\bHorizon\b", path.read_text("utf-8"))]
