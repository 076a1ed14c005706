"""roll changes exactly what must change for the next year, and leaves every other byte alone."""

import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from goalgen import source
from goalgen.authoring import roll
from goalgen.authoring.next_year import plan_year
from goalgen.cli import cli
from goalgen.errors import GoalgenError
from goalgen.source.editing import applied
from goalgen.source.shapes import Window
from goalgen.submission.comments import marks_in
from goalgen.submission.submission import load
from tests.support.project_making import filed, form_2020
from tests.support.year_2020 import copied

WINDOW = Window(2020, 2022)


def mapping(text: str) -> source.Mapping:
    document = source.parse(text, "x.yaml")
    assert not document.problems
    assert isinstance(document.root, source.Mapping)
    return document.root


def rolled(text: str) -> str:
    return roll.rolled_project(text, mapping(text), form_2020(), WINDOW, 2020, 2021).text


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copied(tmp_path, "templates")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("中长期年限: 2020-2022 # 三年\n", "中长期年限: 2021-2023 # 三年\n"),
        ("项目概况: {起止年限: 2020年-2022年}\n", "项目概况: {起止年限: 2021年-2023年}\n"),
        ("项目概况:\n  起止年限: 2020年1月至2022年12月\n", "项目概况:\n  起止年限: 2021年1月至2023年12月\n"),
        ("项目概况:\n  起止年限: 2016年-2025年\n", "项目概况:\n  起止年限: 2016年-2025年\n"),
        ("总体目标: {中长期: 2020—2022年建成}\n", "总体目标: {中长期: 2021—2023年建成}\n"),
        (
            "总体目标: {中长期: 接续2018-2019年}\n",
            "总体目标: {中长期: 接续2018-2019年}  # 待核 上年：中长期 接续2018-2019年\n",
        ),
        ("填报日期: 2020-02-10\n", "填报日期:  # 待核 上年：填报日期 2020-02-10\n"),
        ("{填报日期: 2020-02-10}\n", "{填报日期: }  # 待核 上年：填报日期 2020-02-10\n"),
        ("填报日期: '2020-02-10' # 改\n编号: a\n", "填报日期: # 改  # 待核 上年：填报日期 2020-02-10\n编号: a\n"),
        (
            "项目资金: {年度: {总额: 5, 财政拨款: 5}}",
            "项目资金: {年度: {总额: 5, 财政拨款: 5}}  # 待核 上年：总额 5、财政拨款 5",
        ),
        ("项目资金:\r\n  年度:\r\n    总额: 5\r\n", "项目资金:\r\n  年度:\r\n    总额: 5  # 待核 上年：总额 5\r\n"),
        ("总体目标:\n  年度: |\n    检查5次\n", "总体目标:\n  年度: |  # 待核 上年：年度 检查5次\n    检查5次\n"),
        ('总体目标: {年度: "办5件\n  事"}\n', '总体目标: {年度: "办5件\n  事"}  # 待核 上年：年度 办5件 事\n'),
        (
            "总体目标: {年度: 办5件, 中长期: a\n  b}\n",
            "总体目标: {年度: 办5件, 中长期: a\n  b}  # 待核 上年：年度 办5件\n",
        ),
        ("联系电话: 2020-2022\n", "联系电话: 2020-2022\n"),
        ("项目概况: {立项依据: 《办法》（衡财〔2020〕7号）}\n", "项目概况: {立项依据: 《办法》（衡财〔2020〕7号）}\n"),
        ("项目名称: 2020年大会\n", "项目名称: 2020年大会  # 待核 上年：项目名称 2020年大会\n"),
        ("项目名称: 会 # 2020-2022\n", "项目名称: 会 # 2020-2022\n"),
    ],
)
def test_each_kind_of_value_is_rolled_by_its_rule(before: str, after: str) -> None:
    assert rolled(before) == after
    mapping(after)


def test_a_second_roll_replaces_the_marks_of_the_first() -> None:
    once = rolled("项目资金:\n  年度: {总额: 5}\n")
    changed = once.replace("{总额: 5}", "{总额: 6}")
    again = roll.rolled_project(changed, mapping(changed), form_2020(), Window(2021, 2023), 2021, 2022).text
    assert again == "项目资金:\n  年度: {总额: 6}  # 待核 上年：总额 6\n"


@given(st.text(st.sampled_from("年2019-至 #：'\"\n待核上a，"), max_size=30), st.sampled_from(['"', "'", ""]))
def test_whatever_a_value_holds_only_marks_are_added(value: str, quote: str) -> None:
    """Removing the marks gives the file byte for byte, and every mark can be found again (no window moves here)."""
    document = {"总体目标": {"年度": value, "中长期": "达到5"}, "项目概况": {"立项依据": value}}
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=20, default_style=quote or None)
    result = roll.rolled_project(text, mapping(text), form_2020(), Window(2033, 2035), 2020, 2021)
    found = marks_in(result.text, source.parse(result.text, "x.yaml"))
    assert found and all("上年：" in mark.note for mark in found)
    lines = result.text.split("\n")
    for mark in found:
        lines[mark.place.line - 1] = lines[mark.place.line - 1][: mark.place.column - 1].removesuffix("  ")
    assert "\n".join(lines) == text


def test_a_mark_inside_a_value_is_no_mark() -> None:
    text = '甲: "有 # 待核 的字"\n乙: 1  # 待核 再算\n# 待核\n丙: 1#待核\n丁: |  # 待核 长文\n  # 待核\n'
    found = [(*mark.place[1:], mark.note) for mark in marks_in(text, source.parse(text, "x.yaml"))]
    assert found == [(2, 7, "再算"), (3, 1, ""), (5, 7, "长文")]


def test_the_2020_submission_rolls_with_only_comments_added(folder: Path) -> None:
    planned = plan_year(load(folder), 2020, 2021, (), ())
    assert len(planned.projects) == 16
    for file in planned.projects:
        before = (folder / "data" / "2020" / file.path.name).read_text(encoding="utf-8")
        after = file.data.decode("utf-8")
        assert re.sub(r"  # 待核 上年：.*", "", after) == re.sub(r"  # goalgen: keep .*", "", before)
        assert "# 待核 上年：财政拨款" in after


def test_projects_yaml_gets_the_year_and_keeps_every_other_byte(folder: Path) -> None:
    index = folder / "data" / "projects.yaml"
    text = index.read_text(encoding="utf-8").replace("\n", "\r\n") + "    # 到此为止\r\n# 结尾\r\n"
    index.write_bytes(b"\xef\xbb\xbf" + text.encode())
    planned = plan_year(load(folder), 2020, 2021, (), ("lin-pin-gong-zi",))
    after = planned.index.data.decode("utf-8-sig")
    assert planned.index.data.startswith(b"\xef\xbb\xbf")
    head = text.index("# 结尾") - 2
    added = after[head : len(after) - len(text) + head]
    assert after == text[:head] + added + text[head:]
    assert added.startswith("\r\n  2021:\r\n") and added.endswith("    # 到此为止")
    assert "中长期年限: 2021-2023" in added and "填报日期:  # 待核 上年：填报日期 2020-02-10\r\n" in added
    assert "lin-pin" not in added and added.count("- 2021/") == 15
    assert planned.dropped == ("lin-pin-gong-zi",)


@pytest.mark.parametrize(
    ("shared", "expected"),
    [
        ("", "    共用: {中长期年限: 2021-2023}\n    表样"),
        ("    共用:\n", "    共用: {中长期年限: 2021-2023}\n"),
        ("    共用: {}\n", "    共用: {中长期年限: 2021-2023}\n"),
        ("    共用: {填报人: 甲}\n", "    共用: {中长期年限: 2021-2023, 填报人: 甲}\n"),
        ("    共用:\n      填报人: 甲\n", "    共用:\n      中长期年限: 2021-2023\n      填报人: 甲\n"),
        ("    共用: {中长期年限: 2020-2021}\n", "    共用: {中长期年限: 2021-2022}\n"),
    ],
)
def test_a_window_shared_by_all_years_is_given_to_the_new_year_only(shared: str, expected: str) -> None:
    text = f"共用:\n  中长期年限: 2020-2022\n年度:\n  2020:\n    表样: f\n{shared}    项目:\n      - 2020/a.yaml\n"
    result = roll.rolled_index(text, mapping(text), form_2020(), 2020, 2021, {"2020/a.yaml": "2021/a.yaml"}).text
    new = result.removeprefix(text.rstrip("\n"))
    assert expected in new
    assert result.startswith(text.rstrip("\n"))
    mapping(result)


@pytest.mark.parametrize(
    "text", ["年度: {2020: {项目: [a]}}\n", "年度:\n  2020: {项目: [a]}\n", "年度:\n  2020:\n    项目: [a, b]\n"]
)
def test_an_index_not_written_in_lines_is_refused(text: str) -> None:
    with pytest.raises(GoalgenError, match="G02"):
        roll.rolled_index(text, mapping(text), form_2020(), 2020, 2021, {"a": "2021/a"})


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, list(words))
    if isinstance(result.exception, GoalgenError):
        return result.exception.exit_code, str(result.exception)
    return result.exit_code, result.output


def test_rolling_and_rendering_at_once_gives_the_forms_of_the_new_year(folder: Path) -> None:
    assert run("roll", "2020", "2021", "--only", "市政府办", "--drop", "lin-pin-gong-zi")[0] == 0
    new = load(folder, [2021])
    assert not new.problems
    assert [len(year.projects) for year in new.years] == [11]
    assert all(project.window == Window(2021, 2023) and filed(project) is None for project in new.years[0].projects)
    assert run("render", "--year", "2021", "--only", "bao-an*")[0] == 0
    assert len(list((folder / "out" / "2021" / "forms").glob("*.docx"))) == 1
    code, text = run("roll", "2020", "2021")
    assert code == 2 and "G01" in text
    assert run("roll", "2020", "2021", "--only", "lin-pin-gong-zi")[0] == 0
    assert len(load(folder, [2021]).years[0].projects) == 12


def test_a_dry_run_writes_nothing(folder: Path) -> None:
    before = (folder / "data" / "projects.yaml").read_bytes()
    code, text = run("roll", "2020", "2021", "-n")
    assert code == 0 and "待核，上年 152.5" in text
    assert (folder / "data" / "projects.yaml").read_bytes() == before
    assert not (folder / "data" / "2021").exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["2019", "2020"], "S06"),
        (["2020", "2020"], "G01"),
        (["2020", "2021", "--drop", "bao-an"], "S06"),
        (["2020", "2021", "--only", "没有"], "S06"),
    ],
)
def test_what_cannot_be_rolled_is_said(folder: Path, words: list[str], code: str) -> None:
    found = run("roll", *words)
    assert found[0] == 2 and f" {code} " in found[1]


def test_two_files_that_would_become_one_are_refused(folder: Path) -> None:
    index = folder / "data" / "projects.yaml"
    first = "2020/01-bao-an-zhuan-fu-jing.yaml"
    (folder / "data" / "其他").mkdir()
    text = (folder / "data" / first).read_text(encoding="utf-8").replace("编号: bao-an", "编号: bao")
    (folder / "data" / "其他" / Path(first).name).write_text(text, encoding="utf-8")
    index.write_text(
        index.read_text(encoding="utf-8").replace(first, f"{first}\n      - 其他/{Path(first).name}"), encoding="utf-8"
    )
    code, said = run("roll", "2020", "2021")
    assert code == 2 and "data: 错误 G02 两个项目文件在新年度会同名" in said
    assert not (folder / "data" / "2021").exists()


def test_files_listed_in_a_roundabout_way_go_on_under_their_plain_names(folder: Path) -> None:
    index = folder / "data" / "projects.yaml"
    text = index.read_text(encoding="utf-8")
    text = text.replace("- 2020/01-", "- ./2020/01-").replace("- 2020/02-", "- 2020/../2020/02-")
    (folder / "04.yaml").write_bytes((folder / "data/2020/04-lin-pin-gong-zi.yaml").read_bytes())
    index.write_text(text.replace("- 2020/04-lin-pin-gong-zi.yaml", '- "../04.yaml"'), encoding="utf-8")
    assert run("roll", "2020", "2021")[0] == 0
    added = index.read_text(encoding="utf-8").partition("  2021:")[2]
    assert re.findall(r"- (\S+)", added)[:4] == [
        "2021/01-bao-an-zhuan-fu-jing.yaml",
        "2021/02-da-yuan-hui-wu-wei-hu.yaml",
        "2021/03-ji-yao-gong-zuo.yaml",
        '"2021/04.yaml"',
    ]
    found = load(folder, [2021])
    assert found.problems == () and len(found.years[0].projects) == 16


def test_a_project_rolled_again_is_listed_once_and_a_date_for_all_years_is_told(folder: Path) -> None:
    index = folder / "data" / "projects.yaml"
    text = index.read_text(encoding="utf-8")
    shared = text.replace("\n年度:\n", "\n共用: {填报日期: 2020-03-01}\n年度:\n")
    index.write_text(shared, encoding="utf-8")
    line = shared[: shared.index("2020-03-01")].count("\n") + 1
    code, said = run("roll", "2020", "2021", "--only", "bao-an*")
    assert code == 0 and f"data/projects.yaml:{line}:12: 提示 填报日期 2020-03-01 由各年度共用" in said
    once = index.read_bytes()
    assert run("roll", "2020", "2021", "--only", "bao-an*", "--force")[0] == 0
    assert index.read_bytes() == once


def test_existing_files_are_not_overwritten_and_broken_ones_not_rolled(folder: Path) -> None:
    there = folder / "data" / "2021" / "01-bao-an-zhuan-fu-jing.yaml"
    there.parent.mkdir()
    there.write_text("编号: x\n", encoding="utf-8")
    assert "S08" in run("roll", "2020", "2021")[1]
    assert run("roll", "2020", "2021", "--force")[0] == 0
    broken = folder / "data" / "2020" / "02-da-yuan-hui-wu-wei-hu.yaml"
    broken.write_text("编号: [\n", encoding="utf-8")
    assert "02-da-yuan-hui-wu-wei-hu.yaml" in run("roll", "2020", "2022")[1]


def test_a_comment_that_keeps_what_was_signed_does_not_go_on() -> None:
    text = "项目名称: 甲 # goalgen: keep 原件\n项目资金: {年度: {总额: 1}} # goalgen: keep 原件 # 待核 上年：总额 2\n"
    assert rolled(text) == "项目名称: 甲\n项目资金: {年度: {总额: 1}}  # 待核 上年：总额 1\n"


OLD_YEAR = (
    "  2025:\n    共用: {中长期年限: 2025-2027, 填报人: 张三, 填报日期: 2024-11-20, 预算单位: 甲}\n    项目: []\n"
)


@pytest.mark.parametrize(
    ("own", "wanted"),
    [
        ("    项目:\n", "    共用: {中长期年限: 2026-2028, 填报人: 张三, 预算单位: 甲}\n    项目:\n"),
        (
            "    共用:\n      预算单位:\n      填报人: 李四\n    项目:\n",
            "    共用:\n      中长期年限: 2026-2028\n      预算单位: 甲\n      填报人: 李四\n    项目:\n",
        ),
        ("    共用:\n    项目:\n", "    共用: {中长期年限: 2026-2028, 填报人: 张三, 预算单位: 甲}\n    项目:\n"),
    ],
    ids=["nothing shared", "a block", "an empty key"],
)
def test_a_year_that_is_there_takes_what_the_old_one_shared(own: str, wanted: str) -> None:
    text = f"年度:\n{OLD_YEAR}  2026:\n{own}    表样: form_2020\n"
    assert applied(text, roll.shared_edits(text, mapping(text), form_2020(), 2025, 2026)) == text.replace(own, wanted)


@pytest.mark.parametrize(
    "text", ["年度: 2025\n", "年度: {2025: {表样: a}, 2026: {表样: a}}\n", "年度: {2025: {共用: {填报人: 甲}}}\n"]
)
def test_where_nothing_is_shared_nothing_is_taken(text: str) -> None:
    assert list(roll.shared_edits(text, mapping(text), form_2020(), 2025, 2026)) == []
