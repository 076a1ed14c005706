"""`goalgen new`: a project that renders; a code that is taken or badly written is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.command_runs import run


def test_new_adds_a_project_that_renders(tmp_path: Path) -> None:
    run(tmp_path, "init", ".", "--demo")
    result = run(tmp_path, "new", 'R&D: a/b "x"', "--code", "rd")
    assert result.returncode == 0, result.stderr
    assert "data/2020/02-rd.yaml" in result.stdout
    text = (tmp_path / "data/2020/02-rd.yaml").read_text(encoding="utf-8")
    assert "社会公众或服务对象满意度指标:" in text and "# " in text
    assert run(tmp_path, "render").returncode == 0
    assert len(list((tmp_path / "out/2020/forms").glob("02-*.docx"))) == 1


@pytest.mark.parametrize(("code", "fault"), [("da-yuan-lv-hua", "S01"), ("../x", "M08"), ("", "M08")])
def test_new_refuses_a_code_that_is_taken_or_badly_written(tmp_path: Path, code: str, fault: str) -> None:
    run(tmp_path, "init", ".", "--demo")
    before = (tmp_path / "data/projects.yaml").read_bytes()
    result = run(tmp_path, "new", "甲", f"--code={code}")
    assert result.returncode == 2 and f"错误 {fault}" in result.stderr
    assert (tmp_path / "data/projects.yaml").read_bytes() == before
