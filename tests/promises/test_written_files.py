"""What render leaves on disk: files whole or not at all, the same bytes each time, nothing of anybody else touched."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from goalgen.cli import cli
from goalgen.files import writing
from goalgen.printing.manifest import MANIFEST
from goalgen.printing.year import PublishedYear
from goalgen.submission import Year
from goalgen.submission.submission import Submission, load
from tests.support.docx_making import docx, paragraph
from tests.support.docx_reading import sound
from tests.support.places import ROOT
from tests.support.publishing import changed, publish_whole
from tests.support.year_2020 import copied

COMMAND = (sys.executable, "-m", "goalgen")


@pytest.fixture
def year(submission: Submission) -> Year:
    """Three projects of 2020, two of them of one name."""
    whole = submission.years[0]
    entries = (whole.entries[0], *whole.entries[14:16])
    return whole._replace(entries=tuple(entry._replace(number=n) for n, entry in enumerate(entries, 1)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the submission, to be changed."""
    return copied(tmp_path / "申报")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under a folder by its path, hidden ones too."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def other_day(year: Year) -> Year:
    """The same projects with another 填报人, so that every file changes."""
    entries = [changed(entry, filler="另一人") for entry in year.entries]
    return year._replace(entries=tuple(entries))


def run(*words: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """A command of goalgen in a folder, with some variables of its environment changed."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    return subprocess.run([*COMMAND, *words], cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False)


def test_a_year_makes_a_form_each_and_a_bundle(year: Year, tmp_path: Path) -> None:
    outcome = publish_whole(year, tmp_path)
    assert (outcome.exit_code, outcome.problems, len(outcome.written)) == (0, [], 4)
    documents = [path for path in contents(tmp_path) if path.endswith(".docx")]
    assert documents == [
        "2020/bundle.docx",
        "2020/forms/01-大院保安转辅警经费.docx",
        "2020/forms/02-招商引资信访接待对外联宣活动-zhao-shang-xin-fang-bei-jing.docx",
        "2020/forms/03-招商引资信访接待对外联宣活动-zhao-shang-xin-fang-chang-sha.docx",
    ]
    for path in outcome.written:
        sound(path.read_bytes())


def test_a_second_run_writes_nothing(year: Year, tmp_path: Path) -> None:
    publish_whole(year, tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    outcome = publish_whole(year, tmp_path)
    assert (outcome.written, len(outcome.unchanged)) == ([], 4)
    assert {path: path.stat().st_mtime_ns for path in before} == before


@pytest.mark.parametrize("failing", [1, 2, 3, 4])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), PermissionError(13, "Permission denied")])
def test_a_write_that_fails_leaves_the_old_file_and_the_others_go_on(
    year: Year, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int, error: OSError
) -> None:
    """Each of the four writes fails in turn, as when the disk is full or Word has the file open."""
    publish_whole(year, tmp_path)
    old = contents(tmp_path)
    calls = []
    real = os.replace

    def replace_(source: Any, target: Any) -> None:
        if target not in calls:  # Windows' refusals are tried again
            calls.append(target)
        if calls.index(target) + 1 == failing:
            raise error
        real(source, target)

    monkeypatch.setattr(os, "replace", replace_)
    outcome = publish_whole(other_day(year), tmp_path)
    monkeypatch.undo()
    assert outcome.exit_code == 3
    (problem,) = outcome.problems
    assert problem.code == "O01"
    assert ("请先关闭" in str(problem)) == isinstance(error, PermissionError)
    new = contents(tmp_path)
    assert new.keys() == old.keys()
    kept = Path(calls[failing - 1]).relative_to(tmp_path).as_posix()
    assert new[kept] == old[kept]
    forms = [path for path in new if "/forms/" in path and path != kept]
    assert all(new[path] != old[path] for path in forms)
    assert new["2020/bundle.docx"] == old["2020/bundle.docx"]


def test_what_stands_in_the_way_is_told_and_left_alone(year: Year, tmp_path: Path) -> None:
    def in_the_way(make: Callable[[Path], object], *steps: str) -> PublishedYear:
        out = tmp_path / "-".join(steps or ("out",))
        path = out.joinpath(*steps)
        path.parent.mkdir(parents=True, exist_ok=True)
        make(path)
        outcome = publish_whole(year, out)
        assert path.exists()
        assert all(problem.code == "O01" for problem in outcome.problems)
        assert outcome.exit_code == 3
        return outcome

    in_the_way(Path.touch)
    in_the_way(Path.touch, "2020")
    in_the_way(Path.touch, "2020", "forms")
    in_the_way(Path.mkdir, "2020", "bundle.docx")
    outcome = in_the_way(lambda path: path.mkdir(parents=True), "2020", "forms", "01-大院保安转辅警经费.docx")
    assert len(outcome.written) == 2


def test_out_may_be_a_link_to_another_folder(year: Year, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to("real", target_is_directory=True)
    assert publish_whole(year, tmp_path / "out").exit_code == 0
    assert (tmp_path / "out").is_symlink()
    assert (tmp_path / "real" / "2020" / "bundle.docx").is_file()


def test_a_dropped_project_takes_its_form_along_and_nobody_else_s_file(year: Year, tmp_path: Path) -> None:
    publish_whole(year, tmp_path)
    forms = tmp_path / "2020" / "forms"
    (forms / "04-我的备份.docx").write_bytes(b"mine")
    (forms.parent / "说明.txt").write_bytes(b"mine")
    fewer = year._replace(entries=year.entries[:2])
    outcome = publish_whole(fewer, tmp_path)
    assert [path.name for path in outcome.removed] == [
        "02-招商引资信访接待对外联宣活动-zhao-shang-xin-fang-bei-jing.docx",
        "03-招商引资信访接待对外联宣活动-zhao-shang-xin-fang-chang-sha.docx",
    ]
    assert sorted(path.name for path in forms.iterdir()) == [
        "01-大院保安转辅警经费.docx",
        "02-招商引资信访接待对外联宣活动.docx",
        "04-我的备份.docx",
    ]
    assert (forms.parent / "说明.txt").read_bytes() == b"mine"


SPOILT = (
    *("[]", "null", "{", '{"forms": 3}', "[" * 100_000, "\xff"),
    '{"forms": ["../../outside.docx", "..", 7, "nobody.docx"], "bundle.docx": ["..", "../outside.docx"]}',
)


@pytest.mark.parametrize("text", SPOILT)
def test_a_record_somebody_spoilt_removes_nothing_elsewhere(year: Year, tmp_path: Path, text: str) -> None:
    outside = tmp_path / "outside.docx"
    outside.write_bytes(b"mine")
    publish_whole(year, tmp_path)
    (tmp_path / "2020" / ".goalgen.json").write_text(text, encoding="latin-1")
    outcome = publish_whole(year, tmp_path)
    assert outcome.removed == []
    assert outcome.exit_code == 0
    assert outside.read_bytes() == b"mine"


def test_one_project_that_the_template_cannot_print_does_not_stop_the_others(
    year: Year, with_template: Callable[[bytes], Any], tmp_path: Path
) -> None:
    template = docx(paragraph("{{ 1 // (编号 | length - 20) }}"))
    assert year.entries[0].project is not None
    assert len(year.entries[0].project.code) == 20
    hard = year._replace(form=with_template(template))
    outcome = publish_whole(hard, tmp_path / "out")
    errors = [problem for problem in outcome.problems if problem.code == "D06"]
    assert [problem.project for problem in errors] == ["bao-an-zhuan-fu-jing"]
    assert (outcome.exit_code, len(outcome.written)) == (2, 2)


def test_the_same_input_gives_the_same_bytes_anywhere(folder: Path, tmp_path: Path) -> None:
    """Another time zone, hash seed, working folder, output folder: not a byte differs."""
    first = run("render", cwd=folder, TZ="Asia/Shanghai", PYTHONHASHSEED="1")
    assert first.returncode == 0, first.stderr
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    second = run(
        "render", str(folder), "-o", "果", cwd=elsewhere, TZ="America/New_York", PYTHONHASHSEED="77", LC_ALL="C"
    )
    assert second.returncode == 0, second.stderr
    made = contents(folder / "out")
    assert len(made) == 18
    assert contents(elsewhere / "果") == made


ONLY = {
    "a code": (["--only", "shui-dian-bu-zhu"], 1),
    "a unit": (["--only", "衡阳市人民政府驻长沙办事处"], 1),
    "a short name": (["--only", "驻京办"], 2),
    "a pattern": (["--only", "zhao-shang-*"], 4),
    "two": (["--only", "ji-yao-gong-zuo", "--only", "zheng-wu-du-cha"], 2),
    "a project's name": (["--only", "政务督查经费"], 1),
    "a file": (["data/2020/03-ji-yao-gong-zuo.yaml"], 1),
    "a year": (["--year", "2020"], 17),
    "no bundle": (["--no-bundle"], 16),
    "one and the bundle": (["--only", "ji-yao-gong-zuo", "--bundle"], 2),
}


@pytest.mark.parametrize("name", ONLY)
def test_only_what_was_asked_for_is_planned(
    folder: Path, name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words, count = ONLY[name]
    monkeypatch.chdir(folder)
    cli.main(["render", "--dry-run", *words], standalone_mode=False)
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == count
    assert all(line.startswith("out/2020/") and line.endswith(".docx") for line in lines)
    assert not (folder / "out").exists()


def test_a_form_done_alone_has_the_name_it_has_among_all(folder: Path) -> None:
    assert run("render", "--only", "shui-dian-bu-zhu", "-o", "别处", cwd=folder).returncode == 0
    assert [*contents(folder / "别处")] == [f"2020/{MANIFEST}", "2020/forms/06-水电补助.docx"]


def test_nothing_matching_is_wrong_usage(folder: Path) -> None:
    found = run("render", "--only", "shui-dian", cwd=folder)
    assert found.returncode == 2
    assert "S06" in found.stderr
    assert "Traceback" not in found.stderr


def test_litter_of_a_killed_run_is_swept(year: Year, tmp_path: Path) -> None:
    forms = tmp_path / "2020" / "forms"
    forms.mkdir(parents=True)
    (forms / f"{writing.TEMPORARY_PREFIX}4711.tmp").write_bytes(b"half")
    publish_whole(year, tmp_path)
    assert not [*tmp_path.rglob("*.tmp")]


def test_the_submission_was_not_changed_by_any_of_this() -> None:
    assert load(ROOT).problems == ()
