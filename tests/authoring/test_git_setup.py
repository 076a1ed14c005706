"""`goalgen git-setup` in real git repositories: what git then shows and refuses, and that nothing is left when it is taken away."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner

from goalgen.authoring import git_setup
from goalgen.authoring.git_setup import ATTRIBUTES_FILE, FileChange, installation
from goalgen.cli import cli
from goalgen.errors import GoalgenError
from goalgen.files import git as git_door
from tests.support.docs_session import blocks
from tests.support.places import ROOT

PROJECT = Path("data/2020/01-da-yuan-lv-hua.yaml")
DEMO = ("--demo", "--department", "市机关事务服务中心", "--filler", "张三", "--phone", "8860000")
TOTAL = "    总额: 30\n"
QUIET = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "甲",
    "GIT_AUTHOR_EMAIL": "jia@example.com",
    "GIT_COMMITTER_NAME": "甲",
    "GIT_COMMITTER_EMAIL": "jia@example.com",
}


@pytest.fixture(autouse=True)
def by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings but the repository's own."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    for name, value in QUIET.items():
        monkeypatch.setenv(name, value)


def git(folder: Path, *words: str) -> str:
    return git_door.git_output(folder, *words).decode("utf-8")


def commit(folder: Path, *words: str) -> tuple[int, str]:
    done = subprocess.run(["git", "commit", "-m", "改", *words], cwd=folder, capture_output=True, check=False)
    return done.returncode, (done.stdout + done.stderr).decode("utf-8")


def goalgen(folder: Path, *words: str) -> tuple[int, str]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        result = CliRunner().invoke(cli, words)
    finally:
        os.chdir(before)
    if isinstance(result.exception, GoalgenError):
        return result.exception.exit_code, result.output + str(result.exception)
    return result.exit_code, result.output


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A repository with a submission of one project, committed."""
    folder = tmp_path / "申报"
    assert goalgen(tmp_path, "init", "申报", *DEMO)[0] == 0
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "第一稿")
    return folder


def change(folder: Path, old: str, new: str, file: Path = PROJECT) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def everything(folder: Path) -> dict[str, bytes]:
    """The files set-up may touch, and all others beside git's objects."""
    left = (".git/objects", ".git/index", ".git/logs", ".git/COMMIT_EDITMSG")
    names = ((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*") if path.is_file())
    return {name: path.read_bytes() for name, path in names if not name.startswith(left)}


def test_a_diff_of_a_filled_form_shows_the_rows_that_changed(repo: Path) -> None:
    goalgen(repo, "git-setup")
    goalgen(repo, "render", "-o", "报送")
    git(repo, "add", "-A")
    git(repo, "commit", "-q", "-m", "报送", "--no-verify")
    change(repo, "年度: ≥120株", "年度: ≥150株")
    goalgen(repo, "render", "-o", "报送")
    shown = git(repo, "diff", "报送/2020/bundle.docx")
    removed, added = (re.findall(rf"^\{sign}(?!\{sign}).*", shown, re.MULTILINE) for sign in "-+")
    assert removed == ["-绩效指标 | 产出指标 | 数量指标 | 补种树木 | ≥360株 | 数量指标 | 补种树木 | ≥120株"]
    assert added == ["+绩效指标 | 产出指标 | 数量指标 | 补种树木 | ≥360株 | 数量指标 | 补种树木 | ≥150株"]
    assert "报送/2020/bundle.docx" in shown
    assert " 项目名称 | 大院绿化经费" in shown
    assert git(repo, "for-each-ref", "refs/notes").count("goalgen") == 1  # git keeps the texts
    goalgen(repo, "git-setup", "--uninstall")
    assert git(repo, "for-each-ref", "refs/notes") == ""
    assert "Binary files" in git(repo, "diff", "报送/2020/bundle.docx")


def test_a_file_that_does_not_open_does_not_stop_a_diff(repo: Path) -> None:
    goalgen(repo, "git-setup")
    (repo / "坏.docx").write_bytes(b"PK nothing")
    git(repo, "add", "-A")
    git(repo, "commit", "-q", "-m", "坏")
    (repo / "坏.docx").write_bytes(b"")
    shown = git(repo, "diff")
    assert shown.count("sha256") == 2


def test_a_broken_project_file_is_not_committed_and_a_good_one_is(repo: Path) -> None:
    goalgen(repo, "git-setup")
    change(repo, "项目类型: 其他", "项目类型: 别的")
    code, said = commit(repo, "-a")
    assert code == 1
    assert f"{PROJECT.as_posix()}:4:7: 错误 M05" in said and "没有提交" in said
    change(repo, "项目类型: 别的", "项目类型: 民生保障")
    assert commit(repo, "-a")[0] == 0
    assert "民生保障" in git(repo, "show", f"HEAD:{PROJECT.as_posix()}")


def test_a_draft_may_be_committed(repo: Path) -> None:
    """The hook stops what cannot be read, not what is unfinished: a skeleton, money that does not add up."""
    goalgen(repo, "git-setup")
    assert goalgen(repo, "new", "还没有填")[0] == 0
    change(repo, TOTAL, "    总额: 31\n")
    git(repo, "add", "-A")
    code, said = commit(repo)
    assert code == 0, said
    assert goalgen(repo, "check")[0] == 1
    goalgen(repo, "git-setup", "--strict")
    change(repo, "    总额: 31\n", "    总额: 32\n")
    code, said = commit(repo, "-a")
    assert code == 1 and "F02" in said and "--no-verify" in said


def test_what_counts_is_what_the_commit_holds(repo: Path) -> None:
    goalgen(repo, "git-setup")
    change(repo, "项目类型: 其他", "项目类型: 别的")
    git(repo, "add", "-A")
    change(repo, "项目类型: 别的", "项目类型: 民生保障")
    assert commit(repo)[0] == 1
    git(repo, "add", "-A")
    change(repo, "项目类型: 民生保障", "项目类型: 又坏了")
    assert commit(repo)[0] == 0


def test_slips_of_writing_are_refused_by_a_strict_hook_only(repo: Path) -> None:
    goalgen(repo, "git-setup", "--strict")
    change(repo, "苗木购置费、养护劳务费", "苗木购置费，养护劳务费　　")
    code, said = commit(repo, "-a")
    assert code == 1 and "goalgen fmt" in said and f"{PROJECT.as_posix()}:10:9" in said
    goalgen(repo, "git-setup")
    assert commit(repo, "-a")[0] == 0


def test_findings_of_other_files_do_not_stop_a_commit_even_by_a_strict_hook(repo: Path) -> None:
    change(repo, TOTAL, "")
    git(repo, "commit", "-q", "-a", "-m", "总额没有写")
    goalgen(repo, "git-setup", "--strict")
    assert goalgen(repo, "new", "大院督查经费", "--code", "du-cha")[0] == 0
    change(repo, "# 各预算单位", "# 预算单位", Path("data/projects.yaml"))
    git(repo, "add", "data/projects.yaml", ATTRIBUTES_FILE)
    code, said = commit(repo)
    assert code == 1 and "S02" in said and "du-cha" in said  # its file is not added
    (repo / "data/2020/02-du-cha.yaml").write_text(
        (repo / PROJECT).read_text(encoding="utf-8").replace("da-yuan-lv-hua", "du-cha").replace("绿化", "督查"),
        "utf-8",
    )
    change(repo, "  年度:\n    财政", f"  年度:\n{TOTAL}    财政", Path("data/2020/02-du-cha.yaml"))
    git(repo, "add", "data/2020/02-du-cha.yaml")
    code, said = commit(repo)
    assert code == 0, said
    change(repo, "大院绿化经费", "大院绿化专项经费")
    code, said = commit(repo, "-a")
    assert code == 1 and "F01" in said


@pytest.mark.parametrize(
    "attributes",
    [None, b"", b"*.docx binary", b"*.docx binary\n", b"*.docx binary\r\n", "# 编码".encode("gbk")],
    ids=["none", "empty", "no last line feed", "line feed", "crlf", "gbk"],
)
def test_taking_away_leaves_everything_as_it_was(repo: Path, attributes: bytes | None) -> None:
    path = repo / ATTRIBUTES_FILE
    path.unlink()
    if attributes is not None:
        path.write_bytes(attributes)
    git(repo, "config", "core.quotepath", "true")
    git(repo, "config", "alias.st", "status")
    before = everything(repo)
    assert goalgen(repo, "git-setup", "--dry-run")[0] == 0
    assert everything(repo) == before
    goalgen(repo, "git-setup")
    installed = everything(repo)
    changed = {name for name in installed if installed[name] != before.get(name)}
    assert changed == {".git/config", ".git/goalgen.gitconfig", ".git/hooks/pre-commit", ".gitattributes"}
    code, said = goalgen(repo, "git-setup")
    assert code == 0 and said.count("没有变化") == 4 and everything(repo) == installed
    assert git(repo, "config", "core.quotepath") == "false\n"
    assert goalgen(repo, "git-setup", "--uninstall", "-n")[0] == 0
    assert everything(repo) == installed
    assert goalgen(repo, "git-setup", "--uninstall")[1].count("已去掉") == 4
    assert everything(repo) == before
    assert "没有装过" in goalgen(repo, "git-setup", "--uninstall")[1]


def test_what_others_added_stays(repo: Path) -> None:
    goalgen(repo, "git-setup")
    for name in (ATTRIBUTES_FILE, ".git/hooks/pre-commit"):
        with open(repo / name, "ab") as file:
            file.write("# 我的\n".encode())
    (repo / ATTRIBUTES_FILE).write_bytes((repo / ATTRIBUTES_FILE).read_bytes().replace(b"\n", b"\r\n"))
    goalgen(repo, "git-setup", "--uninstall")
    assert (
        repo / ATTRIBUTES_FILE
    ).read_bytes() == "*.yaml text eol=lf\r\n*.docx binary\r\n*.bat text eol=crlf\r\n# 我的\r\n".encode()
    hook = repo / ".git/hooks/pre-commit"
    assert hook.read_text(encoding="utf-8") == "#!/bin/sh\n# 我的\n"
    assert os.access(hook, os.X_OK)


def test_a_block_without_its_end_is_told(repo: Path) -> None:
    goalgen(repo, "git-setup")
    change(repo, "# <<< goalgen git-setup <<<\n", "", Path(ATTRIBUTES_FILE))
    for words in ((), ("--uninstall",)):
        code, said = goalgen(repo, "git-setup", *words)
        assert code == 2 and re.search(r"\.gitattributes:\d+:1: 错误 R06", said)


def test_a_hook_of_the_users_own_stays_and_takes_a_line(repo: Path) -> None:
    hook = repo / ".git/hooks/pre-commit"
    hook.write_text("#!/bin/sh\ntrue\n", encoding="utf-8")
    hook.chmod(0o755)
    said = goalgen(repo, "git-setup")[1]
    assert hook.read_text(encoding="utf-8") == "#!/bin/sh\ntrue\n"
    line = said.partition("加一行：\n")[2].splitlines()[0]
    hook.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
    change(repo, "项目类型: 其他", "项目类型: 别的")
    assert commit(repo, "-a")[0] == 1
    change(repo, "项目类型: 别的", "项目类型: 其他 ")
    goalgen(repo, "git-setup", "--uninstall")
    assert line in hook.read_text(encoding="utf-8")


def test_a_folder_of_hooks_in_the_repository_is_used_and_a_shared_one_left_alone(repo: Path, tmp_path: Path) -> None:
    git(repo, "config", "core.hooksPath", ".githooks")
    goalgen(repo / "data", "git-setup")
    assert (repo / ".githooks/pre-commit").is_file()
    goalgen(repo, "git-setup", "--uninstall")
    assert not (repo / ".githooks/pre-commit").exists()
    git(repo, "config", "core.hooksPath", (tmp_path / "大家的").as_posix())
    assert "core.hooksPath" in goalgen(repo, "git-setup")[1]
    assert not (tmp_path / "大家的").exists()


def test_it_works_in_a_linked_worktree_with_the_submission_in_a_subfolder(tmp_path: Path) -> None:
    main, linked = tmp_path / "主", tmp_path / "另 一处"
    main.mkdir()
    git(main, "init", "-q", "-b", "main")
    assert goalgen(main, "init", "部门/申报", *DEMO)[0] == 0
    git(main, "add", "-A")
    git(main, "commit", "-q", "-m", "第一稿")
    git(main, "worktree", "add", "-q", "-b", "side", str(linked))
    assert goalgen(linked / "部门/申报/data", "git-setup")[0] == 0
    assert (main / ".git/hooks/pre-commit").is_file() and (linked / ATTRIBUTES_FILE).is_file()
    for folder in (linked, main):
        change(folder / "部门/申报", "项目类型: 其他", "项目类型: 别的")
        code, said = commit(folder / "部门", "-a")
        assert code == 1 and f"部门/申报/{PROJECT.as_posix()}:4:7: 错误 M05" in said
    goalgen(main, "git-setup", "--uninstall")
    assert not (main / ".git/hooks/pre-commit").exists()


def test_without_the_interpreter_goalgen_is_looked_for_on_the_path(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    python = sys.executable
    monkeypatch.setattr(sys, "executable", str(repo / "没有/python"))
    goalgen(repo, "git-setup")
    change(repo, "项目类型: 其他", "项目类型: 民生保障")
    programs = repo.parent / "bin"
    programs.mkdir()
    for program in ("git", "sh"):
        (programs / program).symlink_to(str(shutil.which(program)))
    monkeypatch.setenv("PATH", str(programs))
    code, said = commit(repo, "-a")
    assert code == 1 and "找不到 goalgen" in said
    starter = programs / "goalgen"
    starter.write_text(f'#!/bin/sh\nexec {shlex.quote(python)} -m goalgen "$@"\n', encoding="utf-8")
    starter.chmod(0o755)
    assert commit(repo, "-a")[0] == 0


def test_both_sides_of_a_merge_may_add_projects(repo: Path) -> None:
    goalgen(repo, "git-setup")
    git(repo, "add", "-A")
    git(repo, "commit", "-q", "-m", "git-setup")
    for branch in ("jia", "yi"):
        git(repo, "switch", "-q", "-c", branch, "main")
        goalgen(repo, "new", f"项目{branch}", "--code", branch)
        git(repo, "add", "-A")
        git(repo, "commit", "-q", "-m", branch, "--no-verify")
    git(repo, "merge", "-q", "--no-edit", "jia")
    listed = (repo / "data/projects.yaml").read_text(encoding="utf-8")
    assert "2020/02-jia.yaml" in listed and "2020/02-yi.yaml" in listed
    assert not re.search(" S0", goalgen(repo, "check")[1])


def test_outside_a_repository_and_without_git_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, said = goalgen(tmp_path, "git-setup")
    assert code == 2 and "R01" in said and "git init" in said
    monkeypatch.setenv("PATH", "")
    code, said = goalgen(tmp_path, "git-setup")
    assert code == 3 and "R03" in said


def test_what_git_refuses_is_told_with_its_own_words(repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repo / ".git/index").write_bytes(b"no index")
    code, said = goalgen(repo, "check", "--staged")
    assert code == 3 and "R03 git ls-files 没有完成：" in said and "index file" in said
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    code, said = goalgen(repo, "git-setup")
    assert code == 3 and f"safe.directory {repo.as_posix()}" in said


def test_staged_goes_with_no_paths_and_fmt_only_looks(repo: Path) -> None:
    assert goalgen(repo, "check", "--staged", "data")[0] == 2
    assert goalgen(repo, "fmt", "--staged")[0] == 2
    code, said = goalgen(repo, "check", "--staged")
    assert (code, said) == (0, "")
    change(repo, "项目类型: 其他", "项目类型: 别的")
    git(repo, "add", "-A")
    assert goalgen(repo, "check", "--staged", "--format", "json", "-o", "found.json")[0] == 2
    assert '"code": "M05"' in (repo / "found.json").read_text(encoding="utf-8")


def test_the_program_is_quoted_for_the_shell_and_for_git(repo: Path) -> None:
    here = git_door.find_repository(repo)
    strange = Path('/tmp/张 三\'s "x"/python')
    settings = next(
        c for c in installation(here, strict=False, python=strange) if c.path.name == git_setup.SETTINGS_FILE
    )
    assert isinstance(settings, FileChange) and settings.data is not None
    path = repo / "x.gitconfig"
    path.write_bytes(settings.data)
    command = git(repo, "config", "--file", str(path), "diff.goalgen.textconv")
    started = subprocess.run(["sh", "-c", command.replace("-x", "! -x").replace("-P -m goalgen", "")], check=False,
                             capture_output=True, text=True, encoding="utf-8")  # fmt: skip
    assert str(strange) in started.stderr


def test_the_pre_commit_hooks_name_what_exists() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["entry"].split()[:2] for hook in hooks] == [
        ["goalgen", "check"],
        ["goalgen", "fmt"],
        ["goalgen", "check"],
    ]
    for hook in hooks:
        assert re.search(hook["files"], PROJECT.as_posix()) and not re.search(hook["files"], "data/projects.yaml")


def test_the_pipelines_in_the_manual_are_yaml_and_name_commands_that_exist() -> None:
    page = (ROOT / "docs" / "git.md").read_text(encoding="utf-8")
    pipelines = [block.text for block in blocks(page) if block.language == "yml"]
    assert len(pipelines) == 3 and all(isinstance(yaml.safe_load(text), dict) for text in pipelines)
    lines = re.findall(r"goalgen ((?:fmt|check|render)\b.*)", "\n".join(pipelines))
    assert len(lines) == 5
    for line in lines:
        name, *words = line.split()
        command = cli.get_command(click.Context(cli), name)
        assert command is not None
        command.make_context(name, words)
