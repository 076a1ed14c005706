"""`goalgen form list`, `check`, `new`: packs are listed, checked with all faults at once, and copied."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.support.command_runs import run
from tests.support.places import ROOT


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "projects.yaml").write_text("部门: 某局\n年度: {}\n", encoding="utf-8")
    for ending in ("yaml", "docx"):
        shutil.copy(ROOT / "templates" / f"form_2020.{ending}", tmp_path / "templates" / f"biao.{ending}")
    spec = tmp_path / "templates" / "biao.yaml"
    text = (
        spec.read_text(encoding="utf-8").replace("表样: form_2020", "表样: biao").replace("form_2020.docx", "biao.docx")
    )
    spec.write_text(text, encoding="utf-8")
    return tmp_path


def edit(folder: Path, old: str, new: str) -> None:
    spec = folder / "templates" / "biao.yaml"
    text = spec.read_text(encoding="utf-8")
    assert old in text
    spec.write_text(text.replace(old, new), encoding="utf-8")


def test_packs_are_listed_with_what_they_are_and_where(folder: Path) -> None:
    (folder / "templates" / "review.yaml").write_text("金额小数位: 2\n", encoding="utf-8")
    result = run(folder, "form", "list")
    assert result.returncode == 0, result.stderr
    (own,) = (line for line in result.stdout.splitlines() if line.startswith("biao "))
    assert own.split() == [
        "biao",
        "专项资金绩效目标申报表",
        "申报",
        "财预〔2015〕88号附表式样",
        "万元",
        "templates/biao.yaml",
    ]
    assert "xiangmu_88" in result.stdout and "review" not in result.stdout and "words" not in result.stdout


def test_a_pack_that_cannot_be_read_is_listed_and_told(folder: Path) -> None:
    edit(folder, "金额单位: 万元", "金额单位: 块")
    result = run(folder, "form", "list")
    assert result.returncode == 2 and "（读不了）" in result.stdout and "form_2020" in result.stdout
    assert "templates/biao.yaml:9:7: 错误 M05" in result.stderr


def test_a_good_pack_says_what_is_idle_and_what_import_cannot_read(folder: Path) -> None:
    result = run(folder, "form", "check", "biao")
    assert result.returncode == 0, result.stderr
    assert "templates/biao.yaml: 提示 L04 没有" in result.stdout and "条规则" in result.stdout
    assert "L05" not in result.stdout, "a form of 2020 comes back whole"
    assert "都可以用" in result.stderr
    edit(folder, "    排法: 并排\n", "    排法: 并排\n    合计: {年度: 合计}\n")
    assert "D04 模板没有用到 绩效指标.合计.年度" in run(folder, "form", "check", "biao").stdout


def test_spec_and_template_are_told_in_one_run(folder: Path) -> None:
    edit(folder, "角色: 名称", "角色: 名")
    (folder / "templates" / "biao.docx").write_bytes(b"x")
    result = run(folder, "form", "check", "biao")
    assert result.returncode == 2
    assert "templates/biao.yaml:" in result.stderr and "templates/biao.docx: 错误 D01" in result.stderr
    (folder / "templates" / "biao.docx").unlink()
    assert "D01" not in run(folder, "form", "check", "biao").stderr


def test_a_template_without_what_is_compulsory_or_of_another_name_is_refused(folder: Path) -> None:
    edit(folder, "表样: biao", "表样: bia")
    edit(folder, "      - {键: 项目名称, 必填", "      - {键: 征收单位, 必填: 是}\n      - {键: 项目名称, 必填")
    result = run(folder, "form", "check", "biao")
    assert result.returncode == 2
    assert "templates/biao.yaml:3:5: 错误 D05 表样叫“bia”，文件名却是 biao.yaml" in result.stderr
    assert "templates/biao.docx: 错误 D04 模板没有用到 征收单位，这一项是必填的" in result.stderr
    (folder / "templates" / "biao.docx").write_bytes(b"x")
    result = run(folder, "form", "check", "biao")
    assert "D01" in result.stderr and "L04" in result.stderr


def test_a_pack_is_copied_under_a_new_name(folder: Path) -> None:
    result = run(folder, "form", "new", "lian_yuan", "--from", "biao")
    assert result.returncode == 0, result.stderr
    assert result.stdout == "templates/lian_yuan.yaml\ntemplates/lian_yuan.docx\n"
    assert run(folder, "form", "check", "lian_yuan").returncode == 0
    again = run(folder, "form", "new", "lian_yuan", "--from", "form_2020")
    assert again.returncode == 2 and again.stderr.count("错误 S08") == 2
    assert "错误 L06" in run(folder, "form", "new", "a/b", "--from", "biao").stderr
    assert "错误 S05" in run(folder, "form", "new", "b", "--from", "bioa").stderr
    (folder / "templates" / "biao.docx").unlink()
    assert "biao.docx: 错误 D01" in run(folder, "form", "new", "b", "--from", "biao").stderr
    assert not (folder / "templates" / "b.yaml").exists()


def test_outside_of_a_submission_packs_lie_in_templates_here(tmp_path: Path) -> None:
    result = run(tmp_path, "form", "new", "jia", "--from", "form_2020")
    assert result.returncode == 0 and (tmp_path / "templates" / "jia.docx").is_file()


def test_a_form_that_import_finds_nothing_on_is_told(folder: Path) -> None:
    """Its name stands on no form, so that a filled one is not known for a form."""
    edit(folder, "{键: 项目名称, 必填: 是", "{键: 项目名称, 标签: 名, 必填: 是")
    edit(folder, "名称: 专项资金绩效目标申报表", "名称: 没有这几个字")
    assert "L05 填好的表导入不了" in run(folder, "form", "check", "biao").stdout
