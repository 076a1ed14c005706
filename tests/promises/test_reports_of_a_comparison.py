"""The reports of a comparison: each format written by the command, the same each time, without rows where nothing differs."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from goalgen.cli import cli
from tests.support.places import ROOT


@pytest.mark.parametrize("form", ["html", "docx", "xlsx"])
def test_the_command_writes_it(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    target = tmp_path / f"对照.{form}"
    words = ["diff", "2020", "2021", "--only", "zheng-wu-du-cha", "--fields", "项目资金", "--format", form]
    assert CliRunner().invoke(cli, [*words, "-o", str(target)]).exit_code == 0
    assert target.read_bytes()[:2] in (b"PK", b"<!")
