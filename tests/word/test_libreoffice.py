"""A LibreOffice that does not do its work is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support.filled_forms import run


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in, with an old .doc, and a soffice that is the only program there is."""
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "bin" / "soffice"


@pytest.mark.skipif(os.name == "nt", reason="a program is known by its permission")
@pytest.mark.parametrize(
    ("code", "said"), [("#!/bin/sh\nexit 0\n", "old.doc: 错误 K06 LibreOffice 转不了它"), ("?", "没有完成：")]
)
def test_a_libreoffice_that_does_not_do_its_work_is_told(program: Path, code: str, said: str) -> None:
    program.write_text(code, encoding="ascii")
    program.chmod(0o755)
    assert run("import", "old.doc")[0] == 3
    assert said in run("import", "old.doc")[1]
