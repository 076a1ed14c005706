"""Any docxtpl template works: goalgen fills it as docxtpl itself does, and its bundle is one sound document."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from lxml import etree

from goalgen.cli import cli
from goalgen.forms import Form
from goalgen.forms.layout import context
from goalgen.forms.project import Project
from goalgen.printing.printer import Printer
from tests.support.docx_making import (
    LANDSCAPE,
    PNG,
    PORTRAIT,
    SEPARATORS,
    Link,
    cell,
    changed,
    docx,
    paragraph,
    picture,
    relationships,
    run,
    table,
)
from tests.support.docx_reading import BODY, parts_in, sound, texts_in
from tests.support.docxtpl_printing import by_docxtpl, canonical
from tests.support.places import ROOT
from tests.support.project_making import replace
from tests.support.validator.faults import structure_faults

MakeForm = Callable[[bytes], Form]
BOOKMARK = (
    '<w:p><w:bookmarkStart w:id="3" w:name="表头"/>' + run("{{ 项目名称 }}") + '<w:bookmarkEnd w:id="3"/></w:p>'
    '<w:p><w:hyperlink w:anchor="表头">' + run("见上") + "</w:hyperlink></w:p>"
)
CONTROL = (
    '<w:sdt><w:sdtPr><w:id w:val="77"/></w:sdtPr><w:sdtContent>'
    + paragraph("{{ 预算单位 }}")
    + "</w:sdtContent></w:sdt>"
)
OUTSIDE = '<w:p><w:hyperlink r:id="rIdLink">' + run("财政局网站：{{ 年度 }}") + "</w:hyperlink></w:p>"
LINK = Link("rIdLink", "hyperlink", "https://czj.example.gov.cn/a?b=1&amp;c=2", external=True)
NOTE = '<w:p><w:r><w:t>表</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
NOTES = SEPARATORS + '<w:footnote w:id="1">' + paragraph("注：{{ 项目名称 }}") + "</w:footnote>"
GROUP = "总体目标.年度"
TEMPLATES: Mapping[str, bytes] = {
    "row loop": docx(
        table(
            ("指标", "指标值"),
            ("{%tr for 行 in 指标行 %}",),
            ("{{ 行.年度.指标 }}", "{{ 行.年度.指标值 }}"),
            ("{%tr endfor %}",),
        )
        + paragraph("完")
    ),
    "paragraph loop with a condition": docx(
        paragraph("{%p for 行 in 指标行 if 行.年度.指标 %}")
        + paragraph("{{ loop.index }}．{{ 行.年度.指标 }}：{{ 行.年度.指标值 }}")
        + paragraph("{%p endfor %}")
    ),
    "paragraph condition with else": docx(
        paragraph("{%p if 项目资金.年度.其他资金 == '0' %}")
        + paragraph("无")
        + paragraph("{%p else %}")
        + paragraph("有{{ 项目资金.年度.其他资金 }}")
        + paragraph("{%p endif %}")
        + paragraph("完")
    ),
    "column loop": docx(
        table(("目标", "{%tc for 期 in ['中长期', '年度'] %}", "{{ 总体目标[期] }}", "{%tc endfor %}"))
        + paragraph("完")
    ),
    "cells merged across": docx(
        table(
            ("{%tc for 字 in '甲乙' %}", "{{ 字 }}", "{%tc endfor %}"),
            ("{%tc for 字 in '甲乙' %}", "{% hm %}{{ 项目名称 }}", "{%tc endfor %}"),
        )
        + paragraph("完")
    ),
    "cells merged down": docx(
        table(
            ("{%tr for 行 in 指标行 %}",),
            ("{% vm %}{{ 项目名称 }}", "{{ 行.年度.指标 }}"),
            ("{%tr endfor %}",),
        )
        + paragraph("完")
    ),
    "a span and a colour from tags": docx(
        table(("{% colspan 1 %}{{ 项目名称 }}", "{% cellbg 'FFCC00' %}{{ 预算单位 }}")) + paragraph("完")
    ),
    "filters and arithmetic": docx(
        paragraph(
            "{{ 项目名称 | upper }}，{{ 预算单位 | replace('市', '县') }}，{{ (年度 | int) + 2 }}，{{ 指标行 | length }}"
        )
    ),
    "set, namespace and a macro": docx(
        paragraph("{% set 名 = 项目名称 ~ '（' ~ 年度 ~ '）' %}{{ 名 }}")
        + paragraph("{% macro 元(数) %}{{ 数 }}万元{% endmacro %}{{ 元(项目资金.年度.财政拨款) }}")
        + paragraph(
            "{% set 计 = namespace(数=0) %}{% for 行 in 指标行 %}{% set 计.数 = 计.数 + 1 %}{% endfor %}{{ 计.数 }}"
        )
    ),
    "tags split over runs": docx(paragraph("{", "{ 项目", "名称 }", "}", " 与 ", "{% if 年度 ", "%}有{% endif", " %}")),
    "curly quotes in tags": docx(paragraph("{% if 年度 == ‘2020’ %}{{ “是” }}{% endif %}{{ 总体目标[“年度”] }}")),
    "white space control": docx(
        paragraph("前")
        + paragraph("{%- if 年度 -%}")
        + paragraph("中{{ 年度 }}")
        + paragraph("{%- endif -%}")
        + paragraph("后")
    ),
    "comparison signs": docx(paragraph("{% if (年度 | int) &gt; 2019 and (年度 | int) &lt;= 2020 %}是{% endif %}")),
    "a comment": docx(paragraph("{# 给填表人看的 #}{{ 项目名称 }}")),
    "braces printed": docx(paragraph("{_{ 写作标签 }_} {{ 项目名称 }} {_% raw %_}")),
    "header and footer": docx(
        paragraph("{{ 项目名称 }}"),
        header=paragraph("页眉 {{ 项目名称 }}"),
        footer=paragraph("{{ 预算单位 }} &amp; 财政"),
    ),
    "footnotes": docx(NOTE, footnotes=NOTES),
    "a bookmark and a link to it": docx(BOOKMARK),
    "a content control": docx(CONTROL + paragraph("完")),
    "a link to a web page": docx(OUTSIDE, links=[LINK]),
    "a picture": docx(
        picture() + paragraph("{{ 项目名称 }}"),
        links=[Link("rIdPicture", "image", "media/seal.png")],
        more={"word/media/seal.png": PNG},
    ),
    "a landscape section": docx(paragraph("{{ 项目名称 }}"), page=LANDSCAPE),
    "a table last": docx(
        table(("{{ 项目名称 }}", "{{ 预算单位 }}")) + '<w:p><w:pPr><w:jc w:val="left"/></w:pPr></w:p>'
    ),
    "paragraph ids and the cursor": docx(
        '<w:p w14:paraId="00000001">' + run("{%p for 行 in 指标行 %}") + '</w:p><w:p w14:paraId="00000002">'
        '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>' + run("{{ 行.年度.指标 }}") + "</w:p>"
        '<w:p w14:paraId="00000003">' + run("{%p endfor %}") + "</w:p>" + paragraph("完")
    ),
    "a choice of several": docx(
        paragraph("{% if 年度 == '2019' %}甲{% elif 编号 == '' %}乙{% elif 年度 %}丙{% else %}丁{% endif %}")
    ),
    "a loop with else": docx(paragraph("{% for 行 in 指标行 %}{{ 行.一级 }}{% else %}{{ 填报人 }}{% endfor %}")),
    "a name for a part": docx(paragraph("{% set 钱 = 项目资金['年度'] %}{{ 钱['总额'] }}，{{ 指标行[0].年度.指标 }}")),
    "a tab in the words": docx(paragraph("甲\t乙{{ 项目名称 }}")),
    "a colour by condition": docx(
        "<w:p><w:r><w:rPr><w:color w:val=\"{% if 年度 == '2020' %}FF0000{% else %}000000{% endif %}\"/></w:rPr>"
        "<w:t>{{ 总体目标.年度 }}</w:t></w:r></w:p>"
    ),
    "a colour from a value": docx(
        '<w:p><w:r><w:rPr><w:color w:val="{{ 年度 }}00"/></w:rPr><w:t>{{ 总体目标.年度 }}</w:t></w:r></w:p>'
    ),
    "an element round a run by condition": docx(
        '<w:p>{% if 年度 %}<w:hyperlink w:anchor="甲">{% endif %}'
        + run("{{ 项目名称 }}")
        + "{% if 年度 %}</w:hyperlink>{% endif %}</w:p>"
    ),
    "a content control last": docx(CONTROL),
    "no section": changed(docx(paragraph("{{ 项目名称 }}")), BODY, f"<w:sectPr>{PORTRAIT}</w:sectPr>", ""),
    "a picture in the header": docx(
        paragraph("{{ 项目名称 }}"),
        header=picture() + paragraph("{{ 项目名称 }}"),
        more={
            "word/media/seal.png": PNG,
            "word/_rels/header1.xml.rels": relationships([Link("rIdPicture", "image", "media/seal.png")]).encode(),
        },
    ),
    "a cell with properties only": docx(
        table((cell("{{ 年度 }}", properties='<w:vAlign w:val="center"/>'), "甲")) + paragraph("")
    ),
}


@pytest.fixture(scope="module")
def three(sixteen: tuple[Project, ...]) -> list[Project]:
    """Three projects, one with characters that XML and Jinja know."""
    odd = replace(sixteen[1], name="R&D <研发> {{ 7*7 }} “引”", unit=" 空 格 ")
    return [sixteen[0], odd, sixteen[4]]


def kinds(data: bytes) -> set[str]:
    """The kinds of fault in a document: docxtpl's spans and column loops leave some that are not goalgen's to judge."""
    return {re.sub(r"'.*'|\d+", "", fault) for fault in structure_faults(data)}


@pytest.mark.parametrize("name", TEMPLATES)
def test_goalgen_prints_what_docxtpl_prints(name: str, three: list[Project], with_template: MakeForm) -> None:
    template = TEMPLATES[name]
    form = with_template(template)
    printer = Printer(form)
    for project in (three[0], three[2]):
        ours = printer.document(printer.fill(project))
        theirs = by_docxtpl(template, context(project, form))
        assert kinds(ours) <= kinds(theirs)
        for part in parts_in(template):
            if part.startswith("word/") and part.endswith(".xml"):
                assert canonical(ours, part) == canonical(theirs, part), part


@pytest.mark.parametrize("name", TEMPLATES)
def test_three_forms_make_one_sound_bundle(name: str, three: list[Project], with_template: MakeForm) -> None:
    """Ids and names stay unique, every form ends a section of its own, and says what it says alone."""
    printer = Printer(with_template(TEMPLATES[name]))
    filled = [printer.fill(project) for project in three]
    bundle = printer.bundle(filled)
    values = context(three[0], printer.form)
    assert kinds(bundle) <= kinds(by_docxtpl(TEMPLATES[name], values))
    xml = parts_in(bundle)[BODY].decode()
    assert xml.count("<w:sectPr") == 3
    assert xml.count('<w:type w:val="nextPage"/>') >= 2
    singly = [text for one in filled for text in texts_in(printer.document(one)) if text]
    assert [re.sub("\u200b1?", "", text) for text in texts_in(bundle) if text] == singly, "but for the numbers of notes"


def test_the_templates_take_both_ways(with_template: MakeForm) -> None:
    """The guard of the two tests above: some of these templates only docxtpl renders, most goalgen does."""
    slow = {name for name, template in TEMPLATES.items() if Printer(with_template(template)).slow}
    assert slow >= {"column loop", "cells merged across"}
    assert len(slow) < len(TEMPLATES) / 3


def test_every_form_of_a_bundle_keeps_its_own_header(three: list[Project], with_template: MakeForm) -> None:
    printer = Printer(with_template(TEMPLATES["header and footer"]))
    bundle = printer.bundle(printer.fill(project) for project in three)
    parts = parts_in(bundle)
    relationships = parts["word/_rels/document.xml.rels"].decode()
    shown = []
    for identity in re.findall(r'<w:headerReference [^>]*r:id="([^"]*)"', parts[BODY].decode()):
        line = next(x for x in re.findall("<Relationship [^>]*>", relationships) if f'Id="{identity}"' in x)
        target = re.search(r'Target="([^"]*)"', line)
        assert target is not None
        shown += texts_in(bundle, f"word/{target.group(1)}")
    assert shown == [f"页眉 {project.name}" for project in three]


def test_a_landscape_template_makes_every_page_of_the_bundle_landscape(
    three: list[Project], with_template: MakeForm
) -> None:
    printer = Printer(with_template(TEMPLATES["a landscape section"]))
    bundle = printer.bundle(printer.fill(project) for project in three)
    assert parts_in(bundle)[BODY].decode().count('w:orient="landscape"') == 3


def test_footnotes_of_a_bundle_are_each_form_s_own(three: list[Project], with_template: MakeForm) -> None:
    printer = Printer(with_template(TEMPLATES["footnotes"]))
    bundle = printer.bundle(printer.fill(project) for project in three)
    notes = [text for text in texts_in(bundle, "word/footnotes.xml") if text]
    assert notes == [f"注：{project.name}" for project in three]


def test_the_title_of_the_document_is_escaped_once(three: list[Project], with_template: MakeForm) -> None:
    """docxtpl with autoescape prints `A &amp; B` in the title; goalgen prints `A & B`."""
    form = with_template(docx(paragraph("表"), core={"title": "甲 &amp; {{ 项目名称 }}", "subject": "{{ 预算单位 }}"}))
    printer = Printer(form)
    filled = printer.fill(replace(three[0], name="A & B < C"))
    for data in (printer.document(filled), printer.bundle([filled, filled])):
        core = etree.fromstring(parts_in(sound(data))["docProps/core.xml"])
        titles = [element.text for element in core.iter("{http://purl.org/dc/elements/1.1/}title")]
        assert titles == ["甲 & A & B < C"]


@pytest.mark.parametrize("properties", ["", "<w:tcPr/>", '<w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>'])
def test_cells_merge_whatever_properties_they_had(
    properties: str, three: list[Project], with_template: MakeForm
) -> None:
    """A program may leave the properties of a cell away; the merge must be the only one in the cell all the same."""
    row = ("{%tr for 行 in 指标行 %}",), ("{{ 行.一级 }}", "{{ 行.年度.指标 }}"), ("{%tr endfor %}",)
    whole = docx(table(*row) + paragraph(""))
    before = '<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>' + paragraph("{{ 行.一级 }}")
    template = changed(whole, BODY, before, f"<w:tc>{properties}{paragraph('{{ 行.一级 }}')}")
    printer = Printer(with_template(template))
    data = printer.document(printer.fill(three[0]))
    cells = re.findall("<w:tc>.*?</w:tc>", parts_in(data)[BODY].decode())[::2]
    assert {cell.count("<w:vMerge ") for cell in cells} == {cell.count("<w:tcPr>") for cell in cells} == {1}
    assert not any("<w:tcPr/>" in cell for cell in cells)
    assert "restart" in cells[0] and "continue" in cells[1]
    assert structure_faults(data) == []


def test_a_merge_by_vm_stands_where_the_schema_has_it(three: list[Project], with_template: MakeForm) -> None:
    """docxtpl puts it behind the borders and the alignment of the cell, which Word may call a damaged file."""
    properties = '<w:tcBorders><w:top w:val="nil"/></w:tcBorders><w:vAlign w:val="center"/>'
    rows = (
        [cell("{%tr for 行 in 指标行 %}"), cell("")],
        [cell("{% vm %}指标", properties=properties), cell("{{ 行.二级 }}")],
        [cell("{%tr endfor %}"), cell("")],
    )
    printer = Printer(with_template(docx(paragraph("{{ 项目名称 }}") + table(*rows))))
    body = parts_in(sound(printer.document(printer.fill(three[0]))))[BODY].decode()
    assert body.count('<w:vMerge w:val="restart"/><w:tcBorders>') == 1
    assert body.count('<w:vMerge w:val="continue"/><w:tcBorders>') > 5
    assert body.count(">指标<") == 1


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            table(("{%tc for 字 in '甲乙' %}", "{{ 字 }}", "{%tc endfor %}")),
            "每份由 docxtpl 重排表格的列，较慢：按列循环",
        ),
        (paragraph("{{ 项目名称 | upper }}"), "由 Jinja 填写，稍慢：过滤器 |upper"),
    ],
)
def test_the_command_says_why_a_template_is_slow(body: str, said: str, tmp_path: Path) -> None:
    shutil.copy(ROOT / "templates" / "form_2020.yaml", tmp_path)
    (tmp_path / "form_2020.docx").write_bytes(docx(body))
    result = CliRunner().invoke(cli, ["template", "check", str(tmp_path / "form_2020.yaml")])
    assert result.exit_code == 0
    (line,) = (line for line in result.stdout.splitlines() if f"form_2020.docx: 提示 {said}" in line)
    assert line.endswith("；印出来的一样，可以不管")
