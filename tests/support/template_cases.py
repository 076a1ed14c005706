"""Templates made by other hands: what each cannot do and must be told, or what it prints; two or more of each kind."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from tests.support.docx_making import (
    NAMESPACES,
    PNG,
    SEPARATORS,
    Link,
    cell,
    changed,
    docx,
    paragraph,
    picture,
    run,
    table,
    zipped,
)
from tests.support.docx_reading import BODY, parts_in
from tests.support.places import ROOT

CASES: Final = ROOT / "tests" / "word" / "template" / "cases"
NAME = "{{ 项目名称 }}"
DATE = 'w:author="甲某" w:date="2020-01-01T00:00:00Z"'
LOOP = ("{%tr for 行 in 指标行 %}",)
END = ("{%tr endfor %}",)
RESTART, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def field(*codes: str) -> str:
    """The runs of a field with its code in several runs."""
    marks = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    inside = "".join(f'<w:r><w:instrText xml:space="preserve">{code}</w:instrText></w:r>' for code in codes)
    return marks.format("begin") + inside + marks.format("separate") + run("0") + marks.format("end")


def control(inside: str, number: int = 77, more: str = "") -> str:
    return f'<w:sdt><w:sdtPr><w:id w:val="{number}"/>{more}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>'


def with_picture(body: str) -> bytes:
    return docx(body, links=[Link("rIdPicture", "image", "media/seal.png")], more={"word/media/seal.png": PNG})


def split(middle: str, first: str = "{{ 项目", last: str = "名称 }}") -> str:
    """A paragraph with a tag in two runs and something between them."""
    return f"<w:p>{run(first)}{middle}{run(last)}</w:p>"


def case(name: str) -> bytes:
    return (CASES / f"{name}.docx").read_bytes()


AS_DOCXTPL_LEAVES_THEM = {
    "comment-cell-tag",
    "a control round a cell of a table whose columns change",
    "a cell merged across that was wide already, and a colour",
}
"""Tables whose cells docxtpl leaves narrower than the columns it makes of them: every program shows them alike."""
FORMULA = (
    '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:r><m:t>{}</m:t></m:r></m:oMath>'
)
RAW = ("{{ 甲", "乙 }}", "{{")
TEXT_BOX = (
    '<w:r><mc:AlternateContent xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
    '<mc:Choice Requires="wps"><w:drawing><wp:inline><wp:extent cx="3600000" cy="720000"/>'
    '<wp:docPr id="9" name="框"/><a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/'
    'wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
    '<a:ext cx="3600000" cy="720000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr><wps:txbx>'
    "<w:txbxContent>{inside}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline>"
    '</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
    "<w:txbxContent>{inside}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)

TOLD: Mapping[str, tuple[bytes, str, str]] = {
    "hang-unclosed-last-tag": (case("hang-unclosed-last-tag"), "“{{”没有关上", "电话：{{ 联系电话"),
    "a statement never closed before a table": (
        docx(paragraph("电话{% if 联系电话 ") + table(("", "")) * 30),
        "“{%”没有关上",
        "电话{% if 联系电话",
    ),
    "a tag never closed in the header": (
        docx(table(("", "")), header=paragraph("眉{{ 年度")),
        "“{{”没有关上",
        "眉{{ 年度",
    ),
    "tag-half-inserted": (case("tag-half-inserted"), "一半是修订里插入的字", "{{ 项目名称 }}"),
    "a tag half moved": (
        docx(f'<w:p>{run("移{{ 项目")}<w:moveTo w:id="3" {DATE}>{run("名称 }}")}</w:moveTo></w:p>'),
        "一半是修订里移来的字",
        "移{{ 项目名称 }}",
    ),
    "a tag half inserted, in the header": (
        docx(paragraph("甲"), header=f'<w:p><w:ins w:id="3" {DATE}>{run("{{ 项目")}</w:ins>{run("名称 }}")}</w:p>'),
        "先在 Word 里接受修订",
        "{{ 项目名称 }}",
    ),
    "tag-half-hyperlink": (case("tag-half-hyperlink"), "一半带着超链接", "{{ 项目名称 }}"),
    "a tag half in a field": (
        docx(f'<w:p>{run("{{ 项目")}<w:fldSimple w:instr="PAGE">{run("名称 }}")}</w:fldSimple></w:p>'),
        "一半在域里",
        "{{ 项目名称 }}",
    ),
    "a tag half in a content control": (
        docx(f"<w:p>{run('{{ 项目')}{control(run('名称 }}'))}</w:p>"),
        "一半在内容控件里",
        "{{ 项目名称 }}",
    ),
    "a tag half in the code of a field": (
        docx(f"<w:p>{run('{{ 项目')}{field(' 名称 }}')}</w:p>"),
        "一半在域里",
        "{{ 项目",
    ),
    "run-tag-with-plain-text": (case("run-tag-with-plain-text"), "改成 {{ 项目名称 }}", "名称：{{r 项目名称 }}"),
    "a paragraph tag with plain text": (docx(paragraph("{{p 填报人 }}")), "改成 {{ 填报人 }}", "{{p 填报人 }}"),
    "a cell tag with plain text": (docx(table(("{{tc 填报人 }}", "乙"))), "改成 {{ 填报人 }}", "{{tc 填报人 }}"),
    "merge-start-in-loop-row": (case("merge-start-in-loop-row"), "合并单元格的开头", "绩效指标{%tr for"),
    "a merge that starts in the row of the end": (
        docx(
            table(
                LOOP,
                ("{{ 行.一级 }}", "{{ 行.二级 }}"),
                (cell("{%tr endfor %}", properties=RESTART), ""),
                (cell("", properties=GOES_ON), "乙"),
            )
        ),
        "合并单元格的开头",
        "{%tr endfor %}",
    ),
    "a merge whose first row may go": (
        docx(
            table(
                ("{%tr if 编号 %}",),
                (cell("标题", properties=RESTART), "甲"),
                (cell("", properties=GOES_ON), "{%tr endif %}"),
                (cell("", properties=GOES_ON), "乙"),
            )
        ),
        "合并的格子少了开头",
        "乙",
    ),
    "words in the row of a loop": (
        docx(table(("序号", "{%tr for 行 in 指标行 %}"), END)),
        "还有“序号”",
        "序号{%tr for",
    ),
    "words in the paragraph of a condition": (
        docx(paragraph("注：{%p if 编号 %}") + paragraph("{%p endif %}")),
        "还有“注：”",
        "注：{%p if 编号 %}",
    ),
    "a picture in the paragraph of a condition": (
        with_picture(picture().replace("<w:p>", f"<w:p>{run('{%p if 编号 %}')}") + paragraph("{%p endif %}")),
        "图片或图形",
        "{%p if 编号 %}",
    ),
    "the end of a section in the paragraph of a condition": (
        docx(
            f'<w:p><w:pPr><w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:pPr>{run("{%p if 编号 %}")}</w:p>'
            + paragraph("{%p endif %}")
        ),
        "分节符",
        "{%p if 编号 %}",
    ),
    "tag-across-cells": (case("tag-across-cells"), "标签跨了格子", "{{ 项目"),
    "a tag across rows": (docx(table(("甲", "乙{{ 项目"), ("名称 }}", ""))), "标签跨了格子", "乙{{ 项目"),
    "a tag across paragraphs": (docx(paragraph("甲{{ 项目") + paragraph("名称 }}乙")), "标签跨了段", "甲{{ 项目"),
    "picture-inside-tag": (case("picture-inside-tag"), "里面有图片或图形", "{{ 项目名称 }}"),
    "a text box inside a tag": (
        docx(split(TEXT_BOX.format(inside=paragraph("框")))),
        "里面有图片或文本框",
        "{{ 项目名称 }}",
    ),
    "a field inside a tag": (docx(split(field("PAGE"))), "在域里", "{{ 项目"),
    "a footnote inside a tag": (
        docx(
            split('<w:r><w:footnoteReference w:id="1"/></w:r>'),
            footnotes=f'{SEPARATORS}<w:footnote w:id="1">{paragraph("注")}</w:footnote>',
        ),
        "里面有脚注",
        "{{ 项目名称 }}",
    ),
    "a symbol inside a tag": (
        docx(split('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>')),
        "里面有符号",
        "{{ 项目名称 }}",
    ),
    "a page break inside a tag": (docx(split('<w:r><w:br w:type="page"/></w:r>')), "里面有分页符", "{{ 项目名称 }}"),
    "zero-width-space-in-tag": (case("zero-width-space-in-tag"), "零宽空格（U+200B）", "{{ 项目"),
    "a byte order mark in a tag": (docx(paragraph("甲{{\ufeff 年度 }}")), "零宽不换行空格（U+FEFF）", "甲{{"),
    "a mark of direction in a tag": (docx(paragraph("{{ 年\u202a度 }}")), "文字方向标记（U+202A）", "{{ 年"),
    "percent-in-paragraph-tag": (case("percent-in-paragraph-tag"), "里不能有 % 和 }", "{%p if loop.index % 2 == 0 %}"),
    "percent in the tag of a row": (
        docx(table(("{%tr if 指标行|length % 2 %}",), ("甲", "乙"), ("{%tr endif %}",))),
        "{%tr … %} 里不能有 % 和 }",
        "{%tr if 指标行|length % 2 %}",
    ),
    "a brace in the tag of a paragraph": (
        docx(paragraph("{%p if 编号 == '}' %}") + paragraph("甲") + paragraph("{%p endif %}")),
        "{%p … %} 里不能有 % 和 }",
        "{%p if 编号 == '}' %}",
    ),
    "dash-tag-before-table": (case("dash-tag-before-table"), "“-%}”会吃掉它后面的表格边", "{%- if 编号 -%}"),
    "a dash after a table": (
        docx(table(("甲", "乙")) + paragraph("{%- if 编号 %}丙{% endif %}")),
        "“{%-”会吃掉它前面的表格边",
        "{%- if 编号 %}丙{% endif %}",
    ),
    "a dash at the edge of a cell": (
        docx(table(("{%- if 编号 %}丙{% endif %}", "乙")) + paragraph("")),
        "格子边",
        "{%- if 编号 %}丙{% endif %}",
    ),
    "a row tag outside tables": (docx(paragraph("{%tr for 行 in 指标行 %}")), "放在表格的一行里", "{%tr for"),
    "a footnote in a loop": (
        docx(
            paragraph("{%p for 行 in 指标行 %}")
            + f'<w:p>{run("{{ 行.二级 }}")}<w:r><w:footnoteReference w:id="1"/></w:r></w:p>'
            + paragraph("{%p endfor %}"),
            footnotes=f'{SEPARATORS}<w:footnote w:id="1">{paragraph("注")}</w:footnote>',
        ),
        "循环里有脚注",
        "{{ 行.二级 }}",
    ),
    "half a row in a condition": (
        docx(table(("{% if 编号 %}甲", "乙{% endif %}")) + paragraph("")),
        "多了或少了格子",
        "",
    ),
    "a paragraph that begins in a condition and ends outside": (
        docx(f"<w:p>{run('{% if 编号 %}甲')}</w:p>{table(('乙{% endif %}', '丙'))}<w:p/>"),
        "不在同一层",
        "{% if 编号 %}甲",
    ),
    "a tag in a chart": (
        docx(
            paragraph(NAME),
            links=[Link("rId8", "chart", "charts/chart1.xml")],
            more={"word/charts/chart1.xml": "<c><t>{{ 项目名称 }}</t></c>".encode()},
        ),
        "图表里不能写标签，“{{ 项目名称 }}”会原样印出来",
        "",
    ),
    "a tag in the address of a link": (
        docx(
            f'<w:p><w:hyperlink r:id="rId7">{run("网站")}</w:hyperlink></w:p>',
            links=[Link("rId7", "hyperlink", "https://a.example/%7B%7B 编号 %7D%7D", external=True)],
        ),
        "超链接的网址里不能写标签，“{{ 编号 }}”不会填",
        "",
    ),
    "a picture that is not there": (
        docx(picture() + paragraph(NAME), links=[Link("rIdPicture", "image", "NULL")]),
        "图片的文件不见了",
        "",
    ),
    "words in the cell of a tag": (
        docx(table(("{%tc if 年度 %}甲", "{%tc endif %}")) + "<w:p/>"),
        "这一格除了 {%tc … %} 还有“甲”",
        "{%tc if 年度 %}甲",
    ),
    "a tag never closed that begins in two runs": (
        docx(paragraph("甲{", "{ 项目名称")),
        "“{{”没有关上",
        "甲{{ 项目名称",
    ),
    "a tag half in something unheard of": (
        docx(f"<w:p>{run('{{ 项目')}<w:strange>{run('名称 }}')}</w:strange></w:p>"),
        "的两半不在一处",
        "{{ 项目名称 }}",
    ),
    "a tag half in a formula": (
        docx(f"<w:p>{run('{{ 项目')}{FORMULA.format('名称 }}')}</w:p>"),
        "一半在公式里",
        "{{ 项目名称 }}",
    ),
    "a tag of a run in a formula": (docx(f"<w:p>{FORMULA.format('{%r if 年度 %}')}</w:p>"), "不认识 {% r %}", "{%r if"),
    "a tag across paragraphs of several runs": (
        docx(paragraph("甲", "{{ 项目") + paragraph("名称 }}", "乙")),
        "标签跨了段",
        "甲{{ 项目",
    ),
    "choices too deep": (docx(paragraph("{% if 年度 %}" * 150 + "{% endif %}" * 150)), "条件和循环套得太深", ""),
    "a choice of too many branches": (
        docx(paragraph("{% if 年度 == '1' %}" + "{% elif 年度 == '2' %}" * 3000 + "{% endif %}")),
        "套得太深",
        "",
    ),
    "a sum too long": (docx(paragraph("{{ 1" + "+1" * 4000 + " }}")), "嵌套太深", ""),
    "a broken header": (docx(paragraph("甲"), header="<w:p>"), "文件坏了", ""),
    "XML from a tag": (docx(paragraph("{{ '&lt;w:p&gt;' | safe }}")), "不是合格的 XML", ""),
    "a loop over half a table": (
        docx(
            table(("{% for 行 in 指标行 %}{% if 年度 %}甲{% endif %}{% set 乙 %}丙{% endset %}", "丁"))
            + paragraph("{% endfor %}")
        ),
        "{% for %} 和 {% endfor %} 不在同一层",
        "{% for 行 in 指标行 %}",
    ),
    "very many tags": (docx(paragraph("{{ 年度 }}" * 6000)), "标签太多", ""),
}

PRINTED: Mapping[str, tuple[bytes, str]] = {
    "main-part-document2": (case("main-part-document2"), "{名}"),
    "the document in a folder of its own": (
        zipped(
            {
                name.replace("word/document.xml", "doc/main.xml"): content.replace(
                    b"word/document.xml", b"doc/main.xml"
                ).replace(b'Target="media', b'Target="/word/media')
                for name, content in parts_in(with_picture(picture() + paragraph(NAME))).items()
            }
            | {
                "doc/_rels/main.xml.rels": parts_in(with_picture(""))["word/_rels/document.xml.rels"].replace(
                    b'Target="media', b'Target="/word/media'
                )
            }
        ),
        "{名}",
    ),
    "a .dotx by its type": (
        docx(
            paragraph(NAME),
            main_type="application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        ),
        "{名}",
    ),
    "attached-template": (case("attached-template"), "{名}"),
    "a mail merge": (
        docx(
            paragraph(NAME),
            links=[Link("rIdS", "settings", "settings.xml")],
            more={
                "word/settings.xml": (
                    f"<w:settings {NAMESPACES}><w:mailMerge><w:dataSource r:id='rId1'/></w:mailMerge>"
                    "<w:defaultTabStop w:val='420'/></w:settings>"
                ).encode(),
                "word/_rels/settings.xml.rels": (
                    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
                    b'Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/mailMergeSource" '
                    b'Target="file:///C:/a.xlsx" TargetMode="External"/></Relationships>'
                ),
            },
            types='<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            'wordprocessingml.settings+xml"/>',
        ),
        "{名}",
    ),
    "missing-picture-target": (case("missing-picture-target"), "{名}"),
    "a picture outside that is NULL": (
        docx(paragraph(NAME), links=[Link("rId9", "image", "NULL", external=True)]),
        "{名}",
    ),
    "customxml-utf16": (case("customxml-utf16"), "{名}"),
    "the document in UTF-16": (
        zipped(
            {
                name: content.decode().replace("UTF-8", "UTF-16").encode("utf-16") if name == BODY else content
                for name, content in parts_in(docx(paragraph(NAME))).items()
            }
        ),
        "{名}",
    ),
    "other prefixes": (
        changed(
            docx(paragraph(NAME)),
            BODY,
            f'<w:document {NAMESPACES}><w:body><w:p><w:r><w:t xml:space="preserve">{NAME}</w:t></w:r></w:p><w:sectPr>'
            '<w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>',
            '<document xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="http://schemas.'
            f'openxmlformats.org/wordprocessingml/2006/main"><body><p><r><t>{NAME}</t></r></p><sectPr>'
            '<pgSz v:w="11906" v:h="16838"/></sectPr></body></document>',
        ),
        "{名}",
    ),
    "deleted-tag-under-tracking": (case("deleted-tag-under-tracking"), "{名}完"),
    "a tag moved elsewhere": (
        docx(
            f'<w:p><w:moveFrom w:id="3" {DATE}>{run("{{ 旧名称 }}")}</w:moveFrom></w:p>'
            f'<w:p><w:moveTo w:id="4" {DATE}>{run(NAME)}</w:moveTo></w:p>'
        ),
        "{名}",
    ),
    "a part of a tag deleted": (
        docx(split(f'<w:del w:id="3" {DATE}><w:r><w:delText>旧</w:delText></w:r></w:del>')),
        "{名}",
    ),
    "a tag over a line break and a bookmark": (
        docx(
            split(
                '<w:r><w:br/></w:r><w:bookmarkStart w:id="5" w:name="甲"/><w:bookmarkEnd w:id="5"/>',
                "{{ 项目名称",
                "| replace('无', '有') }}",
            )
        ),
        "{名}",
    ),
    "a tag half in a smart tag": (
        docx(split(f'<w:smartTag w:uri="u" w:element="e">{run("名")}</w:smartTag>', last="称 }}")),
        "{名}",
    ),
    "a tag as a whole inserted": (docx(f'<w:p><w:ins w:id="3" {DATE}>{run(NAME)}</w:ins></w:p>'), "{名}"),
    "field-code-space": (case("field-code-space"), "{名}0"),
    "a tag in the code of a field": (
        docx(f"<w:p>{field('QUOTE ', '“{{ 年', '度 }}”')}</w:p>" + paragraph(NAME)),
        "0{名}",
    ),
    "all-rows-gone": (case("all-rows-gone"), "{名}"),
    "all rows gone of a table in a cell": (
        docx(
            table(
                (
                    cell("").replace(
                        "</w:tc>", table(("{%tr if 编号 == '无' %}",), ("甲",), ("{%tr endif %}",)) + "<w:p/></w:tc>"
                    ),
                )
            )
            + paragraph(NAME)
        ),
        "{名}",
    ),
    "all rows gone of a table in a control": (
        docx(control(table(("{%tr if 编号 == '无' %}",), ("甲",), ("{%tr endif %}",))) + paragraph(NAME)),
        "{名}",
    ),
    "cell-left-without-paragraph": (case("cell-left-without-paragraph"), "{名}"),
    "a cell left with a table": (
        docx(
            table(
                (
                    cell("{%p if 编号 == '无' %}").replace(
                        "</w:tc>",
                        f"{paragraph('甲')}{paragraph('{%p endif %}')}{table(('乙',))}"
                        f"{paragraph('{%p if 编号 == 1 %}')}{paragraph('丙')}{paragraph('{%p endif %}')}</w:tc>",
                    ),
                )
            )
            + paragraph(NAME)
        ),
        "乙{名}",
    ),
    "a header left empty": (
        docx(
            paragraph(NAME),
            header=paragraph("{%p if 编号 == '无' %}") + paragraph("甲") + paragraph("{%p endif %}"),
        ),
        "{名}",
    ),
    "a text box left empty": (
        docx(
            "<w:p>"
            + TEXT_BOX.format(inside=paragraph("{%p if 编号 == '无' %}") + paragraph("甲") + paragraph("{%p endif %}"))
            + "</w:p>"
            + paragraph(NAME)
        ),
        "{名}",
    ),
    "bookmark-in-loop": (case("bookmark-in-loop"), "…{名}"),
    "ranges in a loop in a loop": (
        docx(
            paragraph("{%p for 行 in 指标行 %}")
            + paragraph("{%p for 列 in ['甲', '乙'] %}")
            + '<w:p><w:bookmarkStart w:id="4" w:name="行"/><w:permStart w:id="6" w:edGrp="everyone"/>'
            + run("{{ 列 }}")
            + '<w:permEnd w:id="6"/><w:bookmarkEnd w:id="4"/></w:p>'
            + paragraph("{%p endfor %}") * 2
            + paragraph(NAME)
        ),
        "…{名}",
    ),
    "a bookmark round the rows of a loop": (
        docx(
            table(LOOP, ("{{ 行.二级 }}",), END)
            .replace("<w:tr>", '<w:tr><w:bookmarkStart w:id="4" w:name="行"/>', 1)
            .replace("</w:tr></w:tbl>", '<w:bookmarkEnd w:id="4"/></w:tr></w:tbl>')
            + paragraph(NAME)
        ),
        "…{名}",
    ),
    "control-in-row-loop": (case("control-in-row-loop"), "…{名}"),
    "a control in a paragraph of a loop": (
        docx(
            paragraph("{%p for 行 in 指标行 %}")
            + f"<w:p>{control(run('{{ 行.二级 }}'))}</w:p>"
            + paragraph("{%p endfor %}")
            + paragraph(NAME)
        ),
        "…{名}",
    ),
    "a control round each of the rows of a loop": (
        docx(
            re.sub(
                r"<w:tr>.*?</w:tr>",
                lambda row: control(row.group(), len(row.group())),
                table(LOOP, ("{{ 行.二级 }}",), END),
            )
            + paragraph(NAME)
        ),
        "…{名}",
    ),
    "picture-and-control-cells": (case("picture-and-control-cells"), "{名}名称{名}"),
    "a picture in a loop": (
        with_picture(paragraph("{%p for 行 in 指标行 %}") + picture() + paragraph("{%p endfor %}") + paragraph(NAME)),
        "{名}",
    ),
    "comment-cell-tag": (case("comment-cell-tag"), "{名}完"),
    "a comment for a row and for a paragraph": (
        docx(
            table(("{#tr 说明 #}", "甲"), ("乙", "丙")) + paragraph("{#p 说明 #}丁") + paragraph(NAME),
        ),
        "乙丙{名}",
    ),
    "merged-column-with-filter": (case("merged-column-with-filter"), "…{名}"),
    "a percent in a plain tag": (docx(paragraph("{% if 7 % 2 == 1 %}{{ 项目名称 }}{% endif %}")), "{名}"),
    "dashes within a paragraph": (docx(paragraph("甲 {%- if 年度 -%} 乙 {%- endif -%} {{ 项目名称 }}")), "甲乙{名}"),
    "two tags of one paragraph": (
        docx(paragraph("{%p if 年度 %}{%p if 年度 %}") + paragraph(NAME) + paragraph("{%p endif %}{%p endif %}")),
        "{名}",
    ),
    "dashes over line breaks": (
        docx(
            f"<w:p>{run('甲')}<w:r><w:br/></w:r>{run('{%- if 年度 -%}')}<w:r><w:rPr/><w:br/></w:r>{run(NAME)}"
            f"{run('{% endif %}')}</w:p>"
        ),
        "甲{名}",
    ),
    "dashes between paragraphs of other formats": (
        docx(
            paragraph("甲")
            + '<w:p><w:bookmarkStart w:id="1" w:name="a"/><w:r><w:rPr><w:b/></w:rPr><w:t>{%- if 年度 %}乙{% endif %}</w:t></w:r>'
            '<w:bookmarkEnd w:id="1"/></w:p><w:bookmarkStart w:id="2" w:name="b"/><w:bookmarkEnd w:id="2"/>'
            + paragraph("{%- if 年度 %}丙{% endif %}")
            + paragraph("{{ 项目名称 }}")
        ),
        "甲乙丙{名}",
    ),
    "a dash before a link, a picture and the end": (
        with_picture(
            paragraph("{%- if 年度 %}甲{% endif %}")
            + f'<w:p><w:hyperlink w:anchor="a">{run("{%- if 年度 %}乙{% endif %}")}</w:hyperlink></w:p>'
            + picture().replace("</w:p>", run("{%- if 年度 %}丙{% endif %}") + "</w:p>")
            + paragraph("{{ 项目名称 }}{% if 年度 -%}{% endif -%}")
        ),
        "甲乙丙{名}",
    ),
    "a control round a cell of a table whose columns change": (
        docx(
            table(("{%tc if 年度 %}", cell("甲"), "{%tc endif %}")).replace(cell("甲"), control(cell("甲")))
            + paragraph(NAME)
        ),
        "甲{名}",
    ),
    "a cell merged across that was wide already, and a colour": (
        docx(
            table(
                (
                    "{%tc for 列 in ['1', '2'] %}",
                    cell("{% hm %}甲", properties='<w:gridSpan w:val="1"/>'),
                    "{%tc endfor %}",
                ),
                ("{%tc for 列 in ['1', '2'] %}", "乙", "{%tc endfor %}"),
            )
            + table(("丙",)).replace(run("丙"), "<w:r><w:t>{% cellbg 'FF0000' %}</w:t></w:r>" + run("丙"))
            + paragraph(NAME)
        ),
        "甲乙乙丙{名}",
    ),
    "characters that no document holds": (
        docx(paragraph(f"\ufdd6{NAME}").replace("<w:p>", '<w:p w:rsidR="00\ufdd600AA">')),
        "{名}",
    ),
    "a line break at the end of a run with words": (
        docx(f"<w:p><w:r><w:t>甲</w:t><w:br/></w:r>{run('{%- if 年度 %}')}{run(NAME)}{run('{% endif %}')}</w:p>"),
        "甲{名}",
    ),
    "white space between elements": (
        changed(docx(paragraph("甲", " ") + paragraph(NAME)), BODY, "><", ">\n  <"),
        "甲 {名}",
    ),
    "tags beside elements that go": (
        docx(
            '<w:p><w:bookmarkStart w:id="0" w:name="_GoBack"/>{% if 年度 %}'
            '<w:bookmarkStart w:id="1" w:name="甲"/><w:bookmarkEnd w:id="1"/>'
            + run(NAME)
            + '<w:bookmarkEnd w:id="0"/>{% endif %}</w:p>'
        ),
        "{名}",
    ),
    "a comment for a row outside tables": (docx(paragraph(f"{{#tr 甲 #}}{NAME}")), "{名}"),
    "a run tag before a tab": (
        docx(
            "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{%r if 年度 %}</w:t><w:tab/></w:r>"
            + run(NAME)
            + run("{%r endif %}")
            + "</w:p>"
        ),
        "\t{名}",
    ),
    "a chart with braces": (
        docx(
            paragraph(NAME),
            links=[Link("rId8", "chart", "charts/chart1.xml")],
            more={"word/charts/chart1.xml": b"<c><t>{{</t></c>"},
            types='<Override PartName="/word/charts/chart1.xml" ContentType="application/xml"/>',
        ),
        "{名}",
    ),
    "a link to nothing whose name is used otherwise": (
        docx(
            f'<w:p><w:bookmarkStart w:id="1" w:name="rId9"/>{run(NAME)}<w:bookmarkEnd w:id="1"/></w:p>',
            links=[Link("rId9", "image", "NULL")],
        ),
        "{名}",
    ),
    "choices in many choices": (docx(paragraph("{% if 年度 %}" * 25 + NAME + "{% endif %}" * 25)), "{名}"),
    "the rest of a tag's run keeps its format and its blank": (
        docx(
            "<w:p><w:r><w:t>{{ 项目</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>名称 }} 乙 </w:t></w:r></w:p>",
        ),
        "{名} 乙 ",
    ),
    "a paragraph whose mark is deleted": (
        docx(f'<w:p><w:pPr><w:rPr><w:del w:id="3" {DATE}/></w:rPr></w:pPr>{run(NAME)}</w:p>'),
        "{名}",
    ),
    "a condition in a control in a cell": (
        docx(
            table(("",)).replace(
                paragraph(""),
                control(paragraph("{%p if 编号 == '无' %}") + paragraph("甲") + paragraph("{%p endif %}")),
            )
            + paragraph(NAME)
        ),
        "{名}",
    ),
    "a text box": (docx(f"<w:p>{TEXT_BOX.format(inside=paragraph(NAME))}</w:p>"), "{名}{名}"),
    "a ruby": (
        docx(
            f"<w:p><w:r><w:ruby><w:rubyPr/><w:rt>{run('pin')}</w:rt><w:rubyBase>{run(NAME)}</w:rubyBase></w:ruby></w:r></w:p>"
        ),
        "pin{名}",
    ),
    "a control bound to a property": (
        docx(
            control(
                paragraph(NAME), more='<w:showingPlcHdr/><w:dataBinding w:xpath="/a" w:storeItemID="{A}"/><w:text/>'
            )
        ),
        "{名}",
    ),
    "a comment over paragraphs is raw": (
        docx(paragraph("{% raw %}{{ 甲") + paragraph("乙 }}{% endraw %}") + paragraph(NAME)),
        "{{ 甲乙 }}{名}",
    ),
}
