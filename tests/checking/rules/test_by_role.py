"""Rules go by role: on every form those run that it has something for, find nothing in a clean project and each its fault."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

import pytest

from goalgen.checking.review import catalogue, idle_rules
from goalgen.checking.rule import RULES
from goalgen.forms.project import Project, Unit
from tests.support.broken_twins import CHANGES, batch_of, in_yuan
from tests.support.finding_making import UNITS, UNITS_ELSEWHERE, project
from tests.support.form_making import form_named

IDLE: Final[dict[str, str]] = {
    "form_2020": "F11 I19 I20 I21 I22 I23",
    "xiangmu_88": "F11 B04 B05 B07 I19 I20 I21 I22 I23",
    "hexin_101": "F01 F04 F05 F06 F11 B02 B03 B04 B05 B07 B08 B10 B11 I12 I13 I14 I20 I21 I22 I23",
    "ziping_10": "F01 F04 F05 F06 B02 B03 B04 B05 B07 B08 B10 B11 I12 I13 I14 I22 I23",
    "guangxi": "F01 F04 F05 F06 F11 B03 B10 B11 I09 I10 I12 I13 I14 I20 I21 I22",
    "ningxiang": "F04 F05 F06 F11 B04 I19 I20 I21 I22 I23",
    "jiankong": "F01 F04 F05 F06 B02 B03 B04 B05 B07 B08 B10 B11 I12 I13 I14 I19 I20 I23",
}
"""The rules that have nothing to say on a form; all others run."""
EVERY = pytest.mark.parametrize("name", IDLE)
UNIT = pytest.mark.parametrize("unit", ["its own", "元"])


def clean(name: str, unit: str) -> Project:
    found = project(name=name)
    return in_yuan(found) if unit == "元" else found


def units(name: str, one: Project, budget: str = "") -> tuple[Unit, ...]:
    known = UNITS if name == "form_2020" else UNITS_ELSEWHERE
    declared = {one.year: Decimal(budget)} if budget else {}
    return tuple(unit._replace(budget=declared) if unit.name == one.unit else unit for unit in known)


@EVERY
def test_the_rules_that_run_on_a_form_are_those_that_it_has_something_for(name: str) -> None:
    idle = idle_rules(form_named(name))
    found = {rule.code for rules in idle.values() for rule in rules}
    assert [rule.code for rule in catalogue() if rule.code in found] == IDLE[name].split()
    assert all(idle)  # every reason says something


@UNIT
@EVERY
def test_a_clean_project_has_no_findings(name: str, unit: str) -> None:
    one = clean(name, unit)
    batch = batch_of((one,), units(name, one, "200"))
    assert [(rule.code, found.path, found.message) for rule in catalogue() for found in rule.over(batch)] == []


@UNIT
@pytest.mark.parametrize(
    ("name", "code"), [(name, code) for name in IDLE for code in CHANGES if code not in IDLE[name].split()]
)
def test_every_rule_that_runs_on_a_form_finds_its_fault_there(name: str, code: str, unit: str) -> None:
    one = clean(name, unit)
    broken = CHANGES[code](one)
    found = list(RULES[code].over(batch_of(broken, units(name, one, "100" if code == "F08" else ""))))
    assert found
    for finding in found:
        assert finding.project is not None and finding.message
        top = finding.path.partition(".")[0]
        assert not top or any(top in block.keys("万元") for block in one.form.blocks)


@pytest.mark.parametrize(("name", "code"), [(name, code) for name in IDLE for code in IDLE[name].split()])
def test_an_idle_rule_says_nothing_whatever_the_project(name: str, code: str) -> None:
    assert list(RULES[code].over(batch_of((project(name=name),), ()))) == []


def test_every_rule_has_a_change_that_breaks_a_project() -> None:
    assert {*CHANGES} == {*RULES}
