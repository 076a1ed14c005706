"""Every file of the repository can be checked out on Windows: no device, no letter it forbids, no two alike, no long path."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Final

import pytest

from goalgen.files.names import is_device
from tests.support.places import ROOT

MAX_PATH_CHARACTERS: Final = 120
"""How long a path may be below the repository: half of what Windows takes stays for the folder that it lies in."""


@pytest.fixture(scope="module")
def committed() -> list[str]:
    """What git has: every path from the root of the repository."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("needs the repository")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return listed.stdout.decode("utf-8").rstrip("\0").split("\0")


def faults(paths: Iterable[str]) -> list[str]:
    """What Windows would not take of these paths."""
    found = []
    spelled: dict[str, str] = {}
    for path in paths:
        for folder in (PurePosixPath(path), *PurePosixPath(path).parents):
            name = folder.name
            if is_device(name):
                found.append(f"{path}: {name} is a device")
            if re.search(r'[\x00-\x1f\x7f<>:"|?*\\]', name) or name.endswith((".", " ")):
                found.append(f"{path}: {name!r} has what no name may have")
            alike = spelled.setdefault(unicodedata.normalize("NFC", str(folder)).casefold(), str(folder))
            if alike != str(folder):
                found.append(f"{path}: {folder} and {alike} are one file on Windows or macOS")
        if len(path) > MAX_PATH_CHARACTERS:
            found.append(f"{path}: {len(path)} characters")
    return found


def test_every_committed_path_can_be_made_on_windows(committed: list[str]) -> None:
    assert len(committed) > 500, "the guard guards something"
    assert faults(committed) == []


@pytest.mark.parametrize(
    "paths",
    [
        *([f"tests/{name}"] for name in ("nul.yaml", "NUL", "aux/a.py", "con .txt", "Com1.tar.gz", "lpt9", "conin$.x")),
        *([f"a/{name}"] for name in ("b:c", "b?", 'b"', "b|c", "b\\c", "b.", "b ", "b\tc", "c./d", "*")),
        ["a/Readme.md", "a/README.md"],
        ["Data/a.yaml", "data/b.yaml"],
        ["a/é", "a/e\u0301"],
        ["a" * 60 + "/" + "b" * 60],
    ],
    ids="".join,
)
def test_a_path_that_windows_does_not_take_is_found(paths: list[str]) -> None:
    assert faults(paths)


def test_paths_that_windows_takes_are_left_alone() -> None:
    assert (
        faults(["a/null.yaml", "a/console.py", "a/.gitignore", "a/com10", "a/大院经费-1.docx", "b/null.yaml", "aux-2"])
        == []
    )
