"""Whatever the form, every room works by its blocks: files, Excel, the next year, comparisons, the review, pages."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from goalgen import source
from goalgen.authoring.kit import project_schema
from goalgen.authoring.project_text import project_text
from goalgen.authoring.roll import rolled_project
from goalgen.checking.check import Group
from goalgen.checking.reports.page import _group
from goalgen.checking.review import catalogue
from goalgen.checking.rule import Finding
from goalgen.checking.subject import Batch, Subject
from goalgen.diff.comparing import compare
from goalgen.diff.values import Difference, Kind, Side
from goalgen.errors import GoalgenError
from goalgen.exchange.excel.reading import read_projects, read_sheets
from goalgen.exchange.excel.writing import workbook
from goalgen.exchange.updating import updated
from goalgen.forms.item import Role
from goalgen.forms.project import Project, Unit
from goalgen.forms.values import project_in, record_of
from goalgen.source.shapes import Window
from goalgen.submission.submission import load
from tests.support.finding_making import profile
from tests.support.form_making import NAMES, filled, form_named, project_named, project_text_of, read
from tests.support.places import ROOT
from tests.support.project_making import form_2020, replace

EVERY = pytest.mark.parametrize("name", NAMES)


def side(*projects: Project) -> Side:
    return Side("甲", projects[0].year, projects[0].form, projects)


def findings(project: Project, budget: str = "100000") -> Iterator[tuple[str, Finding]]:
    units = (Unit(project.unit, (), {project.year: Decimal(budget)}),)
    told = profile()
    batch = Batch(project.year, told, units, (Subject(project, project.form, told, units),))
    for rule in catalogue():
        for finding in rule.over(batch):
            yield rule.code, finding


@EVERY
def test_a_project_comes_back_from_its_text_and_its_record(name: str) -> None:
    project = project_named(name)
    assert filled(project.form, project_text(project, project.form)) == project
    assert project_in(record_of(project), project.form) == project


@EVERY
def test_excel_loses_nothing(name: str) -> None:
    project = project_named(name)
    new = replace(project, code="")
    (back,) = read_projects(read_sheets(workbook([project], project.form, 2024), "x"), project.form, 2024, "x")
    assert back == project
    (back,) = read_projects(read_sheets(workbook([new], project.form, 2024), "x"), project.form, 2024, "x")
    assert back == new


@EVERY
def test_a_file_is_brought_up_to_a_project_that_says_more(name: str) -> None:
    """From a file with a name alone, all that the project says is put in; what is there already stays byte for byte."""
    project = project_named(name)
    text = project_text_of(name)
    root = source.read(text.encode(), "x").root
    assert isinstance(root, source.Mapping)
    assert updated(text, root, project, project, project.form).text == text
    bare_text = "".join(
        f"{key}: {project.said(key)}\n" for key in ("编号", project.form.name_path, project.form.unit_path)
    )
    bare = filled(project.form, bare_text)
    root = source.read(bare_text.encode(), "x").root
    assert isinstance(root, source.Mapping)
    assert filled(project.form, updated(bare_text, root, bare, project, project.form).text) == project


@EVERY
def test_nothing_is_different_from_itself_and_the_next_year_is_a_file_of_its_form(name: str) -> None:
    project = project_named(name)
    assert not compare(side(project), side(project))
    root = source.read(project_text_of(name).encode(), "x").root
    assert isinstance(root, source.Mapping)
    rolled = rolled_project(project_text_of(name), root, project.form, project.window, 2024, 2025)
    later, problems = read(project.form, rolled.text, 2025)
    assert later is not None and problems == ()
    assert "待核" in rolled.text


def test_the_next_year_moves_periods_and_drops_outcomes() -> None:
    root = source.read(project_text_of("xiangmu_88").encode(), "x").root
    assert isinstance(root, source.Mapping)
    window = project_named("xiangmu_88").window
    rolled = rolled_project(project_text_of("xiangmu_88"), root, form_named("xiangmu_88"), window, 2024, 2025)
    assert "项目期: 2024年-2026年\n" in rolled.text
    root = source.read(project_text_of("ziping_10").encode(), "x").root
    assert isinstance(root, source.Mapping)
    window = project_named("ziping_10").window
    rolled = rolled_project(project_text_of("ziping_10"), root, form_named("ziping_10"), window, 2024, 2025)
    assert "{指标: 培训人数, 年度: ≥1000人, 完成: , 分值: 20, 原因: }" in rolled.text
    assert "全年执行: {财政拨款: , 上年结转: , 其他资金: }" in rolled.text


def told(difference: Difference) -> set[tuple[str, str, str | None, str | None]]:
    return {(change.field, change.was, change.old, change.new) for change in difference.changes}


@pytest.mark.parametrize(
    ("old", "new"), [("xiangmu_88", "hexin_101"), ("xiangmu_88", "ziping_10"), ("hexin_101", "ziping_10")]
)
def test_two_forms_are_compared_the_same_from_either_side(old: str, new: str) -> None:
    before, after = project_named(old), project_named(new, 2025)
    there, back = compare(side(before), side(after)), compare(side(after), side(before))
    whole = (Kind.ADDED, Kind.REMOVED)
    mirrored = {
        (change.was, change.field, change.new, change.old) if change.kind not in whole
        else (change.field, change.was, change.new, change.old)
        for change in back.changes
    }  # fmt: skip
    assert told(there) == mirrored
    assert {Kind.NEW_FIELD, Kind.GONE_FIELD} <= {change.kind for change in there.changes}
    assert not any(change.routine for change in there.changes if change.kind in (Kind.NEW_FIELD, Kind.GONE_FIELD))


def test_a_project_that_changes_its_form_is_told_as_a_person_would() -> None:
    """2024 on 88号, 2025 on 101号: the total that the form adds up is no change, 成本指标 moved, the new columns are new."""
    found = compare(side(project_named("xiangmu_88")), side(project_named("hexin_101", 2025)))
    changes = {change.field: change for change in found.changes}
    assert "项目资金.年度.总额" not in changes and "实施单位" not in changes
    assert (changes["主管部门"].was, changes["主管部门"].kind) == ("主管部门及代码", Kind.CHANGED)
    assert (changes["项目期"].kind, changes["项目期"].old) == (Kind.GONE_FIELD, "2023年-2025年")
    cost = "绩效指标.经济成本指标.人均培训成本"
    assert (changes[f"{cost}.二级指标"].kind, changes[f"{cost}.二级指标"].was) == (
        Kind.MOVED, "绩效指标.成本指标.人均培训成本.二级指标",
    )  # fmt: skip
    assert (changes[f"{cost}.权重"].kind, changes[f"{cost}.权重"].new) == (Kind.NEW_FIELD, "20")
    assert changes[f"{cost}.中长期"].kind is Kind.GONE_FIELD
    assert [*map(int, found.whole.annual)] == [95, 95]
    assert all(change.place and change.place.line for change in found.changes if change.kind is not Kind.REMOVED)


def test_a_department_that_goes_from_2015_to_2020_keeps_its_satisfaction_where_it_is() -> None:
    old = filled(
        form_2020(),
        "编号: a\n项目名称: 甲\n预算单位: 乙\n绩效指标: {社会公众或服务对象满意度指标: [{指标: 群众, 年度: ≥90%}]}\n",
    )
    new = filled(
        form_named("xiangmu_88"),
        "编号: a\n项目名称: 甲\n实施单位: 乙\n绩效指标: {服务对象满意度指标: [{指标: 群众, 年度: ≥92%}]}\n",
    )
    (change,) = (one for one in compare(side(old), side(new)).changes if "指标" in one.field)
    assert (change.field, change.was, str(change.delta)) == (
        "绩效指标.服务对象满意度指标.群众.年度", "绩效指标.社会公众或服务对象满意度指标.群众.年度", "+2个百分点",
    )  # fmt: skip


def test_money_of_a_form_in_yuan_is_compared_in_the_unit_of_the_new_one() -> None:
    old = filled(form_2020(), "编号: a\n项目名称: 甲\n预算单位: 乙\n项目资金: {年度: {总额: 95, 财政拨款: 95}}\n")
    yuan = replace(form_2020(), look=form_2020().look._replace(money_unit="元"))
    same = filled(yuan, "编号: a\n项目名称: 甲\n预算单位: 乙\n项目资金: {年度: {总额: 950000, 财政拨款: 950000}}\n")
    assert compare(side(old), side(same)).changes == ()
    more = filled(yuan, "编号: a\n项目名称: 甲\n预算单位: 乙\n项目资金: {年度: {总额: 960000, 财政拨款: 960000}}\n")
    found = compare(side(old), side(more))
    assert [(change.old, change.new, str(change.delta)) for change in found.changes] == [
        ("950000", "960000", "+10000元"), ("950000", "960000", "+10000元"),
    ]  # fmt: skip
    assert (found.money_unit, *map(int, found.whole.annual)) == ("元", 950000, 960000)


def test_a_table_of_details_is_compared_too() -> None:
    project = project_named("everything")
    less = project.with_rows("进度", project.table("进度")[:1])
    (change,) = compare(side(project), side(less)).changes
    assert (change.field, change.kind) == ("进度", Kind.CHANGED)
    (change,) = compare(side(project), side(project.with_rows("进度", ()))).changes
    assert (change.kind, change.new) == (Kind.EMPTIED, None)
    (change,) = compare(side(project.with_rows("进度", ())), side(project)).changes
    assert (change.kind, change.old) == (Kind.FILLED, None)


def test_the_review_asks_a_form_only_for_what_it_has() -> None:
    """The examples lack 时效指标 and some of 效益; nothing else that these forms do not have is asked for."""
    found = {name: [(code, finding.path) for code, finding in findings(project_named(name))] for name in NAMES[:2]}
    assert found["hexin_101"] == [
        ("I01", "绩效指标.时效指标"), ("I02", "绩效指标.经济效益指标"), ("I02", "绩效指标.生态效益指标"),
    ]  # fmt: skip
    assert [one for one in found["xiangmu_88"] if one[0] not in ("I02", "I13")] == [
        ("B02", "项目期"), ("I01", "绩效指标.时效指标"),
    ]  # fmt: skip
    nested = [finding for code, finding in findings(project_named("everything")) if code[0] == "F"]
    assert [(one.path, one.message, one.hint) for one in nested] == [
        ("资金.本年.财政拨款", "本年资金没有写财政拨款", "写 财政拨款: 150"),
    ]  # fmt: skip


def test_the_review_of_a_form_in_yuan_speaks_of_yuan() -> None:
    """The budgets of projects.yaml are in 万元, the costs among the indicators in whatever they say."""
    yuan = replace(form_2020(), look=form_2020().look._replace(money_unit="元"))
    text = (
        "编号: a\n项目名称: 甲\n预算单位: 乙\n项目资金: {年度: {总额: 960000, 财政拨款: 950000, 其他资金: 0.5}}\n"
        "绩效指标: {成本指标: [{指标: 总成本, 年度: ≤195万元}]}\n"
    )
    said = {
        code: finding.message
        for code, finding in findings(filled(yuan, text), "90")
        if code in ("F02", "F08", "I11", "F09")
    }
    assert said == {
        "F02": "年度总额 960000 不等于 950000 + 0.5 = 950000.5 元",
        "F08": "乙 1 个项目年度资金共 950000.5 元（95.00005 万元），超过预算 900000 元（90 万元）",
        "I11": "成本 ≤195万元，年度资金 950000.5 元",
    }
    _, problems = read(
        yuan, "编号: a\n项目名称: 甲\n预算单位: 乙\n项目资金: {年度: {总额: 950000元, 财政拨款: 95万元}}\n"
    )
    assert [problem.hint for problem in problems] == ["写 950000", "这里的单位是元，写 950000"]


def test_a_text_longer_than_the_form_allows_is_told() -> None:
    form = form_named("everything")
    _, problems = read(form, "编号: a\n名称: 甲\n说明: {概况: 一二三四五六七八九十一}\n")
    assert [(problem.code, problem.message) for problem in problems] == [
        ("M10", "说明.概况：有 11 个字，表上最多 10 个")
    ]
    _, problems = read(form, "编号: a\n名称: 甲\n人数: 多\n")
    assert [(problem.code, problem.hint) for problem in problems] == [("M04", "只写数字，例如 20")]


@EVERY
def test_the_page_shows_every_value(name: str) -> None:
    project = project_named(name)
    page = _group(1, Group(project, project.form, ()))
    cells = {cell.path for cell in project.form.cells if cell.item.printed and cell.path != "编号"}
    for path in cells & set(project.values):
        assert f'id="1-{path}"' in page
    for rows in project.rows.values():
        assert all(row.name in page for row in rows)


@EVERY
def test_editors_know_the_keys(name: str) -> None:
    schema = project_schema(form_named(name), 2024)
    for cell in form_named(name).cells:
        assert f'"{cell.keys[-1]}": {{' in schema


def submission(root: Path, index: str, **files: str) -> list[str]:
    """What reading a submission says, a line a problem, its project files under data/."""
    for year in ("2020", "2021"):
        (root / "data" / year).mkdir(parents=True)
    (root / "data" / "projects.yaml").write_text(index, encoding="utf-8")
    for name, text in files.items():
        (root / "data" / ("2021" if name == "c" else "2020") / f"{name}.yaml").write_text(text, encoding="utf-8")
    try:
        problems = load(root).problems
    except GoalgenError as error:
        problems = error.problems
    return [str(problem).replace(f"{root.as_posix()}/", "") for problem in problems]


INDEX = """共用: {预算单位: 乙, 实施单位: 丙, 中长期年限: 2020-2022}
单位: [{名称: 乙, 填报人: 丁}]
年度:
  2020: {表样: form_2020, 共用: {填报日期: 2019-11-20}, 项目: [2020/a.yaml, 2020/b.yaml]}
  2021: {表样: %s, 项目: [2021/c.yaml]}
"""
ONE = "编号: %s\n项目名称: 甲\n"


def test_years_of_two_forms_share_what_each_has_a_place_for(tmp_path: Path) -> None:
    index = INDEX % "xiangmu_88"
    assert submission(tmp_path, index, a=ONE % "a", b=ONE % "b", c=ONE % "c") == []
    first, second = load(tmp_path).years
    assert (first.projects[0].unit, first.projects[0].of_role(Role.FILLER)) == ("乙", "丁")
    assert (second.projects[0].unit, second.projects[0].window) == ("丙", Window(2020, 2022))


def test_a_value_shared_in_a_year_whose_form_has_no_place_for_it_is_told(tmp_path: Path) -> None:
    index = (INDEX % "xiangmu_88").replace("填报日期: 2019", "主管部门及代码: 戊, 填报日期: 2019")
    (line,) = submission(tmp_path, index, a=ONE % "a", b=ONE % "b", c=ONE % "c")
    assert line.startswith("data/projects.yaml:4:") and "M01 这一年度的表上没有“主管部门及代码”" in line


def test_a_form_that_cannot_be_read_hides_nothing_about_the_files(tmp_path: Path) -> None:
    """Its own faults, the other year's, and what is wrong with its year's files as YAML: all in one run."""
    (tmp_path / "templates").mkdir()
    broken = (ROOT / "templates" / "xiangmu_88.yaml").read_text(encoding="utf-8").replace("角色: 单位", "角色: 名称")
    (tmp_path / "templates" / "own.yaml").write_text(broken, encoding="utf-8")
    found = submission(tmp_path, INDEX % "own", a="编号: a\n", b=ONE % "b", c="编号: c\n项目名称：甲\n")
    assert [line.split("；")[0] for line in found] == [
        "templates/own.yaml:23:44: 错误 D05 角色“名称”已经给了“项目名称”",
        "data/2021/c.yaml:2:5: 错误 Y05 “项目名称”后面是全角冒号",
        "data/2020/a.yaml:1:1: 错误 M02 缺少“项目名称”",
    ]
    (tmp_path / "data" / "2021" / "c.yaml").unlink()
    (tmp_path / "data" / "2021" / "c.yaml").symlink_to("/proc/self/mem")
    assert any(str(one.place).endswith("data/2021/c.yaml") and one.code == "Y01" for one in load(tmp_path).problems)
