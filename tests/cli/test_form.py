"""`goalgen form template`: a Word template beside its spec, never over one that is there unless it is asked for."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.support.command_runs import run
from tests.support.places import ROOT


def submission(folder: Path, name: str = "hexin_101") -> Path:
    (folder / "templates").mkdir()
    shutil.copy(ROOT / "templates" / f"{name}.yaml", folder / "templates")
    return folder / "templates" / f"{name}.docx"


def test_a_template_is_written_beside_its_spec_and_passes_the_check(tmp_path: Path) -> None:
    target = submission(tmp_path)
    result = run(tmp_path, "form", "template", "hexin_101")
    assert (result.returncode, result.stdout) == (
        0,
        "templates/hexin_101.docx：已做好，照“项目支出绩效目标表”的表样说明\n",
    )
    assert "goalgen template check hexin_101" in result.stderr
    assert target.read_bytes() == (ROOT / "templates" / "hexin_101.docx").read_bytes()
    assert run(tmp_path, "template", "check", "hexin_101").stderr.endswith("标签都认得，与表样说明一致\n")


def test_a_template_that_is_there_is_left_alone_without_force(tmp_path: Path) -> None:
    target = submission(tmp_path)
    target.write_bytes(b"mine")
    result = run(tmp_path, "form", "template", "hexin_101")
    assert result.returncode == 2 and target.read_bytes() == b"mine"
    assert (
        result.stderr == "templates/hexin_101.docx: 错误 S08 文件已经存在，没有动它；换一个文件名，或加 --force 覆盖\n"
    )
    assert run(tmp_path, "form", "template", "hexin_101", "--force").returncode == 0
    assert target.read_bytes() != b"mine"


def test_another_place_may_be_named_and_the_spec_by_its_path(tmp_path: Path) -> None:
    target = submission(tmp_path)
    result = run(tmp_path, "form", "template", "templates/hexin_101.yaml", "-o", "新/模板.docx")
    assert result.returncode == 0 and "template check" not in result.stderr
    assert (tmp_path / "新/模板.docx").is_file() and not target.exists()


def test_goalgens_own_template_is_not_written_over_but_may_be_made_elsewhere(tmp_path: Path) -> None:
    before = (ROOT / "templates" / "hexin_101.docx").read_bytes()
    result = run(tmp_path, "form", "template", "hexin_101", "--force")
    assert result.returncode == 2
    assert "S08 这是 goalgen 自带的表样" in result.stderr and "-o templates/hexin_101.docx" in result.stderr
    assert run(tmp_path, "form", "template", "hexin_101", "-o", "a.docx").returncode == 0
    assert (ROOT / "templates" / "hexin_101.docx").read_bytes() == before == (tmp_path / "a.docx").read_bytes()


def test_a_form_that_is_not_there_and_a_spec_with_faults_are_told(tmp_path: Path) -> None:
    submission(tmp_path)
    result = run(tmp_path, "form", "template", "hexin_11")
    assert result.returncode == 2 and "S05" in result.stderr and "hexin_101" in result.stderr
    spec = tmp_path / "templates" / "hexin_101.yaml"
    spec.write_text(spec.read_text(encoding="utf-8").replace("键: 主管部门,", "键: 主管（部门）,"), encoding="utf-8")
    result = run(tmp_path, "form", "template", "hexin_101")
    assert result.returncode == 2
    assert "D05 “主管（部门）”不能做模板里的名称；键只用汉字、字母、数字" in result.stderr
