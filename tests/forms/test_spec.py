"""Specs that are wrong are told, each fault at its place; the folder tests/broken/form has one of each kind."""

from __future__ import annotations

import pytest

from goalgen.errors import GoalgenError
from goalgen.forms.form import Form
from goalgen.forms.item import Kind, Printing, Role
from goalgen.forms.spec import spec_values
from tests.support.form_making import faults, form_named, form_of_text

HEAD = """表样: a
名称: 表
模板: a.docx
金额单位: 元
已选: x
未选: o
日期格式: "{年}"
块:
  头:
    类: 栏目
    顶层: 是
    行: [{键: 编号, 值: 编号}, {键: 名, 角色: 名称}]
"""


def with_block(text: str) -> list[str]:
    """The faults of a spec with one more block, from line 13 on."""
    return faults(HEAD + "".join(f"  {line}\n" for line in text.strip("\n").split("\n")))


def test_the_least_that_is_a_form() -> None:
    form = form_of_text(HEAD)
    assert isinstance(form, Form)
    assert (form.title, form.money_unit, form.stage, form.medium_years, form.weights) == ("表", "元", "申报", 1, None)
    assert [cell.path for cell in form.cells] == ["编号", "名"]
    assert (form.all_groups, form.money_tables, form.below_indicators) == ((), (), frozenset())


def test_settings_and_records_come_out_as_they_are_written() -> None:
    form = form_named("everything")
    assert (form.look.rounding, form.look.money_unit, form.look.ticked) == ((2, 1, True), "元", "■")
    items = {cell.path: cell.item for cell in form.cells}
    assert (items["方式"].kind, items["方式"].options) == (Kind.CHOICES, ("直接", "委托", "合作"))
    assert (items["期间"].printing, items["期间"].role) == (Printing.ENDS, Role.PERIOD)
    assert (items["说明.概况"].most, items["单位"].shared, items["名称"].required) == (10, True, True)
    assert items["资金.本年.总额"].automatic
    assert form_named("hexin_101").weights == 90
    assert form_named("ziping_10").stage == "自评"


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("目标: {类: 栏目, 角色: 名称, 行: [{键: 甲}]}", ["13:19 栏目的角色只能是“目标”"]),
        (
            "目标: {类: 栏目, 角色: 目标, 行: [{键: 甲, 角色: 年度}, {键: 乙, 角色: 年度}]}",
            ["13:54 角色“年度”已经给了“甲”"],
        ),
        ("甲.乙: {类: 栏目, 行: [{键: 甲}]}", ["8:1 块的键“甲.乙”里有句点"]),
        ("甲: {类: 栏目, 行: [{键: 甲.乙}]}", ["13:22 键“甲.乙”里有句点"]),
        ("甲: {类: 栏目, 行: [{键: 甲, 算: 常数(1)}]}", ["13:28 “常数(1)”不是这里能用的算法"]),
        ("甲: {类: 栏目, 行: [{键: 甲, 选项: [一, 一]}]}", ["13:25 选项“一”写了两次"]),
        ("甲: {类: 栏目, 行: [{键: 甲, 值: 文字, 选项: [一]}]}", ["13:28 “甲”有选项，值却是文字"]),
        ("甲: {类: 金额表, 列: [], 行: [{键: 甲}]}", ["13:15 “列”是空的"]),
        (
            "甲: {类: 金额表, 列: [{键: 一, 只: [乙]}], 行: [{键: 甲}]}",
            ["13:26 没有“乙”这一行", "13:26 “只”用在算出来的列上"],
        ),
        ('甲: {类: 金额表, 列: [{键: 一, 算: "比(一, 二)"}], 行: [{键: 甲}]}', None),
        ("甲: {类: 明细表, 列: [{键: 一}], 合计: {二: 合计}}", ["13:36 没有“二”这一列"]),
        ("甲: {类: 明细表, 列: [{键: 一}], 合计: {一: 乘积}}", ["13:36 “乘积”不是这里能用的算法"]),
        ("甲: {类: 明细表, 列: [{键: 一}], 合计: {一: 合计(二)}}", ["13:36 没有“二”这一列"]),
        ("甲: {类: 明细表, 列: [{键: 一}, {键: 二, 标签: 一}]}", ["13:38 标签“一”已经给了“一”"]),
        ("甲: {类: 指标表, 列: [{键: 指标, 值: 指标值}], 体系: {一: {二: }}}", ["13:23 “指标”是指标名称一列的键"]),
        ("甲: {类: 指标表, 列: [{键: 备注}], 体系: {一: {二: }}}", ["13:15 没有一列是指标值"]),
        ("甲: {类: 指标表, 列: [{键: 值, 值: 指标值}], 体系: {一: {二.三: }}}", ["13:41 键“二.三”里有句点"]),
        (
            "甲: {类: 指标表, 列: [{键: 值, 值: 指标值}, {键: 分, 值: 分}], 体系: {一: {二: {固定行: [{指标: 丙, 分: 五}]}}}}",
            ["13:80 “五”不是数"],
        ),
        ("头行: {类: 栏目, 行: [{键: 甲}]}\n头二: {类: 明细表, 循环: 头行, 列: [{键: 甲}]}", ["14:3 “头行”用了两次"]),
        ("年度: {类: 栏目, 行: [{键: 甲}]}", ["13:3 “年度”用了两次"]),
        ("甲: 乙", ["13:6 块.甲：这里应是“键: 值”，却只有文字“乙”"]),
        ("甲: {类: 栏目, 行: [{键: 甲, 标签: {一: 二}}]}", []),
    ],
)
def test_a_fault_is_told_at_its_place(block: str, told: list[str] | None) -> None:
    found = with_block(block)
    if told is None:
        assert len(found) == 2 and "圈" in found[1] and "不是这张表的列" in found[0]
    else:
        assert found == told


def test_faults_of_one_block_do_not_hide_those_of_another() -> None:
    blocks = "甲: {类: 栏目, 行: [{键: 甲, 字数: 零}]}\n乙: {类: 栏目, 行: [{键: 乙, 选项: []}]}"
    assert with_block(blocks) == ["13:29 块.甲.行 第 1 项.字数：“零”不是整数", "14:25 “乙”的选项是空的"]


def test_a_spec_from_before_there_were_blocks_is_told_in_one_line() -> None:
    with pytest.raises(GoalgenError) as caught:
        spec_values("表样: a\n项目概况: {标签: 甲, 行: []}\n合并列: [一级]\n".encode(), "x.yaml")
    (only,) = caught.value.problems
    assert str(only) == (
        "x.yaml:2:1: 错误 D05 “项目概况”是以前的写法，现在各栏都写在“块”里；照自带的 form_2020.yaml 改；docs/forms.md 说明每个键"
    )


def test_a_spec_without_blocks_is_asked_for_them() -> None:
    assert "1:1 缺少“块”" in faults("表样: a\n")


def test_what_blocks_have_in_common_is_told_beside_a_fault_of_another_kind() -> None:
    found = with_block(
        """
甲: {类: 栏目, 行: [{键: 丙, 角色: 名称}, {键: 丁, 标签: 名}]}
乙: {类: 栏目, 行: [{键: 丙, 直: 文字}]}
"""
    )
    assert [line.partition(" ")[2][:8] for line in found] == ["角色“名称”已经", "标签“名”已经给", "块.乙.行 第 "]
