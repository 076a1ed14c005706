"""Templates that are broken or up to no good: one Chinese line each, naming the file and what to look for in it."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from docx_making import Link, changed, docx, paragraph, zipped
from year_2020 import copied

from goalgen.errors import GoalgenError
from goalgen.forms import Form
from goalgen.model import Project
from goalgen.printing import Printer

MakeForm = Callable[[bytes], Form]
GOOD = docx(paragraph("{{ 项目名称 }}"))


def twice(data: bytes) -> bytes:
    """A .docx with two parts of one name."""
    buffer = io.BytesIO(data)
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("word/document.xml", b"<x/>")
    return buffer.getvalue()


def outside(kind: str) -> bytes:
    """A template that takes something of this kind from elsewhere."""
    return docx(paragraph("甲"), links=[Link("rId9", kind, "http://evil.example/x", external=True)])


UNUSABLE: Mapping[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "不是 .docx"),
    "no zip": (lambda: b"only text", "不是 .docx"),
    "truncated": (lambda: GOOD[: len(GOOD) // 2], "不是 .docx"),
    "a zip without a document": (lambda: zipped({"a.txt": b"x"}), "没有 Word 文档"),
    "a bomb": (lambda: zipped({"word/document.xml": bytes(70_000_000)}), "太大"),
    "two parts of one name": (lambda: twice(GOOD), "同名"),
    "macros": (lambda: docx(paragraph("甲"), more={"word/vbaProject.bin": b"x"}), "宏"),
    "the type of a .docm": (
        lambda: docx(paragraph("甲"), main_type="application/vnd.ms-word.document.macroEnabled.main+xml"),
        "模板打不开",
    ),
    "entities": (
        lambda: changed(GOOD, "word/document.xml", "<w:document", '<!DOCTYPE d [<!ENTITY a "b">]><w:document'),
        "DTD",
    ),
    "broken XML": (lambda: changed(GOOD, "word/document.xml", "</w:body>", ""), "文件坏了"),
    "a template from elsewhere": (lambda: outside("attachedTemplate"), "attachedTemplate"),
    "an object from elsewhere": (lambda: outside("oleObject"), "oleObject"),
    "a picture from elsewhere": (lambda: outside("image"), "image"),
}

TAGS: Mapping[str, tuple[str, str, str]] = {
    "a condition never closed": ("{% if 年度 %}这里没完", "D02", "这里没完"),
    "a loop never closed": ("{%p for 行 in 指标行 %}", "D02", "这一段"),
    "full-width braces": ("名称是｛｛ 项目名称 ｝｝", "D02", "名称是｛｛ 项目名称 ｝｝"),
    "an unknown name": ("{{ 项目名 }}", "D03", "你是不是想写“项目名称”"),
    "an unknown inner name": ("{{ 项目资金.年度.总领 }}", "D03", "项目资金.年度.总领"),
    "an unknown filter": ("{{ 项目名称 | uper }}", "D02", "uper"),
    "an unknown test": ("{% if 年度 is evn %}甲{% endif %}", "D02", "evn"),
    "an unknown statement": ("改这里{% foo %}", "D02", "改这里"),
}

HOSTILE: Mapping[str, str] = {
    "the class of a text": "{{ ''.__class__ }}",
    "the globals of a class": "{{ cycler.__init__.__globals__ }}",
    "the globals of a macro": "{% macro m() %}{% endmacro %}{{ m.__func__ }}{{ m.__init__.__globals__ }}",
    "attr": "{{ '' | attr('__class__') ~ ''.__class__ }}",
    "format": "{{ '{0.__class__}'.format(1) ~ ''.__class__.__mro__ }}",
    "a text as long as the memory": "{{ 'x' * 10**10 }}",
    "a range without end": "{{ range(10**9) | list }}",
    "a number without end": "{{ 9 ** 9 ** 9 }}",
    "a division by zero": "{{ 1 / 0 }}",
    "a text and a number": "{{ 年度 + 1 }}",
}


def one_line_each(error: GoalgenError) -> list[str]:
    """The lines a person reads; each names the template."""
    lines = [str(problem) for problem in error.problems]
    assert lines
    assert all("\n" not in line and "模板.docx: 错误 D" in line for line in lines)
    assert error.exit_code == 2
    return lines


@pytest.mark.parametrize("name", UNUSABLE)
def test_a_file_that_is_no_template_is_refused(name: str, with_template: MakeForm) -> None:
    make, said = UNUSABLE[name]
    with pytest.raises(GoalgenError) as caught:
        Printer(with_template(make()))
    lines = one_line_each(caught.value)
    assert "D01" in lines[0]
    assert said in lines[0]


@pytest.mark.parametrize("name", TAGS)
def test_a_wrong_tag_is_named_with_the_words_around_it(name: str, with_template: MakeForm) -> None:
    tag, code, said = TAGS[name]
    with pytest.raises(GoalgenError) as caught:
        Printer(with_template(docx(paragraph("好的") + paragraph(tag))))
    lines = one_line_each(caught.value)
    assert any(code in line and said in line for line in lines), lines


@pytest.mark.parametrize("name", HOSTILE)
def test_the_sandbox_holds(name: str, with_template: MakeForm, sixteen: tuple[Project, ...]) -> None:
    """Refused when compiled or when filled, in one line, without a moment's growth."""
    with pytest.raises(GoalgenError) as caught:
        Printer(with_template(docx(paragraph(HOSTILE[name])))).fill(sixteen[0])
    one_line_each(caught.value)


def test_several_faults_are_told_in_one_run(with_template: MakeForm) -> None:
    data = docx(paragraph("{{ 项目名 }}") + paragraph("{{ 单位 | uper }}"), header=paragraph("{{ 没有的 }}"))
    with pytest.raises(GoalgenError) as caught:
        Printer(with_template(data))
    assert len(one_line_each(caught.value)) == 4


def test_a_template_that_is_not_there_is_named(form: Form, tmp_path: Path) -> None:
    with pytest.raises(GoalgenError, match="模板打不开"):
        Printer(form._replace(template=tmp_path / "模板.docx"))


def test_a_link_to_a_web_page_is_no_danger(with_template: MakeForm, sixteen: tuple[Project, ...]) -> None:
    link = Link("rIdLink", "hyperlink", "https://czj.example.gov.cn/", external=True)
    printer = Printer(with_template(docx(paragraph("{{ 项目名称 }}"), links=[link])))
    assert printer.document(printer.fill(sixteen[0]))


@pytest.mark.parametrize("words", [["render"], ["template", "check"]])
def test_the_commands_say_so_in_chinese_and_exit_2(words: list[str], tmp_path: Path) -> None:
    copied(tmp_path, "templates")
    body = docx(paragraph("{{ 项目名 }}") + paragraph("｛｛ 年度 ｝｝"))
    (tmp_path / "templates" / "form_2020.docx").write_bytes(body)
    run = subprocess.run(
        [sys.executable, "-m", "goalgen", *words], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert run.returncode == 2
    assert "Traceback" not in run.stderr
    assert {"D02", "D03"} <= set(run.stderr.split())
    assert "templates/form_2020.docx: 错误" in run.stderr
    assert not (tmp_path / "out").exists()
