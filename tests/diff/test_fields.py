"""Every field is told under the name a person gives it, and money with what it makes."""

from __future__ import annotations

from typing import Any

import pytest

from goalgen.diff import fields
from goalgen.diff.values import Change, Kind, Part
from goalgen.forms.joining import joining
from goalgen.forms.project import Project
from tests.support.diff_making import amounts, bare, made
from tests.support.finding_making import form, money, project


def of_fields(old: Project, new: Project) -> list[Change]:
    return list(fields.changes(old, new, joining(form(), form())))


def test_every_field_is_told_in_the_order_of_the_form_under_the_name_a_person_gives_it() -> None:
    old = project("项目概况: {使用范围: }\n")
    change = (
        "编号: b\n项目名称: 别的\n预算单位: 乙\n项目类型: 基础设施\n项目概况: {立项依据: 《新》, 使用范围: 车费}\n"
        "总体目标: {年度: 新, 中长期: }\n填报人: 李四\n联系电话: 1\n填报日期:\n中长期年限: 2020-2023\n"
    )
    found = of_fields(old, project(change + money((35, 35, 1))))
    assert [(one.field, one.label, one.kind.value) for one in found] == [
        ("编号", "编号", "修改"),
        ("预算单位", "预算单位", "修改"),
        ("项目类型", "项目类型", "修改"),
        ("项目概况.立项依据", "立项依据", "修改"),
        ("项目概况.使用范围", "使用范围", "填写"),
        ("项目资金.年度.其他资金", "年度其他资金", "修改"),
        ("总体目标.中长期", "中长期目标", "清空"),
        ("总体目标.年度", "年度目标", "修改"),
        ("中长期年限", "中长期年限", "修改"),
        ("填报人", "填报人", "修改"),
        ("联系电话", "联系电话", "修改"),
        ("填报日期", "填报日期", "清空"),
    ]
    assert all(one.was == one.field for one in found)
    assert (found[2].old, found[2].new) == ("其他", "基础设施")
    assert (found[4].old, found[4].new, found[4].old_parts, found[4].new_parts) == (
        None, "车费", (), (Part("车费", True),),
    )  # fmt: skip
    assert (found[8].old, found[8].new) == ("2020-2022", "2020-2023")
    assert (found[9].old_parts, found[9].new_parts) == ((Part("张三", True),), (Part("李四", True),))
    assert (found[11].old, found[11].new, found[11].new_parts) == ("2019-11-20", None, ())


def test_options_are_told_as_one_text_and_an_empty_code_not_at_all() -> None:
    (change,) = of_fields(made(category=("其他", "民生保障")), made(category=()))
    assert (change.old, change.new, change.kind) == ("其他、民生保障", None, Kind.EMPTIED)
    assert of_fields(made(""), made("b")) == of_fields(made("a"), made("")) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ({"财政拨款": "10"}, {"财政拨款": "12.5"}, [("财政拨款", "10", "12.5", "+2.5万元", "25.0")]),
        ({"财政拨款": "10"}, {"财政拨款": "10.0"}, []),
        ({"财政拨款": "10"}, {"财政拨款": "10", "其他资金": "0"}, [("其他资金", None, "0", "None", "None")]),
        ({"财政拨款": "10"}, {"财政拨款": "10", "其他资金": "1"}, [("其他资金", None, "1", "+1万元", "None")]),
        ({"财政拨款": "10", "其他资金": "4"}, {"财政拨款": "10"}, [("其他资金", "4", None, "-4万元", "-100.0")]),
        ({"财政拨款": "10"}, {"财政拨款": "10", "总额": "10"}, [("总额", None, "10", "None", "None")]),
        ({"财政拨款": "10"}, {"财政拨款": "10", "总额": "12"}, [("总额", None, "12", "+2万元", "20.0")]),
    ],
)
def test_money_is_told_with_what_it_makes(
    old: dict[str, str], new: dict[str, str], told: list[tuple[Any, ...]]
) -> None:
    found = of_fields(bare(funding=amounts(**old)), bare(funding=amounts(**new)))
    assert [
        (one.field.removeprefix("项目资金.年度."), one.old, one.new, str(one.delta), str(one.percent)) for one in found
    ] == told
    assert all(one.label == f"年度{one.field.rpartition('.')[2]}" for one in found)


def test_money_where_there_was_none_at_all_is_filled_in() -> None:
    (one,) = of_fields(bare(), bare(funding=amounts(财政拨款="1")))
    assert (one.kind, one.old, one.new, str(one.delta)) == (Kind.FILLED, None, "1", "+1万元")
