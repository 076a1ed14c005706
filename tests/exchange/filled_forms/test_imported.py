"""Filled forms come back as the projects they were made of, however the file was saved; nothing in them is dropped."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goalgen.exchange.filled_forms.imported import Imported, read_docx, read_lines
from goalgen.exchange.filled_forms.panels import canonical
from goalgen.forms.project import Project
from goalgen.source.shapes import Window
from goalgen.submission.submission import load
from goalgen.word.lines import lines, text_lines
from tests.support.filled_forms import bundle, document, imported, merged_headings, printer, run, table, year
from tests.support.project_making import category, indicator, indicators, replace
from tests.support.strategies import form, projects
from tests.support.year_2020 import copied


def same(found: Imported, project: Project) -> None:
    """An imported project equals the one printed, but for the 编号, which forms do not print."""
    assert found.unplaced == ()
    got = replace(found.project, code=project.code)
    assert got == canonical(project, form())


def test_the_sixteen_forms_come_back_as_they_were() -> None:
    found = imported(bundle())
    assert len(found) == 16
    for item, project in zip(found, year().projects, strict=True):
        same(item, project)
        assert replace(item.project, code=project.code) == project


@settings(max_examples=60, deadline=None)
@given(st.lists(projects(), min_size=1, max_size=3))
def test_render_then_import_gives_the_same_projects(made: list[Project]) -> None:
    found = imported(printer().bundle([printer().fill(project) for project in made]))
    assert len(found) == len(made)
    for item, project in zip(found, made, strict=True):
        same(item, project)


# Ways in which other hands and programs write the same form.
def _spaced(xml: str) -> str:
    return xml.replace(">项目名称<", ">项 目\u3000名\u00a0称<").replace(">立项依据<", ">立项\u3000依据：<")


def _broken_labels(xml: str) -> str:
    return xml.replace(">绩效指标<", ">绩</w:t><w:br/><w:t>绩效指标<").replace(
        ">数量指标<", ">数量</w:t><w:br/><w:t>指标<"
    )


def _narrow(xml: str) -> str:
    return xml.replace(">申报（补助）条件<", ">申报(补助)条件<").replace("其中：财政拨款：", "其中:财政拨款: ")


def _controls(xml: str) -> str:
    return re.sub(r"(<w:r>(?:(?!</w:r>).)*</w:r>)", r"<w:sdt><w:sdtPr/><w:sdtContent>\1</w:sdtContent></w:sdt>", xml)


def _tracked(xml: str) -> str:
    deleted = '<w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del>'
    return re.sub(r"(<w:r>(?:(?!</w:r>).)*</w:r>)", rf'<w:ins w:id="2">\1</w:ins>{deleted}', xml)


def _rows_in_controls(xml: str) -> str:
    return re.sub(r"(<w:tr[ >](?:(?!</w:tr>).)*</w:tr>)", r"<w:sdt><w:sdtContent>\1</w:sdtContent></w:sdt>", xml)


def _nested(xml: str) -> str:
    xml = re.sub(r"<w:sectPr(?:(?!</w:sectPr>).)*</w:sectPr>(?=</w:pPr>)", "", xml)
    start, end = xml.index("<w:body>") + 8, xml.rindex("<w:sectPr")
    outer = f"<w:tbl><w:tr><w:tc>{xml[start:end]}<w:p/></w:tc></w:tr></w:tbl>"
    return xml[:start] + outer + xml[end:]


def _blank_paragraphs(xml: str) -> str:
    xml = re.sub(r"<w:sectPr(?:(?!</w:sectPr>).)*</w:sectPr>(?=</w:pPr>)", "", xml)
    return xml.replace("</w:tbl>", "</w:tbl>" + "<w:p/>" * 9)


def _title_inside(xml: str) -> str:
    """The paragraphs above a table become its first rows."""
    row = r"<w:tr><w:tc><w:tcPr><w:gridSpan w:val='8'/></w:tcPr>\1</w:tc></w:tr>"

    def moved(match: re.Match[str]) -> str:
        rows = re.sub(r"(<w:p[ >](?:(?!</w:p>).)*</w:p>)", row, match[1])
        return f"<w:tbl>{match[2]}{rows}"

    paragraph = r"<w:p[ >](?:(?!</w:p>).)*</w:p>"
    return re.sub(rf"((?:{paragraph}){{3}})<w:tbl>(<w:tblPr>.*?</w:tblGrid>)", moved, xml)


def _unmerged(xml: str) -> str:
    return re.sub(r"<w:vMerge[^>]*/>", "", xml)


def _other_ticks(xml: str) -> str:
    return xml.replace("☑", "√").replace("□", "☐")


def _ticks_in_symbol_font(xml: str) -> str:
    return xml.replace("☑", '</w:t><w:sym w:font="Wingdings 2" w:char="F052"/><w:t>')


def _label_below_its_headings(xml: str) -> str:
    """The name of a block stands in the middle of its rows, not in its headings."""
    for label in ("总体目标", "绩效指标"):
        head = (
            rf"(<w:tcBorders><w:bottom(?:(?!</w:tc>).)*<w:t[ >][^<]*){label}((?:(?!<w:tcBorders><w:top).)*<w:tcBorders>"
        )
        text = rf"\1\2\3<w:r><w:t>{label}</w:t></w:r>\4"
        xml = re.sub(rf"{head}<w:top)((?:(?!</w:p>).)*)(</w:p>)", text, xml)
    return xml


WAYS = [
    _spaced, _broken_labels, _narrow, _controls, _tracked, _rows_in_controls, _nested, _blank_paragraphs,
    _title_inside, _unmerged, merged_headings, _label_below_its_headings, _other_ticks, _ticks_in_symbol_font,
]  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_the_forms_come_back_however_they_were_written(way: object) -> None:
    assert callable(way)
    with zipfile.ZipFile(io.BytesIO(bundle())) as archive:
        xml = archive.read("word/document.xml").decode()
    changed = way(xml)
    assert changed != xml
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", changed)
    found = imported(file.getvalue())
    assert len(found) == 16
    for item, project in zip(found, year().projects, strict=True):
        same(item, project)


def extracted(data: bytes) -> str:
    """What a text extractor makes of a document."""
    parts = []
    for line in lines(data, lambda text: False):
        parts.append(
            "".join(f"\t{cell.text}\n" for cell in line.cells) + "\n" if line.table else f"{line.cells[0].text}\n"
        )
    return "".join(parts)


def test_the_text_of_an_extractor_gives_the_same_projects() -> None:
    found = read_lines(text_lines(extracted(bundle())), form(), "x.txt")
    assert len(found) == 16
    for item, project in zip(found, year().projects, strict=True):
        same(item, project)


def test_what_cannot_be_placed_is_kept_with_its_place(tmp_path: Path) -> None:
    rows = [
        ("项目名称", "甲"),
        ("项目代码", "4304"),
        ("项目类型", "其他☑（招商）"),
        ("年度资金总额", "若干"),
        ("二级指标", "三级指标", "指标值", "二级指标", "三级指标", "指标值"),
        ("幸福指标", "笑", "3次", "数量指标", "", "5"),
        ("数量指标", "会", "3次", "", "会", "1次"),
        ("财政部门审核意见", "同意"),
    ]
    path = tmp_path / "甲.docx"
    path.write_bytes(document(f"<w:p/>{table(('封面',))}{table(*rows)}<w:p><w:r><w:t>附：另有说明</w:t></w:r></w:p>"))
    (found,) = read_docx(path, form())
    lost = {(u.text, u.where) for u in found.unplaced}
    assert lost == {
        ("封面", "第1个表, 第1行"),
        ("项目代码", "第2个表, 第2行"),
        ("4304", "第2个表, 第2行"),
        ("（招商）", "第2个表, 第3行"),
        ("若干", "第2个表, 第4行"),
        ("幸福指标", "第2个表, 第6行"),
        ("笑", "第2个表, 第6行"),
        ("3次", "第2个表, 第6行"),
        ("5", "第2个表, 第6行"),
        ("同意", "第2个表, 第8行"),
        ("附：另有说明", "第2段"),
    }
    assert indicators(found.project) == (indicator("数量指标", "会", "3次", "1次"),)
    assert category(found.project) == ("其他",)
    code, text = run("import", str(path), "--year", "2020", "-o", str(tmp_path / "data" / "2020"))
    assert code == 0 and text.count(" K03 ") == 11 and "第2个表, 第6行" in text
    (written,) = (tmp_path / "data" / "2020").glob("*.yaml")
    yaml = written.read_text(encoding="utf-8")
    assert yaml.count("# 没有归位（甲.docx") == 11
    assert re.search(r"  # 没有归位（甲.docx 第2个表, 第4行）：若干\n  年度:", yaml)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bundle.docx").write_bytes(bundle())
    return tmp_path


def test_importing_a_bundle_makes_a_submission_that_prints_the_same(folder: Path) -> None:
    assert run("import", "bundle.docx")[0] == 0
    found = load(folder)
    assert not found.problems
    made = found.years[0]
    assert [replace(p, code=q.code) for p, q in zip(made.projects, year().projects, strict=True)] == list(
        year().projects
    )
    index = (folder / "data" / "projects.yaml").read_text(encoding="utf-8")
    assert index.count("填报人") == 4 and index.count("填报日期: 2020-02-10") == 1
    files = [path.read_text(encoding="utf-8") for path in sorted((folder / "data" / "2020").glob("*.yaml"))]
    assert sum("填报日期" in text or "\n中长期年限" in text for text in files) == 0
    assert sum("\n填报人" in text for text in files) == 2


def test_existing_files_are_kept_unless_told_otherwise(folder: Path) -> None:
    copied(folder)
    before = {path: path.read_bytes() for path in (folder / "data").rglob("*.yaml")}
    code, text = run("import", "bundle.docx")
    assert code == 2 and text.count(" S08 ") == 16
    code, text = run("import", "bundle.docx", "--update")
    assert code == 0 and text.count("没有不同") == 1 and "16 个项目没有不同\n" in text
    assert {path: path.read_bytes() for path in before} == before
    file = folder / "data" / "2020" / "01-bao-an-zhuan-fu-jing.yaml"
    changed = file.read_text(encoding="utf-8").replace("30人}", "40人}").replace("8小时}", "8小时} # 记")
    file.write_text(changed, encoding="utf-8")
    assert "40人" in run("import", "bundle.docx", "--update", "-n")[1] and file.read_text(encoding="utf-8") == changed
    assert "40人" in run("import", "bundle.docx", "--update")[1]
    assert file.read_text(encoding="utf-8") == changed.replace("40人}", "30人}")
    assert run("import", "bundle.docx", "--force")[0] == 0
    assert "# 记" not in file.read_text(encoding="utf-8")


def test_nothing_is_merged_while_a_project_file_cannot_be_read(folder: Path) -> None:
    """Its form would be taken for a new project, and stand in the submission twice."""
    copied(folder)
    file = folder / "data" / "2020" / "01-bao-an-zhuan-fu-jing.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("152.5", "很多"), encoding="utf-8")
    before = {path: path.read_bytes() for path in (folder / "data").rglob("*.yaml")}
    code, text = run("import", "bundle.docx", "--update")
    assert code == 2 and text.startswith(f"data/2020/{file.name}:") and " M04 " in text
    assert {path: path.read_bytes() for path in (folder / "data").rglob("*.yaml")} == before


def test_a_project_of_another_year_keeps_its_code_and_the_year_is_added(folder: Path) -> None:
    copied(folder)
    last = replace(year().projects[0], year=2021, window=Window(2021, 2023))
    (folder / "next.docx").write_bytes(printer().bundle([printer().fill(p) for p in (last, replace(last, name="新"))]))
    assert run("import", "next.docx")[0] == 0
    found = load(folder, [2021])
    assert not found.problems
    assert [p.code for p in found.years[0].projects] == [last.code, "xm-1"]
    assert found.years[0].projects[0] == last


def test_two_years_do_not_go_into_one_folder(folder: Path) -> None:
    both = (year().projects[0], replace(year().projects[0], year=2021))
    (folder / "two.docx").write_bytes(printer().bundle([printer().fill(project) for project in both]))
    code, text = run("import", "two.docx", "-o", "data/2020")
    assert code == 2 and "K05 有 2 个年度" in text
    assert not (folder / "data").exists()


def test_a_dry_run_says_what_it_would_write_and_writes_nothing(folder: Path) -> None:
    code, text = run("import", "bundle.docx", "-n")
    assert code == 0 and text.count("data/2020/") == 16 and "\ndata/projects.yaml\n" in text
    assert not (folder / "data").exists()


def test_a_year_cannot_be_added_to_years_in_braces(folder: Path) -> None:
    (folder / "data").mkdir()
    index = folder / "data" / "projects.yaml"
    index.write_text("部门: 甲\n年度: {2020: {表样: form_2020, 项目: []}}\n", encoding="utf-8")
    other = replace(year().projects[0], year=2021)
    (folder / "next.docx").write_bytes(printer().bundle([printer().fill(other)]))
    code, text = run("import", "next.docx")
    assert code == 2 and "data/projects.yaml: 错误 G02" in text
    code, text = run("import", "bundle.docx")
    assert code == 0, text
    assert len(load(folder).latest().projects) == 16, "files join a list in brackets"


def test_an_empty_phone_that_projects_yaml_would_fill_is_said(folder: Path) -> None:
    copied(folder)
    lone = replace(year().projects[0], name="又一个", phone="")
    (folder / "one.docx").write_bytes(printer().bundle([printer().fill(lone)]))
    code, text = run("import", "one.docx", "--code", "you-yi-ge")
    assert code == 0 and " K04 " in text and "8861058" in text
    assert (folder / "data" / "2020" / "17-you-yi-ge.yaml").is_file()
    assert "2020/17-you-yi-ge.yaml" in (folder / "data" / "projects.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "data", "words", "code"),
    [
        ("a.docx", b"no zip", [], "K01"),
        ("a.docx", document("<w:p/>"), [], "K02"),
        ("a.docx", document(table(("项目名称", "甲"))), [], "K05"),
        ("a.docx", document(table(("项目名称", "甲"))), ["--form", "form_1999"], "S05"),
        ("a.docx", document(table(("项目名称", "甲"))), ["--form", "form_2020"], "K05"),
        ("a.docx", document(""), ["-o", "报送"], "K05"),
        ("a.docx", document("").replace(b"word/document.xml", b"word/documents.xm"), [], "K01"),
        ("a.docx", document("<w:p>"), [], "K01"),
        ("bundle.docx", bundle(), ["--code", "a"], "K05"),
        ("a.xlsx", b"PK", [], "K01"),
    ],
)
def test_what_cannot_be_imported_is_said(folder: Path, name: str, data: bytes, words: list[str], code: str) -> None:
    (folder / name).write_bytes(data)
    found = run("import", name, *words)
    assert found[0] == 2 and f" {code} " in found[1]
    assert not (folder / "data").exists()


def test_a_doc_without_libreoffice_is_refused_with_the_remedy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(folder))
    (folder / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    code, text = run("import", "old.doc")
    assert code == 3 and " K06 " in text and "另存为 .docx" in text


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
def test_the_forms_come_back_after_libreoffice_has_saved_them(folder: Path) -> None:
    """Saved twice: as a .doc of old, and by import itself as .docx again, with grids and merges of LibreOffice's own."""
    (folder / "out").mkdir()
    office = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    convert = [*office, "--convert-to", "doc", "--outdir", "out", "bundle.docx"]
    subprocess.run(convert, capture_output=True, timeout=120, check=True)
    assert run("import", "out/bundle.doc", "-o", "data/2020")[0] == 0
    found = load(folder).years[0].projects
    assert [replace(p, code=q.code) for p, q in zip(found, year().projects, strict=True)] == list(year().projects)
