"""`goalgen check`: exit codes, choice of years, files and rules."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.support.places import ROOT
from tests.support.review_cases import MOBILE, run, submission


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
