"""What was written into a year's folder is known again, and nothing else is taken for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from goalgen.files.cache import digest_of
from goalgen.printing import manifest as manifest_module
from goalgen.printing.manifest import MANIFEST, Manifest, Redo, take_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A year's folder as a whole run leaves it: two forms and a bundle."""
    (tmp_path / "forms").mkdir()
    manifest = Manifest(tmp_path)
    for name, made_of in (("forms/01-甲.docx", "a"), ("forms/02-乙.docx", "b"), ("bundle.docx", "ab")):
        (tmp_path / name).write_text(name, encoding="utf-8")
        manifest.note(name, made_of, digest_of(name.encode()))
    manifest.settle(["01-甲.docx", "02-乙.docx"], ["bundle.docx"])
    manifest.keep()
    return tmp_path


def test_a_file_is_fresh_while_it_is_made_of_the_same_and_nobody_touched_it(folder: Path) -> None:
    manifest = Manifest(folder)
    assert manifest.fresh("forms/01-甲.docx", "a")
    assert not manifest.fresh("forms/01-甲.docx", "b")
    assert not manifest.fresh("forms/03-丙.docx", "a")
    assert manifest.made_of("ab") == ["bundle.docx"]
    assert not Manifest(folder, Redo.UNCHANGED).fresh("forms/01-甲.docx", "a")


def test_a_run_that_looks_at_one_file_keeps_what_is_known_of_the_others_unless_they_were_touched(folder: Path) -> None:
    (folder / "forms/02-乙.docx").write_text("von Hand", encoding="utf-8")
    partial = Manifest(folder)
    assert partial.fresh("forms/01-甲.docx", "a")
    partial.keep()
    after = Manifest(folder)
    assert after.fresh("forms/01-甲.docx", "a")
    assert after.fresh("bundle.docx", "ab")
    assert not after.fresh("forms/02-乙.docx", "b"), "it was touched before the manifest was written anew"


def test_what_a_whole_run_no_longer_makes_is_given_back_once(folder: Path) -> None:
    manifest = Manifest(folder)
    assert manifest.replaced(["01-甲.docx"], ["bundle.docx"]) == [folder / "forms/02-乙.docx"]
    manifest.settle(["01-甲.docx"], ["bundle.docx"])
    manifest.keep()
    kept = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    assert kept["forms"] == ["01-甲.docx"]
    assert "forms/02-乙.docx" not in kept["written"]
    assert Manifest(folder).replaced(["01-甲.docx"], []) == []


def test_the_manifest_of_an_earlier_goalgen_names_what_may_be_removed_and_nothing_fresh(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text('{"forms": ["01-甲.docx"], "bundle.docx": ["bundle.docx"]}', encoding="utf-8")
    manifest = Manifest(tmp_path)
    assert not manifest.unreadable
    assert not manifest.fresh("forms/01-甲.docx", "a")
    assert manifest.replaced(["02-乙.docx"], []) == [tmp_path / "forms/01-甲.docx"]


def test_of_no_forms_is_no_bundle(folder: Path) -> None:
    gone = Manifest(folder).replaced([], [])
    assert {path.relative_to(folder).as_posix() for path in gone} >= {"forms/01-甲.docx", "bundle.docx"}


@pytest.mark.parametrize("text", ["not json", "[]", '{"written": {"a": 1}}', '{"written": []}'])
def test_a_manifest_that_goalgen_did_not_write_is_said_to_be_so(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text, encoding="utf-8")
    assert Manifest(tmp_path).unreadable


def test_names_that_lead_out_of_the_folder_are_not_believed(tmp_path: Path) -> None:
    names = ["../x.docx", "a/b.docx", "..", "/etc/x", 7, "01-甲.docx"]
    (tmp_path / MANIFEST).write_text(json.dumps({"forms": names}), encoding="utf-8")
    assert Manifest(tmp_path).replaced([], []) == [tmp_path / "forms/01-甲.docx"]


def test_a_file_that_cannot_be_looked_into_is_taken_for_somebodys(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> str:
        raise PermissionError(path)

    (folder / "forms/02-乙.docx").write_text("von Hand", encoding="utf-8")
    monkeypatch.setattr(manifest_module, "digest_of_file", refuse)
    assert Manifest(folder).foreign("forms/02-乙.docx")


def test_taking_in_leaves_a_manifest_of_somebody_elses_alone(tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text("not json", encoding="utf-8")
    (tmp_path / "bundle.docx").write_text("x", encoding="utf-8")
    take_in(tmp_path / "bundle.docx")
    assert (tmp_path / MANIFEST).read_text(encoding="utf-8") == "not json"
