"""Plain steps, Jinja, docxtpl: whichever fills a template, the XML is docxtpl's own; over templates and texts made up by chance."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, example, given, settings
from hypothesis import strategies as st

from goalgen.forms import Form
from goalgen.forms.layout import context
from goalgen.forms.project import Project
from goalgen.printing.printer import Printer
from tests.support.docx_making import docx
from tests.support.docx_reading import BODY
from tests.support.docxtpl_printing import by_docxtpl, canonical
from tests.support.project_making import with_block
from tests.support.texts import FIELDS, TEXTS, project_of

PROPERTIES = st.sampled_from(["", "<w:rPr><w:b/></w:rPr>", '<w:rPr><w:noProof/><w:sz w:val="21"/></w:rPr>', "<w:rPr/>"])
LITERALS = st.sampled_from(["甲", "其中：", " ", "&amp;", "≤5", "（", ""])
PATHS = st.sampled_from(
    ["项目名称", "预算单位", "填报人", "项目概况.立项依据", "总体目标.年度", "总体目标['中长期']", "项目资金.年度.总额"]
)
ROW_PATHS = st.sampled_from(["行.一级", "行.二级", "行.年度.指标", "行.年度.指标值", "行.中长期.指标", "loop.index"])
RARELY = st.integers(0, 11).map(lambda number: number == 0)


CELL = '<w:tc><w:tcPr/><w:p><w:r><w:t xml:space="preserve">{}</w:t></w:r></w:p></w:tc>'
COLUMN_TAGS = ("{%tc for 字 in '甲乙' %}", "{{ 字 }}", "{%tc endfor %}")
COLUMN_LOOP = f"<w:tr>{''.join(map(CELL.format, COLUMN_TAGS))}</w:tr>"
COLUMNS = (
    f'<w:tbl><w:tblPr/><w:tblGrid><w:gridCol w:w="3000"/></w:tblGrid>{COLUMN_LOOP}</w:tbl>'
    f'<w:p><w:r><w:t xml:space="preserve">{{{{ 项目名称 }}}}，{{{{ 预算单位 }}}}</w:t></w:r></w:p>'
)


@st.composite
def questions(draw: st.DrawFn, paths: st.SearchStrategy[str]) -> str:
    """What an `if` asks."""
    path = draw(paths)
    return draw(
        st.sampled_from([path, f"not {path}", f"{path} == '甲'", f"{path} != ''", f"{path} or 年度", "编号 and 年度"])
    )


@st.composite
def inline(draw: st.DrawFn, paths: st.SearchStrategy[str], depth: int = 2) -> str:
    """What stands inside one run: words, values, choices between them, now and then a filter."""
    kind = draw(st.integers(0, 5 if depth else 3))
    if kind <= 1:
        return draw(LITERALS)
    if kind <= 3:
        return f"{{{{ {draw(paths)}{' | upper' if draw(RARELY) else ''} }}}}"
    one, other = draw(inline(paths, depth - 1)), draw(inline(paths, depth - 1))
    otherwise = f"{{% else %}}{other}" if draw(st.booleans()) else ""
    return f"{{% if {draw(questions(paths))} %}}{one}{otherwise}{{% endif %}}"


@st.composite
def paragraphs(draw: st.DrawFn, paths: st.SearchStrategy[str]) -> str:
    """A paragraph of runs, some of which a choice leaves out."""
    runs = ""
    for _ in range(draw(st.integers(1, 3))):
        text = "".join(draw(st.lists(inline(paths), min_size=1, max_size=3)))
        one = f'<w:r>{draw(PROPERTIES)}<w:t xml:space="preserve">{text}</w:t></w:r>'
        if draw(RARELY):
            one = f"{tag('r', f'if {draw(questions(paths))}')}{one}{tag('r', 'endif')}"
        runs += one
    properties = draw(st.sampled_from(["", '<w:pPr><w:jc w:val="center"/></w:pPr>']))
    return f"<w:p>{properties}{runs}</w:p>"


def tag(kind: str, words: str) -> str:
    """A docxtpl tag that takes away the run, paragraph or row it stands in."""
    run = f'<w:r><w:t xml:space="preserve">{{%{kind} {words} %}}</w:t></w:r>'
    if kind == "r":
        return run
    return f"<w:p>{run}</w:p>" if kind == "p" else f"<w:tr><w:tc><w:tcPr/><w:p>{run}</w:p></w:tc></w:tr>"


@st.composite
def tables(draw: st.DrawFn) -> str:
    """A table with a loop over rows; now and then one over columns, which is for docxtpl alone."""
    width = draw(st.integers(1, 2))
    cells = ""
    for _ in range(width):
        merged = "{% vm %}" if draw(RARELY) else ""
        inside = draw(paragraphs(ROW_PATHS)).replace('preserve">', f'preserve">{merged}', 1)
        cells += f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/></w:tcPr>{inside}</w:tc>'
    grid = '<w:gridCol w:w="3000"/>' * width
    rows = f"{tag('tr', 'for 行 in 指标行')}<w:tr>{cells}</w:tr>{tag('tr', 'endfor')}"
    rows += COLUMN_LOOP if draw(RARELY) else ""
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"


@st.composite
def blocks(draw: st.DrawFn) -> str:
    """Paragraphs, by themselves or in a loop or choice, and tables."""
    kind = draw(st.integers(0, 4))
    if kind <= 1:
        return draw(paragraphs(PATHS))
    if kind == 2:
        return f"{tag('p', f'if {draw(questions(PATHS))}')}{draw(paragraphs(PATHS))}{tag('p', 'endif')}"
    if kind == 3:
        test = " if 行.年度.指标" if draw(RARELY) else ""
        return f"{tag('p', f'for 行 in 指标行{test}')}{draw(paragraphs(ROW_PATHS))}{tag('p', 'endfor')}"
    return draw(tables())


BODIES = st.lists(blocks(), min_size=1, max_size=4).map(lambda found: "".join(found) + "<w:p/>")
LISTS = st.lists(TEXTS, min_size=FIELDS, max_size=FIELDS)
REWRITTEN = re.compile(r"\{_[{%]|[}%]_\}")
"""What docxtpl rewrites in values too; goalgen prints it as written."""


def test_whoever_fills_a_template_the_xml_is_docxtpl_s(
    sixteen: tuple[Project, ...], with_template: Callable[[bytes], Form]
) -> None:
    ways: Counter[str] = Counter()

    @settings(
        max_examples=120,
        phases=[Phase.explicit, Phase.generate],
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=True,
    )
    @example(body=COLUMNS, texts=["甲\n乙\t丙", *["R&D <研发>"] * (FIELDS - 1)])
    @given(body=BODIES, texts=LISTS)
    def agree(body: str, texts: list[str]) -> None:
        assume(not any(map(REWRITTEN.search, texts)))
        template = docx(body)
        form = with_block(with_template(template), "绩效指标", merged=())  # which docxtpl knows nothing of
        printer = Printer(form)
        project = project_of(sixteen[0], texts)
        ours = printer.document(printer.fill(project))
        assert canonical(ours, BODY) == canonical(by_docxtpl(template, context(project, form)), BODY)
        ways["docxtpl" if printer.slow else "Jinja" if printer.by_jinja else "plain steps"] += 1

    agree()
    assert ways["plain steps"] > 50, ways
    assert ways["Jinja"] > 10, ways
    assert ways["docxtpl"] > 0, ways


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("{{ 项目名称 | upper }}", "过滤器 |upper"),
        ("{% set 甲 = 年度 %}{{ 甲 }}", "set"),
        ("{% for 行 in 指标行 if 行.一级 %}{{ 行.一级 }}{% endfor %}", "循环带条件"),
        ("{{ '甲' ~ 年度 }}", "拼接"),
        ("{{ 年度 if 编号 else '' }}", "一行里的 if"),
        ("{% if 年度 is defined %}甲{% endif %}", "判断 is defined"),
        ("{{ 项目资金.年度 }}", "项目资金.年度 不是一段文字"),
        ("{{ 指标行[0].年度.指标 }}", "指标行.0"),
        ("{% for 期 in 项目资金 %}甲{% endfor %}", "循环的不是列表：项目资金"),
    ],
)
def test_what_needs_jinja_is_named(text: str, why: str, with_template: Callable[[bytes], Form]) -> None:
    printer = Printer(with_template(docx(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")))
    assert printer.slow == ()
    (said,) = printer.by_jinja
    assert why in said


def test_the_official_form_needs_neither_jinja_nor_docxtpl(printer: Printer) -> None:
    assert (printer.slow, printer.by_jinja) == ((), ())
    assert not printer.compiled.sources


def test_a_kept_template_prints_the_same(
    sixteen: tuple[Project, ...], form: Form, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first Printer prepares the template, the second takes it from the cache, and does not load Jinja for it."""
    monkeypatch.setenv("GOALGEN_CACHE", str(tmp_path / "cache"))
    first = Printer(form)
    kept = [path for path in (tmp_path / "cache").iterdir() if path.is_file()]
    assert len(kept) == 1
    monkeypatch.setattr("goalgen.word.template.compiling.prepare", lambda *given: pytest.fail("it was prepared again"))
    second = Printer(form)
    assert second.compiled == first.compiled
    assert second.document(second.fill(sixteen[4])) == first.document(first.fill(sixteen[4]))
    monkeypatch.undo()
    monkeypatch.setenv("GOALGEN_CACHE", str(tmp_path / "cache"))
    kept[0].write_bytes(kept[0].read_bytes()[:-5] + b"spoil")
    assert Printer(form).compiled == first.compiled, "a spoilt file is made anew"
