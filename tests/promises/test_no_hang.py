"""No template makes goalgen calculate for ever: a megabyte made to do so is used or told within a bound on processor time."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no limit on processor time", allow_module_level=True)

from tests.support.hostile import BODIES, SIZE
from tests.support.places import ROOT

GROUPS = 6


@pytest.mark.parametrize("group", range(GROUPS))
def test_a_template_made_to_hang_does_not(group: int, tmp_path: Path) -> None:
    """The system kills the process that needs more than its time; the names it printed before say on which one."""
    names = [*BODIES][group::GROUPS]
    run = subprocess.run(
        [sys.executable, "-m", "tests.support.hostile", *names],
        cwd=ROOT,
        env={**{k: v for k, v in os.environ.items() if not k.startswith("COVERAGE")}, "GOALGEN_CACHE": "off"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    done = [line.partition(":")[0] for line in run.stdout.splitlines()]
    assert (done, run.returncode) == (names, 0), run.stderr[-2000:]


def test_the_templates_are_large_and_many() -> None:
    """The guard of the test above."""
    large = [name for name, body in BODIES.items() if len(body.encode()) > SIZE * 0.7]
    assert len(BODIES) > 45 and len(large) > 30
