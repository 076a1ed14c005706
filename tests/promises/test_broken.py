"""Bad inputs, named by their defect: each gives exactly the lines of its table, kindly worded, and in bounded time."""

import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from goalgen import source
from goalgen.errors import CODES, Problem
from goalgen.source.reading import MAX_YAML_BYTES
from goalgen.submission.index import INDEX, open_index
from goalgen.submission.project_file import read_file
from goalgen.submission.submission import load
from tests.support.broken_inputs import GOOD, LISTED, cases, expected, lay_out, line, problems
from tests.support.places import BROKEN

CASES = cases()
TABLE = expected()


def given(case: str, root: Path, monkeypatch: pytest.MonkeyPatch) -> list[Problem]:
    lay_out(case, root)
    monkeypatch.chdir(root)
    return problems(root)


def test_the_table_and_the_folder_name_the_same_inputs() -> None:
    assert len(CASES) >= 100
    assert sorted(TABLE) == CASES
    assert sum(not lines for lines in TABLE.values()) <= 8, "good inputs are the exception"


@pytest.mark.parametrize("case", CASES)
def test_a_bad_input_gives_exactly_its_lines(case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = given(case, tmp_path, monkeypatch)
    assert [line(problem, tmp_path) for problem in found] == TABLE[case]


@pytest.mark.parametrize("case", [case for case in CASES if TABLE[case]])
def test_a_message_is_one_chinese_line_with_a_remedy(
    case: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for problem in given(case, tmp_path, monkeypatch):
        text = str(problem)
        assert len(text.splitlines()) == 1
        assert text.isprintable() or re.search("[\u200b\u3000]", text), ascii(text)
        assert re.match(r"[^:]+(:\d+:\d+)?: (错误|警告) [A-Z]\d\d ", text)
        assert problem.code in CODES
        assert re.search("[一-鿿]{2}", problem.message)
        assert problem.hint, f"no remedy: {text}"
        assert "Traceback" not in text and "Error" not in text


@pytest.mark.parametrize("case", [case for case in CASES if case.startswith("project/") and TABLE[case]])
def test_a_place_lies_in_the_file(case: str) -> None:
    text = (BROKEN / case).read_bytes().decode("utf-8-sig", "replace")
    lines = re.split("\r\n?|\n", text)
    for entry in TABLE[case]:
        row, column = map(int, entry.split(": ")[0].split(":")[1:])
        assert row <= len(lines)
        assert column <= len(lines[row - 1]) + 1


HEAVY = {
    "a list 10,000 levels deep in brackets": (b"a: " + b"[ " * 10_000, ["1:26 Y11"]),
    "a mapping 10,000 levels deep in braces": (b"{a: " * 10_000, ["1:49 Y11"]),
    "a list 10,000 levels deep in dashes": (b"- " * 10_000 + b"x", ["1:25 Y11"]),
    "keys 1,000 levels deep": ("".join(" " * n + "a:\n" for n in range(1000)).encode(), ["13:13 Y11"]),
    "100,000 brackets that close nothing": (b"a: " + b"]" * 100_000, [f"1:{n} Y07" for n in range(4, 33)]),
    "a text of 1.9 million letters": (b"a: " + b"x" * 1_900_000, []),
    "a quoted text of 1.9 million letters": (b'a: "' + b"x" * 1_900_000 + b'"', []),
    "a quote that never closes, 1.9 million letters": (b'a: "' + b"x" * 1_900_000, ["1:4 Y07"]),
    "a file over two million bytes": (b"a: b\n" * 400_001, [" Y11"]),
    "two million NUL bytes": (b"\0" * 2_000_000, [f"1:{n} Y03" for n in range(1, 21)] + ["1:20 Y03", "1:1 Y09"]),
    "billion laughs": (
        b"a: &a [lol, lol]\n" + b"".join(b"%c: &%c [*%c, *%c]\n" % (n, n, n - 1, n - 1) for n in range(98, 122)),
        None,
    ),
    "100 full-width colons": ("\n".join(f"k{n}：v" for n in range(100)).encode(), None),
    "60,000 full-width colons": ("\n".join(f"k{n}：v\nb{n}: x" for n in range(60_000)).encode(), None),
    "200 tabs": (b"a:\n" + b"".join(b"\tb%d: c\n" % n for n in range(200)), None),
    "100 unquoted signs": (b"".join(b"k%d: @x\n" % n for n in range(100)), None),
    "100 open quotes": (b"".join(b'k%d: "x\n' % n for n in range(101)), None),
    "1.9 million blanks in a line": (b"a:" + b" " * 1_900_000 + b"@", ["1:1900003 Y06"]),
    "a key of 1.9 million letters": (b"x" * 1_900_000 + b": y", ["1:1 Y07"]),
}


def steps(call: Callable[[], source.Document]) -> tuple[source.Document, int]:
    """What a call gives, and how many functions it took: the same on every machine, unlike the time."""
    count = 0

    def counted(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(counted)
    try:
        return call(), count
    finally:
        sys.setprofile(None)


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_input_is_answered_in_few_steps(name: str) -> None:
    data, places = HEAVY[name]
    document, count = steps(lambda: source.read(data, "f"))
    found = document.problems
    assert count < 100_000 + 7 * len(data), "as the size, not as its square"
    if places is None:
        assert found
    else:
        assert [f"{problem.place}"[2:] + f" {problem.code}" for problem in found] == places


def test_brackets_too_many_for_the_parser_itself_are_too_deep() -> None:
    """PyYAML 6.0.4 gives up at 1,000 of them, before it tells of the first when no blank parts them."""
    found = source.read(b"a: " + b"[" * 10_000, "f").problems
    assert [problem.code for problem in found] == ["Y11"]


def test_two_problems_of_one_file_and_of_several_files_come_in_one_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = given("folder/problems-in-several-files", tmp_path, monkeypatch)
    assert len({problem.place.file for problem in found}) == 4
    assert len([problem for problem in found if problem.place.file.endswith("c.yaml")]) == 2


@pytest.mark.parametrize(
    ("case", "hint"),
    [
        ("project/unknown-key.yaml", "你是不是想写“项目类型”"),
        ("project/money-with-thousands.yaml", "写 1520.5"),
        ("project/money-full-width-digits.yaml", "写 152.5"),
        ("project/money-with-unit.yaml", "写 152.5"),
        ("project/money-in-yuan.yaml", "这里的单位是万元，写 152.5"),
        ("project/money-underscore.yaml", "写 1000"),
        ("project/choice-not-offered.yaml", "你是不是想写“其他”"),
        ("project/zero-width-in-key.yaml", "里面有看不见的字符 U+200B，请重新打一遍"),
        ("project/missing-code.yaml", "加一行 编号: da-yuan-lv-hua"),
        ("index/file-missing.yaml", "你是不是想写 2020/a.yaml"),
        ("index/form-unknown.yaml", "你是不是想写 form_2020"),
    ],
)
def test_the_remedy_names_what_was_meant(case: str, hint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert given(case, tmp_path, monkeypatch)[0].hint == hint


def test_a_file_with_only_warnings_is_printed(tmp_path: Path) -> None:
    lay_out("project/hash-cuts-a-value.yaml", tmp_path)
    (entry,) = load(tmp_path).years[0].entries
    assert entry.project is not None
    assert entry.project.name == "大院维修"


def test_a_project_file_that_cannot_be_read_is_one_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    document = read_file(tmp_path / "none.yaml")
    assert [str(problem).split("：")[0] for problem in document.problems] == ["none.yaml: 错误 Y01 文件读不到"]
    document = read_file(tmp_path)
    assert document.problems[0].code == "Y01"


def test_a_project_file_over_the_limit_is_not_read_into_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "big.yaml"
    with path.open("wb") as file:
        file.truncate(3_000_000_000)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"read {path}"))
    assert read_file(path).problems[0].code == "Y11"


def test_the_committed_good_submission_has_no_problem(tmp_path: Path) -> None:
    data = tmp_path / "data" / "2020"
    data.mkdir(parents=True)
    (data / "a.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "data" / "projects.yaml").write_text(LISTED.format(name="a.yaml"), encoding="utf-8")
    assert problems(tmp_path) == []
    shutil.rmtree(tmp_path / "data")


def test_a_province_s_list_is_read(tmp_path: Path) -> None:
    """projects.yaml may be longer than a project file: every line of it is judged."""
    (tmp_path / "data").mkdir()
    lines = f"      - 2020/{'x' * 40}.yaml\n" * 45_000
    index = tmp_path / INDEX
    index.write_text(f"年度:\n  2020:\n    表样: form_2020\n    项目:\n{lines}", encoding="utf-8")
    assert index.stat().st_size > MAX_YAML_BYTES
    (year,) = open_index(tmp_path).years
    assert [problem.code for problem in year.problems] == ["S02", *["S04"] * 44_999]
