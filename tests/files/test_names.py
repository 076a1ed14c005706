"""Names of written files: inside their folder, unique, openable on Windows, in bundle order, the same each time."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from goalgen.files.names import near_file, safe_name, safe_names

HARD = (
    "../../x",
    "a/b",
    "C:\\x",
    "CON",
    "nul.txt",
    "nul .txt",
    "Com¹.x",
    "conout$",
    "尾点...",
    "尾空格 ",
    "字" * 100,
    "😀" * 80,
    "大院经费",
    "大院经费",
    "Café",
    "CAFÉ",
    unicodedata.normalize("NFD", "Café"),
    "",
    ".",
    "a\nb\tc",
    "\u202egpj.exe",
    "~$锁",
)
NAMES = st.lists(
    st.tuples(st.one_of(st.sampled_from(HARD), st.text(max_size=60)), st.sampled_from(["a", "B-1", ""])), max_size=12
)


@given(NAMES)
@example([(name, f"c{number}") for number, name in enumerate(HARD)])
@example([("同名", f"c{number}") for number in range(101)])
def test_any_names_make_files_that_every_system_opens(pairs: list[tuple[str, str]]) -> None:
    names = safe_names(pairs)
    assert len(names) == len(pairs)
    assert names == sorted(names)
    assert len({unicodedata.normalize("NFC", name).casefold() for name in names}) == len(names)
    for name in names:
        assert not re.search(r'[\x00-\x1f<>:"/\\|?*\u202a-\u202e]', name)
        assert re.match(r"\d{2,}-.*\.docx$", name)
        assert not name.removesuffix(".docx").endswith((" ", "."))
        assert len(name.encode("utf-8", "replace")) <= 255
    assert names == safe_names(pairs)


@pytest.mark.parametrize("name", HARD)
def test_a_cleaned_name_is_one_step_and_no_device(name: str) -> None:
    cleaned = safe_name(name)
    assert cleaned not in ("", ".", "..")
    assert not re.match(r"(?i)(con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|con(in|out)\$) *(\.|$)", cleaned)
    assert safe_name(cleaned) == cleaned


def test_equal_names_carry_their_codes_also_when_only_case_or_unicode_form_differ() -> None:
    pairs = [("Café", "a"), (unicodedata.normalize("NFD", "CAFÉ"), "b"), ("茶", "c")]
    assert safe_names(pairs) == ["01-Café-a.docx", "02-CAFÉ-b.docx", "03-茶.docx"]


def test_a_name_does_not_change_when_a_project_is_added_after_it() -> None:
    pairs = [("甲", "a"), ("乙", "b")]
    assert safe_names([*pairs, ("丙", "c")])[:2] == safe_names(pairs)


def test_a_file_that_is_not_there_has_a_neighbour_by_its_name_whatever_its_ending(tmp_path: Path) -> None:
    for name in ("报送2020.docx", "报送2020.pdf", "说明.txt"):
        (tmp_path / name).touch()
    assert near_file(tmp_path / "报送2021.docx") == near_file(tmp_path / "报送.docx") == tmp_path / "报送2020.docx"
    assert near_file(tmp_path / "报送2020.dcx") == tmp_path / "报送2020.pdf"
    assert near_file(tmp_path / "别的.docx") is None and near_file(tmp_path / "没有" / "甲") is None
    assert near_file(tmp_path / "报") is None
    assert near_file(Path("甲乙.yaml"), [Path("a/甲乙丙.yaml"), Path("b/丁.yaml")]) == Path("a/甲乙丙.yaml")
