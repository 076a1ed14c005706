"""Which part of one form is which of another: by role, then by key and 曾用."""

from __future__ import annotations

from goalgen.forms.joining import joining
from tests.support.form_making import form_named, form_of_text
from tests.support.project_making import form_2020


def paths(old: str, new: str) -> dict[str, str]:
    found = joining(form_named(old), form_named(new)).cells
    return {cell.new.path: cell.old.path for cell in found if cell.old and cell.new and cell.old.path != cell.new.path}


def test_a_form_is_the_same_as_itself() -> None:
    found = joining(form_2020(), form_2020())
    assert all(cell.old == cell.new for cell in found.cells)
    assert [cell.new for cell in found.cells] == list(form_2020().cells)
    assert {*found.groups.items()} == {(group, group) for group in form_2020().all_groups}
    assert found.columns == {"中长期": "中长期", "年度": "年度"}


def test_fields_of_other_names_are_joined_by_role_then_by_what_they_were_called() -> None:
    assert paths("form_2020", "xiangmu_88") == {"实施单位": "预算单位", "项目期": "项目概况.起止年限"}
    assert paths("xiangmu_88", "form_2020") == {"预算单位": "实施单位", "项目概况.起止年限": "项目期"}
    assert paths("xiangmu_88", "hexin_101") == {"主管部门": "主管部门及代码"}
    assert paths("hexin_101", "xiangmu_88") == {"主管部门及代码": "主管部门"}


def test_what_only_one_form_has_is_said_last() -> None:
    found = joining(form_2020(), form_named("hexin_101")).cells
    only_new = [cell.new.path for cell in found if cell.new and not cell.old]
    only_old = [cell.old.path for cell in found if cell.old and not cell.new]
    assert only_new == ["主管部门", "项目资金.年度.上年结转"]
    assert only_old[:3] == ["项目类型", "项目概况.中长期规划", "项目概况.资金管理办法"]
    assert [cell.new is None for cell in found] == sorted(cell.new is None for cell in found)


def test_groups_are_joined_by_key_then_by_a_role_of_their_own() -> None:
    groups = joining(form_2020(), form_named("xiangmu_88")).groups
    assert groups["社会公众或服务对象满意度指标"] == "服务对象满意度指标"
    assert groups["数量指标"] == "数量指标"
    # three 二级指标 of costs: none of them is the one there was
    assert "成本指标" not in joining(form_2020(), form_named("hexin_101")).groups


def test_columns_of_money_are_joined_by_their_roles() -> None:
    assert joining(form_named("hexin_101"), form_named("everything")).columns == {
        "年度": "本年",
        "权重": "分值",
    }
    head = '表样: a\n名称: a\n模板: a.docx\n金额单位: 元\n已选: x\n未选: o\n日期格式: "{年}"\n块:\n'
    one = "  头: {类: 栏目, 顶层: 是, 行: [{键: 编号, 值: 编号}, {键: 名, 角色: 名称}]}\n"
    one += "  钱: {类: 金额表, 列: [{键: 今年%s}], 行: [{键: 拨款%s}]}\n"
    old, new = (form_of_text(head + one % words) for words in (("", ""), (", 曾用: [去年]", "一, 曾用: [拨款]")))
    other = form_of_text(head + one.replace("今年%s", "去年%s") % ("", ""))
    assert [(cell.old and cell.old.path) for cell in joining(old, new).cells] == ["编号", "名", "钱.今年.拨款"]
    assert [(cell.old and cell.old.path) for cell in joining(other, new).cells] == ["编号", "名", "钱.去年.拨款"]
