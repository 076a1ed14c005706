"""The html, docx and xlsx of a comparison, as their readers read them: a browser, Word's own rules, LibreOffice, a workbook."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from goalgen.cli import cli
from goalgen.diff import filtering
from goalgen.diff.comparing import compare
from goalgen.diff.reports.markdown import markdown, stat_markdown
from goalgen.diff.reports.page import html
from goalgen.diff.reports.rows import SORTS, Row, sections
from goalgen.diff.reports.terminal import stat, text
from goalgen.diff.reports.word_table import BLANK_CONTEXT, context, docx
from goalgen.diff.reports.workbook import xlsx
from goalgen.diff.values import Difference, Side
from goalgen.errors import GoalgenError
from goalgen.forms.project import Indicator
from goalgen.submission.submission import Submission
from tests.support.browser import needs_chromium, title_after
from tests.support.docx_making import changed
from tests.support.docx_reading import BODY, W, parts_in, sound, text_of, texts_in, tree_in
from tests.support.places import ROOT

OFFICE = shutil.which("soffice")
TEMPLATES = ROOT / "templates"
HARD = "R&D <b>项</b> {{ 原 }} {_{ =1+1"


@pytest.fixture(scope="module")
def sides(submission: Submission) -> tuple[Side, Side]:
    old, new = (Side(f"{year.year} 年度", year.year, year.form, year.projects) for year in submission.years)
    return old, new


@pytest.fixture(scope="module")
def difference(sides: tuple[Side, Side]) -> Difference:
    return filtering.without_routine(compare(*sides))


@pytest.fixture(scope="module")
def table(difference: Difference) -> bytes:
    """The 对照表."""
    return docx(difference, TEMPLATES)


@pytest.fixture(scope="module")
def hard(sides: tuple[Side, Side]) -> Difference:
    """One project, with signs in its texts that mean something to every format."""
    old, new = (replace(side, projects=(side.projects[0],)) for side in sides)
    project = new.projects[0]
    goals = {horizon: f"{text}，{HARD}" for horizon, text in project.goals.items()}
    return compare(old, replace(new, projects=(replace(project, name=f"新名 {HARD}", goals=goals, notes={"": HARD}),)))


def rows_of(difference: Difference) -> list[Row]:
    return [row for section in sections(difference) for rows in section.projects for row in rows]


def test_every_change_is_a_row_and_nothing_else(difference: Difference) -> None:
    rows = rows_of(difference)
    whole = len(difference.added) + len(difference.removed) + len(difference.renamed)
    assert len(rows) == whole + len(difference.changes) > 300
    assert {sort for row in rows for sort in row.sorts} <= set(SORTS)
    money = next(row for row in rows if row.code == "zheng-wu-du-cha" and row.label == "年度财政拨款")
    assert (money.before, money.after, money.measure) == ("35", "42", "+7万元（+20%）")
    assert money.sorts == ("资金增加", "修改") and money.note == "增加第三方核查"
    assert money.place.startswith("data/2021/11-zheng-wu-du-cha.yaml:")


def test_two_equal_sides_give_reports_without_rows(sides: tuple[Side, Side]) -> None:
    same = compare(sides[0], sides[0])
    assert rows_of(same) == []
    assert "没有不同" in html(same)
    assert sound(docx(same, TEMPLATES), "专项资金绩效目标对照表")
    assert len(CalamineWorkbook.from_filelike(io.BytesIO(xlsx(same))).get_sheet_by_name("明细").to_python()) == 1


def test_two_equal_sides_are_told_in_every_format_of_text(sides: tuple[Side, Side]) -> None:
    same = compare(sides[0], sides[0])
    assert stat_markdown(same) == markdown(same) == "# 2020 年度 → 2020 年度\n\n没有不同。\n"
    assert "没有不同" in text(same) and "改动 0 处" in stat(same)


def test_totals_alone_name_a_unit_only_among_several(difference: Difference, hard: Difference) -> None:
    assert stat(difference).count(" 个项目，年度 ") == len(difference.units) == 4
    assert "个项目，年度" not in stat(hard) and stat(hard).endswith("改动 20 处；指标值放宽 1，量化 5\n")


def test_it_is_said_by_what_two_projects_were_taken_for_one(sides: tuple[Side, Side]) -> None:
    first, second = sides[0].projects[:2]
    old = replace(sides[0], projects=(first, second))
    one = replace(first, code="other", indicators=(*first.indicators, Indicator("数量指标", "绿化株数", None, "≥8株")))
    two = replace(second, code="another", name=f"{second.name}（二期）")
    said = text(compare(old, replace(old, projects=(one, two))))
    assert f"    编号 {first.code} → other，按名称认作同一项目\n" in said
    assert re.search(rf"    编号 {second.code} → another，按内容相似（\d\d(\.\d+)?%）认作同一项目\n", said)
    assert "    数量指标·绿化株数" in said and "  新增 年度 ≥8株\n" in said
    back = text(compare(replace(old, projects=(one, two)), old))
    assert "  取消 年度 ≥8株\n" in back


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


def test_the_page_escapes_what_it_shows_and_needs_nothing_else(hard: Difference) -> None:
    page = html(hard)
    assert "<b>项" not in page and page.count("R&amp;D &lt;b&gt;项&lt;/b&gt; {{ 原 }} {_{ =1+1") >= 4
    assert not re.search(r"https?://|<link|src=", page)


def test_the_page_marks_what_changed_on_either_side(difference: Difference) -> None:
    page = html(difference)
    assert "<td><del>35</del></td><td><ins>42</ins></td>" in page
    assert "<td>不少于<del>30</del>次</td><td>不少于<ins>36</ins>次</td>" in page


@needs_chromium
def test_the_page_filters_in_a_real_browser(difference: Difference, tmp_path: Path) -> None:
    script = """
      const seen = () => document.querySelectorAll('tbody tr[data-sorts]:not([hidden])').length;
      const set = (name, value) => { form.elements[name].value = value; form.dispatchEvent(new Event('input')); };
      const told = [seen()];
      set('unit', '衡阳市人民政府驻长沙办事处'); told.push(seen());
      set('sort', '资金减少'); told.push(seen());
      set('unit', ''); told.push(seen());
      set('sort', ''); set('word', '12345'); told.push(seen(), document.querySelectorAll('article:not([hidden])').length);
      document.title = told.concat(shown.textContent).join('|');"""
    rows = rows_of(difference)
    one_unit = [row for row in rows if row.unit == "衡阳市人民政府驻长沙办事处"]
    less = [row for row in rows if "资金减少" in row.sorts]
    word = [row for row in rows if "12345" in f"{row.name}{row.code}{row.label}{row.before}{row.after}{row.note}"]
    wanted = [len(rows), len(one_unit), len([row for row in less if row in one_unit]), len(less), len(word)]
    projects = len({row.code for row in word})
    title = "|".join(map(str, [*wanted, projects, f"显示 {projects} 个项目，{len(word)} 处"]))
    assert title_after(html(difference), script, tmp_path) == title


def tables(data: bytes) -> list[Element]:
    return list(tree_in(data).iter(f"{W}tbl"))


def test_the_table_is_sound_and_holds_every_row(difference: Difference, table: bytes) -> None:
    sound(docx(replace(difference, pairs=difference.pairs[:3]), TEMPLATES))
    _, details = tables(table)
    lines = [[text_of(cell) for cell in row.iter(f"{W}tc")] for row in details.iter(f"{W}tr")]
    assert lines[0] == ["项目", "字段", "上年", "本年", "增减", "说明"]
    printed = [line[1:] for line in lines[1:] if len(line) == 6]
    assert [[*line[:3], re.sub("\n(?=（)", "", line[3]).replace("\n", " "), line[4]] for line in printed] == [
        [row.label, row.before, row.after, row.measure, row.note] for row in rows_of(difference)
    ]
    assert [line[0] for line in lines[1:] if len(line) == 1] == [
        f"{section.total.unit}：年度资金 {amount}"
        for section, amount in zip(
            sections(difference),
            (
                "876.99 → 896.7 万元，+19.71（+2.2%）",
                "12 → 31.8 万元，+19.8（+165%）",
                "60 → 45 万元，-15（-25%）",
                "80 → 62 万元，-18（-22.5%）",
            ),
            strict=True,
        )
    ]


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
    words = ["diff", "2020", "2021", "--only", "zheng-wu-du-cha", "--format", "docx", "-o", "对照表.docx"]
    assert run(cli, words).exit_code == 0
    made = (tmp_path / "data" / "2021" / "对照表.docx").read_bytes()
    assert "我处的对照表" in texts_in(made)
    own.unlink()
    assert run(cli, words).exit_code == 0
    assert "专项资金绩效目标对照表" in texts_in((tmp_path / "data" / "2021" / "对照表.docx").read_bytes())


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
    assert len(texts) > 3 and all("项目字段上年本年增减说明" in text for text in texts[:-1])
    assert all(f"第{number}页共{len(texts)}页" in text for number, text in enumerate(texts, 1))
    assert "单位负责人（签字）" in texts[-1] and float(pages[0].mediabox.width) > float(pages[0].mediabox.height)


def test_the_workbook_has_money_as_numbers_and_texts_as_texts(difference: Difference, hard: Difference) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(xlsx(difference)))
    summary, details = (book.get_sheet_by_name(name).to_python() for name in ("汇总", "明细"))
    assert summary[5][:7] == ["合计", 16, 16, 1028.99, 1035.5, 6.51, 0.006]
    assert len(details) == len(rows_of(difference)) + 1
    (money,) = (row for row in details if row[2] == "zheng-wu-du-cha" and row[4] == "年度财政拨款")
    assert money[5:12] == [35, 42, 7, "万元", 0.2, "", "增加第三方核查"]
    data = xlsx(hard)
    with ZipFile(io.BytesIO(data)) as package:
        assert not any(b"<f>" in package.read(name) for name in package.namelist() if "worksheets" in name)
    texts = [
        str(cell)
        for row in CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(1).to_python()
        for cell in row
    ]
    assert any(text.endswith(HARD) for text in texts)


def test_the_workbook_is_frozen_filterable_and_dated_without_a_clock(difference: Difference) -> None:
    parts = parts_in(xlsx(difference))
    details = parts["xl/worksheets/sheet2.xml"].decode()
    assert "<pane " in details and "<autoFilter " in details
    assert datetime(2020, 1, 1).isoformat().encode() in parts["docProps/core.xml"]


@pytest.mark.parametrize("form", ["html", "docx", "xlsx"])
def test_the_command_writes_it(form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    target = tmp_path / f"对照.{form}"
    words = ["diff", "2020", "2021", "--only", "zheng-wu-du-cha", "--fields", "项目资金", "--format", form]
    assert CliRunner().invoke(cli, [*words, "-o", str(target)]).exit_code == 0
    assert target.read_bytes()[:2] in (b"PK", b"<!")
