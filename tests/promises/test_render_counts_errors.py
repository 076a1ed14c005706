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


def test_render_folds_problems_of_a_kind_in_a_file_and_says_where_all_are(tmp_path: Path) -> None:
    submission(tmp_path, {}, {"编号": "b"})
    bad = "绩效指标:\n  数量指标:\n" + "    - {指标: 甲, 年份: 1}\n" * 5
    for name in ("01", "02"):
        (tmp_path / f"data/2020/{name}.yaml").write_text(
            f"编号: a{name}\n项目名称: 甲\n预算单位: 乙\n{bad}", encoding="utf-8"
        )
    refused = CliRunner().invoke(render, [str(tmp_path)]).stderr
    assert refused.count(" M01 绩效指标") == 6
    assert refused.count("    错误 M01 还有 2 处：第 9、10 行；goalgen check --all 全部列出\n") == 2
    assert "共 10 个错误" in refused


def test_strict_folds_the_findings_too(tmp_path: Path) -> None:
    submission(tmp_path, {"绩效指标": {"数量指标": [{"指标": f"第{n}项", "年度": ""} for n in "甲乙丙丁戊"]}})
    refused = CliRunner().invoke(render, [str(tmp_path), "--strict"]).stderr
    assert refused.count(": 错误 I04") == 3 and "错误 I04 还有 2 处" in refused and "会发现 6 个错误" in refused
