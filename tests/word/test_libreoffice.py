"""A LibreOffice that does not do its work is told, and one that hangs is ended with all that it started."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from goalgen.word import libreoffice
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
    ("code", "said"), [("#!/bin/sh\nexit 0\n", "old.doc: 错误 K06 LibreOffice 转不了它"), ("?", "soffice）运行不起来")]
)
def test_a_libreoffice_that_does_not_do_its_work_is_told(program: Path, code: str, said: str) -> None:
    program.write_text(code, encoding="ascii")
    program.chmod(0o755)
    assert run("import", "old.doc")[0] == 3
    assert said in run("import", "old.doc")[1]


HANGS_AT_THE_SECOND = """#!/bin/sh
for word; do case "$word" in */*.doc) files="$files $word";; esac; done
set -- $files
echo made > "${1%.doc}.docx"
/bin/sleep 300 &
echo $! $$ > "$0.started"
wait
"""
"""A soffice that converts its first file and hangs at the next, in a program that it started."""


def lives(process: int) -> bool:
    """Say whether a process is there and no mere entry that its parent has not asked about yet."""
    with suppress(OSError):
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    return False


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux which processes there are")
def test_a_libreoffice_that_hangs_is_ended_and_the_doc_is_named(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program.write_text(HANGS_AT_THE_SECOND, encoding="ascii")
    program.chmod(0o755)
    monkeypatch.setattr(libreoffice, "_PATIENCE_SECONDS", 1.0)
    for name in ("new.doc", "third.doc"):
        (tmp_path / name).write_bytes(b"\xd0\xcf\x11\xe0")
    started: list[int] = []
    try:
        code, said = run("import", "new.doc", "old.doc", "third.doc")
        started = [*map(int, Path(f"{program}.started").read_text(encoding="ascii").split())]
        assert code == 3
        told = [line for line in said.splitlines() if "K06" in line]
        assert [line.split(":")[0] for line in told] == ["old.doc", "third.doc"]
        assert "old.doc: 错误 K06 LibreOffice 转了 1 秒也没有转完它，已经把它停下；用 Word 或 WPS 打开" in told[0]
        assert "停在前面的 old.doc 上" in told[1]
        end = time.monotonic() + 10
        while any(map(lives, started)) and time.monotonic() < end:
            time.sleep(0.01)
        assert len(started) == 2 and not any(map(lives, started))
    finally:
        for process in started:
            with suppress(OSError):
                os.kill(process, signal.SIGKILL)


def test_without_libreoffice_every_doc_is_named(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "find_program", lambda _: None)
    assert run("import", "old.doc") == (
        3,
        "old.doc: 错误 K06 .doc 要先转成 .docx，这里没有 LibreOffice；用 Word 或 WPS 打开，另存为 .docx 再导入",
    )
