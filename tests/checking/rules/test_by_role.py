"""Rules go by role: on every form those run that it has something for, find nothing in a clean project and each its fault."""

from __future__ import annotations

import ast
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest

from goalgen.checking.review import catalogue, idle_rules
from goalgen.checking.rule import RULES
from goalgen.forms.item import Role
from goalgen.forms.project import Project, Unit
from tests.support.broken_twins import CHANGES, batch_of, in_yuan
from tests.support.finding_making import UNITS, UNITS_ELSEWHERE, project
from tests.support.form_making import filled, form_named, form_of_text
from tests.support.packs import PACKS, example_year
from tests.support.places import ROOT

IDLE: Final[dict[str, str]] = {
    "form_2020": "F11 I19 I20 I21 I22 I23",
    "xiangmu_88": "F11 B04 B05 B07 I19 I20 I21 I22 I23",
    "hexin_101": "F01 F04 F05 F06 F11 B02 B03 B04 B05 B07 B08 B10 B11 I12 I13 I14 I20 I21 I22 I23",
    "ziping_10": "F01 F04 F05 F06 B02 B03 B04 B05 B07 B08 B10 B11 I12 I13 I14 I22 I23",
    "guangxi": "F01 F04 F05 F06 F11 B03 B10 B11 I09 I10 I12 I13 I14 I20 I21 I22",
    "ningxiang": "F04 F05 F06 F11 B04 I19 I20 I21 I22 I23",
    "guangxi_2021": "F01 F04 F05 F06 F11 B03 B04 B10 B11 I12 I13 I14 I20 I21 I22",
    "ningxiang_2021": "F01 F04 F05 F06 F11 B04 I19 I20 I21 I22 I23",
    "jiankong": "F01 F04 F05 F06 B02 B03 B04 B05 B07 B08 B10 B11 I12 I13 I14 I19 I20 I23",
}
"""The rules that have nothing to say on a form; all others run."""
EVERY = pytest.mark.parametrize("name", IDLE)
UNIT = pytest.mark.parametrize("unit", ["its own", "元"])


ONLY_AS_EXAMPLES: Final = ("guangxi_2021", "ningxiang_2021")
"""The packs whose clean project is the first one of their example folder."""


def clean(name: str, unit: str) -> Project:
    found = example_year(name).projects[0] if name in ONLY_AS_EXAMPLES else project(name=name)
    return in_yuan(found) if unit == "元" else found


def units(name: str, one: Project, budget: str = "") -> tuple[Unit, ...]:
    known = UNITS if name == "form_2020" else UNITS_ELSEWHERE
    if name in ONLY_AS_EXAMPLES:
        known = (Unit(one.unit), *UNITS_ELSEWHERE)
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
    assert list(RULES[code].over(batch_of((clean(name, "its own"),), ()))) == []


def test_no_rule_names_what_one_form_calls_its_parts() -> None:
    """The words of a form stand in its spec; a rule's manual may show them, its code may not."""
    words = {
        key for name in ("form_2020", "hexin_101") for block in form_named(name).blocks for key in block.keys("万元")
    }
    words |= {group for name in ("form_2020", "hexin_101") for group in form_named(name).all_groups}
    words -= {role.value for role in Role}
    words |= {"预算单位", "起止年限", "联系电话", "财政拨款", "其他资金", "总额"}
    assert {"项目资金", "总体目标", "绩效指标", "数量指标"} <= words
    files = [*(ROOT / "goalgen/checking/rules").glob("*.py"), ROOT / "goalgen/checking/subject.py"]
    assert len(files) > 7
    assert [(file.name, said) for file in files for said in texts_in(file) if said in words] == []


def texts_in(file: Path) -> list[str]:
    """The texts of a module's code, docstrings left out."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    manuals = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        n.value
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and id(n) not in manuals
    ]


TWO_TABLES = """
表样: two
名称: 两张指标表
模板: two.docx
金额单位: 万元
已选: ☑
未选: □
日期格式: "{年}"
块:
  头: {类: 栏目, 顶层: 是, 行: [{键: 编号, 值: 编号, 必填: 是}, {键: 名称, 必填: 是, 角色: 名称}]}
  长期指标: {类: 指标表, 列: [{键: 值, 值: 指标值, 角色: 中长期}], 体系: {产出: {数量: {角色: 数量}, 质量: {角色: 质量}}}}
  年度指标: {类: 指标表, 列: [{键: 值, 值: 指标值, 角色: 年度}], 体系: {产出: {数量: {角色: 数量}, 质量: {角色: 质量}}}}
"""


def test_two_tables_may_have_groups_of_the_same_name() -> None:
    """Each table is asked for its own indicators, and a finding stands in the table that it is about."""
    text = (
        "编号: a\n名称: 甲\n长期指标: {数量: [{指标: 桥墩, 值: ≥8座}], 质量: [{指标: 合格率, 值: 高}]}\n"
        "年度指标: {质量: [{指标: 合格率, 值: 100%}]}\n"
    )
    one = filled(form_of_text(TWO_TABLES), text)
    found = [(rule.code, hit.path) for rule in catalogue() for hit in rule.over(batch_of((one,), ()))]
    assert found == [
        ("I01", "年度指标.数量"), ("I05", "长期指标.质量.0.值"), ("I08", "长期指标.质量.0.值"),
    ]  # fmt: skip


DETAILS = """
表样: details
名称: 按事项列资金
模板: details.docx
金额单位: 千元
已选: ☑
未选: □
日期格式: "{年}"
块:
  头: {类: 栏目, 顶层: 是, 行: [{键: 编号, 值: 编号, 必填: 是}, {键: 名称, 必填: 是, 角色: 名称}, {键: 单位, 角色: 单位}]}
  总盘子: {类: 金额表, 列: [{键: 三年, 角色: 中长期}], 行: [{键: 总额}]}
  事项: {类: 明细表, 列: [{键: 内容}, {键: 金额, 值: 金额, 角色: 年度}], 合计: {金额: 合计}}
"""


def test_money_in_free_rows_is_added_up_and_held_against_the_budget() -> None:
    """Amounts are in 千元, the budget of projects.yaml in 万元; there is no row of 年度 to hold a row of 中长期 against."""
    text = "编号: a\n名称: 甲\n单位: 乙\n总盘子: {三年: {总额: 20}}\n事项: [{内容: 一, 金额: 15.5}, {内容: 二, 金额: 10}]\n"
    one = filled(form_of_text(DETAILS), text)
    batch = batch_of((one,), (Unit("乙", (), {one.year: Decimal(2)}),))
    found = [(rule.code, hit.path, hit.message) for rule in catalogue() for hit in rule.over(batch)]
    assert found == [("F08", "事项", "乙 1 个项目年度资金共 25.5 千元（2.55 万元），超过预算 20 千元（2 万元）")]


def test_every_pack_that_goalgen_brings_is_among_the_forms() -> None:
    assert {"form_2020", *PACKS} <= {*IDLE}


def test_every_rule_has_a_change_that_breaks_a_project() -> None:
    assert {*CHANGES} == {*RULES}
