"""Problems as lines, as JSON, as totals, and above the line they stand in."""

from __future__ import annotations

import json

from goalgen.errors import Place, Problem, Severity
from goalgen.reporting import as_json, text, totals, with_source

WRONG = Problem("M01", "说明", Place("a.yaml", 3, 4), "改法", project="a", field="项目名称")
ODD = Problem("P01", "号码", Place("b.yaml", 1, 1), severity=Severity.WARNING, criterion="规范性")


def test_each_problem_is_a_line() -> None:
    assert text([WRONG, ODD]) == "a.yaml:3:4: 错误 M01 说明；改法\nb.yaml:1:1: 警告 P01 号码\n"
    assert text([]) == ""


def test_json_says_all_of_a_problem() -> None:
    first, second = json.loads(as_json([WRONG, ODD]))
    assert {key: first[key] for key in ("code", "severity", "file", "line", "column", "project", "field")} == {
        "code": "M01", "severity": "error", "file": "a.yaml", "line": 3, "column": 4, "project": "a", "field": "项目名称",
    }  # fmt: skip
    assert (second["severity"], second["criterion"], second["project"]) == ("warning", "规范性", "")
    assert as_json([]) == "[]\n"


def test_totals_count_by_severity_and_leave_out_what_there_is_none_of() -> None:
    assert totals([WRONG, ODD, WRONG]) == "2 个错误，1 个警告"
    assert totals([ODD]) == "1 个警告"
    assert totals([]) == "没有问题"


def test_the_caret_stands_under_the_column_whatever_the_width_of_signs() -> None:
    problem = WRONG._replace(place=Place("a.yaml", 1, 4))
    told, line, caret = with_source(problem, "甲a\tb\n").splitlines()
    assert told == str(problem)
    assert line.startswith("    甲a")
    assert caret == "    " + "   \t^"
