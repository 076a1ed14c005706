"""What a person fills within a text, and what only looks like it."""

from __future__ import annotations

import pytest

from goalgen.authoring.learning.marks import (
    is_dash,
    is_ellipsis,
    is_empty,
    is_placeholder,
    is_serial,
    label_before,
    marks,
)


def found(text: str, outside: bool = True) -> list[str]:
    """The marks of a text: sort, label, and what they cover."""
    own = marks(text, outside)
    return [f"{one.sort.name} {label_before(text, one, own)}|{text[one.start : one.end]}" for one in own]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("（    年度）", ["YEAR （|    "]),
        ("（年度）", ["YEAR （|"]),
        ("（2021年度）", ["PRINTED_YEAR （|2021"]),
        ("（20××年度）", ["YEAR （|20××"]),
        ("____年度申报表", ["YEAR |____"]),
        ("20__年度申报表", ["YEAR |20__"]),
        ("中期目标（20××年-20××年）", ["WINDOW 中期目标（|20××年-20××年"]),
        ("中期目标（20××年—20××+n年）", ["WINDOW 中期目标（|20××年—20××+n年"]),
        ("    年至    年", ["WINDOW |    年至    年"]),
        ("自  年  月至  年  月", ["PERIOD 自|  年  月至  年  月"]),
        ("填报日期：    年  月  日", ["DATE 填报日期|    年  月  日"]),
        ("填报日期：          年  月  日", ["DATE 填报日期|    年  月  日"]),
        ("新增□ 延续□", ["BOX 新增|□", "BOX 延续|□"]),
        ("（  ）新增 （）延续", ["BRACKET |（  ）", "BRACKET 新增|（）"]),
        ("总投资____万元，其中财政____万元", ["LINE 总投资|____", "LINE 其中财政|____"]),
        ("填报人：    电 话：    ", ["COLON 填报人|    ", "COLON 电 话|    "]),
        ("填报人：联系电话：", ["COLON 填报人|", "COLON 联系电话|"]),
        ("填报单位：     金额单位：万元", ["COLON 填报单位|     "]),
        ("金额单位：  万元", []),
        ("说明：  本表一式三份，由项目单位填写后报送主管部门", []),
        ("注：本表一式两份", []),
        ("属性：□是", ["BOX 属性|□"]),
        ("其中：财政拨款", []),
        ("指标值（年度）", []),
    ],
)
def test_a_mark_is_found_with_its_label(text: str, told: list[str]) -> None:
    assert found(text) == told or (text == "指标值（年度）" and found(text, outside=False) == told)


def test_a_year_that_is_printed_in_a_table_is_a_word() -> None:
    assert found("（2021年度）", outside=False) == []


def test_the_cell_beside_takes_what_follows_the_colon_at_the_end() -> None:
    assert marks("资金总额：", by_itself=False) == []
    assert len(marks("负责人：    电话：", by_itself=False)) == 1


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("", "empty placeholder"),
        ("____", "empty placeholder"),
        ("指标1：", "placeholder"),
        ("目标1：\n目标2：\n……", "placeholder"),
        ("1.\n2.", "placeholder"),
        ("任务二", "placeholder"),
        ("……", "placeholder ellipsis"),
        ("...", "placeholder ellipsis"),
        ("1", "serial"),
        ("（一）", "placeholder serial"),
        ("—", "dash"),
        ("10", "serial"),
        ("目标", ""),
        ("其他", ""),
    ],
)
def test_a_cell_is_of_a_kind(text: str, kinds: str) -> None:
    tests = {
        "empty": is_empty,
        "placeholder": is_placeholder,
        "ellipsis": is_ellipsis,
        "serial": is_serial,
        "dash": is_dash,
    }
    assert " ".join(name for name, test in tests.items() if test(text)) == kinds
