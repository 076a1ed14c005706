"""What a form prints of a project, value by value: the texts of `layout.context` and the rows of the indicator table."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

from goalgen.forms import Form
from goalgen.forms.layout import blank_context, context, indicator_rows
from goalgen.forms.project import Horizon, Indicator, Project
from goalgen.source.shapes import Amount, Window
from goalgen.word.template.names import offered

PROJECT = Project(
    year=2021,
    code="jia",
    name="甲",
    unit="乙",
    category=("其他",),
    overview={"中长期规划": "规划", "绩效分配方式": ("项目法",)},
    funding={},
    goals={Horizon.ANNUAL: "目标"},
    indicators=(
        Indicator("数量指标", "一", "中一", "年一"),
        Indicator("数量指标", "二", None, "年二"),
        Indicator("质量指标", "三", "", None),
    ),
    window=Window(2021, 2023),
    filler="丙",
    phone="1",
    filed=date(2021, 3, 4),
)


def test_every_value_stands_under_its_name(form: Form) -> None:
    texts = context(PROJECT, form)
    assert {name: texts[name] for name in ("年度", "编号", "项目名称", "预算单位", "填报人", "联系电话")} == {
        "年度": "2021", "编号": "jia", "项目名称": "甲", "预算单位": "乙", "填报人": "丙", "联系电话": "1",
    }  # fmt: skip
    assert texts["填报日期"] == "2021年3月4日"
    assert texts["总体目标"] == {"中长期": "", "年度": "目标"}
    assert texts["项目概况"]["中长期规划"] == "规划"
    assert texts["项目概况"]["立项依据"] == ""
    assert texts["项目概况"]["绩效分配方式"]["项目法"] == form.ticked
    assert texts["项目概况"]["绩效分配方式"]["因素法"] == form.unticked
    assert texts["项目类型"] == {
        line: form.ticked if line == "其他" else form.unticked for line in form.category.options
    }


def test_money_is_printed_as_written_and_blank_where_it_is_not(form: Form) -> None:
    funding = {Horizon.MEDIUM: {"总额": Amount("30.10", Decimal("30.1"))}, Horizon.ANNUAL: {}}
    assert context(replace(PROJECT, funding=funding), form)["项目资金"] == {
        "中长期": {"总额": "30.10", "财政拨款": "", "其他资金": ""},
        "年度": {"总额": "", "财政拨款": "", "其他资金": ""},
    }
    assert context(PROJECT, form)["项目资金"]["年度"]["总额"] == ""


def test_a_text_where_options_belong_ticks_none(form: Form) -> None:
    printed = context(replace(PROJECT, overview={"绩效分配方式": "项目法"}), form)["项目概况"]["绩效分配方式"]
    assert set(printed.values()) == {form.unticked}


def test_a_field_of_text_prints_several_options_with_the_chinese_comma(form: Form) -> None:
    texts = context(replace(PROJECT, overview={"立项依据": ("甲", "乙")}), form)
    assert texts["项目概况"]["立项依据"] == "甲、乙"
    assert texts["项目概况"]["绩效分配方式"] == dict.fromkeys(texts["项目概况"]["绩效分配方式"], form.unticked)


def test_rows_say_a_heading_once_and_where_its_merge_begins(form: Form) -> None:
    rows = [*indicator_rows(PROJECT, form)]
    assert [(row["一级"], row["二级"], row["合并"]) for row in rows[:4]] == [
        ("产出指标", "数量指标", {"一级": "restart", "二级": "restart"}),
        ("", "", {"一级": "continue", "二级": "continue"}),
        ("", "质量指标", {"一级": "continue", "二级": "restart"}),
        ("", "时效指标", {"一级": "continue", "二级": "restart"}),
    ]
    assert [(row["中长期"], row["年度"]) for row in rows[:3]] == [
        ({"指标": "一", "指标值": "中一"}, {"指标": "一", "指标值": "年一"}),
        ({"指标": "", "指标值": ""}, {"指标": "二", "指标值": "年二"}),
        ({"指标": "三", "指标值": ""}, {"指标": "", "指标值": ""}),
    ]


def test_a_blank_form_still_has_its_years(form: Form) -> None:
    assert (blank_context(form)["年度"], blank_context(form)["中长期年限"]) == ("2020", "2020年-2020年")


def test_a_blank_form_says_nothing_else(form: Form) -> None:
    texts = blank_context(form)
    assert {texts[name] for name in ("编号", "项目名称", "预算单位", "填报人", "联系电话", "填报日期")} == {""}
    assert len(texts["指标行"]) == len(form.all_groups)


def test_no_name_lies_deeper_than_plain_steps_go(form: Form) -> None:
    """template/plain has steps down to three words: `项目资金.年度.总额`, and with a row's own name `行.年度.指标`."""
    depths = {len(re.sub(r"^.*\[\]", "行", name).split(".")) for name in offered(blank_context(form))}
    assert depths == {1, 2, 3}
