"""Where results are kept, and that no half of one is left."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from goalgen.files import cache


def test_a_cache_that_cannot_be_written_is_left_without_halves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOALGEN_CACHE", str(tmp_path / "cache"))

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    cache.put("甲", b"x")
    assert list((tmp_path / "cache").iterdir()) == []
    assert cache.get("甲") is None


def test_results_are_kept_where_the_system_keeps_such_things(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GOALGEN_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "AppData"))
    monkeypatch.setattr("sys.platform", "linux")
    assert cache.folder() == tmp_path / "goalgen"
    monkeypatch.setenv("XDG_CACHE_HOME", "here")
    assert cache.folder() is None, "never in the folder one stands in"
    monkeypatch.setattr("sys.platform", "win32")
    assert cache.folder() == tmp_path / "AppData" / "goalgen" / "Cache"
