"""`goalgen check`: exit codes, choice of rules, and every format as its reader reads it."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from click.testing import CliRunner

from goalgen.checking.check import grouped
from goalgen.checking.reports.page import html
from goalgen.cli.check import command
from goalgen.cli.render import command as render
from goalgen.errors import GoalgenError, Place, Problem
from goalgen.forms import pack
from goalgen.forms.profile import load_profile
from tests.support.browser import needs_chromium, title_after
from tests.support.places import ROOT
from tests.support.review_cases import submission

MOBILE = {"联系电话": "13800000000"}


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(command, list(words))
    return getattr(result.exception, "exit_code", result.exit_code), result.stdout


def test_a_clean_submission_leaves_with_zero_even_when_strict() -> None:
    code, said = run(str(ROOT / "docs" / "example"), "--strict")
    assert code == 0
    assert "没有问题" in said and "机器查不了" in said


def test_findings_leave_with_one_and_warnings_only_when_strict(tmp_path: Path) -> None:
    assert run(str(ROOT))[0] == 1
    submission(tmp_path, MOBILE)
    assert run(str(tmp_path))[0] == 0
    assert run(str(tmp_path), "--strict")[0] == 1


def test_wrong_input_leaves_with_two(tmp_path: Path) -> None:
    submission(tmp_path, {"项目类型": "没有的"})
    assert run(str(tmp_path))[0] == 2
    assert run(str(ROOT), "--select", "Q")[0] == 2
    assert run(str(ROOT), "--explain", "Q01")[0] == 2


def test_rules_are_selected_and_ignored() -> None:
    found = json.loads(run(str(ROOT), "--format", "json", "--select", "F,I12", "--ignore", "F0")[1])
    assert {item["code"] for item in found} == {"I12"}


def test_json_has_the_promised_keys() -> None:
    found = json.loads(run(str(ROOT), "--format", "json")[1])
    keys = {"code", "severity", "criterion", "message", "file", "line", "column", "project", "field"}
    assert found and all(set(item) == keys for item in found)


def test_the_worst_project_comes_first_and_totals_last() -> None:
    said = run(str(ROOT), "--year", "2020")[1]
    heads = [line for line in said.splitlines() if line.startswith("──")]
    assert len(heads) == 16 and "ji-jian-pai-zhu" in heads[0]
    assert "完整性：72 个错误" in said.split(heads[-1])[1]


def test_the_second_year_has_no_error_and_its_findings_stand_apart(tmp_path: Path) -> None:
    said = run(str(ROOT), "--year", "2021")[1]
    assert run(str(ROOT), "--year", "2021")[0] == 0 and "错误" not in said
    whole = run(str(ROOT))[1]
    assert "（衡阳市人民政府驻长沙办事处，2020 年度）" in whole and "（衡阳市人民政府驻长沙办事处，2021 年度）" in whole
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    silenced = tmp_path / "data/2021/01-bao-an-zhuan-fu-jing.yaml"
    silenced.write_text(f"# goalgen: ignore F01 试一试\n{silenced.read_text(encoding='utf-8')}", encoding="utf-8")
    found = json.loads(run(str(tmp_path), "--format", "json", "--select", "F01,C01")[1])
    about = [item["code"] for item in found if "01-bao-an" in item["file"]]
    assert sorted(about) == ["C01", "F01", "F01"]  # both horizons of 2020; the comment of 2021 finds nothing to silence


def test_one_file_is_checked_alone() -> None:
    said = run(str(ROOT / "data/2020/13-zhao-shang-lian-xuan-bei-jing.yaml"))[1]
    assert said.count("──") == 1 and "驻广办" in said


def test_a_rule_is_explained() -> None:
    assert "好例" in run("--explain", "f02")[1]
    assert run("--explain", "all")[1].count("\n") > 40


def test_github_annotations_are_escaped(tmp_path: Path) -> None:
    submission(tmp_path, {"总体目标": {"年度": "100%\n::error::假的"}})
    lines = run(str(tmp_path), "--format", "github")[1].splitlines()
    assert lines and all(line.startswith(("::error file=", "::warning file=", "::notice file=")) for line in lines)


def test_sarif_names_every_rule_it_uses() -> None:
    (only,) = json.loads(run(str(ROOT), "--format", "sarif")[1])["runs"]
    rules = [rule["id"] for rule in only["tool"]["driver"]["rules"]]
    assert only["results"]
    assert all(rules[result["ruleIndex"]] == result["ruleId"] for result in only["results"])
    assert all(
        not r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith("/") for r in only["results"]
    )


def test_markdown_has_a_table_per_project() -> None:
    assert run(str(ROOT), "--year", "2020", "--format", "markdown")[1].count("| 轻重 |") == 16


def test_xlsx_is_filterable_frozen_and_the_same_each_time(tmp_path: Path) -> None:
    paths = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for path in paths:
        assert run(str(ROOT), "--format", "xlsx", "-o", str(path))[0] == 1
    assert paths[0].read_bytes() == paths[1].read_bytes()
    with ZipFile(io.BytesIO(paths[0].read_bytes())) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    tags = {element.tag.rpartition("}")[2] for element in sheet.iter()}
    assert {"autoFilter", "pane", "hyperlink"} <= tags
    assert CliRunner().invoke(command, [str(ROOT), "--format", "xlsx"]).exit_code != 0


def test_html_escapes_what_it_shows(tmp_path: Path) -> None:
    submission(tmp_path, {"项目名称": "<script>alert(1)</script>", **MOBILE})
    page = run(str(tmp_path), "--format", "html")[1]
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
    assert "http://" not in page and "https://" not in page


@needs_chromium
def test_the_page_filters_in_a_real_browser(tmp_path: Path) -> None:
    script = """
      const pick = (name, value) => { form.elements[name].value = value; form.dispatchEvent(new Event('change')); };
      const seen = () => document.querySelectorAll('li:not([hidden])').length;
      const before = seen(); pick('severity', '错误'); const errors = seen(); pick('criterion', '可行性');
      const one = seen(); document.querySelector('li:not([hidden])').click();
      document.title = [before, errors, one, document.querySelector('.lit').textContent].join('|');"""
    page = run(str(ROOT), "--year", "2020", "--format", "html")[1]
    assert title_after(page, script, tmp_path) == "677|79|1|2套房屋"


def test_problems_of_files_stand_apart_in_every_format(tmp_path: Path) -> None:
    """A file that is not listed belongs to no project, and its problem has no line."""
    submission(tmp_path, MOBILE)
    (tmp_path / "data/2020/09.yaml").write_text("编号: b\n", encoding="utf-8")
    page = run(str(tmp_path), "--format", "html")[1]
    alone = page[page.index("<h2>申报文件 ") : page.index("</section>")]
    assert '<div class="sheet"></div>' in alone and "<b>警告 S03</b>" in alone and 'data-cell=""' in alone
    (only,) = json.loads(run(str(tmp_path), "--format", "sarif")[1])["runs"]
    places = {r["ruleId"]: r["locations"][0]["physicalLocation"] for r in only["results"]}
    assert "region" not in places["S03"] and places["S03"]["artifactLocation"]["uri"].endswith("09.yaml")
    assert run(str(tmp_path), "-o", str(tmp_path / "found.txt"))[0] == 0
    assert (tmp_path / "found.txt").read_text(encoding="utf-8") == run(str(tmp_path))[1]


def test_a_finding_is_shown_at_the_cell_it_belongs_to(tmp_path: Path) -> None:
    """An indicator has a cell for each side; what concerns both, or a key that is not printed, stands further out."""
    made = submission(tmp_path, {})
    (project,) = made.years[0].projects
    fields = "绩效指标.数量指标.督查次数.年度", "绩效指标.数量指标.督查次数", "编号"
    found = [
        Problem("F01", "甲", Place(f"{n}.yaml"), project=project.code, field=field, year=2020)
        for n, field in enumerate(fields)
    ]
    page = html(grouped(made, found))
    assert re.findall('data-cell="([^"]*)"', page) == [
        "0-绩效指标.数量指标.督查次数.年度",
        "0-绩效指标.数量指标",
        "",
    ]


def test_a_review_profile_with_mistakes_is_told_and_one_that_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission(tmp_path, {})
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    path = tmp_path / "templates" / "review.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^金额小数位:.*", "金额小数位: [2]", text), encoding="utf-8")
    result = CliRunner().invoke(command, [str(tmp_path)])
    line = text[: text.index("金额小数位:")].count("\n") + 1
    assert f"templates/review.yaml:{line}:8: 错误 M03" in result.output
    assert getattr(result.exception, "exit_code", 0) == 2
    path.unlink()
    monkeypatch.setattr(pack, "BUILT_IN_FOLDERS", ())
    with pytest.raises(GoalgenError, match=r"review\.yaml: 错误 Y01 文件读不到"):
        load_profile(tmp_path / "templates")


def test_render_tells_the_count_and_refuses_when_strict(tmp_path: Path) -> None:
    submission(tmp_path, {"总体目标": {"年度": ""}})
    told = CliRunner().invoke(render, [str(tmp_path)])
    assert told.exit_code == 0 and "1 个错误" in told.stderr
    refused = CliRunner().invoke(render, [str(tmp_path), "--strict", "-o", str(tmp_path / "other")])
    assert getattr(refused.exception, "exit_code", 0) == 1
    assert not (tmp_path / "other").exists()
    shutil.rmtree(tmp_path / "out")


def test_render_counts_one_name_twice_in_a_unit_as_check_does(tmp_path: Path) -> None:
    submission(tmp_path, {}, {"编号": "other"})
    found = json.loads(run(str(tmp_path), "--format", "json", "--select", "N01")[1])
    assert [(item["code"], item["severity"]) for item in found] == [("N01", "error")] * 2
    refused = CliRunner().invoke(render, [str(tmp_path), "--strict"])
    assert getattr(refused.exception, "exit_code", 0) == 1 and "2 个错误" in refused.stderr
    assert not (tmp_path / "out").exists()
