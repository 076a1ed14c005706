"""What stands on either side of a comparison: years, folders, files, revisions, filled forms; and the words that name them."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from goalgen.diff import arguments, filled_forms, sides
from goalgen.diff.sides import ReadSide, SubmissionYears
from goalgen.diff.values import Side, Unread
from goalgen.errors import GoalgenError, Place, Problem, Severity
from goalgen.files import revision
from goalgen.files.git import git_output
from goalgen.files.revision import Revision, commit_of, files_of
from goalgen.forms import pack
from goalgen.printing.printer import Printer
from goalgen.submission.submission import load
from tests.support.docx_making import changed
from tests.support.finding_making import form, project
from tests.support.places import ROOT
from tests.support.project_making import Horizon, filler, goals, indicator, indicators, overview, phone, replace
from tests.support.removing import remove
from tests.support.review_cases import GOOD, merged, values, write

PERSON = ("-c", "user.name=n", "-c", "user.email=n@example.org", "-c", "commit.gpgsign=false")
WRONG = "编号: {}\n项目名称: 坏的\n项目资金: {{年度: {{总额: 三}}}}\n预算单位: 乙\n"
INDEX: dict[str, Any] = {
    "部门": "衡阳市政府办",
    "单位": [{"名称": "衡阳市人民政府办公室", "简称": ["市政府办", "府办"]}, {"名称": "衡阳市信访局"}],
    "年度": {
        "2020": {"表样": "form_2020", "项目": ["2020/a.yaml", "2020/坏 的.yaml"]},
        "2021": {"表样": "form_2020", "项目": ["2021/a.yaml"], "变更说明": {"b": "任务完成"}},
    },
}


def in_git(folder: Path, *words: str) -> None:
    subprocess.run(["git", *PERSON, *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A submission of two years in a repository, a project of 2020 with an error in it; nothing changes it."""
    folder = tmp_path_factory.mktemp("desk").resolve()
    for year in ("2020", "2021"):
        (folder / "data" / year).mkdir(parents=True)
        write(folder / "data" / year / "a.yaml", merged(values(GOOD), {"编号": "a", "填报人": f"人{year}"}))
    bad = folder / "data/2020/坏 的.yaml"
    bad.write_text(WRONG.format("B"), encoding="utf-8", newline="\n")
    write(folder / "data/projects.yaml", INDEX)
    (folder / "说明.txt").write_text("不是表", encoding="utf-8")
    in_git(folder, "init", "-q")
    in_git(folder, "add", "-A")
    in_git(folder, "commit", "-qm", "一")
    in_git(folder, "tag", "v1")
    write(folder / "data/2021/a.yaml", merged(values(GOOD), {"编号": "a", "填报人": "后来的人"}))
    bad.write_text(WRONG.format("C"), encoding="utf-8")
    return folder


@pytest.fixture
def at(desk: Path) -> Iterator[Callable[[str], Path]]:
    """Somebody standing in the submission; gives the paths in it."""
    before = Path.cwd()
    os.chdir(desk)
    yield lambda name: desk / name
    os.chdir(before)


At = Callable[[str], Path]


def refused(call: Callable[[], object]) -> Problem:
    with pytest.raises(GoalgenError) as caught:
        call()
    return caught.value.problems[-1]


def only(side: object) -> tuple[str, int, list[str]]:
    assert isinstance(side, Side)
    return side.label, side.year, [filler(one) for one in side.projects]


def whole_side(root: Path) -> SubmissionYears:
    return SubmissionYears("", load(root))


def sources(words: Sequence[str], folder: Path) -> tuple[ReadSide, ReadSide]:
    return sides.read_sides(*arguments.named_sides(words, folder))


# ---- years of a submission


def test_a_year_of_a_submission_has_its_projects_and_what_could_not_be_read(at: At) -> None:
    whole = whole_side(at("."))
    assert (whole.years, whole.label) == ((2020, 2021), "")
    first = whole.side(2020)
    assert only(first) == ("2020 年度", 2020, ["人2020"])
    assert first.unread == (Unread("data/2020/坏 的.yaml", "C", "坏的"),)
    assert [problem.code for problem in first.problems] == ["M04"]
    assert first.department == "衡阳市政府办"
    assert first.aliases == {"市政府办": "衡阳市人民政府办公室", "府办": "衡阳市人民政府办公室"}
    assert (first.gone, first.alone, first.printed, first.form) == ({}, False, False, form())
    second = whole.side(2021)
    assert (only(second), second.problems, second.gone) == (("2021 年度", 2021, ["后来的人"]), (), {"b": "任务完成"})
    assert replace(whole, label="备份").side(2020).label == "备份 的 2020 年度"
    none = replace(whole, label="v1").side(2019)
    assert (none.label, none.year, none.projects) == ("v1 的 2019 年度（没有）", 2019, ())
    assert none.form == form()
    assert sides.of_year(whole.submission.years[1]).label == "2021 年度"


def test_problems_belong_to_the_year_of_their_file_or_to_all(at: At) -> None:
    whole = whole_side(at("."))
    places = ("data/2020/坏 的.yaml", "data/2020/x.yaml", "data/2021/a.yaml", "data/2021/y.yaml", "data/projects.yaml")
    problems = tuple(Problem("S01", name, Place(name)) for name in places)
    told = replace(whole, submission=replace(whole.submission, problems=problems))
    assert [one.message for one in told.side(2020).problems] == [places[0], places[1], places[4]]
    assert [one.message for one in told.side(2021).problems] == [places[2], places[3], places[4]]


def test_of_a_file_that_is_no_project_nothing_is_known(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/x.yaml").write_text("- 编号: a\n", encoding="utf-8")
    (tmp_path / "data/y.yaml").write_text("编号:\n项目名称: [甲]\n", encoding="utf-8")
    write(tmp_path / "data/projects.yaml", {"年度": {"2020": {"表样": "form_2020", "项目": ["x.yaml", "y.yaml"]}}})
    unread = whole_side(tmp_path).side(2020).unread
    assert [(Path(one.file).name, one.code, one.name) for one in unread] == [("x.yaml", "", ""), ("y.yaml", "", "")]


# ---- one project file


def test_a_project_file_is_read_by_the_submission_that_lists_it(at: At) -> None:
    side = sides.read_project(at("data/2021/a.yaml"))
    assert (only(side), side.alone) == (("data/2021/a.yaml", 2021, ["后来的人"]), True)
    assert (side.form, side.department) == (form(), "衡阳市政府办")
    assert refused(lambda: sides.read_project(at("data/2020/坏 的.yaml"))).code == "M04"


def test_a_project_file_that_nobody_lists_is_read_by_itself(at: At, tmp_path: Path) -> None:
    shutil.copy(at("data/2021/a.yaml"), tmp_path / "a.yaml")
    side = sides.read_project(tmp_path / "a.yaml")
    assert (only(side), side.alone) == (((tmp_path / "a.yaml").as_posix(), 0, ["后来的人"]), True)
    assert (side.form, side.projects[0].year) == (form(), 0)
    (tmp_path / "b.yaml").write_text("编号: b\n", encoding="utf-8")
    assert refused(lambda: sides.read_project(tmp_path / "b.yaml")).code == "M02"
    beside = at("data/2021/extra.yaml")
    shutil.copy(tmp_path / "a.yaml", beside)
    try:
        assert only(sides.read_project(beside)) == ("data/2021/extra.yaml", 0, ["后来的人"])
    finally:
        beside.unlink()


def test_without_the_form_a_project_file_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pack, "BUILT_IN_FOLDERS", ())
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    found = refused(lambda: sides.read_project(tmp_path / "a.yaml"))
    assert found == Problem("S05", "找不到表样 form_2020", Place((tmp_path / "a.yaml").as_posix()))
    for name in ("form_2020.yaml", "form_2020.docx"):
        shutil.copy(ROOT / "templates" / name, tmp_path / name)
    assert len(sides.read_project(tmp_path / "a.yaml").projects) == 1


# ---- a revision


def test_a_revision_is_read_as_the_disk_is(at: At) -> None:
    files = files_of(at("data/2020"), "v1")
    assert (files.root, files.name, len(files.blobs)) == (at(".").resolve(), "v1", 5)
    path = at("data/2021/a.yaml")
    assert "人2021" in files.read(path).decode()
    assert files.read(path, 3) == files.read(path)[:3] == b'{"\xe7'
    assert files.read(path, 0) == b""
    assert files.is_file(path) and not files.is_file(at("data")) and not files.is_file(at("data/2021/b.yaml"))
    assert files.is_folder(at("data")) and not files.is_folder(path) and not files.is_folder(at("dat"))
    assert files.shown(path) == "v1:data/2021/a.yaml"
    with pytest.raises(FileNotFoundError) as caught:
        files.read(at("data/2021/b.yaml"))
    assert (caught.value.errno, caught.value.strerror) == (errno.ENOENT, "v1 里没有这个文件")


def test_a_revision_finds_files_by_pattern_never_across_folders(at: At) -> None:
    files = files_of(at("."), "v1")
    assert files.matching(at("data"), "*/*.yaml") == [
        at("data/2020/a.yaml"), at("data/2020/坏 的.yaml"), at("data/2021/a.yaml"),
    ]  # fmt: skip
    assert files.matching(at("data"), "*.yaml") == [at("data/projects.yaml")]
    assert files.matching(at("data/2020"), "a.*") == [at("data/2020/a.yaml")]
    assert files.matching(at("data/202"), "*") == []


def test_files_of_one_kind_in_one_folder_are_read_together(at: At, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    answer = git_output

    def counted(root: Path, *words: str, data: bytes = b"") -> bytes:
        asked.append(data)
        return answer(root, *words, data=data)

    files = files_of(at("."), "v1")
    monkeypatch.setattr(revision, "git_output", counted)
    first = files.read(at("data/2020/a.yaml"))
    assert set(files.contents) == {"data/2020/a.yaml", "data/2020/坏 的.yaml"}
    assert files.read(at("data/2020/坏 的.yaml")).startswith("编号: B\n".encode())
    assert (files.read(at("data/2020/a.yaml")), len(asked)) == (first, 1)
    files.read(at("data/projects.yaml"))
    assert (set(files.contents) - {"data/projects.yaml"}, len(asked)) == (
        {"data/2020/a.yaml", "data/2020/坏 的.yaml"},
        2,
    )


def test_only_plain_files_are_taken_from_a_revision(tmp_path: Path) -> None:
    in_git(tmp_path, "init", "-q")
    (tmp_path / "run.sh").write_bytes(b"x\n\n")
    (tmp_path / "run.sh").chmod(0o755)
    (tmp_path / "空").write_bytes(b"")
    strange = "a\tb" if sys.platform != "win32" else "a b"  # which Windows has no name for
    (tmp_path / strange).write_bytes(b"tab")
    (tmp_path / "link").symlink_to("run.sh")
    in_git(tmp_path, "add", "-A")
    in_git(tmp_path, "commit", "-qm", "一")
    files = files_of(tmp_path, "HEAD")
    assert sorted(files.blobs) == [strange, "run.sh", "空"]
    assert (files.read(tmp_path / "run.sh"), files.read(tmp_path / "空")) == (b"x\n\n", b"")


def test_a_content_that_git_has_lost_is_told(at: At) -> None:
    files = Revision(at("."), "v1", {"a.yaml": "0" * 40})
    with pytest.raises(GoalgenError) as caught:
        files.read(at("a.yaml"))
    assert caught.value.exit_code == 3
    assert refused(lambda: files.read(at("a.yaml"))) == Problem("R03", "git 仓库里缺这个文件的内容", Place("v1:a.yaml"))


def test_a_revision_that_is_not_there_is_told(at: At, tmp_path: Path) -> None:
    found = refused(lambda: files_of(at("."), "v9"))
    assert found == Problem(
        "R02", "没有 v9 这个版本", Place("."), "git log --oneline 列出有哪些版本；浅克隆里没有旧版本"
    )
    assert len(commit_of(at("."), "HEAD") or "") == 40
    assert commit_of(at("."), "HEAD") == commit_of(at("."), "v1")
    assert commit_of(at("."), "--all") is None
    in_git(tmp_path, "init", "-q")
    assert refused(lambda: files_of(tmp_path, "HEAD")).hint == "这个仓库还没有提交过"
    bare = tmp_path / "not"
    bare.mkdir()
    remove(tmp_path / ".git")
    found = refused(lambda: files_of(bare, "HEAD"))
    assert (found.code, found.hint) == ("R01", "写年度、文件夹或文件；要对照以前的版本，先用 git init 建仓库并提交")


# ---- words


def named(at: At, *words: str) -> list[tuple[str, object]]:
    """What words name: of a year or project its label and fillers, of a submission its label and years."""
    return [
        (side.label, side.years)
        if isinstance(side, SubmissionYears)
        else (side.label, [filler(one) for one in side.projects])
        for side in sources(words, at("."))
    ]


def test_words_name_both_sides(at: At) -> None:
    here, v1, head = ("", (2020, 2021)), ("v1", (2020, 2021)), ("HEAD", (2020, 2021))
    year, before = ("2021 年度", ["后来的人"]), ("2020 年度", ["人2020"])
    file = ("data/2021/a.yaml", ["后来的人"])
    assert named(at) == [head, here]
    assert named(at, "v1") == [v1, here]
    assert named(at, "v1..") == named(at, "v1", "HEAD") == [v1, head]
    assert named(at, "..v1") == [head, v1]
    assert named(at, "2021") == named(at, "2020", "2021") == [before, year]
    assert named(at, "data/2021/a.yaml") == [head, file]
    assert named(at, "v1", "data/2021/a.yaml") == [v1, file]
    assert named(at, ".", "data/2020") == [(".", (2020, 2021)), ("data/2020", ["人2020"])]


def test_a_revision_is_what_was_committed(at: At) -> None:
    then, now = sources(("v1",), at("."))
    assert isinstance(then, SubmissionYears) and isinstance(now, SubmissionYears)
    assert [filler(one.side(2021).projects[0]) for one in (then, now)] == ["人2021", "后来的人"]
    assert then.side(2020).unread == (Unread("v1:data/2020/坏 的.yaml", "B", "坏的"),)


def test_a_file_may_have_two_dots_in_its_name(at: At, tmp_path: Path) -> None:
    shutil.copy(at("data/2021/a.yaml"), at("a..b.YML"))
    try:
        assert named(at, "a..b.YML") == [("HEAD", (2020, 2021)), ("a..b.YML", ["后来的人"])]
    finally:
        at("a..b.YML").unlink()


@pytest.mark.parametrize(
    ("words", "code", "message", "place", "hint"),
    [
        (("a", "b", "c"), "R04", "写了 3 个，最多写两边", "goalgen diff", arguments._WRITE_BOTH_SIDES),
        (("2020",), "R04", "2020 之前没有别的年度", "data/projects.yaml", arguments._WRITE_BOTH_SIDES),
        (("data",), "R04", "只有一边", "data", arguments._WRITE_BOTH_SIDES),
        (("说明.txt",), "R04", "只有一边", "说明.txt", arguments._WRITE_BOTH_SIDES),
        (("说明.txt2", "2020"), "R02", "没有 说明.txt2：不是年度、文件或文件夹，也不是 git 的版本", "goalgen diff",
         "你是不是想写 说明.txt"),
        (("甲乙", "2020"), "R02", "没有 甲乙：不是年度、文件或文件夹，也不是 git 的版本", "goalgen diff",
         "git log --oneline 列出有哪些版本；浅克隆里没有旧版本"),
        (("v1...v2",), "R04", "不认识 v1...v2", "goalgen diff", "写两个点：v1..v2"),
        (("2019", "2020"), "S06", "没有 2019 年度可以对照", "data/projects.yaml", "有：2020、2021"),
        (("2020", ".git/config"), "R04", "不认识这种文件", ".git/config",
         "可以是项目文件（.yaml）、填好的表（.docx）、文件夹、年度或 git 版本"),
    ],
)  # fmt: skip
def test_words_that_name_nothing_are_told(
    at: At, words: tuple[str, ...], code: str, message: str, place: str, hint: str
) -> None:
    assert refused(lambda: sources(words, at("."))) == Problem(code, message, Place(place), hint)


def test_a_year_that_cannot_be_read_comes_with_its_faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data/2020").mkdir(parents=True)
    write(tmp_path / "data/2020/a.yaml", values(GOOD))
    years = {"2020": {"表样": "form_2020", "项目": ["2020/a.yaml"]}, "2021": {"表样": "form_1999", "项目": []}}
    write(tmp_path / "data/projects.yaml", {"年度": years})
    in_git(tmp_path, "init", "-q")
    with pytest.raises(GoalgenError) as caught:
        sources(("2020", "2021"), tmp_path)
    assert [(one.code, one.hint) for one in caught.value.problems][1:] == [("S06", "有：2020")]
    assert caught.value.problems[0].code == "S05"
    remove(tmp_path / ".git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", tmp_path.parent.as_posix())
    assert refused(lambda: sources(("v1",), tmp_path)) == Problem(
        "R01", "没有 v1：不是年度、文件或文件夹，这里也不是 git 仓库", Place("goalgen diff"), "核对名字"
    )
    assert refused(lambda: sources((), tmp_path)).message == "这里不是 git 仓库"
    monkeypatch.setenv("PATH", "")
    assert refused(lambda: sources(("v1",), tmp_path)).message == "这里没有 git"


def test_a_folder_is_a_year_only_where_the_submission_says_so(at: At, tmp_path: Path) -> None:
    for folder in (tmp_path / "2020", at("data/其他")):
        folder.mkdir()
        assert refused(lambda folder=folder: sources((str(folder), "v1"), at("."))).code == "K02"  # type: ignore[misc]
        folder.rmdir()


def test_outside_of_a_submission_only_files_and_folders_have_a_side(
    at: At, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission = at(".")
    monkeypatch.chdir(tmp_path)
    shutil.copy(submission / "data/2021/a.yaml", tmp_path / "a.yaml")
    found = sources(("a.yaml", submission.as_posix()), tmp_path)
    assert isinstance(found[1], SubmissionYears) and found[1].label == submission.as_posix()
    assert only(found[0]) == ("a.yaml", 0, ["后来的人"])
    for words in (("2020",), ("2020", "a.yaml"), ()):
        assert refused(lambda words=words: sources(words, tmp_path)).code == "S07"  # type: ignore[misc]


# ---- which years are compared


def years_of(at: At, *years: int) -> SubmissionYears:
    whole = whole_side(at("."))
    kept = tuple(one for one in whole.submission.years if one.year in years)
    return replace(whole, submission=replace(whole.submission, years=kept))


@pytest.mark.parametrize(
    ("old", "new", "year", "compared"),
    [
        ((2020,), (2020, 2021), None, [(2021, 2021), (2020, 2020)]),
        ((2020, 2021), (2020, 2021), 2020, [(2020, 2020)]),
        (2020, 2021, None, [(2020, 2021)]),
        (2020, (2020, 2021), None, [(2020, 2020)]),
        ((2020, 2021), 2020, None, [(2020, 2020)]),
        ((2021,), 2020, None, [(2021, 2020)]),
        (2020, (2020, 2021), 2021, [(2020, 2021)]),
    ],
)
def test_sides_are_compared_year_by_year_the_latest_first(
    at: At, old: Any, new: Any, year: int | None, compared: list[tuple[int, int]]
) -> None:
    def source(years: Any) -> ReadSide:
        return whole_side(at(".")).side(years) if isinstance(years, int) else years_of(at, *years)

    found = sides.pairs(source(old), source(new), year)
    assert [(before.year, after.year) for before, after in found] == compared


def test_a_year_that_no_side_holds_is_told(at: At) -> None:
    whole, one = whole_side(at(".")), whole_side(at(".")).side(2020)
    assert refused(lambda: sides.pairs(whole, one, 2019)) == Problem(
        "S06", "两边都没有 2019 年度", Place("--year"), "有：2020、2021"
    )
    assert refused(lambda: sides.pairs(one, one, 2020)) == Problem(
        "R04", "两边各只有一个年度", Place("--year"), "去掉 --year"
    )
    nothing = replace(
        whole, submission=replace(whole.submission, years=(), problems=(Problem("S05", "x", Place("y")),))
    )
    assert refused(lambda: sides.pairs(nothing, nothing, None)).code == "S05"


# ---- filled forms


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two filled forms in a folder, without a submission around them."""
    folder = tmp_path_factory.mktemp("printed").resolve()
    printer = Printer(form())
    for name, change in (("一", "填报人: 张三"), ("二", "项目名称: 另一个项目\n填报人: 李四")):
        (folder / f"{name}.docx").write_bytes(printer.document(printer.fill(project(change))))
    return folder


def test_filled_forms_are_a_side(printed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(printed)
    side = filled_forms.side(printed)
    assert (only(side), side.printed, side.alone, side.problems) == ((".", 2020, ["张三", "李四"]), True, False, ())
    assert [str(one.place("项目资金.年度.总额")) for one in side.projects] == ["一.docx", "二.docx"]
    alone = filled_forms.side(printed / "二.docx")
    assert (only(alone), alone.alone, alone.printed) == (("二.docx", 2020, ["李四"]), True, True)
    assert only(sources(("一.docx", "."), printed)[0]) == ("一.docx", 2020, ["张三"])
    assert only(sources(("一.docx", "."), printed)[1])[2] == ["张三", "李四"]


def test_filled_forms_are_read_by_the_form_packs_of_the_submission_one_stands_in(
    printed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    spec = tmp_path / "templates/form_2020.yaml"
    text = spec.read_text(encoding="utf-8")
    spec.write_text(text.replace("金额单位: 万元", "金额单位: 元"), encoding="utf-8")
    assert filled_forms.side(printed / "一.docx").form.money_unit == "万元"
    monkeypatch.chdir(tmp_path)
    assert filled_forms.side(printed / "一.docx").form.money_unit == "元"


def test_forms_that_cannot_be_read_do_not_hide_the_others(printed: Path, tmp_path: Path) -> None:
    for path in printed.iterdir():
        shutil.copy(path, tmp_path)
    (tmp_path / "三.docx").write_bytes(b"no Word file")
    side = filled_forms.side(tmp_path)
    assert (len(side.projects), [one.code for one in side.problems]) == (2, ["K01"])
    for name in ("一.docx", "二.docx"):
        (tmp_path / name).unlink()
    assert refused(lambda: filled_forms.side(tmp_path)).code == "K01"


def test_what_could_not_be_placed_on_a_form_is_told(
    printed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    data = (printed / "一.docx").read_bytes()
    Path("坏.docx").write_bytes(changed(data, "word/document.xml", ">108<", ">一百零八<"))
    side = filled_forms.side(Path("坏.docx"))
    assert len(side.projects) == 1
    (told, *_) = side.problems
    assert (told.code, told.severity, told.place) == ("K03", Severity.WARNING, Place("坏.docx"))
    assert told.message.endswith("“一百零八”没有归位") and told.hint == "没有参加对照，请看原文件"


def test_beside_a_filled_form_a_project_is_what_it_prints() -> None:
    one = replace(
        project(),
        name=" 甲  乙 ",
        unit="丙\n丁",
        overview={"使用范围": "一\n二", "绩效分配方式": ("因素法",)},
        goals={Horizon.ANNUAL: " 好 "},
        indicators=(
            indicator("数量指标", "次  数", "9次", None),
            indicator("数量指标", "次  数", None, " 3次 "),
            indicator("质量指标", "率", "", None),
        ),
        filler="张 三 ",
        phone=" 1",
    )
    (found,) = filled_forms.as_printed(Side("", 2020, form(), (one,))).projects
    assert (found.name, found.unit, filler(found), phone(found)) == ("甲 乙", "丙 丁", "张 三", "1")
    assert {key: text for key, text in overview(found).items() if text} == {
        "使用范围": "一 二",
        "绩效分配方式": ("因素法",),
    }
    assert goals(found)[Horizon.ANNUAL] == "好"
    assert indicators(found) == (
        indicator("数量指标", "次 数", "9次", "3次"),
        indicator("质量指标", "率", "", None),
    )
    # its indicators are other rows than in its file: places in it would be wrong
    assert one.origin and found.origin
    assert (found.origin.file, found.origin.node.entries) == (one.origin.file, ())
    same = replace(one, indicators=(indicator("数量指标", "次数", "9次", "3次"),))
    assert filled_forms.as_printed(Side("", 2020, form(), (same,))).projects[0].origin == one.origin
    without = replace(one, origin=None)
    assert filled_forms.as_printed(Side("", 2020, form(), (without,))).projects[0].origin is None


def test_only_beside_a_filled_form(at: At, printed: Path) -> None:
    year = whole_side(at(".")).side(2020)
    spaced = replace(year, projects=(replace(year.projects[0], name="甲  乙"),))
    form_side = filled_forms.side(printed / "一.docx")
    assert sides.pairs(spaced, year, None)[0][0].projects[0].name == "甲  乙"
    for old, new in ((spaced, form_side), (form_side, spaced)):
        assert "甲 乙" in [one.name for both in sides.pairs(old, new, None)[0] for one in (both.projects[0],)]
