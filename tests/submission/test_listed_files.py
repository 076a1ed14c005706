"""What a year lists is found, and what is not there is told with the file that is meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from goalgen import source
from goalgen.errors import Problem
from goalgen.files import DISK
from goalgen.submission.listed_files import listed_files, unlisted_files


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with two project files of 2020, one saved by Notepad and one in the data folder itself."""
    for name in ("2020/01-甲.yaml", "2020/02-乙.yaml", "2020/03-丙.yaml.txt", "04-丁.yaml"):
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("编号: x\n", encoding="utf-8")
    return tmp_path


def listed(root: Path, *names: str) -> tuple[list[str], list[Problem], set[str]]:
    """The names that are there, the problems of the others, the files that these are thought to be."""
    node = source.parse("项目:\n" + "".join(f"  - {name}\n" for name in names), "projects.yaml").root
    assert isinstance(node, source.Mapping)
    problems: list[Problem] = []
    meant: set[str] = set()
    found = listed_files(root, node, "projects.yaml", problems, meant, DISK)
    return [file.path.name for file in found], problems, meant


def test_files_that_are_there_come_in_order_each_once(root: Path) -> None:
    names, problems, _ = listed(root, "2020/02-乙.yaml", "2020/01-甲.yaml", "2020/02-乙.yaml")
    assert names == ["02-乙.yaml", "01-甲.yaml"]
    assert [(problem.code, problem.place.line) for problem in problems] == [("S04", 4)]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("2020/03-丙.yaml", "它存成了 2020/03-丙.yaml.txt；把文件名末尾的 .txt 去掉"),
        ("2020/04-丁.yaml", "它在 data/04-丁.yaml；移进 data/2020，或这里写 04-丁.yaml"),
        ("2020/01-甲.yml", "你是不是想写 2020/01-甲.yaml"),
        ("2021/01-甲.yaml", "你是不是想写 2020/01-甲.yaml"),
        ("2020/全然不同", "检查文件名，或删掉这一行"),
    ],
)
def test_a_file_that_is_not_there_is_told_with_the_one_that_is_meant(root: Path, name: str, hint: str) -> None:
    names, problems, meant = listed(root, name)
    assert (names, [(problem.code, problem.hint) for problem in problems]) == ([], [("S02", hint)])
    assert bool(meant) == (hint != "检查文件名，或删掉这一行")


def test_what_lies_in_the_folder_and_is_not_listed_is_told(root: Path) -> None:
    known = {str(root / "data" / "2020" / "01-甲.yaml")}
    assert [problem.message for problem in unlisted_files(root, 2020, known, DISK)] == [
        "02-乙.yaml 没有列入 projects.yaml，不会印出来"
    ]
