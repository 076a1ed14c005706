"""A pipe, a link that leads to itself or a file of a gigabyte where goalgen looks for its own: one line, at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from goalgen import cli
from goalgen.errors import GoalgenError
from goalgen.exchange.filled_forms.folder import gather_files
from goalgen.files.refusals import as_problems
from goalgen.files.writing import write
from tests.support.places import ROOT
from tests.support.sparse_files import sparse
from tests.support.year_2020 import copied

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and links as POSIX has them")

KINDS: Mapping[str, Callable[[Path], object]] = {
    "pipe": lambda path: os.mkfifo(path),  # noqa: PLW0108 - Windows has none
    "itself": lambda path: path.symlink_to(path),
    "gigabyte": lambda path: sparse(path, 1_000_000_000),
}
"""What may lie where a file should."""

DOORS: Mapping[str, str] = {
    "data/2020/01-bao-an-zhuan-fu-jing.yaml": "check",
    "data/projects.yaml": "check",
    "templates/form_2020.yaml": "template check templates/form_2020.yaml",
    "templates/form_2020.docx": "template check",
    "templates/review.yaml": "check",
    "filled.docx": "show filled.docx",
    "filled.xlsx": "sheet import filled.xlsx",
    "out": "render -q --only bao-an-zhuan-fu-jing",
}
"""Every file that goalgen reads or writes, and a command that does."""

LIMITED = """
import resource, sys
from goalgen.cli import main
resource.setrlimit(resource.RLIMIT_AS, (700_000_000,) * 2)
sys.argv = ["goalgen", *sys.argv[1:]]
main()
"""


@pytest.mark.parametrize("place", DOORS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_strange_thing_in_the_place_of_a_file_is_one_line(kind: str, place: str, tmp_path: Path) -> None:
    copied(tmp_path, "templates")
    there = tmp_path / place
    if there.is_file():
        there.unlink()
    KINDS[kind](there)
    run = subprocess.run(
        [sys.executable, "-c", LIMITED, *DOORS[place].split()],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    said = run.stdout + run.stderr
    assert "Traceback" not in said
    assert "内部错误" not in said, said
    if place == "templates/review.yaml" and kind != "gigabyte":
        return  # without a profile of one's own goalgen's serves
    assert run.returncode in (2, 3), said
    assert "错误" in said


def test_a_device_never_becomes_a_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(GoalgenError, match="不是文件"):
        write(pipe, b"x")
    assert pipe.is_fifo()


def test_a_folder_that_is_gone_is_one_line(tmp_path: Path) -> None:
    words = f"cd {tmp_path} && mkdir gone && cd gone && rmdir ../gone && exec {sys.executable} -m goalgen check"
    run = subprocess.run(["sh", "-c", words], capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 3
    assert run.stderr == "goalgen: 电脑不让做：文件夹不见了，可能刚被别人删掉；再运行一次\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("words", ["template names >/dev/full", "template names >/dev/full 2>&1"])
def test_a_result_that_cannot_be_written_is_exit_3(words: str, tmp_path: Path) -> None:
    copied(tmp_path, "templates")
    run = subprocess.run(
        ["sh", "-c", f"exec {sys.executable} -m goalgen {words}"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 3
    assert run.stderr in ("", "goalgen: 电脑不让做：磁盘满了；腾出空间再运行一次\n")


@pytest.mark.parametrize(
    ("error", "code"),
    [(MemoryError(), 3), (OSError(28, "full"), 3), (UnicodeEncodeError("utf-8", "\udcff", 0, 1, "x"), 2)],
)
def test_what_ends_a_run_is_said_in_one_line(
    error: Exception, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails(**_: object) -> None:
        raise error

    monkeypatch.delenv("GOALGEN_DEBUG", raising=False)
    monkeypatch.setattr(cli.cli, "main", fails)
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert left.value.code == code
    said = capsys.readouterr().err
    assert said.startswith("goalgen: ") and said.count("\n") == 1
    assert "内部错误" not in said


def test_a_name_that_the_system_cannot_write_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(GoalgenError, match="O01 这台电脑的语言设置写不出这个文件名"), as_problems(tmp_path):
        raise UnicodeEncodeError("ascii", "甲", 0, 1, "ordinal not in range")


def test_only_word_files_of_a_folder_are_gathered(tmp_path: Path) -> None:
    for name in ("甲.docx", "~$甲.docx", "甲.txt"):
        (tmp_path / name).touch()
    assert gather_files([tmp_path]) == [tmp_path / "甲.docx"]


def test_a_name_that_is_no_text_is_a_usage_error(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    run = subprocess.run(
        [sys.executable, "-m", "goalgen", "new", b"\xff\xfe"], cwd=tmp_path, capture_output=True, check=False
    )
    assert run.returncode == 2
    assert b"Traceback" not in run.stderr
