"""How a run speaks to a terminal and how it ends: progress, what -v adds, a reader that goes away, a fault of goalgen's own."""

from __future__ import annotations

import contextlib
import errno
import io
import multiprocessing
import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

import goalgen.cli
from goalgen.cli.common import LONG_WORK, Console
from goalgen.errors import Place, Problem
from goalgen.files.names import shown
from tests.support.places import ROOT


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def told_of(quiet: bool, count: int) -> str:
    """What a terminal shows of work that is half done."""
    with contextlib.redirect_stderr(Terminal()) as terminal:
        with Console(quiet, verbose=False, color=None).progress(count, "2020 年度") as step:
            step(count // 2)
        return terminal.getvalue()


def test_long_work_on_a_terminal_shows_how_far_it_is() -> None:
    said = told_of(False, LONG_WORK)
    assert "2020 年度" in said and " 50%" in said


@pytest.mark.parametrize(("quiet", "count"), [(True, LONG_WORK), (False, LONG_WORK - 1)])
def test_short_work_and_quiet_work_show_nothing(quiet: bool, count: int) -> None:
    assert told_of(quiet, count) == ""


def test_verbose_shows_no_line_of_a_file_that_is_not_here(capsys: pytest.CaptureFixture[str]) -> None:
    told = Problem("M05", "选项不在表上", Place("HEAD:data/2020/a.yaml", 4, 7))
    Console(quiet=False, verbose=True, color=False).problems([told], err=False)
    assert capsys.readouterr().out == "HEAD:data/2020/a.yaml:4:7: 错误 M05 选项不在表上\n"


class Failing:
    """Commands of which each ends in a fault."""

    def main(self, **_: object) -> None:
        raise RuntimeError("甲\n乙")


def test_a_fault_of_goalgens_own_is_one_line_unless_debugging(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(goalgen.cli, "cli", Failing())
    monkeypatch.delenv("GOALGEN_DEBUG", raising=False)
    with pytest.raises(SystemExit) as left:
        goalgen.cli.main()
    assert left.value.code == 3
    said = capsys.readouterr().err
    assert said.startswith("goalgen: 内部错误：RuntimeError: 甲 乙；") and said.count("\n") == 1
    monkeypatch.setenv("GOALGEN_DEBUG", "1")
    with pytest.raises(RuntimeError, match="甲\n乙"):
        goalgen.cli.main()


def test_a_reader_that_goes_away_is_no_failure() -> None:
    gone, pipe = os.pipe()
    os.close(gone)
    words = [sys.executable, "-m", "goalgen", "check", "--explain", "all"]
    done = subprocess.run(words, cwd=ROOT, stdout=pipe, stderr=subprocess.PIPE, check=False)
    os.close(pipe)
    assert (done.returncode, done.stderr) == (0, b"")


class Refusing(io.StringIO):
    """Standard output that takes nothing."""

    def __init__(self, number: int, descriptor: int) -> None:
        super().__init__()
        self.number = number
        self.descriptor = descriptor

    def fileno(self) -> int:
        if self.descriptor < 0:
            raise io.UnsupportedOperation
        return self.descriptor

    def write(self, text: str) -> int:
        raise OSError(self.number, "English")


@pytest.mark.parametrize(
    ("kind", "number", "code"),
    [("pipe", errno.EINVAL, 0), ("file", errno.EINVAL, 3), ("none", errno.EINVAL, 3), ("pipe", errno.EIO, 3)],
)
def test_a_reader_that_goes_away_on_windows_is_no_failure(
    kind: str,
    number: int,
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """There a pipe without a reader is an invalid argument; a file that takes nothing is a failure."""
    monkeypatch.delenv("GOALGEN_DEBUG", raising=False)
    monkeypatch.setattr(sys, "argv", ["goalgen", "check", "--explain", "F01"])
    pipe = os.pipe()
    with (tmp_path / "out").open("wb") as file:
        descriptor = {"pipe": pipe[1], "file": file.fileno(), "none": -1}[kind]
        monkeypatch.setattr(sys, "stdout", Refusing(number, descriptor))
        with pytest.raises(SystemExit) as left:
            goalgen.cli.main()
    for end in pipe:
        os.close(end)
    assert left.value.code == code
    assert bool(capsys.readouterr().err) == bool(code)


def test_an_invalid_argument_about_a_file_is_no_reader_that_went_away() -> None:
    assert not goalgen.cli._nobody_reads(OSError(errno.EINVAL, "English", "a.docx"))


@pytest.mark.parametrize(("chosen", "spoken"), [("", "utf-8"), ("gbk", "gbk"), ("gbk:strict", "gbk")])
def test_output_is_utf8_unless_the_user_chose_another_encoding(chosen: str, spoken: str) -> None:
    env = {**os.environ, "PYTHONIOENCODING": chosen}
    words = [sys.executable, "-m", "goalgen", "check", "--explain", "F01"]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, env=env, check=True)
    assert "指标" in done.stdout.decode(spoken) or "资金" in done.stdout.decode(spoken)


def test_what_the_system_refuses_names_its_file(monkeypatch: pytest.MonkeyPatch) -> None:
    said, code = goalgen.cli._failure(OSError(errno.ENAMETOOLONG, "English", "甲/乙.docx"))
    assert (said, code) == (
        "goalgen: 电脑不让做：甲/乙.docx：文件名或路径太长；换一个路径短的文件夹",
        3,
    )


def loaded() -> dict[str, Any]:
    """The program as a worker loads it where processes are not forked (Windows, macOS): under this name."""
    return runpy.run_module("goalgen", run_name="__mp_main__")


@pytest.mark.parametrize(("code", "left"), [(0, 0), (3, 3), (None, 0)])
def test_the_program_leaves_at_once_with_its_code(code: int | None, left: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """But through Python's own end where processes were started: the interpreter has to clear up after them."""
    codes: list[int] = []
    program = loaded()
    monkeypatch.setattr(goalgen.cli, "main", lambda: sys.exit(code))
    monkeypatch.setattr(os, "_exit", codes.append)
    monkeypatch.setitem(sys.modules, "multiprocessing", multiprocessing)
    with pytest.raises(SystemExit):
        program["run"]()
    assert codes == []
    monkeypatch.delitem(sys.modules, "multiprocessing")
    program["run"]()
    assert codes == [left]


def test_a_worker_that_loads_the_entry_anew_does_not_run_it() -> None:
    assert callable(loaded()["run"])


def test_words_are_printed_into_whatever_stands_for_standard_output() -> None:
    stream = io.TextIOWrapper(io.BytesIO(), "gbk")
    with contextlib.redirect_stdout(stream):
        goalgen.cli.cli.main(["show", "--textconv", "没有.docx"], standalone_mode=False)
    assert stream.buffer.getvalue().decode("utf-8").endswith("）\n")


def test_a_path_that_no_system_has_is_shown_as_typed() -> None:
    assert shown(Path("甲\0乙")) == "甲\0乙"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no folder that one stands in")
def test_a_path_is_shown_as_typed_where_there_is_no_folder_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert shown(Path("甲/乙")) == "甲/乙"


def test_ctrl_c_is_told_as_such() -> None:
    assert goalgen.cli._failure(click.Abort()) == ("已中断；已经写好的文件都是完整的", 130)
