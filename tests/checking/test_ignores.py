"""What a comment silences: its line, its file; what wants a reason or hits nothing is told."""

from __future__ import annotations

import pytest

from goalgen.checking.ignores import ignored
from goalgen.errors import Place, Problem, Severity
from goalgen.submission.comments import Ignore
from tests.support.review_cases import FILE, GOOD, PHONE, Texts


def problem(code: str = "F05", line: int = 3, file: str = FILE, project: str = "a", year: int = 2020) -> Problem:
    return Problem(code, "说", Place(file, line, 1), project=project, year=year)


@pytest.mark.parametrize(
    ("ignore", "hits"),
    [
        (Ignore("F05", 3, Place(FILE, 3, 9), "因"), True),
        (Ignore("F05", 4, Place(FILE, 4, 9), "因"), False),
        (Ignore("F05", 3, Place("data/other.yaml", 3, 9), "因"), False),
        (Ignore("F06", 3, Place(FILE, 3, 9), "因"), False),
        (Ignore("F05", 0, Place(FILE, 1, 1), "因"), True),
        (Ignore("F05", 0, Place("data/other.yaml", 1, 1), "因"), False),
    ],
)
def test_a_comment_silences_its_line_or_its_file(ignore: Ignore, hits: bool) -> None:
    assert ignore.hits(problem(), FILE) is hits
    assert ignore.hits(problem(file="data/projects.yaml"), FILE) is (hits and not ignore.line)


def test_what_is_left_are_problems_and_comments_of_no_use() -> None:
    silent = Ignore("F05", 0, Place(FILE, 1, 1), "因")
    bare = Ignore("F06", 3, Place(FILE, 3, 9), "")
    idle = Ignore("F07", 4, Place(FILE, 4, 2), "")
    off = Ignore("F09", 5, Place(FILE, 5, 2), "因")
    shared = problem(file="data/projects.yaml")
    problems = [problem(), shared, problem("F06"), problem("F08"), problem(file="x", year=2021)]
    files = {(2020, "a"): FILE, (2021, "a"): "data/2021/x.yaml"}
    left = ignored(problems, [silent, bare, idle, idle, off], files, frozenset({"F09"}))
    assert left == [
        problem("F08"),
        problem(file="x", year=2021),
        Problem(
            "C02",
            "goalgen: ignore F06 没有写理由",
            bare.place,
            "写成 # goalgen: ignore F06 为什么",
            Severity.WARNING,
            criterion="规范性",
        ),
        Problem(
            "C01",
            "goalgen: ignore F07 没有对上任何问题",
            idle.place,
            "问题已经改好或换了行；删掉这条注释",
            Severity.WARNING,
            criterion="规范性",
        ),
    ]


def test_an_error_is_silenced_by_its_own_file_or_by_the_index() -> None:
    error = Problem("B01", "空着", Place(FILE, 5, 3), severity=Severity.ERROR, project="a", year=2020)
    own = Ignore("B01", 0, Place(FILE, 1, 1), "会议未定")
    other = Ignore("B01", 0, Place("data/other.yaml", 1, 1), "因")
    files = {(2020, "a"): FILE}
    assert ignored([error], [own], files, frozenset()) == []
    assert ignored([error], [other], files, frozenset())[0] == error


def test_an_error_in_a_shared_value_is_silenced_in_the_project_s_own_file() -> None:
    index = "data/projects.yaml"
    error = Problem("P01", "手机号", Place(index, 5, 3), severity=Severity.ERROR, project="a", year=2020)
    files = {(2020, "a"): FILE}
    assert ignored([error], [Ignore("P01", 0, Place(FILE, 1, 1), "因")], files, frozenset()) == []
    assert ignored([error], [Ignore("P01", 5, Place(index, 5, 9), "因")], files, frozenset()) == []
    assert ignored([error], [Ignore("P01", 5, Place(FILE, 5, 9), "因")], files, frozenset())[0] == error


def test_an_ignore_at_the_end_of_a_line_silences_that_line(reviewed: Texts) -> None:
    bad = GOOD.replace(PHONE, "联系电话: 13800000000")
    assert [p.code for p in reviewed(bad)] == ["P01"]
    assert reviewed(bad.replace("13800000000", "13800000000  # goalgen: ignore P01 本人同意公开")) == []


def test_an_ignore_on_its_own_line_silences_the_whole_file(reviewed: Texts) -> None:
    bad = GOOD.replace(PHONE, "联系电话: 13800000000")
    assert reviewed("# goalgen: ignore P01 本人同意公开\n" + bad) == []


def test_an_ignore_that_hits_nothing_is_reported_where_it_stands(reviewed: Texts) -> None:
    (found,) = reviewed(GOOD.replace(PHONE, f"{PHONE} # goalgen: ignore P01 本人同意公开"))
    assert (found.code, found.severity, found.place.line) == ("C01", Severity.WARNING, 31)


def test_an_ignore_wants_a_reason(reviewed: Texts) -> None:
    bad = GOOD.replace(PHONE, "联系电话: 13800000000  # goalgen: ignore P01")
    assert [p.code for p in reviewed(bad)] == ["C02"]


def test_text_in_quotes_is_no_ignore(reviewed: Texts) -> None:
    bad = GOOD.replace(PHONE, '联系电话: "13800000000 # goalgen: ignore P01 不是注释"')
    assert [p.code for p in reviewed(bad)] == ["P01"]
