"""A comparison is cut down to what was asked for."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from goalgen.diff import filtering
from goalgen.diff.comparing import compare
from goalgen.diff.values import Change, Difference
from goalgen.errors import GoalgenError, Place
from goalgen.forms import Form
from goalgen.source.shapes import Amount
from tests.support.diff_making import Sixteen, change, identity, pair, side
from tests.support.finding_making import form
from tests.support.project_making import Horizon, replace


def difference(*found: Change) -> Difference:
    both = (pair(identity("a", "甲项目"), identity("a", "甲项目"), *found),)
    more = (identity("b", "乙项目", "丙"),)
    return Difference("", "", "万元", more, (identity("c", "丁项目", "丙"),), both)


@pytest.mark.parametrize(
    ("only", "left"),
    [
        ([], "abc"),
        (["a"], "a"),
        (["b", "c"], "bc"),
        (["乙项目"], "b"),
        (["丙"], "bc"),
        (["简称"], "bc"),
        (["a.yaml"], "a"),
        (["c"], "c"),
        (["?项目"], "abc"),
    ],
)
def test_projects_are_chosen_by_code_name_unit_alias_or_file(only: list[str], left: str) -> None:
    found = filtering.of_projects(difference(), only, {"简称": "丙"})
    codes = [*(pair.code for pair in found.pairs), *(one.code for one in (*found.added, *found.removed))]
    assert "".join(sorted(codes)) == left
    if only:
        assert (found.whole.old_count, found.whole.new_count) == (
            len({"a", "c"} & {*left}),
            len({"a", "b"} & {*left}),
        )


def test_a_renamed_project_is_chosen_by_either_name() -> None:
    both = replace(difference(), pairs=(pair(identity("a", "旧"), identity("a", "新")),))
    assert [len(filtering.of_projects(both, [name], {}).pairs) for name in ("旧", "新")] == [1, 1]


def problem(call: Callable[[], object]) -> tuple[str, str, Place, str]:
    with pytest.raises(GoalgenError) as caught:
        call()
    (only,) = caught.value.problems
    return only.code, only.message, only.place, only.hint


def test_patterns_that_name_nothing_are_told_with_what_may_be_meant() -> None:
    assert problem(lambda: filtering.of_projects(difference(), ["甲项日"], {})) == (
        "S06", "两边都没有项目符合“甲项日”", Place("--only"), "你是不是想写“甲项目”",
    )  # fmt: skip
    assert problem(lambda: filtering.of_fields(difference(), ["督查次效"], form()))[:3] == (
        "R05", "没有“督查次效”这个字段", Place("--fields"),
    )  # fmt: skip
    assert problem(lambda: filtering.of_fields(difference(), ["二级指示"], form()))[3] == "你是不是想写“二级指标”"
    changed = difference(change("绩效指标.数量指标.督查次数.年度", "1", "2"))
    assert filtering.of_fields(changed, ["督查次数"], form()).changes


@pytest.mark.parametrize(
    ("fields", "left"),
    [
        ([], [0, 1, 2]),
        (["项目资金"], [0]),
        (["年度"], [0, 1]),
        (["次数"], [1]),
        (["旧次数"], [1]),
        (["数量指标.次数"], [1]),
        (["数量"], None),
        (["*数量*"], [1]),
        (["填报人", "总额"], [0, 2]),
        (["绩效指标.二级指标"], []),
        (["绩效指标.中长期"], []),
    ],
)
def test_fields_are_chosen_by_a_run_of_the_words_of_their_path(fields: list[str], left: list[int] | None) -> None:
    found = (
        change("项目资金.年度.总额", "1", "2"),
        change("绩效指标.数量指标.次数.年度", "1", "2")._replace(was="绩效指标.数量指标.旧次数.年度"),
        change("填报人", "1", "2"),
    )
    if left is None:
        with pytest.raises(GoalgenError):
            filtering.of_fields(difference(*found), fields, form())
        return
    cut = filtering.of_fields(difference(*found), fields, form())
    assert cut.changes == tuple(found[n] for n in left)
    assert (len(cut.added), len(cut.removed), len(cut.pairs)) == (1, 1, 1)


def test_routine_changes_are_left_out_and_counted() -> None:
    found = difference(change("填报人", "1", "2"), change("填报日期", "1", "2")._replace(routine=True))
    cut = filtering.without_routine(replace(found, hidden=2))
    assert (cut.changes, cut.hidden) == ((found.changes[0],), 3)


def one(difference: Difference, *fields: str, form: Form) -> list[str]:
    return [change.field for change in filtering.of_fields(difference, fields, form).changes]


def test_narrowing_to_projects_and_fields(sixteen: Sixteen, form: Form) -> None:
    lines = {"财政拨款": Amount("1", Decimal(1))}
    new = [replace(p, funding={h: lines for h in Horizon}, filler="甲", name=f"{p.name}新") for p in sixteen]
    difference = compare(side(sixteen, form), side(new, form))
    some = filtering.of_projects(
        difference, ["驻长办", "01-*", "政务督查经费"], {"驻长办": "衡阳市人民政府驻长沙办事处"}
    )
    assert [pair.code for pair in some.pairs] == [
        "bao-an-zhuan-fu-jing",
        "zheng-wu-du-cha",
        "zhao-shang-xin-fang-chang-sha",
    ]
    assert (some.whole.new_count, some.whole.annual.new) == (3, Decimal(3))
    first = filtering.of_projects(difference, ["bao-an-zhuan-fu-jing"], {})
    assert one(first, "财政拨款", form=form) == ["项目资金.中长期.财政拨款", "项目资金.年度.财政拨款"]
    assert one(first, "项目资金.年度", form=form) == ["项目资金.年度.财政拨款"]
    assert one(first, "*.年度.*", "填报人", form=form) == ["项目资金.年度.财政拨款", "填报人"]
    assert one(first, "绩效指标", form=form) == []
    with pytest.raises(GoalgenError, match="S06 两边都没有项目符合“政务督察经费”；你是不是想写“政务督查经费”"):
        filtering.of_projects(difference, ["政务督察经费"], {})
    with pytest.raises(GoalgenError, match="R05 没有“财政拔款”这个字段；你是不是想写“财政拨款”"):
        one(first, "财政拔款", form=form)
