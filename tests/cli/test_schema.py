"""`goalgen schema`: the committed schemas are what it writes."""

from __future__ import annotations

from pathlib import Path

from tests.support.command_runs import run
from tests.support.places import ROOT


def test_the_committed_schemas_are_current(tmp_path: Path) -> None:
    assert run(ROOT, "schema", "-o", str(tmp_path)).returncode == 0
    made = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.json")}
    assert len(made) == 4
    assert made == {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "schema").glob("*.json")}
