"""What other hands write into a form: each text comes to its place, or is kept and said; none is dropped."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from goalgen.errors import GoalgenError
from goalgen.exchange.filled_forms.imported import Imported, read_docx, read_lines
from goalgen.forms import Form
from goalgen.source.shapes import Amount, Window
from goalgen.word.lines import text_lines
from tests.support.filled_forms import document, imported, run, table
from tests.support.form_making import form_named
from tests.support.places import ROOT
from tests.support.project_making import HORIZONS, Horizon, filler, funding, goals, indicator, indicators, overview
from tests.support.strategies import form

NAMED = (("项目名称", "甲"), ("预算单位", "乙"))


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def read(*rows: tuple[str, ...], below: str = "") -> Imported:
    """A form with these rows under 项目名称 and 预算单位, and these paragraphs below its table."""
    (found,) = imported(document(table(*NAMED, *rows) + below))
    return found


def lost(found: Imported) -> list[tuple[str, str]]:
    return [(item.path, item.text) for item in found.unplaced]


def test_a_value_written_twice_is_kept_and_an_empty_one_is_filled_later() -> None:
    found = read(("立项依据", ""), ("立项依据", "文件"), ("预算单位", "丙"), ("立项依据", "文件"))
    assert overview(found.project)["立项依据"] == "文件"
    assert found.project.unit == "乙"
    assert lost(found) == [("预算单位", "丙")]


def test_goals_stand_behind_their_headings_or_below_them() -> None:
    found = read(("总体目标", "中长期目标（2020年-2022年）：建成", "年度目标：开工"), ("", "一期", "二期", "三期"))
    assert goals(found.project) == {Horizon.MEDIUM: "建成\n一期", Horizon.ANNUAL: "开工\n二期"}
    assert found.project.window == Window(2020, 2022)
    assert lost(found) == [("总体目标", "三期")]


def test_a_field_right_below_the_headings_of_the_goals_is_no_goal() -> None:
    found = read(("总体目标", "中长期目标", "年度目标"), ("立项依据", "文件"), ("使用范围", "差旅"))
    assert [overview(found.project)[key] for key in ("立项依据", "使用范围")] == ["文件", "差旅"]
    assert set(goals(found.project).values()) == {""}
    assert lost(found) == []


def test_money_below_a_total_belongs_to_the_same_panel() -> None:
    """Two panels one below the other: the labels of the lines under a total are the same in both."""
    rows = ("中长期资金总额", "30"), ("财政拨款", "20"), ("年度资金总额", "10"), ("财政拨款", "8"), ("其他资金", "2")
    found = read(*rows)
    written = {h: {key: amount.text for key, amount in funding(found.project)[h].items()} for h in HORIZONS}
    assert written == {
        Horizon.MEDIUM: {"总额": "30", "财政拨款": "20"},
        Horizon.ANNUAL: {"总额": "10", "财政拨款": "8", "其他资金": "2"},
    }
    assert lost(found) == []


def test_texts_beside_the_columns_of_indicators_are_kept() -> None:
    found = read(
        ("一级指标", "二级指标", "三级指标", "指标值"),
        ("特色", "数量指标：会", "办会", "3次", "备注"),
        ("", "", "办班", "2次"),
    )
    assert indicators(found.project) == (
        indicator("数量指标", "办会", None, "3次"),
        indicator("数量指标", "办班", None, "2次"),
    )
    assert sorted(lost(found)) == [("绩效指标", "备注"), ("绩效指标", "特色"), ("绩效指标.数量指标", "会")]


def test_the_unit_that_reports_stands_for_one_that_is_not_written() -> None:
    data = document(paragraph("填报单位（盖章）：乙局") + table(("项目名称", "甲"), ("立项依据", "文件")))
    (found,) = imported(data)
    assert found.project.unit == "乙局"


@pytest.mark.parametrize(
    ("line", "path", "kept"),
    [
        ("审核：张三 填报人：李四 填报日期：年 月 日", "预算单位", "审核：张三"),
        ("填报人：李四 填报日期：二〇二〇年", "填报日期", "二〇二〇年"),
        ("填报人：李四 填报日期：2020年2月30日", "填报日期", "2020-02-30"),
        ("填报人：李四 填报日期：2020年2月3日（初稿）", "填报日期", "（初稿）"),
    ],
)
def test_what_the_line_of_signatures_says_besides_is_kept(line: str, path: str, kept: str) -> None:
    found = read(below=paragraph(line))
    assert filler(found.project) == "李四"
    assert (path, kept) in lost(found) and len(lost(found)) == 1


def test_the_year_and_unit_above_a_second_form_are_its_own() -> None:
    first = table(*NAMED) + paragraph("填报人：李四")
    above = paragraph("（2021年度）") + paragraph("填报单位：丙局")
    found = imported(document(first + above + table(("项目名称", "丁"), ("立项依据", "文件"))))
    assert [(item.project.year, item.project.name, item.project.unit) for item in found] == [
        (0, "甲", "乙"),
        (2021, "丁", "丙局"),
    ]


def test_deleted_rows_and_comments_are_no_text_and_a_row_outside_a_table_is() -> None:
    gone = "<w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc><w:p><w:r><w:t>预算单位</w:t></w:r></w:p></w:tc></w:tr>"
    body = table(*NAMED).replace("</w:tbl>", f"{gone}</w:tbl><!-- 注 --><w:moveFrom>{paragraph('搬走')}</w:moveFrom>")
    stray = "<w:tr><w:tc><w:p><w:r><w:t>散落</w:t></w:r></w:p></w:tc></w:tr>"
    (found,) = imported(document(body + stray))
    assert [text for _, text in lost(found)] == ["散落"]
    assert found.project.unit == "乙"


def test_a_file_that_is_gone_or_a_form_without_its_template_is_told(tmp_path: Path) -> None:
    with pytest.raises(GoalgenError, match="Y01 文件读不到"):
        read_docx(tmp_path / "没有.docx", form())
    with pytest.raises(GoalgenError, match="D01 模板打不开"):
        read_lines(text_lines("项目名称\t甲"), replace(form(), template=tmp_path / "没有.docx"), "x.txt")


def test_a_form_whose_template_is_no_word_file_is_told_with_the_mend(tmp_path: Path) -> None:
    broken = tmp_path / "broken.docx"
    broken.write_bytes(b"x")
    with pytest.raises(GoalgenError) as raised:
        read_lines(text_lines("项目名称\t甲"), replace(form(), template=broken), "x.txt")
    (problem,) = raised.value.problems
    assert problem.code == "D01" and problem.message.startswith("模板打不开：")
    assert problem.place.file.endswith("broken.docx") and problem.hint == "在 Word 或 WPS 里另存为 .docx"


def test_projects_with_nothing_in_common_give_a_year_nothing_to_share(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, years in (("甲", "2020年-2021年"), ("乙", "2020年-2022年")):
        rows = ("项目名称", name), ("预算单位", "丙"), ("总体目标", f"中长期目标（{years}）", "年度目标")
        (tmp_path / f"{name}.docx").write_bytes(document(paragraph("（2020年度）") + table(*rows)))
    assert run("import", "甲.docx", "乙.docx")[0] == 0
    index = (tmp_path / "data" / "projects.yaml").read_text(encoding="utf-8")
    assert "共用" not in index and "  2020:\n    表样: form_2020\n    # 项目文件" in index
    files = sorted((tmp_path / "data" / "2020").glob("*.yaml"))
    assert [("中长期年限: 2020-2021" in file.read_text("utf-8")) for file in files] == [True, False]


def read_on(form: Form, *rows: tuple[str, ...]) -> Imported:
    """What a form of one's own gives for these rows of a table; it prints on the template of 2020."""
    given = replace(form, template=ROOT / "templates" / "form_2020.docx")
    name = given.cell_at[given.name_path].label
    text = "\n".join("\t".join(row) for row in ((name, "甲"), *rows))
    (found,) = read_lines(text_lines(text), given, "x.txt")
    return found


def test_money_of_a_form_with_one_column_is_this_years() -> None:
    found = read_on(form_named("hexin_101"), ("年度资金总额", "95"), ("其中：财政拨款", "90"), ("其他资金", "5"))
    assert found.project.values["项目资金.年度.财政拨款"] == Amount("90", Decimal(90))
    assert lost(found) == []


def test_money_whose_column_cannot_be_told_is_not_guessed() -> None:
    """One amount under a label that both columns have, and nothing above it that says which column it is in."""
    found = read(("其他资金", "5"))
    assert set(found.project.values) & {"项目资金.中长期.其他资金", "项目资金.年度.其他资金"} == set()
    assert lost(found) == [("项目资金", "其他资金：5")]


def test_a_second_table_of_indicators_is_never_this_years_again() -> None:
    """What stands above a table says whose it is; where nothing does, the second one is told, not mixed in."""
    head = ("一级指标", "二级指标", "三级指标", "指标值")
    row = ("产出指标", "数量指标", "办会", "3次")
    later = ("产出指标", "数量指标", "办会", "9次")
    found = read(("年度绩效指标",), head, row, ("长期绩效指标",), head, later)
    assert indicators(found.project) == (indicator("数量指标", "办会", "9次", "3次"),)
    found = read(head, row, head, later)
    assert indicators(found.project) == (indicator("数量指标", "办会", None, "3次"),)
    assert lost(found) == [("绩效指标", "办会"), ("绩效指标", "9次")]


def test_a_heading_under_the_goals_is_no_part_of_them() -> None:
    found = read(("总体目标", "中长期目标", "年度目标"), ("", "三年培训3000人", "培训1000人"), ("长期绩效指标",))
    assert goals(found.project) == {Horizon.MEDIUM: "三年培训3000人", Horizon.ANNUAL: "培训1000人"}


def test_a_form_without_people_tells_who_filed() -> None:
    found = read_on(form_named("hexin_101"), ("填报人：张三",))
    assert lost(found) == [("", "填报人：张三")]
