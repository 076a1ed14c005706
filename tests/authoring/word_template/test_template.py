"""A Word template made of a spec prints all that the form says, looks official, and breaks its pages as Word wants it."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from goalgen.authoring.word_template.template import word_template
from goalgen.forms.form import Form
from goalgen.forms.pack import load_form
from goalgen.printing.printer import Printer
from tests.support.docx_reading import W, forms_in, sound, text_of, texts_in, tree_in
from tests.support.form_making import CASES, NAMES, filled, project_text_of
from tests.support.places import ROOT

HEAD = """表样: a
名称: 甲&乙表
模板: a.docx
金额单位: 元
已选: ☑
未选: □
日期格式: "{年}年{月}月{日}日"
"""
TOP = """块:
  基本:
    类: 栏目
    顶层: 是
    行:
      - {键: 编号, 值: 编号, 必填: 是, 印: 否}
      - {键: 项目名称, 角色: 名称}
"""


def made(folder: Path, spec: str) -> tuple[Form, Printer, bytes]:
    """The form of a spec, the printer of the template that is made of it, and the template."""
    (folder / "a.yaml").write_text(spec, encoding="utf-8")
    form = load_form(folder / "a.yaml")
    form.template.write_bytes(word_template(form))
    printer = Printer(form)
    assert (printer.warnings, printer.slow, printer.by_jinja) == ((), (), ())
    return form, printer, form.template.read_bytes()


def rows(folder: Path, spec: str, project: str) -> list[list[str]]:
    """The rows of the form that a project fills, on the template that is made of the spec."""
    form, printer, _ = made(folder, spec)
    document = printer.document(printer.fill(filled(form, project)))
    (one,) = forms_in(sound(document, "(", ")"), form.title)
    found: list[list[str]] = one["rows"]
    return found


def spec_named(name: str) -> str:
    own = ROOT / "templates" / f"{name}.yaml"
    spec = (own if own.is_file() else CASES / f"{name}.yaml").read_text(encoding="utf-8")
    return re.sub(r"(?m)^模板: .*$", "模板: a.docx", spec)


@pytest.mark.parametrize("name", [*NAMES, "form_2020"])
def test_every_form_gets_a_template_that_prints_all_of_it(name: str, tmp_path: Path) -> None:
    form, printer, data = made(tmp_path, spec_named(name))
    assert word_template(form) == data
    if name in NAMES:
        document = printer.document(printer.fill(filled(form, project_text_of(name))))
        assert len(forms_in(sound(document), form.title)) == 1


@pytest.mark.parametrize("name", NAMES)
def test_every_slot_of_a_font_is_filled_and_rows_have_a_height(name: str, tmp_path: Path) -> None:
    _, _, data = made(tmp_path, spec_named(name))
    tree = tree_in(data)
    runs = list(tree.iter(f"{W}r"))
    assert len(runs) > 40
    for run in runs:
        fonts = run.find(f"{W}rPr/{W}rFonts")
        assert fonts is not None and {f"{W}{slot}" for slot in ("ascii", "hAnsi", "eastAsia", "cs")} <= set(
            fonts.attrib
        )
    assert all(row.find(f"{W}trPr/{W}trHeight") is not None for row in tree.iter(f"{W}tr"))


@pytest.mark.parametrize("name", NAMES)
def test_all_tables_are_as_wide_as_the_page_between_its_margins(name: str, tmp_path: Path) -> None:
    _, _, data = made(tmp_path, spec_named(name))
    tree = tree_in(data)
    size, margins = tree.find(f".//{W}pgSz"), tree.find(f".//{W}pgMar")
    assert size is not None and margins is not None
    inside = int(size.attrib[f"{W}w"]) - int(margins.attrib[f"{W}left"]) - int(margins.attrib[f"{W}right"])
    tables = list(tree.iter(f"{W}tbl"))
    assert len(tables) >= 2
    for table in tables:
        columns = [int(column.attrib[f"{W}w"]) for column in table.iter(f"{W}gridCol")]
        assert sum(columns) == inside and min(columns) > 60
        assert {sum(spans(row)) for row in table.iter(f"{W}tr")} == {len(columns)}


def spans(row: ElementTree.Element) -> list[int]:
    found = (cell.find(f"{W}tcPr/{W}gridSpan") for cell in row.iter(f"{W}tc"))
    return [1 if span is None else int(span.attrib[f"{W}val"]) for span in found]


def test_title_year_and_unit_of_money_stand_above(tmp_path: Path) -> None:
    money = TOP + "  钱:\n    类: 金额表\n    列: [{键: 年度}]\n    行: [{键: 总额}]\n"
    *_, data = made(tmp_path, HEAD + money)
    assert texts_in(data)[:3] == ["甲&乙表", "（{{ 年度 }}年度）", "填报单位（盖章）：\t金额单位：元"]


def test_a_form_without_money_says_no_unit_and_one_of_fields_only_is_a_form(tmp_path: Path) -> None:
    *_, data = made(tmp_path, HEAD + TOP)
    assert texts_in(data)[2] == "填报单位（盖章）："
    assert texts_in(data)[3:5] == ["项目名称", "{{ 项目名称 }}"]


def test_fields_stand_beside_each_other_where_the_spec_says_so(tmp_path: Path) -> None:
    more = (
        "      - {键: 单位, 同行: 是}\n      - {键: 类型, 选项: [新增, 延续(含结转)], 同行: 是}\n      - {键: 备注}\n"
    )
    found = rows(tmp_path, HEAD + TOP + more, "编号: a\n项目名称: 路\n单位: 局\n类型: 延续(含结转)\n备注: 无\n")
    assert found == [["项目名称", "路", "单位", "局", "类型", "新增□延续(含结转)☑"], ["备注", "无"]]


def test_a_long_label_breaks_before_its_bracket(tmp_path: Path) -> None:
    more = "      - {键: 概况, 标签: 项目概况和有关情况的说明（450字内）, 字数: 450}\n"
    *_, data = made(tmp_path, HEAD + TOP + more)
    at = texts_in(data).index("项目概况和有关情况的说明")
    assert texts_in(data)[at + 1] == "（450字内）"


def test_a_period_stands_in_two_cells_and_in_one_line_below_the_tables(tmp_path: Path) -> None:
    more = "      - {键: 期间, 值: 年限, 印: 起止, 角色: 起止}\n"
    foot = "  表:\n    类: 明细表\n    列: [{键: 事}]\n  落款:\n    类: 栏目\n    顶层: 是\n"
    foot += "    行: [{键: 有效, 值: 年限, 印: 起止, 共用: 是}]\n"
    spec = HEAD + TOP + more + foot
    form, printer, _ = made(tmp_path, spec)
    document = printer.document(printer.fill(filled(form, "编号: a\n项目名称: 路\n期间: 2021-2023\n有效: 2022-2024\n")))
    (one,) = forms_in(sound(document), form.title)
    assert one["rows"][1] == ["期间", "2021年", "到", "2023年"]
    assert one["after"] == ["有效：2022年到2024年"]


def test_signatures_that_do_not_stand_in_one_line_take_more(tmp_path: Path) -> None:
    names = ("填报单位负责人", "填报人", "财务部门负责人", "审核部门负责人", "填报日期")
    people = "".join(f"      - {{键: {name}, 共用: 是}}\n" for name in names)
    *_, data = made(tmp_path, HEAD + TOP + "  落款:\n    类: 栏目\n    顶层: 是\n    行:\n" + people)
    lines = [text for text in texts_in(data) if "：{{" in text]
    assert len(lines) == 2 and sum(line.count("：") for line in lines) == 5


def test_fields_that_no_other_project_shares_are_no_signatures(tmp_path: Path) -> None:
    spec = HEAD + TOP + "  其他:\n    类: 栏目\n    顶层: 是\n    行: [{键: 其他说明}]\n"
    assert rows(tmp_path, spec, "编号: a\n项目名称: 路\n其他说明: 无\n")[-1] == ["其他说明", "无"]


def test_the_window_has_a_cell_of_its_own_where_no_goal_needs_it(tmp_path: Path) -> None:
    spec = HEAD + "中长期年数: 3\n" + TOP + "      - {键: 规划期, 值: 年限, 角色: 中长期}\n"
    assert rows(tmp_path, spec, "编号: a\n项目名称: 路\n规划期: 2024-2026\n")[-1] == ["规划期", "2024年-2026年"]


def test_money_under_headings_and_parts_of_parts_further_in(tmp_path: Path) -> None:
    money = """  钱:
    类: 金额表
    列: [{键: 预算, 标签: 预算数}, {键: 执行, 标签: 执行数}]
    行:
      - {键: 甲, 算: "和(乙, 子)"}
      - {键: 乙, 算: "和(丙, 丑)"}
      - {键: 丙, 算: "和(丁, 寅)"}
      - {键: 丁, 算: "和(戊, 卯)"}
      - {键: 戊}
      - {键: 卯}
      - {键: 寅}
      - {键: 丑}
      - {键: 子}
"""
    spec = HEAD + TOP + money
    found = rows(tmp_path, spec, "编号: a\n项目名称: 路\n钱:\n  预算: {戊: 5}\n  执行: {戊: 4}\n")
    assert found[1] == ["", "", "预算数", "执行数"] and found[2][:2] == ["钱", "甲"]
    assert found[6] == ["", "戊", "5", "4"]
    *_, data = made(tmp_path, spec)
    styles = [next(cell.iter(f"{W}pStyle")).attrib[f"{W}val"] for cell in tree_in(data).iter(f"{W}tc")]
    assert {"FundPart1", "FundPart2", "FundPart3"} <= set(styles)


def test_a_column_stands_before_the_names_where_the_spec_says_so_and_takes_the_width_it_says(tmp_path: Path) -> None:
    def widths(hint: str) -> list[int]:
        columns = f"[{{键: 分值, 值: 分, 名称前: 是}}, {{键: 年度, 值: 指标值}}, {{键: 备注{hint}}}]"
        spec = (
            HEAD + TOP + f"  指标:\n    类: 指标表\n    列: {columns}\n    体系: {{产出: {{数量: {{角色: 数量}}}}}}\n"
        )
        *_, data = made(tmp_path, spec)
        (heads,) = [row for row in tree_in(data).iter(f"{W}tr") if "备注" in text_of(row) and "{{" not in text_of(row)]
        assert [text_of(cell) for cell in heads.iter(f"{W}tc")][3:] == ["分值", "指标", "年度", "备注"]
        return [int(cell.attrib[f"{W}w"]) for cell in heads.iter(f"{W}tcW")]

    assert widths(", 宽: 20")[-1] > widths("")[-1]


@pytest.mark.parametrize("layout", ["", "排法: 并排", "排法: 上下"])
def test_a_form_of_many_columns_lies_on_its_side(layout: str, tmp_path: Path) -> None:
    def width(more: int) -> int:
        columns = "".join(f", {{键: 列{n}}}" for n in range(more))
        table = f"    {layout}\n" if layout else ""
        columns = f"[{{键: 甲, 值: 指标值}}, {{键: 乙, 值: 指标值}}{columns}]"
        table += f"    列: {columns}\n    体系: {{产出: {{数量: {{角色: 数量}}}}}}\n"
        *_, data = made(tmp_path, HEAD + TOP + "  指标:\n    类: 指标表\n" + table)
        size = tree_in(data).find(f".//{W}pgSz")
        assert size is not None and (size.get(f"{W}orient") == "landscape") == (more > 5)
        return int(size.attrib[f"{W}w"])

    assert width(1) < width(8)


def test_an_empty_free_table_and_boxes_in_a_column_print(tmp_path: Path) -> None:
    table = "  事项:\n    类: 明细表\n    列: [{键: 事}, {键: 办, 选项: [能, 不能]}, {键: 钱, 值: 金额}]\n    合计: {钱: 合计}\n"
    found = rows(tmp_path, HEAD + TOP + table, "编号: a\n项目名称: 路\n")
    assert found[1:] == [
        ["", "序号", "事", "办", "钱"],
        ["事项", "1", "", "能□不能□", ""],
        ["合计", ""],
    ]


def test_many_fields_and_amounts_in_a_row_leave_room_for_their_values(tmp_path: Path) -> None:
    long = "有关情况和说明的一栏"
    fields = "".join(f"      - {{键: {long}{n}, 同行: 是}}\n" for n in "甲乙丙丁")
    money = "".join(f"      - {{键: {long}{n}, 同行: 是}}\n" for n in "戊己庚")
    table = f"  钱:\n    类: 金额表\n    列: [{{键: 年度}}]\n    行:\n      - {{键: 总额}}\n{money}"
    *_, data = made(tmp_path, HEAD + TOP + fields + table)
    widths = [int(cell.attrib[f"{W}w"]) for cell in tree_in(data).iter(f"{W}tcW")]
    assert len(widths) > 15 and min(widths) > 700


@pytest.mark.parametrize("sort", ["明细表", "金额表"])
def test_other_tables_of_many_columns_lie_on_their_side_too(sort: str, tmp_path: Path) -> None:
    columns = ", ".join(f"{{键: 列{n}, 标签: 第{n}列}}" for n in range(11))
    more = "    行: [{键: 总额}]\n" if sort == "金额表" else ""
    *_, data = made(tmp_path, HEAD + TOP + f"  表:\n    类: {sort}\n    列: [{columns}]\n{more}")
    size = tree_in(data).find(f".//{W}pgSz")
    assert size is not None and size.get(f"{W}orient") == "landscape"
