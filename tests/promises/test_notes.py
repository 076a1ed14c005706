"""变更说明: told of the whole project or of its fields, kept out of print, written and read back, forgotten by roll."""

import json

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from goalgen import source
from goalgen.authoring import roll
from goalgen.authoring.formatting import mend_text
from goalgen.authoring.kit import project_schema
from goalgen.authoring.project_text import project_text
from goalgen.exchange.excel import columns
from goalgen.forms import Form
from goalgen.forms.layout import context
from goalgen.forms.pack import load_form
from goalgen.forms.project import Project
from goalgen.forms.shape import project_shape
from goalgen.source.shapes import Window
from goalgen.submission.project_file import Setting, convert
from tests.support.places import ROOT
from tests.support.project_making import form_2020, replace

FORM = load_form(ROOT / "templates" / "form_2020.yaml")
HEAD = "编号: a\n项目名称: 甲\n预算单位: 乙\n"
PATHS = (
    "项目名称",
    "项目资金",
    "项目资金.年度.财政拨款",
    "总体目标.年度",
    "绩效指标.数量指标",
    "绩效指标.数量指标.督查次数 (年)",
)


def read(text: str) -> tuple[Project | None, list[str]]:
    document = source.parse(text, "x.yaml")
    found, problems = convert(document, Setting.alone(FORM, 2020))
    return found, [str(problem) for problem in problems]


@pytest.mark.parametrize(
    ("written", "notes"),
    [
        ("变更说明: 压减\n", {"": "压减"}),
        ("变更说明:\n", {}),
        (
            "变更说明: {项目资金: 压减, 绩效指标.数量指标.督查次数: 增加两个专题}\n",
            {"项目资金": "压减", "绩效指标.数量指标.督查次数": "增加两个专题"},
        ),
        ("变更说明:\n  项目资金.年度.财政拨款:\n  填报人: 换人\n", {"填报人": "换人"}),
        ("变更说明: |\n  一是\n  二是\n", {"": "一是\n二是"}),
    ],
)
def test_notes_are_one_text_or_texts_by_field(written: str, notes: dict[str, str]) -> None:
    project, problems = read(HEAD + written)
    assert problems == []
    assert project and project.notes == notes


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("变更说明:\n  财政拨款: 压减\n", "x.yaml:5:3: 错误 M01 变更说明：不认识“财政拨款”；写 项目资金.年度.财政拨款"),
        (
            "变更说明:\n  项目资金.全年: 压减\n",
            "x.yaml:5:3: 错误 M01 变更说明：不认识“项目资金.全年”；你是不是想写“项目资金.年度”",
        ),
        ("变更说明: [压减]\n", "x.yaml:4:7: 错误 M03 变更说明：这里应写文字，却是列表；"),
        ("变更说明:\n  项目资金: [压减]\n", "x.yaml:5:9: 错误 M03 变更说明.项目资金：这里应写文字，却是列表；"),
    ],
)
def test_a_note_on_nothing_is_told(written: str, problem: str) -> None:
    project, problems = read(HEAD + written)
    assert project is None
    assert [found.startswith(problem) for found in problems] == [True]


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(("", *PATHS)), st.text("压减: #{},'\"人-", min_size=1, max_size=8)))
def test_notes_are_written_as_they_are_read(notes: dict[str, str]) -> None:
    """As one text, or by field; both at once no file can hold."""
    if "" in notes:
        notes = {"": notes[""]}
    base, _ = read(HEAD)
    assert base
    project, problems = read(project_text(replace(base, notes=notes), FORM))
    assert problems == []
    assert project and project.notes == notes


def test_the_editor_agrees_with_goalgen() -> None:
    schema = json.loads(project_schema(FORM, 2020))["properties"]["变更说明"]
    for right in ("压减", None, {"项目资金.年度": "压减"}, {"绩效指标.数量指标.督查次数": "增加"}):
        jsonschema.validate(right, schema)
    for wrong in (["压减"], {"财政拨款": "压减"}, {"绩效指标.督查次数": "增加"}):
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(wrong, schema)


def test_notes_are_neither_printed_nor_exported(sixteen: tuple[Project, ...], form: Form) -> None:
    told = replace(sixteen[0], notes={"": "按压减一般性支出的要求下调"})
    assert context(told, form) == context(sixteen[0], form)
    assert "变更说明" not in [column.title for column in columns.project_columns(form)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("变更说明: 2020年压减5%\n编号: a\n", "变更说明:\n编号: a\n"),
        ("变更说明: 压减 # 见会议纪要\n", "变更说明: # 见会议纪要\n"),
        (
            "编号: a\n变更说明:\n  项目资金: 甲\n  # 说\n  总体目标.年度: '5'\n填报人: x\n",
            "编号: a\n变更说明:\n填报人: x\n",
        ),
        ("变更说明: {项目资金: 甲,\n  总体目标: 乙}\n编号: b\n", "变更说明:\n编号: b\n"),
        ("变更说明: |\n  一\n  二\n编号: b\n", "变更说明:\n编号: b\n"),
        ("变更说明: 甲\r\n编号: b\r\n", "变更说明:\r\n编号: b\r\n"),
        ("{编号: a, 变更说明: x}\n", "{编号: a, 变更说明: }\n"),
        ("变更说明:\n编号: a\n", "变更说明:\n编号: a\n"),
    ],
)
def test_roll_leaves_the_key_and_takes_the_reason(before: str, after: str) -> None:
    root = source.parse(before, "x").root
    assert isinstance(root, source.Mapping)
    rolled = roll.rolled_project(before, root, form_2020(), Window(2020, 2022), 2020, 2021)
    assert rolled.text == after
    assert yaml.safe_load(after)["变更说明"] is None
    assert not any(change.pending for change in rolled.changes)


def test_roll_forgets_why_projects_of_the_year_before_were_gone() -> None:
    text = "年度:\n  2020:\n    表样: f\n    项目:\n      - 2020/a.yaml\n    变更说明:\n      b: 完成\n      c: 并入\n"
    root = source.parse(text, "x").root
    assert isinstance(root, source.Mapping)
    added = roll.rolled_index(text, root, form_2020(), 2020, 2021, {"2020/a.yaml": "2021/a.yaml"}).text.removeprefix(
        text.rstrip("\n")
    )
    assert added == "\n  2021:\n    表样: f\n    项目:\n      - 2021/a.yaml\n    变更说明:\n"


def test_fmt_puts_the_key_last() -> None:
    order = list(project_shape(FORM).keys)
    assert order[-1] == "变更说明"
    text = "编号: a\n变更说明: 压减\n项目名称: 甲\n"
    root = source.parse(text, "x").root
    assert root is not None
    assert mend_text(text, root, "x", order).text == "编号: a\n项目名称: 甲\n变更说明: 压减\n"
