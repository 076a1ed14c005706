"""A year without projects is no fault: every command works on it and says in one line that there are none yet."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command_runs import run

TOLD = "2026 年度还没有项目；用 goalgen new 项目名称 --year 2026 加一个"


@pytest.fixture(params=["", " []"], ids=["blank", "brackets"])
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A submission whose only year lists nothing."""
    assert run(tmp_path, "init", ".", "--year", "2026", "--demo").returncode == 0
    index = tmp_path / "data/projects.yaml"
    text, _, _ = index.read_text(encoding="utf-8").partition("    项目:")
    index.write_text(f"{text}    项目:{request.param}\n", encoding="utf-8")
    for path in (tmp_path / "data/2026").iterdir():
        path.unlink()
    return tmp_path


def test_check_and_render_say_so_and_are_done(folder: Path) -> None:
    for words in (("check",), ("render",), ("render", "--strict"), ("render", "-n"), ("render", "--year", "2026")):
        found = run(folder, *words)
        assert (found.returncode, found.stdout, found.stderr) == (0, "", f"{TOLD}\n"), words
    assert not (folder / "out").exists()


@pytest.mark.parametrize("words", [("fmt",), ("check", "--format", "json"), ("check", "--format", "sarif")])
def test_others_say_so_too(folder: Path, words: tuple[str, ...]) -> None:
    found = run(folder, *words)
    assert found.returncode == 0
    assert TOLD in found.stderr.splitlines()


@pytest.mark.parametrize(
    "words", [("diff", "2026", "2026"), ("schema",), ("sheet", "export"), ("roll", "2026", "2027"), ("new", "甲")]
)
def test_every_command_takes_it(folder: Path, words: tuple[str, ...]) -> None:
    assert run(folder, *words).returncode == 0
    assert run(folder, "check").returncode in (0, 1)


def test_the_first_project_is_listed(folder: Path) -> None:
    assert run(folder, "new", "甲", "--code", "jia").returncode == 0
    assert run(folder, "render").returncode == 0
    assert (folder / "out/2026/bundle.docx").is_file()


def test_a_sheet_brings_the_first_project(folder: Path, tmp_path: Path) -> None:
    assert run(folder, "new", "甲", "--code", "jia").returncode == 0
    assert run(folder, "sheet", "export", "-o", "a.xlsx").returncode == 0
    (folder / "data/2026/01-jia.yaml").unlink()
    index = folder / "data/projects.yaml"
    index.write_text(index.read_text(encoding="utf-8").replace("      - 2026/01-jia.yaml\n", ""), encoding="utf-8")
    found = run(folder, "sheet", "import", "a.xlsx")
    assert found.returncode == 0, found.stderr
    assert "2026/01-jia.yaml" in index.read_text(encoding="utf-8")


def test_rolling_without_the_last_project_leaves_a_folder_that_works(tmp_path: Path) -> None:
    assert run(tmp_path, "init", ".", "--year", "2026", "--demo").returncode == 0
    assert run(tmp_path, "roll", "2026", "2027", "--drop", "da-yuan-lv-hua").returncode == 0
    found = run(tmp_path, "render", "--year", "2027")
    assert (found.returncode, found.stderr) == (0, f"{TOLD.replace('2026', '2027')}\n")
    assert run(tmp_path, "new", "乙", "--year", "2027").returncode == 0
    assert (tmp_path / "data/2027/01-乙.yaml").is_file()


def test_the_forms_of_the_last_project_go_with_it(tmp_path: Path) -> None:
    """Nobody prints a bundle of projects that the year no longer has."""
    assert run(tmp_path, "init", ".", "--year", "2026", "--demo").returncode == 0
    assert run(tmp_path, "render").returncode == 0
    index = tmp_path / "data/projects.yaml"
    index.write_text(
        index.read_text(encoding="utf-8").replace("      - 2026/01-da-yuan-lv-hua.yaml\n", ""), encoding="utf-8"
    )
    (tmp_path / "data/2026/01-da-yuan-lv-hua.yaml").unlink()
    assert run(tmp_path, "render", "-n").stdout == ""
    found = run(tmp_path, "render")
    assert found.returncode == 0, found.stderr
    assert "已删除不再需要的 out/2026/bundle.docx" in found.stderr
    assert TOLD in found.stderr
    assert not [*(tmp_path / "out/2026").glob("**/*.docx")]
