"""`fmt` mends hygiene and nothing else, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from goalgen import source
from goalgen.authoring.formatting import MendedText, mend_files, mend_text
from goalgen.cli import main
from goalgen.cli.fmt import command
from goalgen.submission.index import open_index
from goalgen.text.typography import mended
from tests.support.messy_texts import messy
from tests.support.review_cases import plain
from tests.support.year_2020 import copied

ORDER = ("编号", "项目名称", "总体目标", "填报人")


def formatted(text: str, file: str, order: Sequence[str]) -> MendedText:
    root = source.parse(text, file).root
    assert root is not None
    return mend_text(text, root, file, order)


def document(text: str) -> object:
    read = source.parse(text, "a.yaml")
    assert not read.problems, (text, read.problems)
    return plain(read.root)


@given(messy, messy)
def test_values_change_as_listed_and_everything_else_stays(one: str, other: str) -> None:
    import json

    text = f"# 注释,别动\n编号: a\n项目名称: {json.dumps(one)} # 这里,也别动\n总体目标: {{年度: {json.dumps(other)}}}\n"
    one, other = (re.sub("\r\n?", "\n", value) for value in (one, other))  # as every value is read
    result = formatted(text, "a.yaml", ORDER)
    assert document(result.text) == {"编号": "a", "项目名称": mended(one), "总体目标": {"年度": mended(other)}}
    assert formatted(result.text, "a.yaml", ORDER) == (result.text, ())
    assert [(c.old, c.new) for c in result.mendings] == [(t, mended(t)) for t in (one, other) if mended(t) != t]
    assert result.text.startswith("# 注释,别动\n编号: a\n") and " # 这里,也别动\n" in result.text


@given(st.permutations(ORDER))
def test_keys_come_into_order_with_their_comments(keys: list[str]) -> None:
    text = "# 头\n\n" + "".join(f"# 说{key}\n{key}: 甲 # 尾\n" for key in keys)
    result = formatted(text, "a.yaml", ORDER)
    assert sorted(result.text.split("\n")) == sorted(text.split("\n"))
    read = source.parse(result.text, "a.yaml").root
    assert isinstance(read, source.Mapping)
    assert tuple(key.text for key, _ in read.entries) == ORDER
    assert formatted(result.text, "a.yaml", ORDER).mendings == ()


def test_an_unsafe_plain_value_gets_quotes() -> None:
    result = formatted("项目名称: 　# 号开头\n", "a.yaml", ORDER)
    assert document(result.text) == {"项目名称": "# 号开头"}


def test_line_ends_and_a_missing_last_one_stay() -> None:
    result = formatted("项目名称: 调査\r\n编号: a", "a.yaml", ORDER)
    assert result.text == "编号: a\r\n项目名称: 调查"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = copied(tmp_path)
    for path in (made / "data").rglob("*.yaml"):
        path.write_bytes(re.sub(rb"  # goalgen: keep [^\n]*", b"", path.read_bytes()))
    return made


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("项目名称: 调査　 # goalgen: keep 照原件\n", True),
        ("# goalgen：keep\n项目名称: 调査\n", True),
        ("项目名称: 调査 # goalgen: keeper\n", False),
        ('项目名称: "调査 # goalgen: keep"\n', False),
    ],
)
def test_what_is_to_be_kept_is_left_as_it_is(comment: str, left: bool) -> None:
    assert (formatted(comment, "a.yaml", ORDER).text == comment) == left


def test_a_comment_keeps_its_own_line_only() -> None:
    text = "编号: a # goalgen: keep 原样\n项目名称: 调査\n"
    assert formatted(text, "a.yaml", ORDER).text == text.replace("査", "查")


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(command, list(words))
    return getattr(result.exception, "exit_code", result.exit_code), result.stdout


def test_the_sixteen_forms_are_mended_once(folder: Path) -> None:
    """Forms 5, 12 and 14 hold what fmt mends; a byte order mark stays."""
    marked = folder / "data" / "2020" / "12-zong-he-diao-yan.yaml"
    marked.write_bytes(b"\xef\xbb\xbf" + marked.read_bytes())
    before = {path: path.read_bytes() for path in (folder / "data").rglob("*.yaml")}
    assert run(str(folder), "--check")[0] == 1
    code, difference = run(str(folder), "--diff")
    assert code == 0 and '+    - {指标: 租赁房屋数量, 中长期: "1套房屋"' in difference
    assert {path: path.read_bytes() for path in before} == before
    code, said = run(str(folder))
    changed = sorted(path.name[:2] for path in before if path.read_bytes() != before[path])
    assert (code, changed) == (0, ["05", "12", "14"])
    assert '"1套\\n房屋" → "1套房屋"' in said
    assert marked.read_bytes().startswith(b"\xef\xbb\xbf# yaml")
    assert run(str(folder), "--check") == (0, "")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("项目名称：大院\n编号: a\n".encode(), "1:5: 错误 Y05"),
        ("编号: a\n项目名称: 大院\n".encode("gbk"), "1:1: 错误 Y02"),
        ("- 编号: a\n".encode(), "1:1: 错误 M03 这里应是“键: 值”"),
    ],
)
def test_a_broken_file_is_left_alone_and_told(data: bytes, said: str, folder: Path) -> None:
    path = folder / "data" / "2020" / "01-bao-an-zhuan-fu-jing.yaml"
    path.write_bytes(data)
    result = CliRunner().invoke(command, [str(path)])
    assert getattr(result.exception, "exit_code", 0) == 2
    assert f"{path.name}:{said}" in result.stderr
    assert path.read_bytes() == data


def test_nothing_is_written_before_it_is_asked_for(folder: Path) -> None:
    before = {path: path.read_bytes() for path in (folder / "data").rglob("*.yaml")}
    found = list(mend_files(open_index(folder), [], must_be_listed=True))
    changed = [file for file in found if file.changed]
    assert (len(found), len(changed)) == (16, 3)
    assert {path: path.read_bytes() for path in before} == before
    for file in changed:
        file.write()
    assert not any(file.changed for file in mend_files(open_index(folder), [], must_be_listed=True))


@pytest.mark.parametrize(("written", "mended"), [("'调査'", "'调查'"), ('"调査"', '"调查"'), ('"调\\t査"', '"调查"')])
def test_quotes_stay_where_they_can_hold_the_text(written: str, mended: str) -> None:
    assert formatted(f"项目名称: {written}\n", "a.yaml", ORDER).text == f"项目名称: {mended}\n"


def test_the_command_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["goalgen", "fmt", "--help"])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 0


def test_what_has_no_keys_is_not_put_in_order() -> None:
    assert formatted("- 　甲\n", "a.yaml", ORDER).text == "- 甲\n"
