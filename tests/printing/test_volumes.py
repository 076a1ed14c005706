"""A long bundle comes in volumes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from goalgen.forms import Form
from goalgen.forms.project import Project
from goalgen.printing import volumes
from goalgen.printing.printer import Printer
from goalgen.submission.submission import Submission
from goalgen.word import bundle
from tests.support.bundle_templates import MADE
from tests.support.docx_reading import BODY, parts_in, sound, texts_in
from tests.support.project_making import replace
from tests.support.publishing import publish_whole
from tests.support.rendering import documents


def test_a_long_bundle_comes_in_volumes_each_sound_with_every_form_once(
    submission: Submission, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    year = submission.years[0]
    whole = publish_whole(year, tmp_path / "whole")
    assert whole.exit_code == 0
    monkeypatch.setattr(volumes.Volumes.__init__, "__defaults__", ("bundle", 300_000))
    outcome = publish_whole(year, tmp_path / "out")
    bound = sorted(path for path in outcome.written if path.parent.name == "2020")
    assert [path.name for path in bound] == ["bundle-2.docx", "bundle-3.docx", "bundle-4.docx", "bundle.docx"]
    in_order = [bound[-1], *bound[:-1]]
    texts = [text for path in in_order for text in texts_in(sound(path.read_bytes()))]
    assert texts == texts_in((tmp_path / "whole" / "2020" / "bundle.docx").read_bytes())
    assert all(len(parts_in(path.read_bytes())[BODY]) < 400_000 for path in bound)
    again = publish_whole(year, tmp_path / "out")
    assert (again.written, len(again.unchanged)) == ([], 20)
    monkeypatch.setattr(volumes.Volumes.__init__, "__defaults__", ("bundle", volumes.MAX_VOLUME_BYTES))
    os.utime(bound[0], (2e9, 2e9))
    fewer = publish_whole(year, tmp_path / "out")
    assert [path.name for path in fewer.removed] == ["bundle-2.docx", "bundle-3.docx", "bundle-4.docx"]
    assert documents(tmp_path / "out") == documents(tmp_path / "whole")


def test_no_volume_has_more_lists_than_word_keeps_apart(
    form: Form, sixteen: tuple[Project, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three lists a form: no fourth form goes into a volume of ten lists."""
    template = tmp_path / "t.docx"
    template.write_bytes(MADE["two lists of one definition, levels, another start, bullets"])
    monkeypatch.setattr(bundle, "MAX_LISTS", 10)
    printer = Printer(replace(form, template=template))
    bound = volumes.Volumes(printer.press.assembler, tmp_path / "out")
    (tmp_path / "out").mkdir()
    for number, project in enumerate(sixteen[:7], 1):
        bound.add(printer.press.assembler.leaf(printer.fill(project), number))
    drafts = bound.finished()
    placed = [draft.path for draft in drafts if draft.place()]
    assert [path.name for path in placed] == ["bundle.docx", "bundle-2.docx", "bundle-3.docx"]
    forms = [parts_in(sound(path.read_bytes()))[BODY].count(b"<w:sectPr") for path in placed]
    assert forms == [3, 3, 1]
