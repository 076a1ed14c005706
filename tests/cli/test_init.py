"""`goalgen init`: a folder that renders at once, asked for on a terminal; nothing overwritten but by force."""

from __future__ import annotations

import json
import os
from datetime import date
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from goalgen.cli.init import command
from goalgen.submission.submission import load
from tests.support.command_runs import run
from tests.support.filled_forms import printer, year
from tests.support.submissions import everything, text_of


def test_init_makes_a_folder_that_renders_at_once(tmp_path: Path) -> None:
    made = run(tmp_path, "init", "demo", "--demo")
    assert made.returncode == 0 and "已建好 demo：2020 年度" in made.stdout
    result = run(tmp_path / "demo", "render")
    assert result.returncode == 0, result.stderr
    made_forms = sorted(path.name for path in (tmp_path / "demo/out/2020").rglob("*.docx"))
    assert made_forms == ["01-大院绿化经费.docx", "bundle.docx"]
    assert json.loads((tmp_path / "demo/.vscode/settings.json").read_text(encoding="utf-8"))


def test_in_a_pipe_nothing_is_asked_and_what_is_not_known_is_told(tmp_path: Path) -> None:
    made = run(tmp_path, "init", ".", "--year", "2026")
    assert made.returncode == 0
    assert made.stderr.splitlines() == [
        "还不知道部门、填报人：写在 data/projects.yaml 里",
        "下一步：运行 goalgen new 项目名称，或 goalgen import 上年的表；一年的事见 README.md",
    ]
    assert load(tmp_path).years[0].empty
    assert run(tmp_path, "new", "甲").returncode == 0
    assert run(tmp_path, "check").returncode == run(tmp_path, "render").returncode == 0
    known = run(tmp_path, "init", "b", "--department", "市文化馆", "--filler", "李四", "--phone", "1")
    assert "还不知道" not in known.stderr and load(tmp_path / "b").units[0].name == "市文化馆"


def asked(folder: Path, answers: str, *words: str) -> tuple[int, str]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        result = CliRunner().invoke(command, ["申报", "--ask", *words], input=answers)
    finally:
        os.chdir(before)
    return result.exit_code, result.output


def test_asked_it_takes_every_answer(tmp_path: Path) -> None:
    code, said = asked(tmp_path, "2026\n\n市文化馆\n市群众艺术馆\n李四\n8860001\n")
    assert code == 0, said
    found = load(tmp_path / "申报")
    assert (found.department, found.units[0].name, found.years[0].year) == ("市文化馆", "市群众艺术馆", 2026)
    assert "    填报人: 李四\n    联系电话: 8860001\n" in text_of(tmp_path / "申报")
    for question in ("预算年度", "上年的 Word 或 Excel", "部门全称", "预算单位全称 [市文化馆]", "填报人", "联系电话"):
        assert question in said


def test_what_the_options_say_is_not_asked(tmp_path: Path) -> None:
    words = ("--year", "2026", "--department", "甲", "--unit", "乙", "--filler", "丙", "--phone", "1")
    code, said = asked(tmp_path, "\n", *words)
    assert code == 0 and said.count("：") < 10 and "部门全称" not in said


def test_last_years_files_are_asked_for_until_they_are_there_and_propose_the_rest(tmp_path: Path) -> None:
    for name in ("去年 报送.docx", "b.docx"):
        project = year().projects[0 if name[0] == "b" else 1]
        (tmp_path / name).write_bytes(printer().document(printer().fill(project)))
    code, said = asked(tmp_path, '2021\n没有.docx\n"去年 报送.docx" b.docx\n\n\n\n\n')
    assert code == 0, said
    assert "没有 没有.docx；检查路径" in said and "部门全称 [衡阳市人民政府办公室]" in said and "填报人 [刘璐]" in said
    assert [len(one.projects) for one in load(tmp_path / "申报").years] == [2, 2]


def test_an_answer_that_will_not_do_is_asked_for_again(tmp_path: Path) -> None:
    code, said = asked(tmp_path, "明年\n1066\n2026年度\n'没有 的.docx' \"\n\n\n\n\n\n")
    assert code == 0, said
    assert "“明年”不是年度；写四位数字，例如" in said and "“1066”不是年度" in said
    assert "没有 没有 的.docx；检查路径" in said
    assert load(tmp_path / "申报").years[0].year == 2026


def test_a_path_with_blanks_needs_no_quotes(tmp_path: Path) -> None:
    (tmp_path / "去年 报送.docx").write_bytes(printer().document(printer().fill(year().projects[0])))
    code, said = asked(tmp_path, "2021\n去年 报送.docx\n\n\n\n\n")
    assert code == 0 and "读进 2020 年度：1 个项目" in said


def test_no_answer_makes_no_folder(tmp_path: Path) -> None:
    code, _ = asked(tmp_path, "2026\n")
    assert code == 1 and not (tmp_path / "申报").exists()


def test_the_year_proposed_is_the_one_that_is_written_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for month, proposed in ((2, 2030), (11, 2031)):
        monkeypatch.setattr("goalgen.cli.init.date", SimpleNamespace(today=partial(date, 2030, month, 1)))
        assert f"预算年度 [{proposed}]" in asked(tmp_path, "")[1]


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    run(tmp_path, "init", "demo")
    (tmp_path / "demo/data/projects.yaml").write_text("mine", encoding="utf-8")
    before = everything(tmp_path)
    result = run(tmp_path, "init", "demo")
    assert result.returncode == 2
    assert "S08" in result.stderr
    assert everything(tmp_path) == before


def test_init_by_force_puts_back_what_it_brought(tmp_path: Path) -> None:
    run(tmp_path, "init", "demo")
    index = tmp_path / "demo/data/projects.yaml"
    before = index.read_bytes()
    index.write_text("mine", encoding="utf-8")
    assert run(tmp_path, "init", "demo", "--force").returncode == 0
    assert index.read_bytes() == before
