"""The review as a workbook: filterable, frozen, the same each time."""

from __future__ import annotations

import io
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

from click.testing import CliRunner

from goalgen.cli.check import command
from tests.support.places import ROOT
from tests.support.review_cases import run


def test_xlsx_is_filterable_frozen_and_the_same_each_time(tmp_path: Path) -> None:
    paths = [tmp_path / "a.xlsx", tmp_path / "b.xlsx"]
    for path in paths:
        assert run(str(ROOT), "--format", "xlsx", "-o", str(path))[0] == 1
    assert paths[0].read_bytes() == paths[1].read_bytes()
    with ZipFile(io.BytesIO(paths[0].read_bytes())) as book:
        sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    tags = {element.tag.rpartition("}")[2] for element in sheet.iter()}
    assert {"autoFilter", "pane", "hyperlink"} <= tags
    assert CliRunner().invoke(command, [str(ROOT), "--format", "xlsx"]).exit_code != 0
