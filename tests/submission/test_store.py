"""What is kept of read projects, in memory and on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from goalgen.files import cache
from goalgen.submission.store import Kept, ProjectStore


def test_records_too_many_for_memory_go_to_disk(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("goalgen.submission.store.SPOOL_BYTES", 100)
    made = {f"s{n}": f'{{"号":"{n}"}}'.encode() for n in range(30)}
    store = ProjectStore(tmp_path / "cache" / "projects")
    for number, (key, record) in enumerate(made.items()):
        kept = Kept(key, cache.digest_of(record), f"c{number}", 1, 1, "名", "单位", {}, [], [], [], False)
        store.add(kept, record)
    assert {key: store.record(key) for key in made} == made
    store.close()
    again = ProjectStore(tmp_path / "cache" / "projects")
    assert all(again.find(key) for key in made)
    assert {key: again.record(key) for key in made} == made
    assert again.find("another") is None
    again.close()
