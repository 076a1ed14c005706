"""Official words are known whatever a place calls them, however they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from goalgen.authoring.learning import words as module
from goalgen.authoring.learning.words import bare, most, plain, words
from goalgen.errors import GoalgenError
from goalgen.forms.item import Kind, Role


@pytest.mark.parametrize(
    ("sort", "text", "name"),
    [
        ("栏", "项 目 名 称", "项目名称"),
        ("栏", "主管部门\n及代码：", "主管部门"),
        ("栏", "★填表人（签字）", "填报人"),
        ("金额行", "其中：当年财政拨款", "财政拨款"),
        ("金额行", "一、财政拨款", "财政拨款"),
        ("金额行", "（1）其他资金：", "其他资金"),
        ("金额列", "执行率（%）", "执行率"),
        ("目标", "长期目标（450字内）", "中长期目标"),
        ("指标列", "权重(分值)", "权重"),
        ("指标列", "评（扣）分标准", "评分标准"),
    ],
)
def test_a_word_is_found(sort: str, text: str, name: str) -> None:
    found = words().find(sort, text)
    assert found is not None and found.name == name


def test_a_word_of_no_form_is_none() -> None:
    assert words().find("栏", "天气") is None
    assert (
        bare("项 目：\n"),
        plain("一、（二）资金（万元）："),
        plain("其中："),
        most("概况（450字内）"),
        most("概况"),
    ) == (*("项目", "资金", "其中", 450, 0),)


def test_the_table_speaks_of_roles_and_kinds_that_there_are() -> None:
    found = words()
    tables = [word for table in found._tables.values() for word in table.values()]
    assert len(tables) > 200
    roles, kinds = {role.value for role in Role}, {kind.value for kind in Kind}
    assert all(word.get("角色") in ("", *roles) and word.get("值") in ("", *kinds) for word in tables)
    assert (
        found.usual("资金") == "项目资金"
        and found.stage("项目支出绩效自评表") == "自评"
        and found.stage("申报表") == "申报"
    )
    assert found.group_role("社会公众或服务对象满意度指标") == "满意度" and found.group_role("资金到位率") == ""


def test_a_broken_table_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text("栏: 一\n", encoding="utf-8")
    monkeypatch.setattr(module, "beside", lambda *_: tmp_path / "words.yaml")
    words.cache_clear()
    with pytest.raises(GoalgenError) as caught:
        words()
    words.cache_clear()
    assert caught.value.problems[0].place.file == "words.yaml"
