"""The kit of a folder: schemas, tasks of VS Code that find problems, files to double-click, what git leaves alone."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from goalgen.authoring.kit import kit, write_schemas
from goalgen.authoring.new_files import Start, create_folder
from goalgen.errors import GoalgenError, Place, Problem, Severity
from goalgen.forms import Form
from goalgen.forms.pack import DEFAULT_FORM
from tests.support.places import ROOT


def test_schemas_are_of_the_latest_year_that_can_be_used(tmp_path: Path) -> None:
    create_folder(tmp_path, Start(2024), overwrite=False)
    inside, outside = list(write_schemas(tmp_path, None)), list(write_schemas(tmp_path, tmp_path / "s"))
    assert [path.read_bytes() for path in inside] == [path.read_bytes() for path in outside]
    assert {path.parent for path in inside} == {tmp_path / "schema"}
    assert '"2024-2026"' in inside[0].read_text(encoding="utf-8")
    index = tmp_path / "data/projects.yaml"
    index.write_text(index.read_text(encoding="utf-8").replace(DEFAULT_FORM, "form_1900"), encoding="utf-8")
    with pytest.raises(GoalgenError) as refused:
        list(write_schemas(tmp_path, None))
    assert {problem.code for problem in refused.value.problems} == {"S05"}


@pytest.mark.parametrize("severity", Severity)
def test_the_editor_finds_every_problem_at_its_place(form: Form, severity: Severity) -> None:
    tasks = json.loads(kit(form, 2026)[".vscode/tasks.json"])["tasks"]
    assert [task["args"] for task in tasks] == [["check"], ["render"], ["diff"], ["fmt"]]
    line = str(Problem("M05", "没有“其它”；改", Place("data/2026/01-甲.yaml", 4, 7), "写“其他”", severity))
    found = [
        (match, matcher["severity"])
        for matcher in tasks[0]["problemMatcher"]
        if (match := re.match(matcher["pattern"]["regexp"], line))
    ]
    assert len(found) == 1 and found[0][1] == severity.name.lower()
    assert found[0][0].groups() == ("data/2026/01-甲.yaml", "4", "7", "M05", "没有“其它”；改；写“其他”")


def test_batch_files_are_ascii_with_windows_line_ends(form: Form) -> None:
    files = {name: data for name, data in kit(form, 2026).items() if name.endswith(".bat")}
    assert {*files} == {"检查.bat", "生成.bat"}
    for data in files.values():
        assert data.isascii() and data.count(b"\r\n") == data.count(b"\n") and data.endswith(b"pause\r\n")
    assert b'"%GOALGEN%" render\r\n' in files["生成.bat"]


def test_nothing_of_any_department_is_in_it(form: Form) -> None:
    files = kit(form, 2026)
    assert len(files) > 10
    assert [name for name, data in files.items() if not name.endswith(".docx") and "衡阳".encode() in data] == []


@pytest.mark.parametrize("where", ["init", "repository"])
def test_git_leaves_alone_what_the_commands_leave(tmp_path: Path, form: Form, where: str) -> None:
    """out, uv.lock, wheels, temporary files, and what the pages have written with -o."""
    ignored = kit(form, 2026)[".gitignore"] if where == "init" else (ROOT / ".gitignore").read_bytes()
    (tmp_path / ".gitignore").write_bytes(ignored)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    pages = [path.read_text(encoding="utf-8") for path in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))]
    written = {name for page in pages for name in re.findall(r"-o ([^\s`/]+\.(?:docx|xlsx|html))", page)}
    assert len(written) > 5
    for name in (
        *written,
        "out/2026/bundle.docx",
        "uv.lock",
        "wheels/a.whl",
        "data/2026/.goalgen-1-2.tmp",
        "~$表.docx",
    ):
        found = subprocess.run(["git", "check-ignore", "-q", name], cwd=tmp_path, check=False)
        assert found.returncode == 0, name
    for name in ("data/2026/a.yaml", "templates/form_2020.docx", ".goalgen-kit.json", "检查.bat", "报送.docx"):
        assert subprocess.run(["git", "check-ignore", "-q", name], cwd=tmp_path, check=False).returncode == 1, name
