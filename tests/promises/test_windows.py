"""What Windows alone refuses is told by its own true sentence, and what lies in the working folder is not run."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_runs import run
from tests.support.year_2020 import copied

pytestmark = pytest.mark.skipif(sys.platform != "win32", reason="needs Windows, or `make windows`")

FIRST = "data/2020/01-bao-an-zhuan-fu-jing.yaml"
FORM = "out/2020/forms/01-大院保安转辅警经费.docx"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the submission in a folder with a blank in its name."""
    return copied(tmp_path / "申报 材料", "templates")


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold a file as Excel does: nobody else may open it."""
    winapi: Any = import_module("_winapi")
    handle = winapi.CreateFile(str(path), winapi.GENERIC_READ, 0, 0, winapi.OPEN_EXISTING, 0, 0)
    try:
        yield
    finally:
        winapi.CloseHandle(handle)


def said(folder: Path, *words: str, code: int) -> str:
    """What a run says that ends with this code: never a traceback, never English words of the system."""
    done = run(folder, *words)
    told = done.stdout + done.stderr
    assert "Traceback" not in told and "内部错误" not in told and "Errno" not in told, told
    assert done.returncode == code, told
    return told


def litter(folder: Path) -> list[Path]:
    return [*folder.rglob("*.tmp"), *folder.rglob(".goalgen.lock")]


@pytest.mark.parametrize("words", [["check"], ["fmt", FIRST], ["render", "-q"]])
def test_a_project_file_that_another_program_holds_is_to_be_closed(words: list[str], folder: Path) -> None:
    with held(folder / FIRST):
        told = said(folder, *words, code=2)
    assert f"{FIRST}: 错误 Y01 文件读不到：别的程序正打开着它；请先在 Word、WPS 或 Excel 里关闭它" in told
    assert "没有权限" not in told


def test_a_workbook_and_a_form_that_are_open_are_to_be_closed(folder: Path) -> None:
    said(folder, "sheet", "export", "-o", "a.xlsx", code=0)
    said(folder, "render", "-q", code=0)
    shutil.copy(folder / FORM, folder / "填好.docx")
    with held(folder / "a.xlsx"):
        assert "a.xlsx: 错误" in (told := said(folder, "sheet", "import", "a.xlsx", code=2)) and "正打开着它" in told
    with held(folder / "填好.docx"):
        assert "正打开着它" in said(folder, "show", "填好.docx", code=2)
        assert "正打开着它" in said(folder, "import", "填好.docx", code=2)
    assert litter(folder) == []


def test_a_form_that_is_open_stays_and_the_others_are_written(folder: Path) -> None:
    said(folder, "render", "-q", code=0)
    for name in ("01-大院保安转辅警经费.docx", "06-水电补助.docx"):
        (folder / "out/2020/forms" / name).write_bytes(b"mine")
    with held(folder / FORM):
        told = said(folder, "render", "-q", "--overwrite-edited", code=3)
    assert f"{FORM}: 错误 O01 写不了文件：别的程序正打开着它" in told
    assert (folder / FORM).read_bytes() == b"mine" != (folder / "out/2020/forms/06-水电补助.docx").read_bytes()
    assert litter(folder) == []


def test_a_form_that_is_read_only_is_left_alone(folder: Path) -> None:
    said(folder, "render", "-q", code=0)
    form = folder / FORM
    old = form.read_bytes()
    form.write_bytes(b"mine")
    form.chmod(stat.S_IREAD)
    for _ in range(2):
        told = said(folder, "render", "-q", "--overwrite-edited", code=3)
        assert f"{FORM}: 错误 O01 写不了文件：这个文件是只读的；右键看它的“属性”，去掉“只读”" in told
        assert form.read_bytes() == b"mine"
        assert litter(folder) == []
    form.chmod(stat.S_IWRITE)
    said(folder, "render", "-q", "--overwrite-edited", code=0)
    assert form.read_bytes() == old


PLACES = {
    r"Q:\表": "没有这个盘",
    r"\\nohost-zz\share\表": "连不上这个网络位置",
    "坏<名>": "名字里有文件名不能有的字符",
}


@pytest.mark.parametrize("place", PLACES)
def test_a_place_that_is_not_there_is_named_for_what_it_is(place: str, folder: Path) -> None:
    told = said(folder, "render", "-q", "-o", place, code=3)
    assert PLACES[place] in told
    assert "再运行一次" not in told or "插上" in told
    told = said(folder, "sheet", "export", "-o", f"{place}\\a.xlsx", code=3)
    assert PLACES[place] in told


def test_a_reader_that_goes_away_is_no_failure(folder: Path) -> None:
    """As `goalgen … | more` and q, or `| Select-Object -First 3`."""
    words = [sys.executable, "-m", "goalgen", "check", "--explain", "all"]
    with subprocess.Popen(words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        told = process.stderr.read()
        assert (process.wait(), told) == (0, b"")


@pytest.mark.parametrize("words", [["diff", "HEAD"], ["import", "old.doc"], ["git-setup"]])
def test_a_foreign_program_in_the_working_folder_is_not_run(words: list[str], folder: Path) -> None:
    """A copy of Python under their names would answer, and not that there is none."""
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    for name in ("git", "soffice", "libreoffice"):
        for ending in (".exe", ".com"):
            shutil.copy(Path(os.environ["SYSTEMROOT"]) / "System32" / "where.exe", folder / f"{name}{ending}")
    done = run(folder, *words, env={"PATH": f".;{folder}"})
    assert done.returncode == 3
    assert "这里没有" in done.stdout + done.stderr


def test_paths_are_told_with_their_backslashes_once(folder: Path) -> None:
    told = said(folder, "render", "-o", str(folder / FIRST), code=2)
    assert f"“{folder / FIRST}”是文件" in told
