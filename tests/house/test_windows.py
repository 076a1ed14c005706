"""`make windows`: what it leaves out is a test that there is, and without Wine it says so and fails."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.support.places import ROOT

TOOL = ROOT / "tools" / "windows"


@pytest.fixture(scope="module")
def under_wine() -> ModuleType:
    spec = importlib.util.spec_from_file_location("under_wine", TOOL / "under_wine.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_test_that_is_left_out_under_wine_is_there(under_wine: ModuleType) -> None:
    assert len(under_wine.NOT_HERE) > 5, "the guard guards something"
    for name, reason in under_wine.NOT_HERE.items():
        file, _, test = name.partition("::")
        assert f"def {test.partition('[')[0]}(" in (ROOT / file).read_text(encoding="utf-8"), name
        assert reason


def test_the_page_tells_of_every_test_that_is_left_out(under_wine: ModuleType) -> None:
    page = (ROOT / "docs" / "windows.md").read_text(encoding="utf-8")
    assert f"{len(under_wine.NOT_HERE)} 个" in page
    missing = [name for name in under_wine.NOT_HERE if f"`{name.partition('::')[0]}`" not in page]
    assert missing == []


@pytest.mark.skipif(sys.platform != "linux", reason="Wine runs on Linux")
def test_without_wine_it_says_what_to_install_and_fails(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, TOOL / "build.py"],
        env={**os.environ, "PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert re.fullmatch(r"make windows: nothing was built .*: apt-get install \S+ .*wine\n", done.stderr)


def test_its_python_is_pinned_and_hashed() -> None:
    text = (TOOL / "python.txt").read_text(encoding="utf-8")
    assert re.match(r"panda3d==[\d.]+ \\\n", text)
    assert text.count("--hash=sha256:") > 1
