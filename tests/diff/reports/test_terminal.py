"""A comparison as lines for a terminal."""

from __future__ import annotations

import re

from goalgen.diff.comparing import compare
from goalgen.diff.reports.markdown import markdown, stat_markdown
from goalgen.diff.reports.terminal import stat, text
from goalgen.diff.values import Difference, Side
from tests.support.form_making import project_named
from tests.support.project_making import indicator, indicators, replace


def test_two_equal_sides_are_told_in_every_format_of_text(sides: tuple[Side, Side]) -> None:
    same = compare(sides[0], sides[0])
    assert stat_markdown(same) == markdown(same) == "# 2020 年度 → 2020 年度\n\n没有不同。\n"
    assert "没有不同" in text(same) and "改动 0 处" in stat(same)


def test_totals_alone_name_a_unit_only_among_several(difference: Difference, hard: Difference) -> None:
    assert stat(difference).count(" 个项目，年度 ") == len(difference.units) == 4
    assert "个项目，年度" not in stat(hard) and stat(hard).endswith("改动 20 处；指标值放宽 1，量化 5\n")


def test_it_is_said_by_what_two_projects_were_taken_for_one(sides: tuple[Side, Side]) -> None:
    first, second = sides[0].projects[:2]
    old = replace(sides[0], projects=(first, second))
    one = replace(first, code="other", indicators=(*indicators(first), indicator("数量指标", "绿化株数", None, "≥8株")))
    two = replace(second, code="another", name=f"{second.name}（二期）")
    said = text(compare(old, replace(old, projects=(one, two))))
    assert f"    编号 {first.code} → other，按名称认作同一项目\n" in said
    assert re.search(rf"    编号 {second.code} → another，按内容相似（\d\d(\.\d+)?%）认作同一项目\n", said)
    assert "    数量指标·绿化株数" in said and "  新增 年度 ≥8株\n" in said
    back = text(compare(replace(old, projects=(one, two)), old))
    assert "  取消 年度 ≥8株\n" in back


def test_a_field_that_only_one_form_has_shows_as_such() -> None:
    sides = [Side(name, year, one.form, (one,)) for name, year, one in (
        ("旧", 2024, project_named("xiangmu_88")), ("新", 2025, project_named("hexin_101", 2025)),
    )]  # fmt: skip
    lines = " ".join(text(compare(*sides)).split())
    assert "项目期 新表没有 2023年-2025年" in lines
    assert "经济成本指标·人均培训成本（权重） 新表才有 20" in lines
    assert "经济成本指标·人均培训成本（二级指标） 成本指标 → 经济成本指标" in lines
