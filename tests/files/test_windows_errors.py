"""What Windows means by its errors is told with its own true sentence, for reading and for writing."""

from __future__ import annotations

import errno
import os
import stat
import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from goalgen.files import windows_errors
from goalgen.files.refusals import refusal, writing_refusal
from goalgen.files.windows_errors import READ_ONLY_FILE, meaning, what_denies, what_is_missing

SAID = {
    5: "没有权限",
    15: "没有这个盘",
    19: "只读",
    21: "没有这个盘",
    32: "别的程序正打开着它",
    33: "别的程序正打开着它",
    53: "连不上这个网络位置",
    67: "连不上这个网络位置",
    112: "磁盘满了",
    123: "名字里有文件名不能有的字符",
    206: "太长",
    225: "杀毒软件",
    234: "太长",
    362: "云盘",
    1224: "别的程序正打开着它",
    1231: "连不上这个网络位置",
}
"""Windows' numbers, and the words that a person reads."""


@pytest.fixture(autouse=True)
def on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its drives are C: and \\\\srv\\公用."""
    monkeypatch.setattr(windows_errors, "WINDOWS", True)
    real = os.path.isdir
    there = ("C:\\", "\\\\srv\\公用\\")
    monkeypatch.setattr(os.path, "isdir", lambda path: path in there or real(path))


def windows_error(winerror: int | None, number: int = errno.EACCES, *paths: str) -> OSError:
    error = OSError(number, "English", *paths[:1])
    error.winerror = winerror  # type: ignore[attr-defined, unused-ignore]
    return error


@pytest.mark.parametrize("number", SAID)
def test_each_number_of_windows_has_its_sentence(number: int) -> None:
    for said, hint in (writing_refusal(windows_error(number)), refusal(windows_error(number))):
        if number not in (19, 112):  # of writing only
            assert SAID[number] in said
            assert hint
    assert SAID[number] in writing_refusal(windows_error(number))[0]


MISSING = {
    r"Q:\data\a.yaml": "没有这个盘",
    r"\\nohost\share\a.yaml": "连不上这个网络位置",
    "C:\\" + "长" * 100 + "\\" + "b" * 160: "路径太长",
    'C:\\a"b': "名字里有",
    r"C:\a:b": "名字里有",
    r"C:\a\b": "文件夹不见了",
    r"\\srv\公用\b": "文件夹不见了",
}


@pytest.mark.parametrize("path", MISSING)
@pytest.mark.parametrize("winerror", [None, 2, 3])
def test_what_is_not_found_is_told_by_what_is_missing(path: str, winerror: int | None) -> None:
    """Windows and C's `open` say the same for all of them: no such file or folder."""
    assert MISSING[path] in writing_refusal(windows_error(winerror, errno.ENOENT, path))[0]
    assert MISSING[path] in writing_refusal(windows_error(winerror, errno.ENOENT), Path(path))[0] or os.name != "nt"
    read = refusal(windows_error(winerror, errno.ENOENT, path))[0]
    assert ("没有这个文件" if "不见了" in MISSING[path] else MISSING[path].removeprefix("路径")) in read


def test_long_paths_are_fine_where_windows_takes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows_errors, "_takes_long_paths", lambda: True)
    assert what_is_missing("C:\\" + "a" * 300) == 0


def test_of_two_paths_the_one_to_be_replaced_counts(tmp_path: Path) -> None:
    (tmp_path / "b.docx").mkdir()
    error = OSError(errno.EACCES, "English", str(tmp_path / "a.tmp"), None, str(tmp_path / "b.docx"))
    assert meaning(error, True) == errno.EISDIR
    assert "同名的文件夹" in writing_refusal(error)[0]


def test_a_refusal_is_asked_for_its_reason(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.xlsx"
    path.touch()
    denied = windows_error(None, errno.EACCES, str(path))
    monkeypatch.setattr(windows_errors, "_refused", lambda place, writing: 32)
    assert refusal(denied)[0] == writing_refusal(denied)[0] == "别的程序正打开着它"
    monkeypatch.setattr(windows_errors, "_refused", lambda place, writing: 5)
    assert refusal(denied)[0] == writing_refusal(denied)[0] == "没有权限"
    assert what_denies(str(tmp_path / "gone"), writing=True) == 0


def test_read_only_counts_for_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    about = SimpleNamespace(st_mode=stat.S_IFREG, st_file_attributes=stat.FILE_ATTRIBUTE_READONLY)
    monkeypatch.setattr(os, "stat", lambda *_, **__: about)
    assert what_denies("a", writing=True) == READ_ONLY_FILE
    assert what_denies("a", writing=False) == 0
    said, hint = writing_refusal(windows_error(5, errno.EACCES, "a"))
    assert (said, "去掉“只读”" in hint) == ("这个文件是只读的", True)


def test_elsewhere_an_error_means_its_errno(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows_errors, "WINDOWS", False)
    assert meaning(windows_error(53, errno.ENOENT, r"Q:\a"), True) == errno.ENOENT


def test_other_errors_keep_their_meaning_and_need_no_path() -> None:
    assert meaning(windows_error(None, errno.EIO, r"Q:\a"), True) == errno.EIO
    assert meaning(windows_error(None, errno.ENOENT), True) == errno.ENOENT
    assert meaning(OSError(), True) == 0
    assert meaning(windows_error(1, errno.EACCES, str(3)), True) == errno.EACCES
    assert windows_errors.named(OSError(errno.EBADF, "bad", 3)) == ""


@pytest.mark.skipif(sys.platform != "win32", reason="another program holds a file as Windows lets it")
@pytest.mark.parametrize("writing", [True, False])
def test_a_file_that_another_program_holds(tmp_path: Path, writing: bool) -> None:  # pragma: no cover - runs on Windows
    winapi: Any = import_module("_winapi")
    path = tmp_path / "a.docx"
    path.touch()
    handle = winapi.CreateFile(str(path), winapi.GENERIC_READ, 0, 0, winapi.OPEN_EXISTING, 0, 0)
    try:
        assert what_denies(str(path), writing) == errno.EBUSY
    finally:
        winapi.CloseHandle(handle)
    assert what_denies(str(path), writing) == 0
