"""Every form pack that goalgen brings is whole: spec, Word template, and an example that is clean and prints what it should."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from decimal import Decimal
from pathlib import Path

import pytest

from goalgen.forms import Form
from goalgen.forms.pack import form_names, load_form
from goalgen.forms.project import Project
from goalgen.printing.printer import Printer
from tests.support.command_runs import run
from tests.support.docx_reading import W, forms_in, golden_rows, sound, text_of, tree_in
from tests.support.packs import EXAMPLES, PACKS, TEMPLATES, example, example_bundle, example_year
from tests.support.places import GOLDEN, ROOT
from tests.support.validator.faults import structure_faults

EVERY = pytest.mark.parametrize("name", EXAMPLES)
PACK = pytest.mark.parametrize("name", PACKS)


def form(name: str) -> Form:
    return load_form(TEMPLATES / f"{name}.yaml")


def test_the_packs_are_those_that_lie_in_templates_and_in_the_wheel() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    inside = told["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert form_names(TEMPLATES) == sorted(("form_2020", *PACKS))
    for name in ("form_2020", *PACKS):
        for file in (f"templates/{name}.docx", f"templates/{name}.yaml"):
            assert inside[file] == f"goalgen/{file}"


@PACK
def test_a_template_prints_all_that_its_spec_says_and_needs_no_slow_way(name: str) -> None:
    printer = Printer(form(name))
    assert (printer.warnings, printer.slow, printer.by_jinja) == ((), (), ())
    assert structure_faults(TEMPLATES / f"{name}.docx") == []


@PACK
def test_labels_that_nobody_held_against_the_original_are_said_to_be_so(name: str) -> None:
    assert "标签未与原件核对" in form(name).help
    assert "标签未与原件核对" in (ROOT / "docs" / "forms.md").read_text(encoding="utf-8")


@EVERY
def test_the_example_is_clean_under_check(name: str) -> None:
    result = run(example(name), "check", "--format", "json")
    assert (result.returncode, json.loads(result.stdout)) == (0, [])


@EVERY
def test_the_example_has_projects_enough_and_no_mobile_number(name: str) -> None:
    projects = example_year(name).projects
    assert len(projects) >= 3
    written = "".join(file.read_text(encoding="utf-8") for file in example(name).rglob("*.yaml"))
    assert "编号: " in written and not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", written)


@EVERY
def test_the_example_prints_the_golden_rows(name: str) -> None:
    title = example_year(name).form.title
    assert forms_in(sound(example_bundle(name)), title) == golden_rows(GOLDEN / f"rows_{name}.json")


def test_the_golden_rows_are_whole_forms() -> None:
    for name in EXAMPLES:
        forms = golden_rows(GOLDEN / f"rows_{name}.json")
        assert len(forms) == len(example_year(name).projects)
        assert all(len(one["rows"]) > 18 and len(one["before"]) == 3 for one in forms)


@EVERY
def test_the_template_is_what_the_command_makes(name: str, tmp_path: Path) -> None:
    pack = name.removesuffix("_yuan")
    folder = TEMPLATES if pack == name else example(name) / "templates"
    target = tmp_path / "made.docx"
    words = [sys.executable, "-m", "goalgen", "form", "template", str(folder / f"{pack}.yaml"), "-o", str(target)]
    subprocess.run(words, check=True, capture_output=True, cwd=tmp_path)
    assert target.read_bytes() == (folder / f"{pack}.docx").read_bytes()


def test_the_variant_in_yuan_changes_the_unit_and_nothing_else() -> None:
    own, changed = form("guangxi_2021"), load_form(example("guangxi_2021_yuan") / "templates" / "guangxi_2021.yaml")
    assert (own.money_unit, changed.money_unit) == ("万元", "元")
    assert [cell.path for cell in own.cells] == [cell.path for cell in changed.cells]
    for project, other in zip(
        example_year("guangxi_2021").projects, example_year("guangxi_2021_yuan").projects, strict=True
    ):
        assert (project.code, project.rows) == (other.code, other.rows)
        assert _money(project) == _money(other) > 0


def _money(project: Project) -> Decimal:
    """All the money of a project, in 元."""
    column = project.form.money_tables[0].columns[0].role
    assert column is not None
    total = project.form.funds(project, column)
    assert total is not None
    return project.form.converted(total, "元")


@EVERY
def test_no_heading_that_is_repeated_is_merged_with_the_rows_below(name: str) -> None:
    """Word repeats no row of which a cell goes on below (fault 1), and only the first rows of a table."""
    heads = 0
    for table in tree_in(example_bundle(name)).iter(f"{W}tbl"):
        rows = list(table.iter(f"{W}tr"))
        repeated = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        assert repeated == sorted(repeated, reverse=True)
        for row, head in zip(rows, repeated, strict=True):
            heads += head
            assert not (head and list(row.iter(f"{W}vMerge")))
        below = rows[sum(repeated)] if any(repeated) else None
        assert below is None or {merge.get(f"{W}val") for merge in below.iter(f"{W}vMerge")} <= {"restart"}
    assert heads >= 3


@EVERY
def test_a_row_with_a_goal_may_split_and_one_with_an_indicator_may_not(name: str) -> None:
    """Word moves a row that may not split to the next page whole, and leaves the page before it empty (fault 2)."""
    project = example_year(name).projects[0]
    goal = next(project.said(cell.path) for cell in project.form.goals.values())
    indicator = project.table(project.form.indicator_tables[0].key)[0].name
    rows = [row for table in tree_in(example_bundle(name)).iter(f"{W}tbl") for row in table.iter(f"{W}tr")]
    whole = [
        next(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows if text in text_of(row))
        for text in (goal, indicator)
    ]
    assert whole == [False, True]


def test_the_form_fills_its_own_rows_and_the_sums_inside_sums() -> None:
    guangxi, *_ = golden_rows(GOLDEN / "rows_guangxi_2021.json")
    assert ["", "投入指标", "资金到位率", "5", "实际到位资金占计划资金的比例", "100%", "得分＝到位率×5"] in [
        ["", *row[1:]] for row in guangxi["rows"]
    ]
    ningxiang, *_ = golden_rows(GOLDEN / "rows_ningxiang_2021.json")
    rows = [row[1:] for row in ningxiang["rows"]]
    assert ["资金总额", "66"] in rows and ["一、财政拨款", "66"] in rows


def test_sign_number_and_unit_stand_apart_and_come_from_one_value() -> None:
    hexin, *_ = golden_rows(GOLDEN / "rows_hexin_101.json")
    row = next(row for row in hexin["rows"] if "培训人数" in row)
    assert row[-7:] == ["培训人数", "≥", "1100", "人", "10", "按完成比例得分", "培训台账"]


def test_two_years_on_two_packs_compare_as_a_person_would(tmp_path: Path) -> None:
    """2024 on xiangmu_88, 2025 on hexin_101, one 编号: what has a place on both is compared, what has not is said to be so."""
    for name in ("xiangmu_88", "hexin_101"):
        shutil.copytree(example(name), tmp_path, dirs_exist_ok=True)
    first = (example("xiangmu_88") / "data/projects.yaml").read_text(encoding="utf-8")
    second = (example("hexin_101") / "data/projects.yaml").read_text(encoding="utf-8")
    index = first + second[second.index("  2025:") :]
    (tmp_path / "data/projects.yaml").write_text(index, encoding="utf-8")
    result = run(tmp_path, "diff", "2024", "2025", "--only", "ji-neng-pei-xun", "--format", "json")
    told = json.loads(result.stdout)
    found = {one["field"]: (one["kind"], one["old"], one["new"]) for one in told["changed"]}
    assert (told["added"], told["removed"]) == ([], [])
    assert found["项目资金.年度.总额"] == ("changed", "95", "104")
    assert found["项目资金.年度.上年结转"] == ("new_field", None, "3")
    assert found["项目资金.中长期.总额"] == ("gone_field", "300", None)
    assert found["绩效指标.数量指标.培训人数.年度"] == ("changed", "≥1000人", "≥1100人")
    on_screen = run(tmp_path, "diff", "2024", "2025", "--stat").stdout
    assert "中长期资金：2025 年度 的表上没有这一栏，不对比" in on_screen


BROKEN = {
    "xiangmu_88": [("总额: 95", "总额: 96", "F02")],
    "hexin_101": [
        ("年度: {财政拨款: 96", "年度: {总额: 99, 财政拨款: 96", "F02"),
        ("学员满意度, 年度: ≥90%", "学员满意度, 年度: 满意", "I06"),
    ],
    "guangxi_2021": [("项目概况: 对", f"项目概况: {'很长' * 240}对", "M10"), ("预算: 142", "预算: 342", "F08")],
    "ningxiang_2021": [
        ("{上级: 20", "{财政拨款: 70, 上级: 20", "F02"),
        ("2021-03-31", "2021-02-31", "M06"),
    ],
    "guangxi_2021_yuan": [("预算: 1420000", "预算: 3420000", "F08")],
}
"""What is changed in the first project of an example, and what check says of it: sums inside sums, limits of length, units."""


@pytest.mark.parametrize(
    ("name", "good", "bad", "code"), [(name, *change) for name in EXAMPLES for change in BROKEN[name]]
)
def test_a_broken_twin_of_an_example_is_told(name: str, good: str, bad: str, code: str, tmp_path: Path) -> None:
    shutil.copytree(example(name), tmp_path, dirs_exist_ok=True)
    first, *_ = sorted((tmp_path / "data").glob("20*/*.yaml"))
    text = first.read_text(encoding="utf-8")
    assert text.count(good) == 1
    first.write_text(text.replace(good, bad), encoding="utf-8")
    result = run(tmp_path, "check", "--format", "json")
    told = [one for one in json.loads(result.stdout) if one["code"] == code]
    assert [Path(one["file"]).name for one in told] == [first.name]
