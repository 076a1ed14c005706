"""Changes of several files are made whole or not at all, and what git could not bring back is told."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from goalgen.authoring.changes import Change, EditedText, Plan, make, not_in_git
from goalgen.errors import GoalgenError
from goalgen.files import writing
from tests.support.submissions import everything


def plan(folder: Path) -> Plan:
    one, two, gone = (folder / name for name in ("一.yaml", "二.yaml", "三.yaml"))
    for path in (one, two, gone):
        path.write_text(path.stem, encoding="utf-8")
    changes = (
        Change(one, folder / "新.yaml", b"1", ()),
        Change(two, two, b"2", ()),
        Change(gone, None, b"", ()),
    )
    return Plan(changes)


def test_all_changes_are_made(tmp_path: Path) -> None:
    make(plan(tmp_path))
    assert everything(tmp_path) == {"新.yaml": b"1", "二.yaml": b"2"}


@pytest.mark.parametrize("fault", [GoalgenError([]), KeyboardInterrupt()])
@pytest.mark.parametrize("at", [0, 1, 2, 3])
def test_when_one_cannot_be_made_none_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int, fault: BaseException
) -> None:
    made = plan(tmp_path)
    before = everything(tmp_path)
    steps = iter(range(10))
    write, remove = writing.write, writing.remove

    def stopped(real: object) -> object:
        def run(*given: object) -> object:
            if next(steps) == at:
                raise fault
            return real(*given)  # type: ignore[operator]

        return run

    monkeypatch.setattr(writing, "write", stopped(write))
    monkeypatch.setattr(writing, "remove", stopped(remove))
    with pytest.raises(type(fault)):
        make(made)
    assert everything(tmp_path) == before


def test_a_file_without_edits_is_no_change(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("编号: a\n", encoding="utf-8")
    assert list(EditedText(path).change()) == []
    (moved,) = EditedText(path).change(tmp_path / "b.yaml")
    assert moved.data == path.read_bytes() and moved.words == (f"{path} → {tmp_path / 'b.yaml'}",)


def test_what_git_could_not_bring_back_is_told(tmp_path: Path) -> None:
    path = tmp_path / "甲.yaml"
    path.write_text("甲", encoding="utf-8")
    assert "不在 git 里" in not_in_git(tmp_path, [path])

    def git(*words: str) -> None:
        subprocess.run(["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], cwd=tmp_path, check=True)

    git("init", "-q")
    assert "有 1 个文件还没有提交" in not_in_git(tmp_path, [path])
    git("add", "-A")
    git("commit", "-q", "-m", "第一稿")
    assert not_in_git(tmp_path, [path]) == ""
    assert not_in_git(tmp_path, []) == not_in_git(tmp_path, [tmp_path.parent / "外面.yaml"]) == ""
