"""The review as SARIF names the rules it uses."""

from __future__ import annotations

import json

from tests.support.places import ROOT
from tests.support.review_cases import run


def test_sarif_names_every_rule_it_uses() -> None:
    (only,) = json.loads(run(str(ROOT), "--format", "sarif")[1])["runs"]
    rules = [rule["id"] for rule in only["tool"]["driver"]["rules"]]
    assert only["results"]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in only["results"])
    assert all(
        not r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith("/") for r in only["results"]
    )
