"""What render says of the review: the errors that check finds, counted alike; refused when strict."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from click.testing import CliRunner

from goalgen.cli.render import command as render
from tests.support.review_cases import GOOD, run, submission


def test_render_counts_no_error_that_the_file_itself_silences(tmp_path: Path) -> None:
    submission(tmp_path, {})
    path = tmp_path / "data" / "2020" / "01.yaml"
    bad = GOOD.replace("项目类型: 其他", "项目类型:")
    path.write_text(bad, encoding="utf-8")
    assert "审核检查会发现 1 个错误" in CliRunner().invoke(render, [str(tmp_path), "-n"]).stderr
    path.write_text(f"# goalgen: ignore B03 等文件下来再选\n{bad}", encoding="utf-8")
    assert "审核检查" not in CliRunner().invoke(render, [str(tmp_path), "-n"]).stderr


def test_render_tells_the_count_and_refuses_when_strict(tmp_path: Path) -> None:
    submission(tmp_path, {"总体目标": {"年度": ""}})
    told = CliRunner().invoke(render, [str(tmp_path)])
    assert told.exit_code == 0 and "1 个错误" in told.stderr
    refused = CliRunner().invoke(render, [str(tmp_path), "--strict", "-o", str(tmp_path / "other")])
    assert getattr(refused.exception, "exit_code", 0) == 1
    assert not (tmp_path / "other").exists()
    shutil.rmtree(tmp_path / "out")


def test_render_counts_one_name_twice_in_a_unit_as_check_does(tmp_path: Path) -> None:
    submission(tmp_path, {}, {"编号": "other"})
    found = json.loads(run(str(tmp_path), "--format", "json", "--select", "N01")[1])
    assert [(item["code"], item["severity"]) for item in found] == [("N01", "error")] * 2
    refused = CliRunner().invoke(render, [str(tmp_path), "--strict"])
    assert getattr(refused.exception, "exit_code", 0) == 1 and "2 个错误" in refused.stderr
    assert not (tmp_path / "out").exists()
