"""What people wrote stays: runs at once, killed runs, links, files elsewhere; nothing is lost, and nothing changed in silence."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from goalgen.submission.submission import load
from tests.support.command_runs import run
from tests.support.cut_off_runs import cut_off, litter
from tests.support.killed_runs import contents
from tests.support.places import ROOT

PROJECT = "data/2026/01-da-yuan-lv-hua.yaml"
SLIP = ("政务督查经费", "政务督査经费")
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and links as POSIX has them")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new submission with a filled form and a filled workbook of its project, renamed so that they bring another one."""
    folder = tmp_path_factory.mktemp("made") / "申报"
    assert run(folder.parent, "init", "申报", "--year", "2026", "--demo").returncode == 0
    project = folder / PROJECT
    text = project.read_text(encoding="utf-8").replace("大院绿化经费", SLIP[0])
    project.write_text(text.replace("da-yuan-lv-hua", "lai-biao").replace("政务督查经费", "来表经费"), encoding="utf-8")
    assert run(folder, "render").returncode == 0
    assert run(folder, "sheet", "export", "-o", "来.xlsx").returncode == 0
    (folder / "out/2026/bundle.docx").rename(folder / "来.docx")
    shutil.rmtree(folder / "out")
    project.write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it to be changed."""
    return Path(shutil.copytree(made, tmp_path / "x" / made.name))


def spoilt(path: Path) -> None:
    """Give a project file something for fmt to mend."""
    path.write_text(path.read_text(encoding="utf-8").replace(*SLIP), encoding="utf-8")


def at_once(folder: Path, *commands: tuple[str, ...]) -> list[tuple[int, str]]:
    """Run commands at the same time; return their exit codes and all that they said."""
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "goalgen", *words],
            cwd=folder,
            env=None,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        for words in commands
    ]
    return [(process.wait(), said) for process in started for said in [process.communicate()[0]]]


# ---- at once


def test_eight_new_projects_at_once_are_all_listed_and_no_code_is_given_twice(folder: Path) -> None:
    ended = at_once(folder, *(("new", f"项目{n}") for n in range(8)))
    assert [code for code, _ in ended] == [0] * 8, ended
    year = load(folder).latest()
    names = [entry.name for entry in year.entries]
    assert sorted(names) == sorted(["政务督查经费", *(f"项目{n}" for n in range(8))])
    assert len({entry.code for entry in year.entries}) == 9
    assert len({entry.path.name[:2] for entry in year.entries}) == 9
    assert litter(folder) == []


def test_every_command_that_changes_files_waits_for_the_others(folder: Path) -> None:
    spoilt(folder / PROJECT)
    commands = [
        ("new", "新一"),
        ("import", "来.docx", "--update"),
        ("roll", "2026", "2027"),
        ("fmt",),
        ("new", "新二"),
        ("sheet", "import", "来.xlsx"),
        ("new", "新三", "--year", "2026"),
    ]
    ended = at_once(folder, *commands)
    assert [code for code, _ in ended] == [0] * len(commands), ended
    found = load(folder)
    assert [problem for problem in found.problems if problem.code != "M02"] == []
    names = [entry.name for year in found.years for entry in year.entries]
    assert {"新一", "新二", "新三", "来表经费", SLIP[0]} <= {*names}
    assert {year.year for year in found.years} == {2026, 2027}
    codes = [entry.code for entry in found.years[0].entries]
    assert len(codes) == len({*codes})
    assert litter(folder) == []


def test_a_run_that_waits_says_so(folder: Path) -> None:
    script = "import sys, pathlib\nfrom goalgen.submission.changing import changing\n"
    script += "with changing(pathlib.Path('.')):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    words = [sys.executable, "-c", script]
    holder = subprocess.Popen(words, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert holder.stdout and holder.stdout.readline() == "held\n"
    waiting = subprocess.Popen(
        [sys.executable, "-m", "goalgen", "new", "甲"], cwd=folder, stderr=subprocess.PIPE, encoding="utf-8"
    )
    assert waiting.stderr
    assert waiting.stderr.readline() == "另一个 goalgen 正在改这些项目文件，等它做完\n"
    holder.communicate("")
    assert waiting.wait() == 0
    waiting.stderr.close()


# ---- killed

KILLED = [
    ("new", "甲"),
    ("roll", "2026", "2027"),
    ("import", "来.docx"),
    ("sheet", "import", "来.xlsx"),
    ("fmt",),
    ("schema",),
    ("init", ".", "--year", "2026", "--demo", "--force"),
]


@posix
@pytest.mark.parametrize("words", KILLED, ids=lambda words: words[0])
@pytest.mark.parametrize("number", [1, 2])
def test_the_next_run_sweeps_what_a_killed_one_left(folder: Path, words: tuple[str, ...], number: int) -> None:
    if words[0] in ("schema", "init"):
        (folder / "schema/project.schema.json").write_text("{}", encoding="utf-8")
        (folder / "schema/form.schema.json").write_text("{}", encoding="utf-8")
        (folder / "data/projects.yaml").write_text("", encoding="utf-8") if words[0] == "init" else None
    spoilt(folder / PROJECT)
    before = contents(folder)
    if not cut_off(folder, number, *words):
        assert (words[0], number) == ("fmt", 2), "one file is all that it writes"
        return
    assert len(litter(folder)) in (1, 2), "a temporary file, and mostly the lock"
    assert {name: contents(folder)[name] for name in before}.keys() == before.keys()
    kept = contents(folder)
    assert all(kept[name] == before[name] for name in before if name not in changed_by(words)), (
        "the sources are as they were"
    )
    assert run(folder, "check").returncode in (0, 1, 2)
    assert litter(folder) == []
    again = run(folder, *words)
    assert again.returncode == 0, again.stderr
    assert litter(folder) == []


def changed_by(words: tuple[str, ...]) -> set[str]:
    """What a killed run may already have written, whole."""
    first = {"schema": {"schema/project.schema.json"}, "init": {"data/projects.yaml", PROJECT}}
    return first.get(words[0], set())


@pytest.mark.parametrize(
    "words", [("import", "来.docx", "--update"), ("sheet", "import", "来.xlsx"), ("import", "来.docx")]
)
def test_an_unlisted_file_in_the_way_is_not_written_over(folder: Path, words: tuple[str, ...]) -> None:
    name = "02-来表经费.yaml" if words[0] == "import" else "02-lai-biao.yaml"
    (folder / "data/2026" / name).write_text("编号: a\n项目名称: 手写的\n", encoding="utf-8")
    before = contents(folder)
    found = run(folder, *words)
    assert (found.returncode, found.stderr.count("错误 S08")) == (2, 1), found.stderr
    assert contents(folder) == before


@posix
def test_outputs_are_swept_by_the_next_run_that_puts_something_there(folder: Path) -> None:
    for words in (("check", "-o", "报告/a.txt"), ("sheet", "export", "-o", "报告/a.xlsx"), ("render",)):
        assert cut_off(folder, 1, *words)
        assert litter(folder)
        assert run(folder, *words).returncode == 0
        assert litter(folder) == []


def test_git_never_sees_them(folder: Path) -> None:
    for ignored in (ROOT / ".gitignore", folder / ".gitignore"):
        assert {".goalgen-*.tmp", ".goalgen.lock"} <= {*ignored.read_text(encoding="utf-8").splitlines()}


# ---- links, and files elsewhere


@posix
def test_a_link_stays_a_link_and_what_it_leads_to_is_mended(folder: Path) -> None:
    real = folder / "公用" / "督查.yaml"
    real.parent.mkdir()
    (folder / PROJECT).rename(real)
    (folder / PROJECT).symlink_to("../../公用/督查.yaml")
    spoilt(real)
    found = run(folder, "fmt")
    assert found.returncode == 0, found.stderr
    assert (folder / PROJECT).is_symlink()
    assert SLIP[0] in real.read_text(encoding="utf-8")
    assert litter(folder) == []


@posix
def test_a_data_folder_on_another_disk_is_written(folder: Path) -> None:
    (folder / "data").rename(folder.parent / "盘")
    (folder / "data").symlink_to(folder.parent / "盘")
    spoilt(folder / PROJECT)
    assert run(folder, "fmt").returncode == 0
    assert run(folder, "new", "甲").returncode == 0
    assert (folder / "data").is_symlink()
    assert (folder.parent / "盘" / "2026" / "02-甲.yaml").is_file()


@pytest.fixture(params=["dots", "link"])
def lent(folder: Path, request: pytest.FixtureRequest) -> Path:
    """A submission one of whose projects lies outside of it; returns that file."""
    if request.param == "link" and sys.platform == "win32":
        pytest.skip("links as POSIX has them")
    outside = folder.parent / "outside.yaml"
    (folder / PROJECT).rename(outside)
    if request.param == "link":
        (folder / PROJECT).symlink_to(outside)
    else:
        index = folder / "data/projects.yaml"
        text = index.read_text(encoding="utf-8")
        index.write_text(text.replace("- 2026/01-da-yuan-lv-hua.yaml", "- ../../outside.yaml"), encoding="utf-8")
    spoilt(outside)
    return outside


def test_a_file_outside_of_the_submission_is_printed_but_not_changed(folder: Path, lent: Path) -> None:
    before = lent.read_bytes()
    found = run(folder, "fmt")
    assert found.returncode == 2
    assert len(re.findall("错误 O06 这个文件其实在申报文件夹以外", found.stderr)) == 1, found.stderr
    assert "已改 0 个" in found.stderr
    assert run(folder, "render").returncode == 0
    bundle = folder / "out/2026/bundle.docx"
    lent.write_bytes(before.replace("360株".encode(), "361株".encode()))
    before = lent.read_bytes()
    found = run(folder, "import", str(bundle), "--update")
    assert (found.returncode, found.stderr.count("错误 O06")) == (2, 1), found.stderr
    assert lent.read_bytes() == before
    if (folder / PROJECT).is_symlink():
        assert (folder / PROJECT).resolve() == lent


@posix
def test_an_index_that_leads_outside_is_not_added_to(folder: Path) -> None:
    index = folder / "data/projects.yaml"
    index.rename(folder.parent / "外.yaml")
    index.symlink_to(folder.parent / "外.yaml")
    before = contents(folder.parent)
    for words in (("new", "甲"), ("roll", "2026", "2027"), ("import", "来.docx")):
        found = run(folder, *words)
        assert (found.returncode, found.stderr.count("错误 O06")) == (2, 1), found.stderr
        assert contents(folder.parent) == before


# ---- names


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("templates/form_2020.yaml", "form_2020.yml"),
        ("templates/form_2020.yaml", "Form_2020.yaml"),
        ("templates/form_2020.yaml", "form_2020.YAML"),
        ("templates/form_2020.yaml", "form_2020.yaml.txt"),
        ("templates/review.yaml", "review.yml"),
        ("templates/review.yaml", "Review.yaml.txt"),
        ("data/projects.yaml", "projects.yml"),
        ("data/projects.yaml", "projects.yaml.txt"),
    ],
)
def test_a_file_under_a_wrong_name_is_told_and_nothing_takes_its_place(folder: Path, name: str, wrong: str) -> None:
    shutil.copy(ROOT / "templates/review.yaml", folder / "templates")
    (folder / name).rename((folder / name).parent / wrong)
    for command in ("render", "check"):
        found = run(folder, command)
        lines = [line for line in (found.stdout + found.stderr).splitlines() if "错误" in line and "──" not in line]
        assert found.returncode == 2
        assert f"{Path(name).parent.as_posix()}/{wrong}: 错误 S09" in lines[0], lines
        assert f"改名为 {Path(name).name}" in lines[0]
    assert not (folder / "out").exists()


def test_a_comparison_s_template_under_a_wrong_name_is_told(folder: Path) -> None:
    (folder / "templates/diff_table.docx").rename(folder / "templates/diff_table.DOCX")
    found = run(folder, "diff", "2026", "2026", "--format", "docx", "-o", "a.docx")
    assert found.returncode == 2
    assert "templates/diff_table.DOCX: 错误 S09" in found.stderr


def test_a_template_without_its_spec_is_told(folder: Path) -> None:
    (folder / "templates/form_2020.yaml").unlink()
    found = run(folder, "render")
    assert found.returncode == 2
    assert "templates/form_2020.docx: 错误 S05 有 form_2020.docx，却没有它的说明" in found.stderr


def test_a_template_under_a_wrong_name_is_told(folder: Path) -> None:
    (folder / "templates/form_2020.docx").rename(folder / "templates/Form_2020.docx")
    found = run(folder, "render")
    assert found.returncode == 2
    assert "templates/form_2020.docx: 错误 D01" in found.stderr
    assert not (folder / "out").exists()


@pytest.mark.parametrize("what", ["link", "folder", "wrong name"])
def test_a_lost_index_does_not_lead_to_the_submission_around_it(folder: Path, what: str) -> None:
    inner = folder / "子" / "data"
    inner.mkdir(parents=True)
    if what == "link":
        (inner / "projects.yaml").symlink_to("没有.yaml")
    elif what == "folder":
        (inner / "projects.yaml").mkdir()
    else:
        (inner / "projects.yml").write_text("年度:\n", encoding="utf-8")
    for words in (("render",), ("check",), ("new", "甲"), ("fmt",)):
        found = run(inner.parent, *words)
        assert found.returncode == 2
        assert re.fullmatch("data/projects.ya?ml: 错误 (Y01|S09) .*\n", found.stderr), found.stderr
    assert not (folder / "out").exists()


# ---- git-setup


@pytest.mark.parametrize("blocked", [".gitattributes", ".git/goalgen.gitconfig"])
def test_git_setup_says_what_is_in_its_way_before_it_writes(folder: Path, blocked: str) -> None:
    subprocess.run(["git", "init", "-q", "."], cwd=folder, check=True)
    (folder / ".gitattributes").unlink()
    (folder / blocked).mkdir()
    before = contents(folder)
    found = run(folder, "git-setup")
    assert (found.returncode, found.stdout) == (3, "")
    assert found.stderr == f"{blocked}: 错误 O01 写不了文件：那里已经有一个同名的文件夹；把它移开再运行一次\n"
    assert contents(folder) == before


@posix
def test_git_setup_does_not_write_attributes_through_a_link(folder: Path) -> None:
    subprocess.run(["git", "init", "-q", "."], cwd=folder, check=True)
    (folder / ".gitattributes").rename(folder / "attributes")
    (folder / ".gitattributes").symlink_to("attributes")
    before = contents(folder)
    found = run(folder, "git-setup")
    assert found.returncode == 3 and "这是链接，git 不认" in found.stderr
    assert contents(folder) == before
