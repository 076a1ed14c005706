"""What is left out of a template that can be used is said by `template check`, once."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.support.command_runs import run
from tests.support.places import ROOT


def test_what_is_left_out_of_a_template_is_said(tmp_path: Path) -> None:
    """The case is a document made from a unit's own .dotx, which Word notes by its path."""
    templates = tmp_path / "templates"
    templates.mkdir()
    spec = (ROOT / "templates" / "form_2020.yaml").read_text(encoding="utf-8")
    spec = spec.replace("表样: form_2020", "表样: t").replace("模板: form_2020.docx", "模板: t.docx")
    (templates / "t.yaml").write_text(spec, encoding="utf-8")
    shutil.copy(ROOT / "tests" / "word" / "template" / "cases" / "attached-template.docx", templates / "t.docx")
    said = run(tmp_path, "template", "check", "t")
    assert said.returncode == 0, said.stderr
    notes = [line for line in said.stdout.splitlines() if line.startswith("templates/t.docx: 提示 ")]
    assert len(notes) == 1 and "模板附加在别的模板（.dotx）上" in notes[0]
