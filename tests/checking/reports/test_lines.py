"""The review as lines for GitHub, Markdown and JSON."""

from __future__ import annotations

import json
from pathlib import Path

from goalgen.checking.reports.lines import ANNOTATIONS
from tests.support.places import ROOT
from tests.support.review_cases import MOBILE, run, submission


def test_json_has_the_promised_keys() -> None:
    found = json.loads(run(str(ROOT), "--format", "json")[1])
    keys = {"code", "severity", "criterion", "message", "file", "line", "column", "project", "field"}
    assert found and all(set(item) == keys for item in found)


def test_github_annotations_are_escaped(tmp_path: Path) -> None:
    submission(tmp_path, {"总体目标": {"年度": "100%\n::error::假的"}})
    lines = run(str(tmp_path), "--format", "github")[1].splitlines()
    assert lines and all(line.startswith(("::error file=", "::warning file=", "::notice file=")) for line in lines)


def test_of_more_than_github_shows_one_annotation_says_how_many_behind_the_errors() -> None:
    """GitHub shows ten of a kind a step; every line stays in the log."""
    lines = run(str(ROOT), "--year", "2020", "--format", "github")[1].splitlines()
    kinds = [line[: line.index(" ")] for line in lines]
    assert kinds == [*["::error"] * 79, "::notice", *["::warning"] * 377, *["::notice"] * 221]
    assert lines[79] == (
        "::notice title=goalgen check::共 79 个错误，377 个警告，221 个提示；"
        "GitHub 一步只显示每种前 10 条，全部在这一步的日志里，或用 --format sarif"
    )


def test_as_many_as_github_shows_need_no_word_more(tmp_path: Path) -> None:
    submission(tmp_path, *({"编号": f"p{n}", "项目名称": f"第{n}项", **MOBILE} for n in range(ANNOTATIONS)))
    found = run(str(tmp_path), "--format", "github", "--select", "P")[1]
    assert found.count("::warning file=") == ANNOTATIONS and "::notice" not in found


def test_markdown_has_a_table_per_project() -> None:
    assert run(str(ROOT), "--year", "2020", "--format", "markdown")[1].count("| 轻重 |") == 16
