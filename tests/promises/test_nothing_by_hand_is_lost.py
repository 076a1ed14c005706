"""What somebody changed by hand in out/ is never put back in silence: it stays, is told, and there are two ways on."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest
from docx import Document

from goalgen.printing.manifest import MANIFEST
from goalgen.printing.year import publish_year
from goalgen.submission.submission import load
from tests.support.command_runs import run
from tests.support.docx_reading import texts_in
from tests.support.rendering import documents
from tests.support.year_2020 import copied

FORM = Path("out/2020/forms")
BUNDLE = Path("out/2020/bundle.docx")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sixteen of 2020, rendered; one stands in the folder."""
    copied(tmp_path / "申报")
    monkeypatch.chdir(tmp_path / "申报")
    monkeypatch.setenv("GOALGEN_CACHE", str(tmp_path / "cache"))
    assert goalgen("render").exit_code == 0
    return tmp_path / "申报"


class Told(NamedTuple):
    """Hold what a run ended with and said."""

    exit_code: int
    output: str


def goalgen(*words: str) -> Told:
    done = run(Path.cwd(), *words)
    assert "Traceback" not in done.stderr
    return Told(done.returncode, done.stdout + done.stderr)


def form(name: str) -> Path:
    """The printed form whose file name holds this."""
    return next(path for path in sorted(FORM.iterdir()) if name in path.name)


def by_hand(path: Path, old: str, new: str) -> bytes:
    """Change a text of a form as Word does, and return what the file holds then."""
    document = Document(str(path))
    paragraphs = [p for table in document.tables for row in table.rows for cell in row.cells for p in cell.paragraphs]
    found = [piece for paragraph in paragraphs for piece in paragraph.runs if old in piece.text]
    assert found
    for piece in found:
        piece.text = piece.text.replace(old, new)
    document.save(str(path))
    return path.read_bytes()


def in_yaml(name: str, old: str, new: str) -> None:
    path = next(Path("data/2020").glob(f"*{name}*.yaml"))
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("options", [[], ["--force"], ["--only", "shui-dian-bu-zhu"], ["--no-bundle"]], ids=" ".join)
@pytest.mark.parametrize("changed_too", [False, True], ids=["YAML as it was", "YAML changed too"])
def test_a_corrected_form_stays_and_is_told_with_the_two_ways_on(
    folder: Path, options: list[str], changed_too: bool
) -> None:
    kept = by_hand(form("水电补助"), "不影响工作", "不误工作")
    if changed_too:
        in_yaml("shui-dian-bu-zhu", "不影响工作", "不妨碍工作")
    result = goalgen("render", *options)
    path = form("水电补助")
    assert result.exit_code == 1
    assert path.read_bytes() == kept
    line = next(line for line in result.output.splitlines() if "O04" in line)
    assert line.startswith(f"{path.as_posix()}: 警告 O04 ")
    assert "goalgen import --update" in line
    assert "--overwrite-edited" in line
    assert goalgen("render", *options).exit_code == 1, "it is told again as long as it stands so"


def test_the_other_forms_and_the_bundle_are_brought_up_to_date_meanwhile(folder: Path) -> None:
    by_hand(form("水电补助"), "不影响工作", "不误工作")
    in_yaml("hui-wu", "正常会务环境", "良好会务环境")
    result = goalgen("render")
    assert "良好会务环境" in "".join(texts_in(form("会务").read_bytes()))
    assert "良好会务环境" in "".join(texts_in(BUNDLE.read_bytes()))
    assert "合订本照 YAML 做，与没有动的表不同" in result.output


def test_overwriting_makes_the_form_anew_and_it_is_known_again(folder: Path) -> None:
    before = documents(Path("out"))
    by_hand(form("水电补助"), "不影响工作", "不误工作")
    assert goalgen("render", "--overwrite-edited").exit_code == 0
    assert documents(Path("out")) == before
    assert goalgen("render").exit_code == 0


def test_what_was_imported_is_made_anew_without_a_word(folder: Path) -> None:
    by_hand(form("水电补助"), "不影响工作", "不误工作")
    taken = goalgen("import", "--update", str(form("水电补助")))
    assert taken.exit_code == 0, taken.output
    result = goalgen("render")
    assert (result.exit_code, "O04" in result.output) == (0, False)
    assert "不误工作" in "".join(texts_in(form("水电补助").read_bytes()))


def test_a_corrected_bundle_stays(folder: Path) -> None:
    kept = by_hand(BUNDLE, "不影响工作", "不误工作")
    in_yaml("hui-wu", "正常会务环境", "良好会务环境")
    result = goalgen("render")
    assert (result.exit_code, BUNDLE.read_bytes() == kept) == (1, True)
    assert f"{BUNDLE.as_posix()}: 警告 O04 " in result.output
    assert not [*Path("out/2020").glob(".goalgen-*")]
    assert goalgen("render", "--overwrite-edited").exit_code == 0
    assert "良好会务环境" in "".join(texts_in(BUNDLE.read_bytes()))


@pytest.mark.parametrize(
    "touched",
    [
        os.utime,
        lambda path: path.chmod(0o640),
        lambda path: path.write_bytes(path.read_bytes()),
        Path.unlink,
    ],
    ids=["touched", "other mode", "written back", "deleted"],
)
def test_a_file_that_still_holds_what_was_written_is_no_ones_work(
    folder: Path, touched: Callable[[Path], object]
) -> None:
    touched(form("水电补助"))
    in_yaml("shui-dian-bu-zhu", "不影响工作", "不妨碍工作")
    assert goalgen("render").exit_code == 0
    assert "不妨碍工作" in "".join(texts_in(form("水电补助").read_bytes()))


def test_a_file_of_that_name_which_goalgen_never_wrote_stays(folder: Path) -> None:
    path = form("水电补助")
    Path("out/2020", MANIFEST).unlink()
    path.write_bytes(b"someone's own")
    result = goalgen("render")
    assert (result.exit_code, path.read_bytes()) == (1, b"someone's own")
    assert result.output.count("O04") == 1, "what holds just what would be written needs no word"


def test_a_corrected_form_of_a_project_that_is_gone_is_not_removed(folder: Path) -> None:
    path = form("水电补助")
    kept = by_hand(path, "不影响工作", "不误工作")
    in_yaml("shui-dian-bu-zhu", "项目名称: ", "项目名称: 改名的")
    result = goalgen("render")
    assert (result.exit_code, path.read_bytes() == kept) == (1, True)
    assert "也没有删" in result.output
    assert form("改名的").is_file()


def test_of_many_the_first_are_told_and_their_number(folder: Path) -> None:
    for path in FORM.iterdir():
        path.write_bytes(path.read_bytes() + b" ")
    result = goalgen("render")
    assert result.output.count("O04") == 3
    assert "手工改过、没有动的文件一共 16 个，上面说了 3 个" in result.output


def test_a_bundle_of_some_has_a_name_of_its_own(folder: Path) -> None:
    whole = BUNDLE.read_bytes()
    planned = goalgen("render", "--only", "驻京办", "--bundle", "--dry-run").output
    assert "bundle-部分.docx" in planned
    result = goalgen("render", "--only", "驻京办", "--bundle")
    assert result.exit_code == 0
    assert BUNDLE.read_bytes() == whole
    assert "bundle-部分.docx" in result.output
    partial = Path("out/2020/bundle-部分.docx")
    assert 0 < len(partial.read_bytes()) < len(whole)
    assert "17 个文件没有变化" in goalgen("render").output
    assert partial.is_file()


def test_the_manifest_of_an_earlier_goalgen_still_tells_what_was_changed(folder: Path) -> None:
    manifest = Path("out/2020", MANIFEST)
    about = manifest.stat()
    kept = json.loads(manifest.read_text(encoding="utf-8"))
    kept["written"] = {name: words[:2] for name, words in kept["written"].items()}
    manifest.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
    os.utime(manifest, ns=(about.st_atime_ns, about.st_mtime_ns))
    by_hand(form("水电补助"), "不影响工作", "不误工作")
    in_yaml("hui-wu", "正常会务环境", "良好会务环境")
    assert goalgen("render").output.count("O04") == 1


def test_where_nothing_can_be_foretold_nothing_is_written(folder: Path) -> None:
    """Each process notes what it is about to write; a folder stands where that note would."""
    in_yaml("hui-wu", "正常会务环境", "良好会务环境")
    before = documents(Path("out"))
    year = load(Path.cwd()).years[0]
    (Path("out/2020") / f".goalgen-foretold-{os.getpid()}").mkdir()
    done = publish_year(year, year.entries, Path("out"))
    assert (done.exit_code, {problem.code for problem in done.problems}) == (3, {"O01"})
    assert documents(Path("out")) == before
