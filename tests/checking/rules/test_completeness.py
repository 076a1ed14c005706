"""What the rules on what must be there say, word for word, at their borders."""

from __future__ import annotations

import pytest

from tests.support.finding_cases import Case, cases, gaps


@pytest.mark.parametrize("case", cases("completeness"), ids=str)
def test_a_rule_says_exactly_this(case: Case) -> None:
    assert case.said() == case.says


def test_every_rule_has_a_case_that_hits_and_one_that_does_not() -> None:
    assert gaps("completeness") == []
