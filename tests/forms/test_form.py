"""What is asked of a form: by role, block by block, and in its unit of money."""

from __future__ import annotations

from decimal import Decimal

import pytest

from goalgen.forms.blocks.block import Next
from goalgen.forms.form import labels
from goalgen.forms.item import Item, Printing, Role
from goalgen.forms.pack import load_form
from goalgen.forms.shape import shared_keys
from goalgen.source.shapes import Window
from tests.support.form_making import NAMES, form_named, project_named
from tests.support.places import ROOT
from tests.support.project_making import form_2020, replace, with_block


def test_fields_are_found_by_role_whatever_they_are_called() -> None:
    roles = (Role.NAME, Role.UNIT, Role.PERIOD, Role.FILLER, Role.BASIS)
    assert [form_2020().path(role) for role in roles] == [
        "项目名称", "预算单位", "项目概况.起止年限", "填报人", "项目概况.立项依据",
    ]  # fmt: skip
    assert [form_named("xiangmu_88").path(role) for role in roles] == ["项目名称", "实施单位", "项目期", "填报人", ""]
    project = project_named("xiangmu_88")
    assert (project.name, project.unit, project.of_role(Role.PERIOD)) == (
        "技能人才培训补助", "某市培训中心", "2023年-2025年",
    )  # fmt: skip


def test_the_window_is_as_written_or_counted_from_the_budget_year() -> None:
    assert project_named("xiangmu_88").window == Window(2024, 2026)
    assert project_named("hexin_101").window == Window(2024, 2024)
    assert (form_named("hexin_101").window_path, form_named("xiangmu_88").window_path) == ("", "中长期年限")


def test_money_is_added_up_by_role_nested_sums_once() -> None:
    project = project_named("everything")
    form = project.form
    assert form.funds(project, Role.ANNUAL) == 200
    assert form.funds(project, Role.MEDIUM) is None
    assert form.worth(project, form.cell_at["资金.本年.财政拨款"]) == 150
    assert form.worth(project, form.cell_at["保证金"]) == 5000
    assert form.worth(project.with_values({"保证金": None}), form.cell_at["保证金"]) == 0
    table = form.money_tables[0]
    assert (table.tops, table.parts["总额"]) == (("总额",), ("财政拨款", "自有资金", "其他"))
    whole = project.with_values({path: None for path in project.values if path.startswith("资金.")})
    assert form.funds(whole, Role.ANNUAL) == 0


@pytest.mark.parametrize(
    ("own", "other", "told"),
    [("万元", "元", "15000"), ("元", "万元", "0.00015"), ("万元", "万元", "1.5"), ("亿元", "万元", "15000")],
)
def test_amounts_are_counted_in_another_unit(own: str, other: str, told: str) -> None:
    form = form_2020()
    form = replace(form, look=form.look._replace(money_unit=own))
    assert form.converted(Decimal("1.5"), other) == Decimal(told)


def test_groups_are_found_by_role() -> None:
    assert form_named("hexin_101").groups(Role.COST) == ("经济成本指标", "社会成本指标", "生态环境成本指标")
    assert form_named("hexin_101").groups(Role.SATISFACTION, Role.COUNT) == ("数量指标", "服务对象满意度指标")
    assert form_named("everything").table_of("管理").key == "考核"
    with pytest.raises(KeyError):
        form_2020().table_of("没有")
    assert form_named("everything").merged == ("一级",)


def test_goals_are_found_by_role() -> None:
    assert {role: cell.path for role, cell in form_named("everything").goals.items()} == {
        Role.MEDIUM: "目标.长期", Role.ANNUAL: "目标.本年",
    }  # fmt: skip
    assert [cell.label for cell in form_named("ziping_10").goals.values()] == ["预期目标", "实际完成情况"]


@pytest.mark.parametrize(
    ("name", "path", "way"),
    [
        ("form_2020", "编号", Next.KEEP),
        ("form_2020", "项目名称", Next.WORDS),
        ("form_2020", "预算单位", Next.KEEP),
        ("form_2020", "联系电话", Next.KEEP),
        ("form_2020", "填报日期", Next.CLEAR),
        ("form_2020", "中长期年限", Next.MOVE),
        ("form_2020", "项目概况.起止年限", Next.MOVE),
        ("form_2020", "项目概况.使用范围", Next.WORDS),
        ("form_2020", "项目资金.年度.总额", Next.MARK),
        ("form_2020", "总体目标.年度", Next.FIGURES),
        ("form_2020", "绩效指标.数量指标.年度", Next.FIGURES),
        ("form_2020", "绩效指标.数量指标.指标", Next.WORDS),
        ("xiangmu_88", "项目期", Next.MOVE),
        ("xiangmu_88", "单位负责人", Next.KEEP),
        ("hexin_101", "绩效指标.数量指标.权重", Next.KEEP),
        ("hexin_101", "绩效指标.数量指标.评分标准", Next.WORDS),
        ("ziping_10", "绩效指标.数量指标.完成", Next.CLEAR),
        ("ziping_10", "项目资金.全年执行.财政拨款", Next.CLEAR),
        ("ziping_10", "项目资金.全年预算.财政拨款", Next.MARK),
        ("ziping_10", "总体目标.实际", Next.CLEAR),
        ("everything", "期间", Next.MOVE),
        ("everything", "开工", Next.MARK),
        ("everything", "方式", Next.WORDS),
        ("everything", "进度.金额", Next.MARK),
        ("everything", "进度.内容", Next.WORDS),
        ("everything", "进度.方式", Next.KEEP),
        ("everything", "进度", Next.WORDS),
        ("everything", "考核.管理.可能性", Next.CLEAR),
        ("everything", "考核.管理.得分", Next.CLEAR),
        ("everything", "考核.管理.分值", Next.KEEP),
        ("everything", "考核.管理", Next.FIGURES),
        ("everything", "没有的", Next.KEEP),
        ("everything", "资金.本年", Next.KEEP),
    ],
)
def test_the_form_says_what_next_year_does_with_a_value(name: str, path: str, way: Next) -> None:
    assert form_named(name).next_year(tuple(path.split("."))) is way


def test_what_projects_may_share_is_said_by_their_forms() -> None:
    assert list(form_named("xiangmu_88").shared) == [
        "主管部门及代码", "实施单位", "中长期年限", "单位负责人", "填报人", "联系电话", "填报日期",
    ]  # fmt: skip
    both = shared_keys([form_2020(), form_named("xiangmu_88")], 2024)
    assert list(both)[:6] == ["预算单位", "中长期年限", "填报人", "联系电话", "填报日期", "主管部门及代码"]


@pytest.mark.parametrize("name", NAMES)
def test_every_cell_has_a_place_of_its_own(name: str) -> None:
    cells = form_named(name).cells
    assert len({cell.path for cell in cells}) == len(cells) > 8
    assert all(form_named(name).cell_at[cell.path] is cell for cell in cells)


def test_a_fingerprint_tells_forms_apart_but_not_where_they_lie() -> None:
    again = load_form(ROOT / "templates" / "form_2020.yaml")
    elsewhere = replace(again, folder=ROOT, template=ROOT / "form_2020.docx")
    assert elsewhere.fingerprint == form_2020().fingerprint
    assert replace(again, medium_years=4).fingerprint != again.fingerprint
    assert len({form_named(name).fingerprint for name in NAMES}) == len(NAMES)


def test_the_words_on_a_form_are_those_that_its_spec_states() -> None:
    assert {"项目说明", "项目资金（元）", "进度计划", "本年目标", "直接", "能"} <= {*labels(form_named("everything"))}
    assert {"指标性质", "权重（分值）", "三级指标", "年度资金总额"} <= {*labels(form_named("hexin_101"))}
    hidden = with_block(
        form_named("everything"), "进度", columns=(Item("内容", labels={"": "做什么"}, printing=Printing.NO),)
    )
    assert "做什么" not in {*labels(hidden)}
    money = form_named("everything").money_tables[0]
    hidden = with_block(
        form_named("everything"),
        "资金",
        items=tuple(row._replace(printing=Printing.NO, labels={"": "某行"}) for row in money.items),
    )
    assert "某行" not in {*labels(hidden)}
    unlabelled = with_block(with_block(form_named("everything"), "进度", label=""), "资金", label="")
    assert {"进度计划", "项目资金（元）"} & {*labels(unlabelled)} == set()
    targets = tuple(column for column in form_named("everything").table_of("数量").columns)
    hidden = with_block(
        form_named("everything"), "指标", columns=tuple(one._replace(printing=Printing.NO) for one in targets)
    )
    assert isinstance([*labels(hidden)], list)


def test_projects_that_say_the_same_hash_the_same() -> None:
    assert hash(project_named("everything")) == hash(replace(project_named("everything"), notes={"": "因"}))
    assert len({project_named(name) for name in NAMES}) == len(NAMES)
