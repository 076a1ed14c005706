"""What the rules across projects say, word for word, at their borders."""

from __future__ import annotations

import pytest

from tests.support.finding_cases import Case, cases, rules_in

CASES = cases("across")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_rule_says_exactly_this(case: Case) -> None:
    assert case.said() == case.says


def test_every_rule_has_a_case_that_hits_and_one_that_does_not() -> None:
    apart: set[str] = set()
    hits = {case.code for case in CASES if case.says}
    misses = {case.code for case in CASES if not case.says}
    assert hits == misses == rules_in("across") - apart
    assert len({str(case) for case in CASES}) == len(CASES) > 20
