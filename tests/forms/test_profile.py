"""The review profile: its mistakes are told at their place."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from goalgen.cli.check import command
from goalgen.errors import GoalgenError
from goalgen.forms import pack
from goalgen.forms.profile import load_profile
from tests.support.places import ROOT
from tests.support.review_cases import submission


def test_a_review_profile_with_mistakes_is_told_and_one_that_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission(tmp_path, {})
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    path = tmp_path / "templates" / "review.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(?m)^金额小数位:.*", "金额小数位: [2]", text), encoding="utf-8")
    result = CliRunner().invoke(command, [str(tmp_path)])
    line = text[: text.index("金额小数位:")].count("\n") + 1
    assert f"templates/review.yaml:{line}:8: 错误 M03" in result.output
    assert getattr(result.exception, "exit_code", 0) == 2
    path.unlink()
    monkeypatch.setattr(pack, "BUILT_IN_FOLDERS", ())
    with pytest.raises(GoalgenError, match=r"review\.yaml: 错误 Y01 文件读不到"):
        load_profile(tmp_path / "templates")
