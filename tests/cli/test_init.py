"""`goalgen init`: a folder that renders at once; nothing overwritten but by force."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.command_runs import run


def test_init_makes_a_folder_that_renders_at_once(tmp_path: Path) -> None:
    assert run(tmp_path, "init", "demo").returncode == 0
    result = run(tmp_path / "demo", "render")
    assert result.returncode == 0, result.stderr
    made = sorted(path.name for path in (tmp_path / "demo/out/2020").rglob("*.docx"))
    assert made == ["01-政务督查经费.docx", "bundle.docx"]
    assert json.loads((tmp_path / "demo/.vscode/settings.json").read_text(encoding="utf-8"))


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    run(tmp_path, "init", "demo")
    (tmp_path / "demo/data/projects.yaml").write_text("mine", encoding="utf-8")
    result = run(tmp_path, "init", "demo")
    assert result.returncode == 2
    assert "S08" in result.stderr
    assert (tmp_path / "demo/data/projects.yaml").read_text(encoding="utf-8") == "mine"


def test_init_by_force_puts_back_what_it_brought(tmp_path: Path) -> None:
    run(tmp_path, "init", "demo")
    index = tmp_path / "demo/data/projects.yaml"
    before = index.read_bytes()
    index.write_text("mine", encoding="utf-8")
    assert run(tmp_path, "init", "demo", "--force").returncode == 0
    assert index.read_bytes() == before
