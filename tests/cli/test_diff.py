"""`goalgen diff` from the outside: years, folders, files, filled forms, git revisions; formats, exit codes, faults."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from goalgen.cli import main
from goalgen.files.revision import files_of
from goalgen.submission.submission import load
from tests.support.places import ROOT
from tests.support.removing import remove
from tests.support.year_2020 import copied

FIRST = "data/2020/01-bao-an-zhuan-fu-jing.yaml"
COUNTS = ("added", "removed", "renamed", "changed_projects", "unchanged_projects")


class Desk:
    """A submission in a git repository, and what is done there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *words: str, code: int = 0, here: str = ".", **environment: str) -> str:
        """What `goalgen` prints; its problems and notices are in `said`."""
        output, said = io.StringIO(), io.StringIO()
        before = Path.cwd()
        os.chdir(self.folder / here)
        try:
            with (
                patch("sys.argv", ["goalgen", *words]),
                patch.dict(os.environ, environment),
                redirect_stdout(output),
                redirect_stderr(said),
                pytest.raises(SystemExit) as end,
            ):
                main()
        finally:
            os.chdir(before)
        self.said = said.getvalue()
        assert end.value.code == code, output.getvalue() + self.said
        return output.getvalue()

    def json(self, *words: str, code: int = 0) -> Any:
        return json.loads(self.run("diff", *words, "--format", "json", code=code))

    def change(self, file: str, old: str, new: str) -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def git(self, *words: str) -> None:
        person = ("-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *person, *words], cwd=self.folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two years and two commits, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("desk")
    desk = Desk(copied(folder, "templates"))
    desk.git("init", "-q")
    desk.git("add", "-A")
    desk.git("commit", "-qm", "2020")
    desk.git("tag", "v1")
    desk.run("roll", "2020", "2021", "-q", "--drop", "lin-pin-gong-zi")
    new = "data/2021/01-bao-an-zhuan-fu-jing.yaml"
    desk.change(new, "财政拨款: 152.5}", "财政拨款: 137.25}")
    desk.change(new, "不高于3500元", "不高于3300元")
    desk.change("data/2021/11-zheng-wu-du-cha.yaml", "项目名称: 政务督查经费", "项目名称: 政务督查专项经费")
    desk.change("data/projects.yaml", "  2021:\n", "  2021:\n    变更说明: {lin-pin-gong-zi: 人员经费并入部门预算}\n")
    with (folder / new).open("a", encoding="utf-8") as file:
        file.write("变更说明:\n  项目资金.年度: 按压减一般性支出的要求下调\n")
    desk.git("add", "-A")
    desk.git("commit", "-qm", "2021")
    desk.git("tag", "v2")
    return folder


@pytest.fixture
def desk(prepared: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(prepared, tmp_path / "desk")
    yield Desk(tmp_path / "desk")


def test_two_years_for_the_accountant(desk: Desk) -> None:
    report = desk.run("diff", "2020", "2021")
    lines = report.splitlines()
    assert lines[0] == "2020 年度 → 2021 年度"
    assert lines[2] == "年度资金：1028.99 → 994.99 万元，-34（-3.3%）"
    assert "- 取消 临聘人员工资（lin-pin-gong-zi）：年度 18.75 万元，中长期 56.25 万元" in lines
    assert "    说明：人员经费并入部门预算" in lines
    assert "    改名：政务督查经费 → 政务督查专项经费" in lines
    assert "      说明：按压减一般性支出的要求下调" in lines
    assert any(line.endswith("152.5 → 137.25  -15.25万元（-10%）") for line in lines)
    assert any(line.endswith("不高于3500元 → 不高于3300元  -200元（-5.7%） 加强") for line in lines)
    assert lines[-1].startswith("另有 ") and "--all" in lines[-1]
    assert "\x1b[" not in report and desk.said == ""


def test_the_json_has_the_promised_shape(desk: Desk) -> None:
    found = desk.json("2021")
    assert {"added", "removed", "renamed", "changed", "totals"} <= set(found)
    assert [one["project"] for one in found["removed"]] == ["lin-pin-gong-zi"]
    assert [(one["old"], one["new"]) for one in found["renamed"]] == [("政务督查经费", "政务督查专项经费")]
    money, cost = found["changed"]
    assert (money["project"], money["name"], money["field"]) == (
        "bao-an-zhuan-fu-jing",
        "大院保安转辅警经费",
        "项目资金.年度.财政拨款",
    )
    assert (money["old"], money["new"], money["delta"], money["percent"]) == ("152.5", "137.25", -15.25, -10)
    assert (money["note"], money["file"]) == ("按压减一般性支出的要求下调", "data/2021/01-bao-an-zhuan-fu-jing.yaml")
    assert (cost["field"], cost["delta"], cost["delta_unit"]) == (
        "绩效指标.成本指标.每名辅警的平均月工资数.年度",
        -200,
        "元",
    )
    assert cost["strength"] == "stronger"
    assert found["totals"]["annual"] == {"old": 1028.99, "new": 994.99, "delta": -34, "percent": -3.3}
    assert [found["totals"][key] for key in COUNTS] == [0, 1, 1, 1, 13]
    assert len(found["totals"]["units"]) == 4


def test_routine_changes_come_with_all(desk: Desk) -> None:
    fields = {change["field"] for change in desk.json("2020", "2021", "--all")["changed"]}
    assert {"填报日期", "中长期年限"} <= fields
    assert desk.json("2020", "2021", "--all", "--fields", "填报日期")["totals"]["changes"] == 15


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        (["--fields", "项目资金"], ["项目资金.年度.财政拨款"]),
        (["--only", "驻京办"], []),
        (["--only", "01-*", "--fields", "绩效指标"], ["绩效指标.成本指标.每名辅警的平均月工资数.年度"]),
        (["--", "bao-an-*"], ["项目资金.年度.财政拨款", "绩效指标.成本指标.每名辅警的平均月工资数.年度"]),
    ],
)
def test_a_report_can_be_cut_down(desk: Desk, words: list[str], fields: list[str]) -> None:
    before, behind = (words, []) if "--" not in words else ([], words)
    found = json.loads(desk.run("diff", "2020", "2021", "--format", "json", *before, *behind))
    assert [change["field"] for change in found["changed"]] == fields


def test_stat_is_totals_alone(desk: Desk) -> None:
    lines = desk.run("diff", "2020", "2021", "--stat").splitlines()
    assert lines[4] == "项目 16 → 15 个：取消 1，改名 1，有改动 1，没有变化 13"
    assert lines[-2].startswith("衡阳市人民政府驻长沙办事处：1 个项目，年度 80 万元，不变")
    assert set(desk.json("2020", "2021", "--stat")) == {"old", "new", "totals"}
    assert "| **合计** | 16 → 15 |" in desk.run("diff", "2020", "2021", "--stat", "--format", "markdown")
    desk.run("diff", "2020", "2021", "--stat", "--format", "html", code=2)
    assert "--stat 不能用于 --format html" in desk.said


def test_markdown_has_a_table_for_each_unit(desk: Desk) -> None:
    page = desk.run("diff", "2020", "2021", "--format", "markdown")
    assert (
        "| 大院保安转辅警经费 | 年度财政拨款 | 152.5 | 137.25 | -15.25万元（-10%） | 按压减一般性支出的要求下调 |"
        in page
    )
    assert "| 政务督查专项经费 | 项目名称 | 政务督查经费 | 政务督查专项经费 |  |  |" in page
    assert "| 临聘人员工资 | 取消项目 | 年度 18.75 万元，中长期 56.25 万元 |  |  | 人员经费并入部门预算 |" in page
    assert "\n## 衡阳市人民政府办公室\n" in page and "\n## 衡阳市人民政府驻" not in page


def test_a_report_goes_to_a_file(desk: Desk) -> None:
    assert desk.run("diff", "2020", "2021", "-o", "对照.txt") == ""
    assert desk.said == "已写 对照.txt\n"
    assert (desk.folder / "对照.txt").read_text(encoding="utf-8").startswith("2020 年度 → 2021 年度\n")
    desk.run("diff", "2020", "2021", "--format", "xlsx", code=2)
    assert "要用 -o 写出文件名" in desk.said


def test_exit_codes(desk: Desk) -> None:
    desk.run("diff", "2020", "2021", "--exit-code", code=1)
    assert desk.run("diff", "2020", "2020", "--exit-code") == "2020 年度 → 2020 年度：没有不同\n"
    desk.run("diff", "2020", "2021", "--exit-code", "--only", "驻长办")


def test_colour_when_asked_for(desk: Desk) -> None:
    assert "\x1b[31m152.5\x1b[0m → \x1b[32m137.25\x1b[0m" in desk.run("diff", "2020", "2021", "--color", "always")
    assert "\x1b[" not in desk.run("diff", "2020", "2021", NO_COLOR="1")


def test_the_working_tree_against_a_revision(desk: Desk) -> None:
    assert desk.run("diff") == "HEAD 的 2021 年度 → 2021 年度：没有不同\n"
    desk.change(FIRST, "30人", "32人")
    report = desk.run("diff", "v2")
    assert report.startswith("v2 的 2020 年度 → 2020 年度\n") and "30人 → 32人  +2人（+6.7%）" in report
    desk.change("data/2021/11-zheng-wu-du-cha.yaml", "财政拨款: 35", "财政拨款: 40")
    assert [change["new"] for change in desk.json("HEAD")["changed"]] == ["40"]
    assert desk.said == "2020 年度也有不同，用 --year 年度 查看\n"
    assert [change["new"] for change in desk.json("HEAD", "--year", "2020")["changed"]] == ["32人"]
    assert [change["new"] for change in desk.json(FIRST)["changed"]] == ["32人"]


def test_two_revisions_and_a_project(desk: Desk) -> None:
    found = desk.json("v1..v2")
    assert (len(found["added"]), found["old"]) == (15, "v1 的 2021 年度（没有）")
    desk.change(FIRST, "30人", "32人")
    desk.git("commit", "-qam", "改人数")
    assert [change["old"] for change in desk.json("v1..", "--year", "2020")["changed"]] == ["30人"]
    report = desk.run("diff", "v2..HEAD", "--", "bao-an*")
    assert "数量指标·预计转辅警人数（年度）  30人 → 32人" in report
    desk.run("diff", "v2..HEAD", "--", "没有的", code=2)
    assert "S06 两边都没有项目符合“没有的”" in desk.said


def test_a_submission_in_a_folder_of_the_repository(desk: Desk) -> None:
    """File names in Chinese, a folder with a space; run from deep inside."""
    inner = desk.folder / "申报 材料"
    inner.mkdir()
    for name in ("data", "templates"):
        shutil.move(desk.folder / name, inner / name)
    os.rename(inner / "data/2021/11-zheng-wu-du-cha.yaml", inner / "data/2021/11-督查.yaml")
    desk.change("申报 材料/data/projects.yaml", "2021/11-zheng-wu-du-cha.yaml", "2021/11-督查.yaml")
    desk.git("add", "-A")
    desk.git("commit", "-qm", "搬家")
    desk.change("申报 材料/data/2021/11-督查.yaml", "财政拨款: 35", "财政拨款: 36")
    report = desk.run("diff", "HEAD", here="申报 材料/data/2021")
    assert "年度财政拨款  35 → 36  +1万元（+2.9%）" in report
    desk.change("申报 材料/data/2021/11-督查.yaml", "财政拨款: 36", "财政拨款: 36万")
    desk.git("commit", "-qam", "写错")
    desk.run("diff", "HEAD~1", "HEAD", here="申报 材料", code=2)
    assert "HEAD:申报 材料/data/2021/11-督查.yaml:16:14: 错误 M04" in desk.said


def test_a_revision_reads_as_the_disk_does(desk: Desk) -> None:
    """The same projects, and the same problems at the same places, the good and the bad."""
    desk.change("data/projects.yaml", "2021/11-zheng-wu-du-cha.yaml", "2021/11-zheng-wu-du-ca.yaml")
    desk.change("data/projects.yaml", "2021/12-zong-he-diao-yan.yaml", "2021")
    desk.change("data/2021/13-zhao-shang-lian-xuan-bei-jing.yaml", "财政拨款: 15", "财政拨款: 十五")
    desk.change("data/projects.yaml", "  2020:\n    表样: form_2020", "  2020:\n    表样: form_2021")
    desk.git("commit", "-qam", "几处写错")
    root = desk.folder.resolve()
    disk, revision = load(root), load(root, (), files_of(root, "HEAD"))
    assert [year.projects for year in revision.years] == [year.projects for year in disk.years]
    here = f"{root.as_posix()}/"
    problems = [str(problem).replace(here, "") for problem in disk.problems]
    assert [str(problem).replace("HEAD:", "") for problem in revision.problems] == problems
    assert {"S02", "S03", "S05", "M04"} == {problem.code for problem in disk.problems}


def test_one_bad_project_does_not_hide_the_others(desk: Desk) -> None:
    desk.change("data/2020/11-zheng-wu-du-cha.yaml", "财政拨款: 35", "财政拨款: 三十五")
    desk.change(FIRST, "30人", "32人")
    found = json.loads(desk.run("diff", "2020", "2021", "--format", "json", code=2))
    assert [one["file"] for one in found["unread"]] == ["data/2020/11-zheng-wu-du-cha.yaml"]
    assert found["renamed"] == [] and found["added"] == []
    assert "32人" in {change["old"] for change in found["changed"]}
    assert desk.said.startswith("data/2020/11-zheng-wu-du-cha.yaml:16:14: 错误 M04")
    assert "没有对照（文件有错误）：data/2020/11-zheng-wu-du-cha.yaml" in desk.run("diff", "2020", "2021", code=2)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["v9"], 2, "goalgen diff: 错误 R02 没有 v9：不是年度、文件或文件夹，也不是 git 的版本"),
        (["v1..v9"], 2, "goalgen diff: 错误 R02 没有 v9："),
        (["v1...v2"], 2, "错误 R04 不认识 v1...v2；写两个点：v1..v2"),
        (["2020", "2022"], 2, "data/projects.yaml: 错误 S06 没有 2022 年度可以对照；有：2020、2021"),
        (["2020"], 2, "错误 R04 2020 之前没有别的年度"),
        (["2020", "2021", "v1"], 2, "错误 R04 写了 3 个，最多写两边"),
        (["data/2020"], 2, "data/2020: 错误 R04 只有一边"),
        (["2020", "templates/form_2020.yaml.x"], 2, "没有 templates/form_2020.yaml.x"),
        (["2020", ".git/config"], 2, ".git/config: 错误 R04 不认识这种文件"),
        (["2020", "2021", "--year", "2021"], 2, "--year: 错误 R04 两边各只有一个年度；去掉 --year"),
        (["--year", "2019", "v1"], 2, "--year: 错误 S06 两边都没有 2019 年度；有：2020、2021"),
        (
            ["2020", "2021", "--fields", "财政拔款"],
            2,
            "--fields: 错误 R05 没有“财政拔款”这个字段；你是不是想写“财政拨款”",
        ),
    ],
)
def test_words_that_name_no_side_are_told(desk: Desk, words: list[str], code: int, said: str) -> None:
    assert desk.run("diff", *words, code=code) == ""
    assert said in desk.said
    assert "Traceback" not in desk.said


def test_without_a_repository_or_git(desk: Desk) -> None:
    remove(desk.folder / ".git")
    desk.run("diff", code=2, GIT_CEILING_DIRECTORIES=str(desk.folder.parent))
    assert "错误 R01 这里不是 git 仓库" in desk.said
    desk.run("diff", "v1", code=2, GIT_CEILING_DIRECTORIES=str(desk.folder.parent))
    assert "没有 v1：不是年度、文件或文件夹，这里也不是 git 仓库" in desk.said
    desk.run("diff", "v1", code=3, PATH="")
    assert desk.said.startswith("git: 错误 R03 这里没有 git；安装 git")
    assert desk.run("diff", "2020", "2021", "--stat", PATH="").startswith("2020 年度 → 2021 年度\n")


def test_a_repository_without_a_commit(desk: Desk) -> None:
    remove(desk.folder / ".git")
    desk.git("init", "-q")
    desk.run("diff", code=2)
    assert "错误 R02 没有 HEAD 这个版本；这个仓库还没有提交过" in desk.said


def test_a_revision_without_the_submission(desk: Desk) -> None:
    desk.git("rm", "-rq", "--cached", ".")
    desk.git("commit", "-qm", "空", "--allow-empty")
    desk.run("diff", "HEAD", code=2)
    assert desk.said.startswith("HEAD:data/projects.yaml: 错误 Y01 文件读不到：没有这个文件")


def test_filled_forms_are_compared_by_what_they_print(desk: Desk) -> None:
    desk.run("render", "-q", "--year", "2020")
    assert desk.run("diff", "2020", "out/2020/bundle.docx") == "2020 年度 → out/2020/bundle.docx：没有不同\n"
    assert desk.run("diff", "out/2020/forms", "2020") == "out/2020/forms → 2020 年度：没有不同\n"
    one = "out/2020/forms/01-大院保安转辅警经费.docx"
    found = desk.json(one, "2021")
    assert [change["field"] for change in found["changed"]] == [
        "项目资金.年度.财政拨款",
        "绩效指标.成本指标.每名辅警的平均月工资数.年度",
    ]
    assert (found["added"], found["totals"]["projects"]) == ([], {"old": 1, "new": 1})


def test_what_a_form_does_not_show_is_no_difference(desk: Desk) -> None:
    """Lines of a text, rows that two panels share; the place of what differs is the file then, not a wrong line."""
    said = "既方便群众办事，又保障大院安全"
    desk.change(FIRST, "年度: 保障正常安全工作环境", "年度: |\n    保障正常安全\n    工作环境")
    desk.change(FIRST, f"中长期: {said}, 年度: {said}}}", f"中长期: {said}}}\n    - {{指标: 利民与安全, 年度: {said}}}")
    desk.run("render", "-q", "--year", "2020")
    assert "没有不同" in desk.run("diff", "out/2020/bundle.docx", "2020")
    desk.change(FIRST, "30人", "32人")
    (change,) = desk.json("out/2020/bundle.docx", "2020")["changed"]
    assert (change["new"], change["file"], change["line"]) == ("32人", FIRST, 0)


def test_a_year_that_cannot_be_read_is_told_with_the_reason(desk: Desk) -> None:
    index = desk.folder / "data" / "projects.yaml"
    first, second = index.read_text(encoding="utf-8").split("  2021:\n")
    index.write_text(f"{first}  2021:\n{second.replace('form_2020', 'form_2002')}", encoding="utf-8")
    desk.run("diff", "2020", "2021", code=2)
    assert "错误 S05 找不到表样 form_2002" in desk.said and "没有 2021 年度可以对照；有：2020" in desk.said


def test_a_filled_form_that_cannot_be_read_does_not_hide_the_others(desk: Desk) -> None:
    desk.run("render", "-q", "--year", "2020", "--only", "市政府办")
    (desk.folder / "out/2020/forms/02-坏的.docx").write_bytes(b"no Word file")
    desk.change("data/2020/11-zheng-wu-du-cha.yaml", "财政拨款: 35", "财政拨款: 三十五")
    found = desk.json("out/2020/forms", "2020", code=2)
    assert (found["changed"], len(found["added"]), found["removed"]) == ([], 4, [])
    assert "02-坏的.docx: 错误 K01" in desk.said


def test_folders_and_single_project_files(desk: Desk, tmp_path: Path) -> None:
    shutil.copytree(desk.folder, tmp_path / "备份", ignore=shutil.ignore_patterns(".git"))
    desk.change(FIRST, "30人", "32人")
    assert [change["old"] for change in desk.json("../备份", ".", "--year", "2020")["changed"]] == ["30人"]
    assert [change["old"] for change in desk.json("../备份/data/2020", "data/2020")["changed"]] == ["30人"]
    found = desk.json(f"../备份/{FIRST}", "2020")
    assert ([change["old"] for change in found["changed"]], found["added"]) == (["30人"], [])
    other = desk.json(FIRST, "data/2021/11-zheng-wu-du-cha.yaml")
    assert [(one["old"], one["new"]) for one in other["renamed"]] == [("大院保安转辅警经费", "政务督查专项经费")]
    shutil.copy(desk.folder / FIRST, tmp_path / "同事改的.yaml")
    assert desk.json(FIRST, "../同事改的.yaml", "--fields", "项目资金")["changed"] == []


def test_a_file_with_a_mistake_is_told_as_check_tells_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(desk.folder / FIRST, desk.folder / "同事改的.yaml")
    for file in (FIRST, "同事改的.yaml"):
        desk.change(file, "财政拨款: 457.5", "财政拨款: 很多")
        desk.run("diff", file, "data/2021/11-zheng-wu-du-cha.yaml", code=2)
        assert desk.said.startswith(f"{file}:15:") and "M04" in desk.said
    for _ in (2020, 2021):
        desk.change("data/projects.yaml", "表样: form_2020", "表样: form_2002")
    desk.run("diff", ".", ".", code=2)
    assert desk.said.count("data/projects.yaml:") == desk.said.count("错误 S05 找不到表样 form_2002") == 2
    monkeypatch.setattr("goalgen.forms.pack.BUILT_IN_FOLDERS", ())
    (desk.folder / "templates" / "form_2020.yaml").unlink()
    desk.run("diff", "同事改的.yaml", "同事改的.yaml", code=2)
    assert desk.said == "同事改的.yaml: 错误 S05 找不到表样 form_2020\n"


def test_forms_that_cannot_be_read_at_all_are_told(desk: Desk) -> None:
    (desk.folder / "坏.docx").write_bytes(b"no Word file")
    desk.run("diff", "坏.docx", "2020", code=2)
    assert desk.said.startswith("坏.docx: 错误 K01")


def test_outside_a_submission_folders_are_compared_and_years_are_not_known(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "别处").mkdir()
    desk.run("diff", "2020", "2021", code=2, here="../别处", GIT_CEILING_DIRECTORIES=str(tmp_path))
    assert "错误 S07" in desk.said
    said = desk.run("diff", "../desk", "../desk", "--format", "docx", "-o", "表.docx", here="../别处")
    assert said == "" and (tmp_path / "别处" / "表.docx").read_bytes()[:2] == b"PK"


def test_a_folder_named_like_a_year_that_is_none_holds_filled_forms(desk: Desk) -> None:
    desk.run("render", "-q", "--year", "2020", "--only", "bao-an*")
    shutil.copytree(desk.folder / "out/2020/forms", desk.folder / "data/2019")
    assert desk.run("diff", "data/2019", FIRST) == f"data/2019 → {FIRST}：没有不同\n"


def test_a_repository_that_lost_a_file_is_told(desk: Desk) -> None:
    """As after an interrupted copy of .git."""
    name = subprocess.run(
        ["git", "rev-parse", f"HEAD:{FIRST}"], cwd=desk.folder, check=True, capture_output=True, text=True
    ).stdout.strip()
    remove(desk.folder / ".git/objects" / name[:2] / name[2:])
    desk.run("diff", code=3)
    assert f"HEAD:{FIRST}: 错误 R03 git 仓库里缺这个文件的内容" in desk.said


def test_a_start_does_not_load_what_reads_word_files(desk: Desk) -> None:
    code = (
        "import sys\nfrom goalgen.cli.diff import command\n"
        "command(['2020', '2021', '--stat'], standalone_mode=False)\nprint(sorted(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=desk.folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = done.stdout.splitlines()[-1]
    assert "'goalgen.diff.comparing'" in loaded
    assert not [name for name in ("lxml", "docxtpl", "jinja2", "xlsxwriter") if f"'{name}'" in loaded]
