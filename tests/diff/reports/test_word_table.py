"""The 对照表: a sound Word document with every row, that prints with its heads repeated."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
from click.testing import CliRunner
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from goalgen.cli import cli
from goalgen.diff.comparing import compare
from goalgen.diff.reports.page import html
from goalgen.diff.reports.rows import sections
from goalgen.diff.reports.word_table import BLANK_CONTEXT, context, docx
from goalgen.diff.reports.workbook import xlsx
from goalgen.diff.values import Difference, Side
from goalgen.errors import GoalgenError
from tests.support.diff_reports import HARD, rows_of
from tests.support.docx_making import changed
from tests.support.docx_reading import BODY, W, parts_in, sound, text_of, texts_in, tree_in
from tests.support.places import ROOT
from tests.support.project_making import replace

OFFICE = shutil.which("soffice")
TEMPLATES = ROOT / "templates"


@pytest.fixture(scope="module")
def table(difference: Difference) -> bytes:
    """The 对照表."""
    return docx(difference, TEMPLATES)


def test_two_equal_sides_give_reports_without_rows(sides: tuple[Side, Side]) -> None:
    same = compare(sides[0], sides[0])
    assert rows_of(same) == []
    assert "没有不同" in html(same)
    assert sound(docx(same, TEMPLATES), "专项资金绩效目标对照表")
    assert len(CalamineWorkbook.from_filelike(io.BytesIO(xlsx(same))).get_sheet_by_name("明细").to_python()) == 1


def test_a_template_that_cannot_be_read_is_told(
    difference: Difference, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("goalgen.forms.pack.BUILT_IN_FOLDERS", ())
    with pytest.raises(GoalgenError, match=r"diff_table\.docx: 错误 D01 模板打不开：没有这个文件"):
        docx(difference, tmp_path)


def test_reports_are_the_same_each_time(difference: Difference, table: bytes) -> None:
    assert html(difference) == html(difference)
    assert docx(difference, TEMPLATES) == table
    assert xlsx(difference) == xlsx(difference)


def tables(data: bytes) -> list[Element]:
    return list(tree_in(data).iter(f"{W}tbl"))


def test_the_table_is_sound_and_holds_every_row(difference: Difference, table: bytes) -> None:
    sound(docx(replace(difference, pairs=difference.pairs[:3]), TEMPLATES))
    _, details = tables(table)
    lines = [[text_of(cell) for cell in row.iter(f"{W}tc")] for row in details.iter(f"{W}tr")]
    assert lines[0] == ["项目", "改动的内容", "上年", "本年", "增减", "说明"]
    details_of = [line for line in lines[1:] if len(line) == 6]
    assert [line[0] for line in details_of] == [row.name for row in rows_of(difference)]
    reckoned = re.compile("没有填，各项相加是 .*")
    printed = [[reckoned.sub("", text) for text in line[1:]] for line in details_of]
    assert [[*line[:3], re.sub("\n(?=（)", "", line[3]).replace("\n", " "), line[4]] for line in printed] == [
        [row.label, row.before, row.after, row.measure, row.note] for row in rows_of(difference)
    ]
    assert [line[0] for line in lines[1:] if len(line) == 1] == [
        f"{section.total.unit}：年度资金上年 {amount}"
        for section, amount in zip(
            sections(difference),
            (
                "876.99 万元，本年 896.7 万元，增加 19.71 万元（+2.2%）",
                "12 万元，本年 31.8 万元，增加 19.8 万元（+165%）",
                "60 万元，本年 45 万元，减少 15 万元（-25%）",
                "80 万元，本年 62 万元，减少 18 万元（-22.5%）",
            ),
            strict=True,
        )
    ]


def test_a_total_that_was_not_written_is_said_to_be_reckoned(sides: tuple[Side, Side], table: bytes) -> None:
    """In either direction; else nobody knows where the +32.5 beside an empty cell comes from."""
    said = [[text_of(cell) for cell in row.iter(f"{W}tc")] for row in tables(table)[1].iter(f"{W}tr")]
    guard = next(line for line in said if line[:2] == ["大院保安转辅警经费", "中长期总额"])
    assert guard[2:5] == ["没有填，各项相加是 457.5", "490", "+32.5万元\n（+7.1%）"]
    assert [line[2] for line in said if line[:2] == ["大院保安转辅警经费", "中长期其他资金"]] == [""]
    back = context(compare(*reversed(sides)))["各单位"][0]["行"]
    assert [
        [part["字"] for side in ("上年", "本年") for part in row[side]]
        for row in back
        if (row["项目名"], row["字段"]) == ("大院保安转辅警经费", "中长期总额")
    ] == [["490", "没有填，各项相加是 457.5"]]


def test_the_table_says_who_files_and_counts_in_plain_words(sides: tuple[Side, Side]) -> None:
    old, new = (replace(side, department="市政府办") for side in sides)
    made = context(compare(old, new))
    assert made["编制单位"] == "市政府办"
    assert made["个数"].startswith("上年 16 个项目，本年 16 个：新增 1，取消 1，改名 ")
    assert [one["项目数"] for one in made["合计"]] == ["12", "2（原 1）", "1（原 2）", "1", "16"]
    same = context(compare(old, old))
    assert same["个数"] == "原来 16 个项目，现在 16 个：没有变化 16"
    assert "年度资金 12 万元，不变" not in str(same["各单位"])
    few = replace(old, projects=old.projects[:1])
    changed_name = replace(few, projects=(replace(few.projects[0], name="改了名的经费"),))
    assert context(compare(few, changed_name))["各单位"][0]["小计"] == "年度资金 152.5 万元，不变"


def test_a_template_of_ones_own_may_merge_the_cells_of_a_project(difference: Difference, tmp_path: Path) -> None:
    """As goalgen's own did: 行.项目 stands in the first row and merges downwards."""
    body = parts_in((TEMPLATES / "diff_table.docx").read_bytes())[BODY].decode()
    cell, *_ = [one for one in re.findall("<w:tc>.*?</w:tc>", body) if "行.项目名" in one]
    properties, *_ = re.findall("<w:tc><w:tcPr>.*?</w:tcPr>", cell)
    before = f"{properties}<w:p><w:r><w:t>{{{{ 行.项目 }}}}</w:t></w:r></w:p></w:tc>"
    (tmp_path / "diff_table.docx").write_bytes(
        changed((TEMPLATES / "diff_table.docx").read_bytes(), BODY, cell, before)
    )
    merges = [merge.get(f"{W}val") for merge in tables(sound(docx(difference, tmp_path)))[1].iter(f"{W}vMerge")]
    projects = sum(len(section.projects) for section in sections(difference))
    assert merges.count("restart") == projects < merges.count("continue")


def test_heads_come_again_rows_do_not_split_and_the_page_lies_across(table: bytes) -> None:
    for one, heads in zip(tables(table), (2, 1), strict=True):
        properties = [row.find(f"{W}trPr") for row in one.iter(f"{W}tr")]
        assert all(found is not None and found.find(f"{W}cantSplit") is not None for found in properties)
        repeated = [found is not None and found.find(f"{W}tblHeader") is not None for found in properties]
        assert repeated == [True] * heads + [False] * (len(repeated) - heads)
    size = next(tree_in(table).iter(f"{W}pgSz"))
    assert (size.get(f"{W}w"), size.get(f"{W}h"), size.get(f"{W}orient")) == ("16838", "11906", "landscape")


def test_changed_words_are_underlined_and_only_those(table: bytes) -> None:
    tree = tree_in(table)
    underlined = {text_of(run) for run in tree.iter(f"{W}r") if run.find(f"{W}rPr/{W}u") is not None}
    assert "，大院全年治安案件0起" in underlined and "30" in underlined
    assert not underlined & {"保障正常安全工作环境", "152.5", "满意", ""}


def test_texts_are_texts_in_the_table(hard: Difference) -> None:
    data = sound(docx(hard, TEMPLATES), HARD, "R&D <b>项</b>")
    assert any(text.endswith(f"，{HARD}") for text in texts_in(data))
    assert f"新名 {HARD}" in texts_in(data)


def test_two_versions_of_a_year_are_not_called_years(sides: tuple[Side, Side]) -> None:
    assert (context(compare(sides[0], sides[0]))["原称"], context(compare(*sides))["原称"]) == ("原来", "上年")


def paths(value: object, path: str = "") -> set[str]:
    """The names that a context offers."""
    if isinstance(value, dict):
        return {path}.union(*(paths(item, f"{path}.{name}") for name, item in value.items()))
    return {path}.union(*(paths(item, f"{path}[]") for item in value)) if isinstance(value, list) else {path}


def test_a_template_is_held_against_every_name_there_is(difference: Difference) -> None:
    assert paths(context(difference)) == paths(BLANK_CONTEXT)


def test_the_template_is_what_its_tool_makes(tmp_path: Path) -> None:
    target = tmp_path / "diff_table.docx"
    subprocess.run([sys.executable, ROOT / "tools" / "build_diff_template.py", target], check=True, cwd=tmp_path)
    assert target.read_bytes() == (TEMPLATES / "diff_table.docx").read_bytes()


def test_the_submissions_own_template_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    own = tmp_path / "templates" / "diff_table.docx"
    own.write_bytes(changed(own.read_bytes(), BODY, "专项资金绩效目标对照表", "我处的对照表"))
    monkeypatch.chdir(tmp_path / "data" / "2021")
    run = CliRunner().invoke
    words = ["diff", "2020", "2021", "--only", "zheng-wu-du-cha", "--format", "docx", "-o", "../../对照表.docx"]
    assert run(cli, words).exit_code == 0
    made = (tmp_path / "对照表.docx").read_bytes()
    assert "我处的对照表" in texts_in(made)
    own.unlink()
    assert run(cli, words).exit_code == 0
    assert "专项资金绩效目标对照表" in texts_in((tmp_path / "对照表.docx").read_bytes())


def test_a_wrong_tag_of_the_template_is_told(difference: Difference, tmp_path: Path) -> None:
    data = changed((TEMPLATES / "diff_table.docx").read_bytes(), BODY, "{{ 行.说明 }}", "{{ 行.说法 }}")
    (tmp_path / "diff_table.docx").write_bytes(data)
    with pytest.raises(GoalgenError, match=r"diff_table\.docx: 错误 D03 .*行.*说法"):
        docx(difference, tmp_path)


@pytest.mark.skipif(not OFFICE, reason="LibreOffice (soffice) is not installed")
def test_the_table_prints_with_its_head_on_every_page(difference: Difference, tmp_path: Path) -> None:
    source = tmp_path / "对照表.docx"
    source.write_bytes(docx(replace(difference, pairs=difference.pairs[:6]), TEMPLATES))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [str(OFFICE), profile, "--headless", "--infilter=MS Word 2007 XML", "--convert-to", "pdf"]
    subprocess.run([*command, "--outdir", str(tmp_path), str(source)], check=True, capture_output=True, timeout=120)
    pages = PdfReader(tmp_path / "对照表.pdf").pages
    texts = [re.sub(r"\s", "", page.extract_text()) for page in pages]
    assert len(texts) > 3 and all("项目改动的内容上年本年增减说明" in text for text in texts[:-1])
    assert all(f"第{number}页共{len(texts)}页" in text for number, text in enumerate(texts, 1))
    assert "单位负责人（签字）" in texts[-1] and float(pages[0].mediabox.width) > float(pages[0].mediabox.height)
