"""What a form prints of a project, value by value: the texts of `layout.context` and the rows of the indicator table."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest

from goalgen.forms import Form
from goalgen.forms.layout import blank_context, context
from goalgen.source.shapes import Amount, Window
from goalgen.submission.submission import Submission
from goalgen.word.template.names import offered
from tests.support.form_making import NAMES, form_named, project_named
from tests.support.places import ROOT
from tests.support.project_making import Horizon, indicator, project_of_2020, replace

PROJECT = project_of_2020(
    year=2021,
    code="jia",
    name="甲",
    unit="乙",
    category=("其他",),
    overview={"中长期规划": "规划", "绩效分配方式": ("项目法",)},
    funding={},
    goals={Horizon.ANNUAL: "目标"},
    indicators=(
        indicator("数量指标", "一", "中一", "年一"),
        indicator("数量指标", "二", None, "年二"),
        indicator("质量指标", "三", "", None),
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
    assert texts["项目概况"]["绩效分配方式"]["项目法"] == form.look.ticked
    assert texts["项目概况"]["绩效分配方式"]["因素法"] == form.look.unticked
    assert texts["项目类型"] == {
        line: form.look.ticked if line == "其他" else form.look.unticked
        for line in form.cell_at["项目类型"].item.options
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
    assert set(printed.values()) == {form.look.unticked}


def test_rows_say_a_heading_once_and_where_its_merge_begins(form: Form) -> None:
    rows = context(PROJECT, form)["指标行"]
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


def test_the_32_projects_print_what_they_printed_before_there_were_blocks(submission: Submission) -> None:
    """Frozen when the language of forms was made: every text that a template can print of every project."""
    golden = (ROOT / "tests" / "golden" / "contexts.jsonl").read_text(encoding="utf-8").splitlines()
    projects = [(project, year.form) for year in submission.years for project in year.projects]
    assert len(projects) == len(golden) == 32
    for (project, form), line in zip(projects, golden, strict=True):
        assert context(project, form) == json.loads(line), project.code


@pytest.mark.parametrize("name", NAMES)
def test_a_blank_form_offers_every_name_that_a_filled_one_has(name: str) -> None:
    form = form_named(name)
    assert offered(context(project_named(name), form)) == offered(blank_context(form))


def test_core_indicators_print_sign_number_and_unit_of_one_written_value() -> None:
    """财预〔2021〕101号: ≥1000人 is written once and printed in three cells; the total is added up."""
    printed = context(project_named("hexin_101"), form_named("hexin_101"))
    assert printed["项目资金"] == {"年度": {"总额": "95", "财政拨款": "90", "上年结转": "0", "其他资金": "5"}}
    assert printed["总体目标"] == {"年度": "全年培训 1000 人，结业率不低于 95%"}
    rows = printed["绩效指标行"]
    assert [(row["一级"], row["二级"]) for row in rows][:4] == [
        ("成本指标", "经济成本指标"), ("", "社会成本指标"), ("", "生态环境成本指标"), ("产出指标", "数量指标"),
    ]  # fmt: skip
    assert {key: text for key, text in rows[3].items() if key != "合并"} == {
        "一级": "产出指标", "二级": "数量指标", "指标": "培训人数", "性质": "≥", "指标值": "1000", "单位": "人",
        "权重": "20", "评分标准": "每少 1% 扣 1 分", "数据来源": "培训台账",
    }  # fmt: skip
    assert "年度" not in rows[3]


def test_the_form_of_2015_prints_its_own_words_side_by_side() -> None:
    """财预〔2015〕88号: like that of 2020, with 满意度指标 of its own and other fields."""
    printed = context(project_named("xiangmu_88"), form_named("xiangmu_88"))
    assert printed["主管部门及代码"] == "某市人力资源和社会保障局[118]"
    assert printed["项目属性"] == {"新增项目": "□", "延续项目": "☑"}
    assert (printed["中长期年限"], printed["填报日期"]) == ("2024年-2026年", "2023年10月20日")
    last = printed["绩效指标行"][-1]
    assert (last["一级"], last["二级"]) == ("满意度指标", "服务对象满意度指标")
    assert last["年度"] == {"指标": "学员满意度", "指标值": "≥90%"}


def test_a_self_evaluation_scores_itself() -> None:
    """财预〔2020〕10号: 98 % spent gives 9.8 of 10; 960 against ≤950 gives 9.9; all in all 99.3."""
    printed = context(project_named("ziping_10"), form_named("ziping_10"))
    funds = printed["项目资金"]
    assert [funds[column]["总额"] for column in ("全年预算", "全年执行", "分值", "执行率", "得分")] == [
        "95", "93.1", "10", "98%", "9.8",
    ]  # fmt: skip
    assert (funds["得分"]["财政拨款"], funds["执行率"]["上年结转"]) == ("—", "")
    assert [row["得分"] for row in printed["绩效指标行"] if row["指标"]] == ["19.6", "10", "10", "9.9", "30", "10"]
    assert printed["绩效指标"] == {"合计": {"得分": "99.3"}}


def test_stacked_panels_fixed_rows_nested_sums_and_details() -> None:
    printed = context(project_named("everything"), form_named("everything"))
    assert (printed["方式"], printed["期间"]) == (
        {"直接": "■", "委托": "□", "合作": "■"},
        {"起": "2024年", "止": "2026年"},
    )
    assert (printed["开工"], printed["人数"], printed["编号"]) == ("2024-3-1", "12", "a")
    # 总额 is printed though not written (自动), 财政拨款 is not: F01 asks for it
    assert printed["资金"]["本年"] == {
        "总额": "200", "财政拨款": "", "上级": "100", "本级": "50", "自有资金": "30", "其他": "20",
    }  # fmt: skip
    long, annual = (printed["指标行"][side] for side in ("长期", "本年"))
    assert [(row["二级"], row["指标"], row["指标值"], row["备注"]) for row in long] == [
        ("数量", "桥墩", "≥8座", "分期"),
        ("质量", "资金到位率", "100%", ""),
        ("", "合格率", "≥98%", ""),
        ("", "返工", "≤1次", ""),
        ("社会效益", "", "", ""),
    ]
    assert [row["指标"] for row in annual] == ["桥墩", "图纸", "资金到位率", "合格率", ""]
    assert [row["得分"] for row in printed["考核行"]] == ["5", "9.8", "4", ""]
    assert printed["考核"] == {"合计": {"分值": "25", "得分": "18.8"}}
    assert [(row["序号"], row["方式"]["外包"], row["满分"]) for row in printed["进度行"]] == [
        ("1", "■", "5"), ("2", "□", "5"),
    ]  # fmt: skip
    assert printed["进度"] == {"合计": {"金额": "150.5"}}
    assert len(blank_context(form_named("everything"))["进度行"]) == 1
