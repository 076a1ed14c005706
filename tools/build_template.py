#!/usr/bin/env python3
"""Write templates/form_2020.docx, the Word template of the 专项资金绩效目标申报表 (衡阳市, 2020).

    build_template.py [TARGET]

The form is data: GRID, STYLES, BEFORE, BLOCKS and AFTER say what stands where; goalgen.word.wordml turns them into
WordprocessingML.

Word repeats only the first rows of a table on the pages that it goes on to, and not even these where a cell of theirs is
merged with the rows below. So the form, one table to the eye, is one table for each block with headings of its own, stuck
together by a line too low to see; and the name of such a block stands in the headings, above a cell that is open to it.

Word gives a row the height said here, the cells' padding above and below (PADDING) and the line besides. `make judge`
measures what that leaves of the page.
"""

import sys
from pathlib import Path
from typing import Final

from goalgen.word.wordml import (
    FANG,
    HEAD,
    SONG,
    TICK,
    Cell,
    Grid,
    Page,
    Row,
    Style,
    package,
    paragraphs,
    parts,
    stuck,
)

TARGET: Final = Path(__file__).resolve().parent.parent / "templates" / "form_2020.docx"
TITLE: Final = "专项资金绩效目标申报表"

# Measures in twips (567 are a centimetre); A4 portrait.
PAGE: Final = Page()
# 绩效指标, 一级指标, then 二级指标, 三级指标, 指标值 for 中长期 and again for 年度.
COLUMNS: Final = (430, 610, 910, 1450, 1996, 910, 1450, 1996)
WIDTH: Final = sum(COLUMNS)
LOW, GOAL, GRID_ROW, REVIEW, TAG = 270, 480, 250, 1300, 200  # least height of a row

SEAL_TABS: Final = (("left", 6400), ("left", 7100), ("left", 7800))
STYLES: Final = (
    Style("Title", "Title", HEAD, 44, 560, "center"),
    Style("YearLine", "年度行", FANG, 28, 360, "center"),
    Style("UnitLine", "填报单位行", FANG, 21, 300, before=20, after=20, tabs=(("right", WIDTH),)),
    Style("TableText", "表格文字", FANG, 21, 250),
    Style("TableLabel", "表格标签", SONG, 21, 250, "center"),
    Style("TableChoice", "表格选项", FANG, 21, 250, tabs=(("left", 1150), ("left", 2300), ("left", 3660))),
    Style("FundPart", "资金构成", FANG, 21, 250, indent=210),
    Style("FundRest", "资金构成续行", FANG, 21, 250, indent=840),
    Style("IndicatorText", "指标文字", FANG, 18, 230),
    Style("IndicatorLabel", "指标标签", SONG, 18, 230, "center"),
    Style("ReviewSeal", "审核签章", SONG, 21, 320, after=60, indent=5700, tabs=SEAL_TABS),
    Style("Seam", "表间", FANG, 2, 1),
    Style("SignLine", "填报人行", FANG, 21, 300, before=80, tabs=(("left", 3620), ("right", WIDTH))),
    Style("LoopTag", "循环标记", FANG, 16, 200, color="808080"),
)
GRID: Final = Grid(COLUMNS, {style.name: style for style in STYLES})


def head(span: int, label: str) -> Cell:
    """The first cell of a block's row: the label, or nothing in the rows that continue it."""
    return Cell(span, "表格标签", label, "restart" if label else "continue")


def opened(span: int, style: str, label: str) -> Cell:
    """The first cell of the headings that come again on each page: the label, with no line to the cell below."""
    return Cell(span, style, label, open="bottom", sides=20)


def below(span: int, tag: str = "") -> Cell:
    """The first cell of the rows under such headings."""
    return Cell(span, "表格标签", tag, open="top")


def field(label: str, text: str) -> Row:
    """A row of one label and one value over the rest of the width."""
    return Row(LOW, (Cell(2, "表格标签", label), Cell(6, "表格文字", text)))


def overview(block: str, label: str, text: str, style: str = "表格文字") -> Row:
    """A row of 项目概况."""
    return Row(LOW, (head(1, block), Cell(3, "表格标签", label), Cell(4, style, text)), splits=True)


def sides(text: str, style: str) -> tuple[Cell, Cell]:
    """Cells that say the same of 中长期 on the left and of 年度 on the right."""
    medium, annual = (Cell(3, style, text.replace("时段", side)) for side in ("中长期", "年度"))
    return medium, annual


def funds(block: str, text: str, style: str) -> Row:
    """A row of 项目资金."""
    return Row(LOW, (head(2, block), *sides(text, style)))


def indicators(first: Cell, texts: str, style: str, head_row: bool = False) -> Row:
    """A row of the grid: 一级, then 二级, 三级, 指标值 for 中长期 and for 年度."""
    styles = ("指标标签", "指标标签", style, style, "指标标签", style, style)
    cells = (Cell(1, name, text) for name, text in zip(styles, texts.split("|"), strict=True))
    return Row(GRID_ROW, (first, *cells), head_row)


def loop(tag: str) -> Row:
    """A row that holds nothing but a tag for rows; it is gone once the form is filled."""
    return Row(TAG, (Cell(8, "循环标记", tag),))


TYPES: Final = (("产业发展", 2), ("民生保障", 1), ("基础设施", 2), ("其他", 1))
WAYS: Final = ("因素法", "项目法", "据实据效", "因素法与项目法相结合")
TYPE_CELLS: Final = tuple(Cell(n, "表格标签", f"{kind}{TICK}{{{{ 项目类型.{kind} }}}}") for kind, n in TYPES)
WAY_TEXT: Final = "\t".join(f"{way}{TICK}{{{{ 项目概况.绩效分配方式.{way} }}}}" for way in WAYS)
TOTAL: Final = "时段资金总额{% if 项目资金.时段.总额 %}：{{ 项目资金.时段.总额 }}{% endif %}"
HEADINGS: Final = "一级指标|二级指标|三级指标|指标值|二级指标|三级指标|指标值"
INDICATOR: Final = "|".join(
    f"{{{{ 行.{name} }}}}"
    for name in ("一级", "二级", "中长期.指标", "中长期.指标值", "二级", "年度.指标", "年度.指标值")
)

BEFORE: Final = (
    ("Title", TITLE),
    ("年度行", "（{{ 年度 }}年度）"),
    ("填报单位行", "填报单位（盖章）\t金额单位：万元"),
)
BLOCKS: Final = (
    (
        field("项目名称", "{{ 项目名称 }}"),
        field("预算单位", "{{ 预算单位 }}"),
        Row(LOW, (Cell(2, "表格标签", "项目类型"), *TYPE_CELLS)),
        overview("项目概况", "中长期规划（名称、文号）", "{{ 项目概况.中长期规划 }}"),
        overview("", "资金管理办法（名称、文号）", "{{ 项目概况.资金管理办法 }}"),
        overview("", "绩效分配方式", WAY_TEXT, "表格选项"),
        overview("", "立项依据", "{{ 项目概况.立项依据 }}"),
        overview("", "使用范围", "{{ 项目概况.使用范围 }}"),
        overview("", "申报（补助）条件", "{{ 项目概况.申报条件 }}"),
        overview("", "项目起止年限", "{{ 项目概况.起止年限 }}"),
        funds("项目资金\n（万元）", TOTAL, "表格文字"),
        funds("", "其中：财政拨款：{{ 项目资金.时段.财政拨款 }}", "资金构成"),
        funds("", "其他资金：{{ 项目资金.时段.其他资金 }}", "资金构成续行"),
    ),
    (
        Row(
            LOW,
            (
                opened(2, "表格标签", "总体目标"),
                Cell(3, "表格标签", "中长期目标（{{ 中长期年限 }}）"),
                Cell(3, "表格标签", "年度目标"),
            ),
            head=True,
        ),
        Row(GOAL, (below(2), *sides("{{ 总体目标.时段 }}", "表格文字")), splits=True),
    ),
    (
        indicators(opened(1, "指标标签", "绩效指标"), HEADINGS, "指标标签", head_row=True),
        loop("{%tr for 行 in 指标行 %}"),
        indicators(below(1, "{% vm %}"), INDICATOR, "指标文字"),
        loop("{%tr endfor %}"),
        Row(
            REVIEW,
            (
                Cell(2, "表格标签", "财政部门\n审核意见"),
                Cell(6, "审核签章", "审核部门（盖章）\n\t年\t月\t日", valign="bottom"),
            ),
        ),
    ),
)
AFTER: Final = (("填报人行", "填报人：{{ 填报人 }}\t联系电话：{{ 联系电话 }}\t填报日期：{{ 填报日期 }}"),)


def body() -> str:
    """The inside of w:body but for its section."""
    before, after = (paragraphs(GRID.styles, lines) for lines in (BEFORE, AFTER))
    return f"{before}{stuck([(GRID, rows) for rows in BLOCKS], GRID.styles['表间'])}{after}"


def main(target: Path = TARGET) -> None:
    """Write the template to `target`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(package(parts(TITLE, body(), PAGE, STYLES)))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
