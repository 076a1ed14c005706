"""What the rules on money say, word for word, at their borders."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.support.finding_cases import Case, cases, rules_in
from tests.support.finding_making import UNITS, money, said

CASES = cases("funding")


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_rule_says_exactly_this(case: Case) -> None:
    assert case.said() == case.says


def test_every_rule_has_a_case_that_hits_and_one_that_does_not() -> None:
    apart = {"F08"}  # needs units with budgets, see below
    hits = {case.code for case in CASES if case.says}
    misses = {case.code for case in CASES if not case.says}
    assert hits == misses == rules_in("funding") - apart
    assert len({str(case) for case in CASES}) == len(CASES) > 20


def test_money_above_the_declared_budget_is_told_at_the_first_project_of_the_unit() -> None:
    two = money((35, 35, 0)) + "---\n编号: b\n" + money((10, 10, 0)) + "---\n编号: c\n预算单位: 衡阳市信访局\n"
    one, other = UNITS[0], UNITS[1]
    assert said("F08", money((10, 10, 0)), (one._replace(budget={2020: Decimal(9), 2021: Decimal(99)}),)) == [
        "项目资金.年度 衡阳市人民政府办公室 1 个项目年度资金共 10 万元，超过预算 9 万元"
    ]
    both = (other._replace(budget={2020: Decimal(0)}), one._replace(budget={2020: Decimal("44.9")}))
    assert said("F08", two, both) == [
        "zheng-wu-du-cha 项目资金.年度 衡阳市人民政府办公室 2 个项目年度资金共 45 万元，超过预算 44.9 万元"
    ]
    assert said("F08", two, (one._replace(budget={2020: Decimal(45)}),)) == []
    assert said("F08", two, (one._replace(budget={2021: Decimal(1)}),)) == []
