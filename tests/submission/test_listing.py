"""A file joins the end of a year's list, however the list is written; every other byte stays."""

from __future__ import annotations

import pytest

from goalgen import source
from goalgen.errors import GoalgenError, Place
from goalgen.submission.listing import index_with_file, index_with_units, index_with_year

HEAD = "部门: 甲\n年度:\n  2026:\n    表样: form_2020\n"
TAIL = "  # 到此为止\n  2027:\n    表样: form_2020\n    项目:\n      - 2027/x.yaml\n# 尾\n"
NEW = "2026/b 二.yaml"


def listed(text: str) -> list[str]:
    """The file names of 2026 in a text."""
    node = source.parse(text, "x").root
    for word in ("年度", "2026", "项目"):
        assert isinstance(node, source.Mapping)
        node = node.get(word)
    assert isinstance(node, source.Sequence)
    return [item.text for item in node.items if isinstance(item, source.Scalar)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("    项目:\n", "    项目:\n      - 2026/b 二.yaml\n"),
        ("    项目:  # 还没有\n", "    项目:  # 还没有\n      - 2026/b 二.yaml\n"),
        ("    项目: []\n", "    项目:\n      - 2026/b 二.yaml\n"),
        ("    项目: [] # 空\n", "    项目: # 空\n      - 2026/b 二.yaml\n"),
        ('    项目: ""\n', "    项目:\n      - 2026/b 二.yaml\n"),
        ("    项目: [2026/a.yaml]\n", "    项目: [2026/a.yaml, 2026/b 二.yaml]\n"),
        ("    项目: [\n      2026/a.yaml,\n    ]\n", "    项目: [\n      2026/a.yaml, 2026/b 二.yaml,\n    ]\n"),
        ("    项目:\n    - 2026/a.yaml # 一\n", "    项目:\n    - 2026/a.yaml # 一\n    - 2026/b 二.yaml\n"),
        ("    项目:\n    - '../a.yaml'\n", "    项目:\n    - '../a.yaml'\n    - 2026/b 二.yaml\n"),
        (
            "    项目:\n      - 2026/a.yaml\n      -\n",
            "    项目:\n      - 2026/a.yaml\n      -\n      - 2026/b 二.yaml\n",
        ),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_file_joins_the_end_of_the_list(before: str, after: str, newline: str) -> None:
    text, wanted = (f"{HEAD}{part}{TAIL}".replace("\n", newline) for part in (before, after))
    found = index_with_file(text, 2026, NEW, Place("x"))
    assert found == wanted
    assert listed(found)[-1] == NEW


@pytest.mark.parametrize(
    ("before", "after"),
    [("年度: {2026: {项目: []}}\n", "年度: {2026: {项目: [2026/b 二.yaml]}}\n"), ("年度: {2026: {项目: }}\n", None)],
)
def test_a_list_inside_brackets(before: str, after: str | None) -> None:
    if after:
        assert index_with_file(before, 2026, NEW, Place("x")) == after
        return
    with pytest.raises(GoalgenError, match=r"S06 .*手工加一行：- 2026/b 二.yaml"):
        index_with_file(before, 2026, NEW, Place("x"))


@pytest.mark.parametrize(
    "text",
    [
        "年度: {2025: {项目: []}}\n",
        "年度:\n  2026:\n    表样: form_2020\n",
        "年度:\n  2026:\n    项目: 2026/a.yaml\n",
        "年度:\n  2026:\n    项目: {a: b}\n",
        "年度:\n  2026:\n    项目:\n      - {a: b}\n",
    ],
)
def test_what_is_no_list_takes_no_file(text: str) -> None:
    with pytest.raises(GoalgenError, match="S06"):
        index_with_file(text, 2026, NEW, Place("x"))


BLOCK = "2025:\n  表样: form_2020\n\n  项目:"


@pytest.mark.parametrize(
    ("years", "wanted"),
    [
        ("  2026:\n    项目:\n", "  2025:\n    表样: form_2020\n\n    项目:\n  2026:\n    项目:\n"),
        (
            "  2024:\n    项目:\n    # 说明\n  2026:\n    项目:",
            "  2024:\n    项目:\n    # 说明\n  2025:\n    表样: form_2020\n\n    项目:\n  2026:\n    项目:",
        ),
        ("  2024:\n    项目:", "  2024:\n    项目:\n  2025:\n    表样: form_2020\n\n    项目:"),
    ],
    ids=["before", "between", "behind"],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_year_comes_behind_the_years_before_it(years: str, wanted: str, end: str) -> None:
    before, after = (f"部门: 甲\n年度:\n{text}".replace("\n", end) for text in (years, wanted))
    assert index_with_year(before, 2025, BLOCK, Place("x")) == after


@pytest.mark.parametrize("text", ["年度: {2026: {项目: []}}\n", "年度:\n", "部门: 甲\n", "- a\n"])
def test_years_that_are_no_block_take_no_year(text: str) -> None:
    with pytest.raises(GoalgenError, match="G02"):
        index_with_year(text, 2025, BLOCK, Place("x"))


NEW_UNITS = {"甲办": {"填报人": "张三"}, "乙办": {}}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "单位:\n  - 名称: 甲办\n    简称: [丙]\n  # 末尾\n年度:\n",
            "单位:\n  - 名称: 甲办\n    简称: [丙]\n  # 末尾\n  - 名称: 乙办\n年度:\n",
        ),
        ("单位:\n- 名称: 丁\n年度:\n", "单位:\n- 名称: 丁\n- 名称: 甲办\n  填报人: 张三\n- 名称: 乙办\n年度:\n"),
        ("单位:\n年度:\n", "单位:\n  - 名称: 甲办\n    填报人: 张三\n  - 名称: 乙办\n年度:\n"),
        ("部门: x\n年度:\n", "部门: x\n单位:\n  - 名称: 甲办\n    填报人: 张三\n  - 名称: 乙办\n\n年度:\n"),
        ("部门: x\n", "部门: x\n单位:\n  - 名称: 甲办\n    填报人: 张三\n  - 名称: 乙办\n\n"),
        ("单位:\n  - {名称: 一, 简称: 甲办}\n  - 字\n  - {简称: [乙办]}\n", None),
        ("单位: [{名称: 丁}]\n", None),
        ("单位: {名称: 丁}\n", None),
    ],
)
def test_units_that_are_not_known_join_the_others(before: str, after: str | None) -> None:
    assert index_with_units(before, NEW_UNITS) == (before if after is None else after)
