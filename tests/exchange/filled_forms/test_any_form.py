"""Forms of any place, filled by other hands: what is right is read, what is not is told."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from goalgen.exchange.filled_forms.imported import Imported, read_lines
from goalgen.forms import Form
from goalgen.source.shapes import Amount, Window
from goalgen.word.lines import text_lines
from tests.support.form_making import form_named
from tests.support.places import ROOT


def read_on(name: str, *rows: tuple[str, ...] | str) -> Imported:
    """What a form gives for a name and these rows; a text of its own is a paragraph."""
    form = with_template(form_named(name))
    label = form.cell_at[form.name_path].label
    given = ((label, "甲"), *rows)
    text = "\n".join(row if isinstance(row, str) else "\t" + "\t".join(row) + "\n" for row in given)
    (found,) = read_lines(text_lines(text), form, "x.txt")
    return found


def with_template(form: Form) -> Form:
    return form if form.template.is_file() else replace(form, template=ROOT / "templates" / "form_2020.docx")


def lost(found: Imported) -> list[tuple[str, str]]:
    return [(item.path, item.text) for item in found.unplaced]


def amount(text: str) -> Amount:
    return Amount(text, Decimal(text))


def test_money_stated_in_another_unit_is_converted_and_told() -> None:
    found = read_on(
        "hexin_101", "金额单位：元\n", ("年度资金总额", "950000"), ("其中：财政拨款", "900000"), ("其他资金", "50000")
    )
    assert found.project.values["项目资金.年度.财政拨款"] == amount("90")
    (told,) = found.problems
    assert (told.code, told.message.split("：", 1)[1]) == ("K07", "表上写的金额单位是元，表样是万元，金额已换算成万元")


def test_the_unit_in_the_brackets_of_the_block_counts_too() -> None:
    found = read_on("hexin_101", ("项目资金（元）", "其中：财政拨款", "900000"))
    assert found.project.values["项目资金.年度.财政拨款"] == amount("90")
    assert [problem.code for problem in found.problems] == ["K07"]


def test_two_units_on_one_form_are_told_and_nothing_is_converted() -> None:
    found = read_on("hexin_101", "金额单位：元\n", ("项目资金（万元）", "其中：财政拨款", "90"))
    assert found.project.values["项目资金.年度.财政拨款"] == amount("90")
    (told,) = found.problems
    assert told.code == "K07" and "几种金额单位（元、万元）" in told.message


def test_money_in_free_rows_is_converted_with_the_other() -> None:
    found = read_on(
        "everything", "金额单位：万元\n", ("序号", "内容", "完成时间", "金额"), ("1", "打桩", "2024-05-01", "12")
    )
    assert found.project.table("进度")[0].cells["金额"] == amount("120000")


def test_a_row_that_the_form_prints_is_no_row_of_the_project_and_another_value_in_it_is_told() -> None:
    head = ("一级指标", "二级指标", "分值", "指标内容", "指标值", "评分细则")
    printed = ("投入指标", "资金到位率", "5", "实际到位资金占计划资金的比例", "100%", "得分＝到位率×5")
    found = read_on("guangxi_2021", head, printed)
    assert (found.project.rows, lost(found)) == ({}, [])
    found = read_on("guangxi_2021", head, (*printed[:4], "95%", printed[5]))
    assert found.project.rows == {}
    assert lost(found) == [("绩效指标.资金到位率", "指标值（150字内）：95%")]


def test_a_cell_that_goalgen_computes_is_told_where_it_says_something_else() -> None:
    heads = ("", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分")
    rows = [
        ("年度资金总额", "95", "95", "93.1", "10", "98%", "9.8"),
        ("其中：当年财政拨款", "95", "95", "93.1", "—", "98%", "—"),
    ]
    found = read_on("ziping_10", heads, *rows)
    assert lost(found) == []
    assert "项目资金.全年预算.总额" not in found.project.values
    wrong = (*rows[0][:5], "97%", "9.8")
    assert lost(read_on("ziping_10", heads, wrong, rows[1])) == [("项目资金", "执行率.总额：97%")]


def test_a_total_by_hand_that_is_not_the_sum_is_kept_for_the_review() -> None:
    found = read_on("hexin_101", ("年度资金总额", "96"), ("其中：财政拨款", "90"), ("其他资金", "5"))
    assert found.project.values["项目资金.年度.总额"] == amount("96")


def test_scores_as_computed_are_not_written_those_by_hand_are_and_sums_are_checked() -> None:
    head = ("一级指标", "二级指标", "指标", "目标", "完成", "分值", "得分", "可能性")
    rows = [
        ("过程", "管理", "监理", "≥90%", "45%", "10", "5", "能□不能□"),
        ("", "", "态度", "好", "较好", "5", "4", "能■不能□"),
    ]
    found = read_on("everything", head, *rows, ("合计", "", "", "", "", "15", "9", ""))
    first, second = found.project.table("考核")
    assert "得分" not in first.cells and second.cells["得分"] == amount("4") and second.cells["可能性"] == ("能",)
    assert lost(found) == []
    assert lost(read_on("everything", head, *rows, ("合计", "", "多", "", "", "16", "9", ""))) == [
        ("考核", "多"), ("考核", "合计.分值：16"),
    ]  # fmt: skip


def test_what_is_no_value_of_a_column_is_told_with_the_name_of_the_column() -> None:
    head = ("一级指标", "二级指标", "三级指标", "计算符号", "指标值", "度量单位", "权重")
    found = read_on(
        "hexin_101",
        head,
        ("产出指标", "数量指标", "会", "≥", "3", "次", "若干"),
        ("", "", "班", "其他", "3", "次", "5"),
    )
    first, second = found.project.table("绩效指标")
    assert first.cells == {"年度": "≥3次"}
    assert second.cells["权重"] == amount("5")
    assert lost(found) == [("绩效指标.数量指标", "权重（分值）：若干"), ("绩效指标.数量指标", "其他 3 次")]


def test_rows_of_details_end_where_another_part_of_the_form_begins() -> None:
    found = read_on(
        "ningxiang_2021",
        ("序号", "项目实施内容", "开始时间", "完成时间"),
        ("1", "调查", "2021年1月4日", "三月底"),
        ("", "", "", ""),
        ("2", "验收", "", ""),
        ("项目概况", "养老"),
        ("项目起止时间", "2021年-2023年"),
    )
    assert [dict(row.cells) for row in found.project.table("进度计划")][1:] == [{"内容": "验收"}]
    assert found.project.values["项目概况"] == "养老"
    assert lost(found) == [("立项情况", "完成时间：三月底")] or lost(found) == [("进度计划", "完成时间：三月底")]


def test_stacked_tables_are_told_apart_by_the_word_beside_them() -> None:
    head = ("一级指标", "二级指标", "指标内容", "指标值", "备注")
    found = read_on(
        "ningxiang_2021",
        ("长期绩效指标",), head, ("产出指标", "数量指标", "人次", "≥9人次", "分期"),
        ("年度绩效指标",), head, ("产出指标", "数量指标", "人次", "≥3人次", "分期"),
    )  # fmt: skip
    (row,) = found.project.table("绩效指标")
    assert row.cells == {"长期": "≥9人次", "备注": "分期", "年度": "≥3人次"}
    assert lost(found) == []


def test_a_period_in_two_cells_is_one_value_and_one_that_is_none_is_told() -> None:
    found = read_on("guangxi_2021", ("项目起止时间", "2021年", "到", "2023年"))
    assert found.project.values["项目起止时间"] == Window(2021, 2023)
    assert lost(read_on("guangxi_2021", ("项目起止时间", "2021年", "到", "完工"))) == [
        ("项目起止时间", "2021年\n到\n完工")
    ]


def test_a_printed_code_is_the_projects_own() -> None:
    found = read_on("everything", ("编号", "qiao"), ("期间", "2024年", "到", "2026年"))
    assert found.project.code == "qiao"


def test_texts_beside_the_columns_and_wrong_rows_of_totals_are_told() -> None:
    rows = [("序号", "内容", "完成时间", "金额"), ("1", "打桩", "", "12"), ("合计", "", "多", "13")]
    found = read_on("everything", *rows)
    assert sorted(lost(found)) == [("进度", "合计.金额：13"), ("进度", "多")]
    head = ("一级指标", "二级指标", "指标", "目标", "完成", "分值", "得分", "可能性")
    found = read_on(
        "everything", head, ("过程", "管理", "监理", "≥90%", "45%", "10", "5", ""), ("合计", *[""] * 7, "旁")
    )
    assert lost(found) == [("考核", "旁")]


def test_a_label_that_is_no_column_ends_the_indicators() -> None:
    head = ("", "一级指标", "二级指标", "三级指标", "指标值")
    found = read_on("hexin_101", head, ("", "产出指标", "数量指标", "会", "3次"), ("主管部门", "某局"))
    assert found.project.values["主管部门"] == "某局"
    assert len(found.project.table("绩效指标")) == 1


def test_a_column_of_money_that_the_form_lacks_and_a_row_it_lacks_are_told() -> None:
    heads = ("资金来源", "年初预算数", "全年预算数")
    found = read_on("ziping_10", heads, ("其他资金", "1", "2", "3"), ("预期目标", "建成"))
    assert found.project.values["项目资金.全年预算.其他资金"] == amount("2")
    assert ("项目资金", "资金来源") in lost(found) and ("项目资金", "3") in lost(found)


def test_a_fixed_score_that_the_form_prints_otherwise_is_told() -> None:
    rows = [("序号", "内容", "金额", "满分"), ("1", "打桩", "12", "5")]
    found = read_on("everything", *rows)
    assert [dict(row.cells) for row in found.project.table("进度")] == [{"内容": "打桩", "金额": amount("12")}]
    assert lost(found) == []
    assert lost(read_on("everything", rows[0], ("1", "打桩", "12", "6"))) == [("进度", "满分：6")]
