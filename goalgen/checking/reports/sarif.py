"""Write the review as SARIF 2.1.0, which code hosts and editors show beside the lines."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from goalgen import __version__
from goalgen.checking.check import Review
from goalgen.checking.review import catalogue
from goalgen.errors import CODES, Problem, Severity

_LEVELS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA: Final = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif(review: Review) -> str:
    """Write one run with every rule that hit."""
    codes = sorted({problem.code for problem in review.problems})
    driver = {"name": "goalgen", "version": __version__, "rules": _rules(codes)}
    results = [_result(problem, codes.index(problem.code)) for problem in review.problems]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rules(codes: list[str]) -> list[dict[str, Any]]:
    known = {rule.code: rule for rule in catalogue()}
    rules = []
    for code in codes:
        rule = known.get(code)
        title = rule.title if rule else CODES.get(code, code)
        more: dict[str, Any] = {"help": {"text": f"{rule.manual}\n\n依据：{rule.source}"}} if rule else {}
        rules.append({"id": code, "shortDescription": {"text": title}, **more})
    return rules


def _result(problem: Problem, index: int) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": _uri(problem.place.file)}}
    if problem.place.line:
        location["region"] = {"startLine": problem.place.line, "startColumn": problem.place.column}
    return {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": _LEVELS[problem.severity],
        "message": {"text": problem.said},
        "locations": [{"physicalLocation": location}],
        "properties": {"criterion": problem.criterion, "project": problem.project, "field": problem.field},
    }


def _uri(file: str) -> str:
    return PurePath(file).as_uri() if PurePath(file).is_absolute() else quote(file)
