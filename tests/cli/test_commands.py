"""The commands as a person runs them: init, new, check, render, schema, template, and the wheel by itself."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import goalgen
from goalgen.cli import COMMANDS
from tests.support.command_runs import run
from tests.support.places import ROOT
from tests.support.validator.faults import faults
from tests.support.year_2020 import copied


def copy_of_the_data(folder: Path) -> Path:
    return copied(folder, "templates")


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*.docx"))}


@pytest.mark.parametrize("command", [["new", "甲"], ["schema"]])
def test_a_form_that_is_not_there_is_told_by_every_command(tmp_path: Path, command: list[str]) -> None:
    folder = copy_of_the_data(tmp_path)
    index = folder / "data/projects.yaml"
    index.write_text(index.read_text(encoding="utf-8").replace("form_2020", "form_1999"), encoding="utf-8")
    result = run(folder, *command)
    assert result.returncode == 2 and "S05" in result.stderr


def test_all_problems_of_all_files_come_in_one_run_and_nothing_is_written(tmp_path: Path) -> None:
    folder = copy_of_the_data(tmp_path)
    first, last = sorted((folder / "data/2020").glob("*.yaml"))[:: len(list((folder / "data/2020").glob("*.yaml"))) - 1]
    first.write_text(first.read_text(encoding="utf-8").replace("152.5", "一百"), encoding="utf-8")
    last.write_text(last.read_text(encoding="utf-8").replace("编号: ", "编号："), encoding="utf-8")
    result = run(folder, "render")
    assert result.returncode == 2
    assert f"{first.relative_to(folder).as_posix()}:16:14: 错误 M04" in result.stderr
    assert f"{last.relative_to(folder).as_posix()}:2:3: 错误 Y05" in result.stderr
    assert "Traceback" not in result.stderr
    assert not (folder / "out").exists()


def test_check_json_has_the_agreed_shape(tmp_path: Path) -> None:
    folder = copy_of_the_data(tmp_path)
    path = min((folder / "data/2020").glob("*.yaml"))
    path.write_text(path.read_text(encoding="utf-8") + "填报时间: 1\n", encoding="utf-8")
    result = run(folder, "check", "--format", "json")
    (problem,) = (item for item in json.loads(result.stdout) if item["code"] == "M01")
    assert sorted(problem) == sorted(
        ["code", "severity", "criterion", "message", "file", "line", "column", "project", "field"]
    )
    assert (problem["code"], problem["severity"]) == ("M01", "error")
    assert result.returncode == 2


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = copy_of_the_data(tmp_path)
    run(folder, "render", "-o", "a", env={"TZ": "UTC", "PYTHONHASHSEED": "1"})
    run(folder, "render", "-o", "b", env={"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "2"})
    assert len(digests(folder / "a")) == 17
    assert digests(folder / "a") == digests(folder / "b")


def test_only_dry_run_and_a_dropped_project(tmp_path: Path) -> None:
    folder = copy_of_the_data(tmp_path)
    planned = run(folder, "render", "--dry-run", "--only", "驻京办").stdout.splitlines()
    assert [Path(line).name[:2] for line in planned] == ["13", "15"]
    assert not (folder / "out").exists()
    assert run(folder, "render").returncode == 0
    mine = folder / "out/2020/forms/99-mine.docx"
    mine.write_bytes(b"mine")
    index = folder / "data/projects.yaml"
    index.write_text(
        index.read_text(encoding="utf-8").replace("      - 2020/03-ji-yao-gong-zuo.yaml\n", ""), encoding="utf-8"
    )
    result = run(folder, "render")
    assert "S03" in result.stderr and "已删除" in result.stderr
    assert len(list((folder / "out/2020/forms").glob("*.docx"))) == 16
    assert mine.read_bytes() == b"mine"


@pytest.mark.parametrize("command", ["check", "render", "fmt"])
def test_a_file_that_projects_yaml_does_not_name_is_told_not_passed_over(tmp_path: Path, command: str) -> None:
    folder = copy_of_the_data(tmp_path)
    shutil.copy(min((folder / "data/2020").glob("*.yaml")), folder / "data/2020/77-x.yaml")
    result = run(folder, command, "data/2020/77-x.yaml")
    assert result.returncode == 2
    assert "data/2020/77-x.yaml: 错误 S06" in result.stderr


def test_an_output_that_cannot_be_written_is_one_line_and_exit_3(tmp_path: Path) -> None:
    folder = copy_of_the_data(tmp_path)
    (folder / "out").write_text("a file in the way", encoding="utf-8")
    result = run(folder, "render")
    assert result.returncode == 3
    assert "O01" in result.stderr and "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["rendr"], "没有 rendr 这个命令"),
        (["render", "--yeer", "1"], "没有 --yeer 这个选项"),
        (["render", "--year", "1999"], "S06"),
    ],
)
def test_usage_errors_are_chinese_and_exit_2(tmp_path: Path, arguments: list[str], words: str) -> None:
    result = run(copy_of_the_data(tmp_path), *arguments)
    assert result.returncode == 2
    assert words in result.stderr and "Traceback" not in result.stderr


def test_text_is_text(tmp_path: Path) -> None:
    folder = copy_of_the_data(tmp_path)
    path = min((folder / "data/2020").glob("*.yaml"))
    odd = ["R&D", "A<B", "{{ 7*7 }}", "{% raw %}", "{_{ x }_}", "𠮷", "</w:t>", "&#0;", "“x”", "'q'"]
    text = path.read_text(encoding="utf-8").replace("30人", json.dumps(" ".join(odd), ensure_ascii=False))
    path.write_text(text, encoding="utf-8")
    assert run(folder, "render").returncode == 0
    form = min((folder / "out/2020/forms").glob("*.docx"))
    xml = zipfile.ZipFile(form).read("word/document.xml").decode()
    printed = (
        xml.replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&")
    )
    assert " ".join(odd) in printed
    assert [fault for fault in faults(form, allowed=[" ".join(odd)])] == []


def test_a_template_with_faults_tells_all_of_them(tmp_path: Path) -> None:
    folder = copy_of_the_data(tmp_path)
    template = folder / "templates/form_2020.docx"
    parts = {info.filename: zipfile.ZipFile(template).read(info) for info in zipfile.ZipFile(template).infolist()}
    body = (
        parts["word/document.xml"]
        .decode()
        .replace("{{ 项目名称 }}", "{{ 项目名 }}")
        .replace("{{ 预算单位 }}", "{{ 单位 }}")
    )
    with zipfile.ZipFile(template, "w") as package:
        for name, data in parts.items():
            package.writestr(name, body if name == "word/document.xml" else data)
    result = run(folder, "render")
    assert result.returncode == 2
    assert result.stderr.count("D03") == 2
    assert "你是不是想写“项目名称”" in result.stderr
    template.write_bytes(b"no zip")
    assert "D01" in run(folder, "template", "check").stderr


def test_a_template_that_fails_on_the_data_is_one_line_a_project(tmp_path: Path) -> None:
    folder = copy_of_the_data(tmp_path)
    template = folder / "templates/form_2020.docx"
    parts = {info.filename: zipfile.ZipFile(template).read(info) for info in zipfile.ZipFile(template).infolist()}
    body = (
        parts["word/document.xml"]
        .decode()
        .replace("{{ 项目名称 }}", "{{ 项目名称 }}{{ 1 + (预算单位 | int('没有数')) }}")
    )
    with zipfile.ZipFile(template, "w") as package:
        for name, data in parts.items():
            package.writestr(name, body if name == "word/document.xml" else data)
    result = run(folder, "render")
    assert result.returncode == 2
    assert result.stderr.count("D06") == 16 and "内部错误" not in result.stderr


def test_a_project_of_one_year_is_found_among_both_and_one_of_none_is_not(tmp_path: Path) -> None:
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    both = run(tmp_path, "render", "-n", "--only", "lin-pin-gong-zi", "--only", "zheng-wu-du-cha").stdout.split()
    assert [Path(line).parts[1] for line in both] == ["2020", "2020", "2021"]
    made = run(tmp_path, "render", "-v", "--only", "lin-pin-gong-zi")
    (form,) = (tmp_path / "out").rglob("*.docx")
    assert made.stdout.startswith("2020 年度：1 份申报表") and made.stdout.count("\n") == 1
    assert f"已写 {form.relative_to(tmp_path).as_posix()}\n" in made.stderr
    refused = run(tmp_path, "render", "-n", "--only", "lin-pin-gong")
    assert refused.returncode == 2 and refused.stderr == (
        "项目: 错误 S06 2020、2021 年度没有项目符合“lin-pin-gong”；你是不是想写“lin-pin-gong-zi”\n"
    )


def test_the_published_api_prints_what_the_command_prints(tmp_path: Path) -> None:
    folder = copy_of_the_data(tmp_path)
    run(folder, "render")
    year = goalgen.load(folder).years[0]
    assert goalgen.bundle(year.projects, year.form) == (folder / "out/2020/bundle.docx").read_bytes()
    assert goalgen.render(year.projects[0], year.form) == min((folder / "out/2020/forms").glob("*.docx")).read_bytes()


def test_the_wheel_works_by_itself(tmp_path: Path) -> None:
    """Built, unpacked away from the checkout, run in an empty folder: templates come from the wheel."""
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-build-isolation",
        "--no-deps",
        "-q",
        "-w",
        str(tmp_path),
        str(ROOT),
    ]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as package:
        assert {"goalgen/templates/form_2020.docx", "goalgen/templates/diff_table.docx"} <= {*package.namelist()}
        package.extractall(tmp_path / "site")
    env = {"PYTHONPATH": str(tmp_path / "site")}
    where = subprocess.run(
        [sys.executable, "-c", "import goalgen; print(goalgen.__file__)"],
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
    )
    assert "site" in where.stdout
    assert "全角冒号" in run(tmp_path, "check", "--explain", "Y05", env=env).stdout
    assert run(tmp_path, "init", "demo", "--demo", env=env).returncode == 0
    assert run(tmp_path / "demo", "render", env=env).returncode == 0
    assert (tmp_path / "demo/out/2020/bundle.docx").is_file()


def test_links_and_commands_of_the_docs_exist() -> None:
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    links = [
        (page, link) for page in pages for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    ]
    assert len(links) > 15
    assert [f"{page.name}: {link}" for page, link in links if not (page.parent / link).exists()] == []
    manual = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"goalgen {name}" not in manual] == []
