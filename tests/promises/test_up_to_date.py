"""Only what changed is read and printed again, and the result is that of a full run, byte for byte."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from goalgen.cli import cli
from goalgen.files import cache
from goalgen.printing import printer, publish
from goalgen.submission import reading
from goalgen.submission.index import INDEX
from tests.support.docx_reading import texts_in
from tests.support.places import ROOT
from tests.support.rendering import documents
from tests.support.year_2020 import copied

Work = dict[str, int]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the sixteen of 2020, one stands in it."""
    copied(tmp_path / "申报")
    monkeypatch.chdir(tmp_path / "申报")
    monkeypatch.setenv("GOALGEN_CACHE", str(tmp_path / "cache"))
    return tmp_path / "申报"


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Work:
    """How many files are read and forms filled, counted where that is done."""
    done = {"read": 0, "filled": 0}

    def counted(name: str, function: Callable[..., object]) -> Callable[..., object]:
        def run(*words: object) -> object:
            done[name] += 1
            return function(*words)

        return run

    monkeypatch.setattr(reading, "_read", counted("read", reading._read))
    monkeypatch.setattr(printer, "_fill", counted("filled", printer._fill))
    return done


def render(*words: str) -> str:
    result = CliRunner().invoke(cli, ["render", *words], standalone_mode=False, catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def edited(folder: Path, name: str, old: str, new: str) -> None:
    """A project file with one text changed."""
    path = next((folder / "data" / "2020").glob(f"*{name}.yaml"))
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def taken(work: Work) -> tuple[int, int]:
    """The work done since the last question."""
    found = work["read"], work["filled"]
    work.update(read=0, filled=0)
    return found


def test_what_did_not_change_is_neither_read_nor_filled_again(folder: Path, work: Work) -> None:
    render()
    assert taken(work) == (16, 16)
    before = {path: path.stat().st_mtime_ns for path in (folder / "out").rglob("*.docx")}
    assert len(before) == 17
    assert "17 个文件没有变化" in render()
    assert taken(work) == (0, 0)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    render("--force")
    assert taken(work) == (16, 16)


def test_one_change_reads_one_file_writes_one_form_and_the_bundle(folder: Path, work: Work) -> None:
    render()
    taken(work)
    edited(folder, "shui-dian-bu-zhu", "水电", "用水用电")
    said = render()
    assert taken(work) == (1, 16), "the bundle takes all forms"
    assert "15 个文件没有变化" in said
    made = documents(folder / "out")
    shutil.rmtree(folder / "out")
    render("--force")
    assert documents(folder / "out") == made


def test_without_a_bundle_one_change_fills_one_form(folder: Path, work: Work) -> None:
    render("--no-bundle")
    taken(work)
    edited(folder, "shui-dian-bu-zhu", "水电", "用水用电")
    render("--no-bundle")
    assert taken(work) == (1, 1)


def test_a_comment_is_read_and_changes_no_form(folder: Path, work: Work) -> None:
    render()
    taken(work)
    path = next((folder / "data" / "2020").glob("*.yaml"))
    path.write_text(path.read_text(encoding="utf-8") + "# 备注\n", encoding="utf-8")
    assert "17 个文件没有变化" in render()
    assert taken(work) == (1, 0)


def test_what_all_share_changes_all(folder: Path, work: Work) -> None:
    render()
    taken(work)
    index = folder / INDEX
    text = index.read_text(encoding="utf-8")
    assert "填报日期: 2020-02-10" in text
    index.write_text(text.replace("填报日期: 2020-02-10", "填报日期: 2020-02-11"), encoding="utf-8")
    render()
    assert taken(work) == (16, 16)


def test_another_template_changes_all_and_reads_nothing(folder: Path, work: Work) -> None:
    shutil.copytree(ROOT / "templates", folder / "templates", dirs_exist_ok=True)
    render()
    taken(work)
    path = folder / "templates" / "form_2020.docx"
    path.write_bytes(path.read_bytes() + b"\0")  # the same form in other bytes
    render()
    assert taken(work) == (0, 16)


def test_another_goalgen_takes_nothing_for_done(folder: Path, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    render()
    taken(work)
    monkeypatch.setattr(cache, "fingerprint", lambda: "of another version")
    render()
    assert taken(work) == (16, 16)


@pytest.mark.parametrize("harm", [Path.unlink, Path.touch])
@pytest.mark.parametrize("name", ["forms/06-水电补助.docx", "bundle.docx"])
def test_a_file_that_is_gone_or_was_touched_is_made_again(
    folder: Path, work: Work, name: str, harm: Callable[[Path], object]
) -> None:
    render()
    taken(work)
    made = documents(folder / "out")
    harm(folder / "out" / "2020" / name)
    render()
    assert taken(work) == (0, 1 if name.startswith("forms") else 16)
    assert documents(folder / "out") == made


@pytest.mark.parametrize("spoil", ["", "not a cache", "[]", "{}"])
def test_a_spoilt_cache_is_done_without(folder: Path, work: Work, tmp_path: Path, spoil: str) -> None:
    render()
    made = documents(folder / "out")
    for path in (tmp_path / "cache").iterdir():
        path.write_text(spoil, encoding="utf-8")
    shutil.rmtree(folder / "out")
    taken(work)
    render()
    assert taken(work) == (16, 16)
    assert documents(folder / "out") == made


def test_texts_changed_behind_our_back_are_not_believed(folder: Path, work: Work, tmp_path: Path) -> None:
    render()
    taken(work)
    (path,) = (tmp_path / "cache").glob("projects-*")
    path.write_bytes(path.read_bytes().replace("政务督查经费".encode(), "政务都查经费".encode()))
    shutil.rmtree(folder / "out")
    render()
    assert taken(work)[0] == 1
    assert "政务督查经费" in texts_in((folder / "out/2020/forms/11-政务督查经费.docx").read_bytes())


def test_no_cache_is_no_trouble(folder: Path, work: Work, monkeypatch: pytest.MonkeyPatch) -> None:
    render()
    made = documents(folder / "out")
    for off in ("off", "/dev/null/here"):
        monkeypatch.setenv("GOALGEN_CACHE", off)
        taken(work)
        render()
        assert taken(work) == (16, 0), "what was written is known from the folder itself"
        assert documents(folder / "out") == made
        render("--force")
        assert taken(work) == (16, 16)
        assert documents(folder / "out") == made


def test_a_file_with_a_warning_is_told_of_every_time(folder: Path, work: Work) -> None:
    edited(folder, "shui-dian-bu-zhu", "项目类型: 其他", "项目类型: 其他 #886")
    for _ in range(2):
        result = CliRunner().invoke(cli, ["render"], standalone_mode=False)
        assert "Y12" in result.output
    assert taken(work)[0] == 17


def test_the_errors_check_would_find_are_counted_alike_from_the_cache(folder: Path, work: Work) -> None:
    first = [line for line in render().splitlines() if "审核检查" in line]
    taken(work)
    assert [line for line in render().splitlines() if "审核检查" in line] == first != []
    assert taken(work) == (0, 0)
    found = json.loads(CliRunner().invoke(cli, ["check", "--format", "json"]).stdout)
    assert taken(work) == (0, 0), "check reads on the same road"
    errors = [one for one in found if one["severity"] == "error" and one["project"]]
    assert f"会发现 {len(errors)} 个错误" in first[0]


def test_what_check_read_render_need_not_read_again(folder: Path, work: Work) -> None:
    first = CliRunner().invoke(cli, ["check", "--format", "json"]).stdout
    assert taken(work) == (16, 0)
    render("-q")
    assert taken(work) == (0, 16)
    assert CliRunner().invoke(cli, ["check", "--format", "json"]).stdout == first, "places and all"


def test_quiet_runs_do_not_review(folder: Path, work: Work) -> None:
    assert "审核检查" not in render("-q")
    assert "审核检查" in render()
    assert taken(work)[0] == 16


def test_many_projects_are_not_reviewed_but_check_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reviewed = [line for line in render().splitlines() if "审核检查" in line]
    monkeypatch.setattr(publish, "MAX_REVIEWED", 15)
    (line,) = [line for line in render("--force").splitlines() if "审核检查" in line]
    assert line == "项目多，没有做审核检查；用 goalgen check 查看"
    assert line not in reviewed
    strict = CliRunner().invoke(cli, ["render", "--strict"], standalone_mode=False)
    assert f"{reviewed[0]}\n什么都没有写（--strict）；改好以后再运行一次" in strict.output
    told = [line for line in strict.output.splitlines() if ": 错误 " in line]
    folded = sum(map(int, re.findall(r"错误 \w+ 还有 (\d+) 处", strict.output)))
    assert folded and f"会发现 {len(told) + folded} 个错误" in reviewed[0], "what stops it is listed or counted"


def test_a_rule_across_projects_that_is_an_error_counts_too(folder: Path) -> None:
    """N01: two projects of one name, no error by itself."""
    before = next(line for line in render().splitlines() if "审核检查" in line)
    index = folder / INDEX
    text = index.read_text(encoding="utf-8")
    index.write_text(f"检查:\n  规则: {{N01: 错误}}\n{text}", encoding="utf-8")
    after = next(line for line in render().splitlines() if "审核检查" in line)
    numbers = [int("".join(filter(str.isdigit, line))) for line in (before, after)]
    assert numbers[1] > numbers[0]
    found = json.loads(CliRunner().invoke(cli, ["check", "--format", "json"]).stdout)
    assert numbers[1] == sum(one["severity"] == "error" and bool(one["project"]) for one in found)
