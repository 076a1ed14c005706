"""Programs are found by absolute path; one that lies in the working folder is never run."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from goalgen.files import programs
from goalgen.files.programs import GIT, LIBREOFFICE, Program, find_program
from tests.support.command_runs import run
from tests.support.places import ROOT
from tests.support.year_2020 import copied

posix = pytest.mark.skipif(sys.platform == "win32", reason="a program is known by its permission")
windows = pytest.mark.skipif(sys.platform != "win32", reason="Windows' own places")
NAME = Program(("zzz",), (), ())


def program(path: Path) -> Path:
    """Make a program that leaves a trace beside itself when it is run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('#!/bin/sh\ntouch "$0.was-run"\n', encoding="ascii")
    path.chmod(0o755)
    return path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to stand in."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def on_path(monkeypatch: pytest.MonkeyPatch, *folders: object) -> None:
    monkeypatch.setenv("PATH", os.pathsep.join(map(str, folders)))


def named(folder: Path) -> Path:
    """The program `zzz` of a folder, as this system names a program."""
    return folder / f"zzz{programs.ENDINGS[-1]}"


def test_the_first_on_path_is_taken_by_its_whole_path(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = (program(named(tmp_path / name)) for name in ("一 个", "two"))
    on_path(monkeypatch, tmp_path / "nowhere", one.parent, two.parent)
    assert find_program(NAME) == str(one)
    on_path(monkeypatch, f'"{two.parent}"')
    assert find_program(NAME) == str(two), "people put quotes around folders with blanks"


def test_a_program_in_the_working_folder_is_not_taken(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(named(here))
    (tmp_path / "link").symlink_to(here, target_is_directory=True)
    on_path(monkeypatch, "", ".", "../here", here, tmp_path / "link")
    assert find_program(NAME) is None


@posix
def test_what_cannot_be_run_is_no_program(here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path / "a" / "zzz").chmod(0o644)
    (tmp_path / "b" / "zzz").mkdir(parents=True)
    on_path(monkeypatch, tmp_path / "a", tmp_path / "b")
    assert find_program(NAME) is None


def test_a_program_that_is_not_on_path_is_found_where_installers_put_it(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "[家]"
    for version in ("7.4", "24.2"):
        program(home / f"LibreOffice{version}" / "soffice")
    on_path(monkeypatch, tmp_path / "nowhere")
    monkeypatch.setenv("APPS", str(home))
    monkeypatch.delenv("UNSET", raising=False)
    places = ("%UNSET%/LibreOffice*/soffice", "%APPS%/LibreOffice*/soffice", f"{tmp_path}/nobody*")
    found = find_program(Program(("zzz",), (), places))
    assert found == str(home / "LibreOffice7.4" / "soffice") or found == f"{home}/LibreOffice7.4/soffice"
    assert find_program(Program(("zzz",), (), places[:1])) is None


def test_a_place_is_absolute_or_begins_with_a_variable() -> None:
    assert all(place[0] in "%/" for known in (GIT, LIBREOFFICE) for place in known.places)


@posix
@pytest.mark.parametrize("words", [["diff", "HEAD"], ["git-setup"], ["import", "old.doc"], ["check", "--staged"]])
def test_a_foreign_program_beside_the_submission_is_never_run(words: list[str], tmp_path: Path) -> None:
    folder = copied(tmp_path / "from-a-mail")
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    for name in ("git", "soffice", "libreoffice"):
        program(folder / name)
    done = run(folder, *words, env={"PATH": f".:{folder}::/nowhere"})
    assert done.returncode == 3, done.stderr
    assert "这里没有" in done.stderr + done.stdout
    assert not [*folder.glob("*.was-run")]


@posix
def test_a_git_that_cannot_be_run_is_told_with_its_path(tmp_path: Path) -> None:
    broken = program(tmp_path / "bin" / "git")
    broken.write_bytes(b"?")
    done = run(copied(tmp_path / "desk"), "diff", "HEAD", env={"PATH": str(broken.parent)})
    assert (done.returncode, done.stderr) == (3, f"{broken}: 错误 R03 git 运行不起来；重新安装 git 再试\n")


@windows
def test_the_registry_tells_where_a_program_is(  # pragma: no cover - runs on Windows
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    winreg: Any = import_module("winreg")

    there = program(tmp_path / "Office 程序" / "soffice.exe")
    on_path(monkeypatch, tmp_path)
    key = r"SOFTWARE\goalgen-test"
    monkeypatch.setattr(programs, "_is_program", os.path.isfile)
    winreg.SetValue(winreg.HKEY_CURRENT_USER, key, winreg.REG_SZ, f'"{there}"')
    try:
        assert find_program(Program(("zzz",), ((key, "", ""),), ())) == str(there)
    finally:
        winreg.DeleteKey(winreg.HKEY_CURRENT_USER, key)


def starts(tree: ast.AST) -> Iterator[ast.Call]:
    """The calls that start a program or look for one."""
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
        ):
            owner, name = node.func.value.id, node.func.attr
            if owner == "subprocess" and name[0] != "_" and name != "CompletedProcess":
                yield node
            if (owner, name) == ("shutil", "which") or (
                owner == "os" and name.startswith(("exec", "spawn", "system", "popen"))
            ):
                yield node


def test_the_package_starts_only_what_it_found_by_absolute_path() -> None:
    """No program is named by a word alone, nor looked for in another way."""
    files = {path: [*starts(ast.parse(path.read_text(encoding="utf-8")))] for path in (ROOT / "goalgen").rglob("*.py")}
    calls = {path.relative_to(ROOT / "goalgen").as_posix(): len(found) for path, found in files.items() if found}
    assert calls == {"files/git.py": 1, "word/libreoffice.py": 3}, "a new place: has it its program from find_program?"
    for name in calls:
        assert "find_program" in (ROOT / "goalgen" / name).read_text(encoding="utf-8")
    assert not [
        call for found in files.values() for call in found for word in call.args[:1] if isinstance(word, ast.Constant)
    ]
