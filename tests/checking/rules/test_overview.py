"""What the rules on the head and the foot of the form say, word for word, at their borders."""

from __future__ import annotations

import pytest

from goalgen.forms.project import Unit
from tests.support.finding_cases import Case, cases, rules_in
from tests.support.finding_making import said

CASES = cases("overview")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_rule_says_exactly_this(case: Case) -> None:
    assert case.said() == case.says


def test_every_rule_has_a_case_that_hits_and_one_that_does_not() -> None:
    apart: set[str] = set()
    hits = {case.code for case in CASES if case.says}
    misses = {case.code for case in CASES if not case.says}
    assert hits == misses == rules_in("overview") - apart
    assert len({str(case) for case in CASES}) == len(CASES) > 20


def test_an_office_is_not_found_in_the_name_of_one_s_own() -> None:
    units = (Unit("甲局", ("甲",)), Unit("甲局二处", ("二处",)))
    own = "预算单位: 甲局二处\n项目概况: {使用范围: 甲局二处和二处的开支}"
    assert said("B08", own, units) == []
    assert said("B08", own.replace("二处的", "甲局的"), units) == [
        "项目概况.使用范围 写的是“甲局”（甲局），不是甲局二处"
    ]


def test_without_a_list_of_units_every_unit_is_right() -> None:
    assert said("B09", "预算单位: 衡阳市信访局", ()) == []
