"""The review as lines for a terminal, GitHub, Markdown and JSON."""

from __future__ import annotations

import json
from pathlib import Path

from tests.support.places import ROOT
from tests.support.review_cases import run, submission


def test_json_has_the_promised_keys() -> None:
    found = json.loads(run(str(ROOT), "--format", "json")[1])
    keys = {"code", "severity", "criterion", "message", "file", "line", "column", "project", "field"}
    assert found and all(set(item) == keys for item in found)


def test_the_worst_project_comes_first_and_totals_last() -> None:
    said = run(str(ROOT), "--year", "2020")[1]
    heads = [line for line in said.splitlines() if line.startswith("──")]
    assert len(heads) == 16 and "ji-jian-pai-zhu" in heads[0]
    assert "完整性：72 个错误" in said.split(heads[-1])[1]


def test_github_annotations_are_escaped(tmp_path: Path) -> None:
    submission(tmp_path, {"总体目标": {"年度": "100%\n::error::假的"}})
    lines = run(str(tmp_path), "--format", "github")[1].splitlines()
    assert lines and all(line.startswith(("::error file=", "::warning file=", "::notice file=")) for line in lines)


def test_markdown_has_a_table_per_project() -> None:
    assert run(str(ROOT), "--year", "2020", "--format", "markdown")[1].count("| 轻重 |") == 16
