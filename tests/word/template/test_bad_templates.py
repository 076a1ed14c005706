"""Templates that are broken or up to no good: one Chinese line each, naming the file and what to look for in it."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from goalgen.cli import cli
from goalgen.errors import GoalgenError
from goalgen.forms import Form
from goalgen.forms.project import Project
from goalgen.printing.printer import Printer
from goalgen.word.zip_reading import unpack
from tests.support.docx_making import Link, changed, docx, paragraph, zipped
from tests.support.docx_reading import parts_in, texts_in
from tests.support.project_making import replace
from tests.support.year_2020 import copied

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


def recoded(encoding: str) -> bytes:
    """A template whose document declares an entity in another encoding than Word writes."""
    parts = unpack(changed(GOOD, "word/document.xml", "<w:document", '<!DOCTYPE d [<!ENTITY a "b">]><w:document'))
    text = parts["word/document.xml"].decode().partition("?>")[2]
    head = f"<?xml version='1.0' encoding='{encoding.upper()}'?>"
    return zipped({**parts, "word/document.xml": head.encode() + text.encode(encoding)})


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
    "entities in another encoding": (lambda: recoded("utf-16"), "不是 UTF-8"),
    "entities in UTF-16": (
        lambda: zipped(
            {
                **parts_in(GOOD),
                "word/document.xml": "<?xml version='1.0' encoding='UTF-16'?><!DOCTYPE d [<!ENTITY a 'b'>]><d/>".encode(
                    "utf-16"
                ),
            }
        ),
        "DTD",
    ),
    "an encoding that hides the letters": (lambda: recoded("utf-7"), "不是 UTF-8"),
    "a part outside the package": (lambda: docx(paragraph("甲"), more={"../../x.xml": b"<x/>"}), "部件名"),
    "broken XML": (lambda: changed(GOOD, "word/document.xml", "</w:body>", ""), "文件坏了"),
    "strict Open XML": (
        lambda: changed(
            GOOD,
            "word/document.xml",
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
        "严格 Open XML",
    ),
    "a password, or an old .doc": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "密码"),
    "another file that is not merged yet": (
        lambda: docx(
            paragraph("甲"),
            links=[Link("rId9", "aFChunk", "part.html")],
            more={"word/part.html": b"<p>{{ x }}</p>"},
        ),
        "还没有合并进来",
    ),
    "an object from elsewhere": (lambda: outside("oleObject"), "oleObject"),
    "a picture from elsewhere": (lambda: outside("image"), "image"),
}

TAGS: Mapping[str, tuple[str, str, str]] = {
    "a condition never closed": ("{% if 年度 %}这里没完", "D02", "这里没完"),
    "a loop never closed": ("{%p for 行 in 指标行 %}", "D02", "这一段"),
    "full-width braces": ("名称是｛｛ 项目名称 ｝｝", "D02", "名称是｛｛ 项目名称 ｝｝"),
    "half full-width braces": ("{｛ 项目名称 ｝}", "D02", "{｛ 项目名称 ｝}"),
    "a tag never closed": ("写到一半{{ 项目名称", "D02", "没有关上；在“写到一半"),
    "a tag never opened": ("项目名称 }} 多了", "D02", "“}}”前面没有开头；在“项目名称 }} 多了”"),
    "an end without a beginning": ("{% endif %}", "D02", "{% endif %} 前面没有开头"),
    "nothing in the tag": ("空的{{ }}", "D02", "空的"),
    "half-width before full-width": ("{{ 年度 ｝｝", "D02", "全角"),
    "a condition closed and one not": (
        "{% set 甲 = 1 %}{% if 年度 %}甲{% endif %}{% if 年度 %}没完",
        "D02",
        "{% if %} 没有结束",
    ),
    "a broken tag in a condition": ("{% if 年度 %}{{ }}{% endif %}", "D02", "缺了名称"),
    "a block twice": ("{% block a %}{% endblock %}{% block a %}{% endblock %}", "D02", "标签写错了"),
    "a comment never closed": ("{# 没完", "D02", "“{#”没有关上"),
    "raw never closed": ("{% raw %}没完", "D02", "{% raw %} 没有结束"),
    "another file": ("{% include '/etc/passwd' %}", "D02", "不能引用别的文件；在“{% include"),
    "the class of a text": ("名{{ ''.__class__ }}", "D02", "模板碰不到程序内部；在“名{{ ''.__class__ }}”这一段"),
    "the class by a filter": ("{{ 项目名称 | attr('__class__') }}", "D02", "不能用“__class__”"),
    "a number without end": ("{{ " + "9" * 5000 + " }}", "D02", "数太长"),
    "too deep": ("{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}", "D02", "嵌套太深"),
    "random text": ("{{ lipsum() }}", "D03", "lipsum"),
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
    "a width without end": "{{ 项目名称 | center(10**9) }}",
    "a method with a width without end": "{{ 项目名称.ljust(1000000000) }}",
    "a format with a width without end": "{{ '%1000000000s' % 项目名称 }}",
    "a filter that formats with a width without end": "{{ '%1000000000s' | format(项目名称) }}",
    "a new format with a width without end": "{{ '{:>1000000000}'.format(项目名称) }}",
    "a format with a width from elsewhere": "{{ '%*s' % (1000000000, 项目名称) }}",
    "a macro that calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "loops without end": "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "a text that doubles": "{% set a = 'aaaaaaaa' %}" + "{% set a = a ~ a %}" * 60 + "{{ a }}",
    "a block that doubles": "{% set a = 'aaaaaaaa' %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 60 + "{{ a }}",
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


def test_faults_of_the_syntax_do_not_hide_the_others(with_template: MakeForm) -> None:
    """Each once, though Jinja itself stops at the first."""
    texts = (
        *("｛｛ 年度 ｝｝", "{{ 项目名 }}", "{{ }}", "{{ 单位 | uper }}", "{% endfor %}", "多了 }}"),
        *("{{ ''.__class__.__mro__ }}", "{% if 年度 %}没完", "{{ 年度"),
    )
    with pytest.raises(GoalgenError) as caught:
        Printer(with_template(docx("".join(map(paragraph, texts)))))
    lines = one_line_each(caught.value)
    assert len(lines) == len(texts) + 1  # 单位 and uper
    for text in texts:
        assert any(f"在“{text}”这一段" in line for line in lines), (text, lines)


def test_what_only_looks_like_the_end_of_a_tag_is_text(with_template: MakeForm, sixteen: tuple[Project, ...]) -> None:
    texts = ("{% raw %}{{ 项目名 }}{% endraw %}", "{{ '}}' }}", "{_{ 年度 }_}", "100%", "{{ '%s}}' % 年度 }}")
    printer = Printer(with_template(docx("".join(map(paragraph, texts)))))
    assert printer.document(printer.fill(sixteen[0]))


def test_a_template_that_is_not_there_is_named(form: Form, tmp_path: Path) -> None:
    with pytest.raises(GoalgenError, match="模板打不开"):
        Printer(replace(form, template=tmp_path / "模板.docx"))


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


def test_a_value_may_hold_what_a_format_may_not(with_template: MakeForm, sixteen: tuple[Project, ...]) -> None:
    name = "≥95%* {电话:8861058} %8861058s"
    tags = "{{ 项目名称 | replace('甲', '') }}{{ '%s' % 项目名称 }}{{ '{}'.format(项目名称) }}"
    number = "{{ 8861058 | string }}{{ '%d' % 8861058 }}{{ '{}'.format(8861058) }}"
    printer = Printer(with_template(docx(paragraph(f"{tags}{number}"))))
    document = printer.document(printer.fill(replace(sixteen[0], name=name)))
    assert "".join(texts_in(document)) == f"{name * 3}{'8861058' * 3}"


def test_of_very_many_faults_the_first_are_told(with_template: MakeForm) -> None:
    with pytest.raises(GoalgenError) as caught:
        Printer(with_template(docx("".join(paragraph(f"{number}{{{{ }}}}") for number in range(30)))))
    assert len(one_line_each(caught.value)) == 20


def test_without_a_name_the_form_of_the_latest_year_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copied(tmp_path, "templates")
    spec = (tmp_path / "templates/form_2020.yaml").read_text(encoding="utf-8")
    (tmp_path / "templates/form_2031.yaml").write_text(spec.replace("form_2020", "form_2031"), encoding="utf-8")
    shutil.copy(tmp_path / "templates/form_2020.docx", tmp_path / "templates/form_2031.docx")
    index = tmp_path / "data/projects.yaml"
    added = f"{index.read_text(encoding='utf-8').rstrip()}\n  2031: {{表样: form_2031, 项目: [2020/01-bao-an-zhuan-fu-jing.yaml]}}\n"
    index.write_text(added, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(cli, ["template", "check"]).stderr.startswith("templates/form_2031.docx：")
    index.write_text("坏", encoding="utf-8")
    assert CliRunner().invoke(cli, ["template", "check"]).stderr.startswith("templates/form_2020.docx：")
    with pytest.raises(GoalgenError, match="S05 找不到表样 form_2032；你是不是想写 form_20"):
        cli.main(["template", "check", "form_2032"], standalone_mode=False)
    with pytest.raises(GoalgenError, match="S05 找不到表样 甲；写表样名，或 templates 里文件的路径"):
        cli.main(["template", "check", "甲"], standalone_mode=False)
