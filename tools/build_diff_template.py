#!/usr/bin/env python3
"""Write templates/diff_table.docx, the Word template of the 对照表 that `goalgen diff --format docx` fills.

    build_diff_template.py [TARGET]

Made like the form's own template (build_template.py): the page is data, every part is written here, the same source
gives the same bytes. A4 landscape; both tables repeat their heads on each page and break between rows only.
"""

import sys
from pathlib import Path
from typing import Final

from goalgen.word.wordml import (
    APP,
    FANG,
    FONTS,
    HEAD,
    LIGHT,
    MAIN,
    OFFICE,
    PACKAGE_RELATIONS,
    SETTINGS,
    SONG,
    TYPE_OF,
    UNDERLINED,
    WORD,
    WORD_RELATIONS,
    Cell,
    Grid,
    Row,
    Style,
    content_types,
    core,
    font_table,
    fonts,
    package,
    paragraphs,
    relations,
    styles,
    table,
)

TARGET: Final = Path(__file__).resolve().parent.parent / "templates" / "diff_table.docx"
NAME: Final = "专项资金绩效目标对照表"

HEI: Final = "黑体"
BOLD_FACE: Final = (HEI, "SimHei", "02010609060101010101", "86", "modern", "fixed")

# Measures in twips; A4 landscape.
PAGE: Final = {"width": 16838, "height": 11906, "top": 1134, "bottom": 964, "side": 1077}
# 预算单位, 项目, then 原, 现, 增减, 增减% of 年度 and again of 中长期.
MONEY_COLUMNS: Final = (3484, 1400, 1250, 1250, 1150, 1250, 1250, 1250, 1150, 1250)
# 项目, 改动的内容, 上年, 本年, 增减, 说明.
COLUMNS: Final = (2000, 2950, 3200, 3200, 1384, 1950)
WIDTH: Final = sum(COLUMNS)
assert WIDTH == sum(MONEY_COLUMNS) == PAGE["width"] - 2 * PAGE["side"]
LOW, TAG = 340, 200  # least height of a row

STYLES: Final = (
    Style("Title", "Title", HEAD, 44, 620, "center"),
    Style("SidesLine", "对照两边行", FANG, 28, 400, "center"),
    Style("UnitLine", "编制单位行", FANG, 21, 320, before=40, after=40, tabs=(("right", WIDTH),)),
    Style("PartHead", "部分标题", HEI, 24, 420, before=120, after=40),
    Style("CountLine", "个数行", FANG, 21, 320, after=40),
    Style("HeadCell", "表头", SONG, 21, 280, "center"),
    Style("TextCell", "对照文字", FANG, 19, 260),
    Style("NameCell", "项目名称格", SONG, 19, 260),
    Style("MoneyCell", "金额格", FANG, 21, 280, "right"),
    Style("MeasureCell", "增减格", FANG, 19, 260, "center"),
    Style("UnitCell", "单位小计格", HEI, 20, 280),
    Style("LoopTag", "循环标记", FANG, 16, 200, color="808080"),
    Style("NoteLine", "附注行", FANG, 18, 280, before=40),
    Style(
        *("SignLine", "签字行", FANG, 24, 480),
        before=240,
        tabs=(("left", 3600), ("left", 7200), ("right", WIDTH)),
    ),
    Style("PageLine", "页码行", SONG, 18, 240, "center"),
)
STYLE_OF: Final = {style.name: style for style in STYLES}

BEFORE: Final = (
    ("Title", NAME),
    ("对照两边行", "（{{ 原 }}与{{ 现 }}）"),
    ("编制单位行", "编制单位（盖章）：{{ 编制单位 }}\t金额单位：{{ 金额单位 }}"),
    ("部分标题", "一、资金合计"),
    ("个数行", "{{ 个数 }}；{{ 变化 }}。"),
)
BETWEEN: Final = (("部分标题", "二、逐项对照"),)
AFTER: Final = (
    ("循环标记", "{%p for 话 in 附注 %}"),
    ("附注行", "{{ 话 }}"),
    ("循环标记", "{%p endfor %}"),
    ("签字行", "编制人：\t审核人：\t单位负责人（签字）：\t年　　月　　日"),
)


def money(horizon: str) -> tuple[Cell, ...]:
    """The four cells of a sum of money."""
    return tuple(Cell(1, "金额格", f"{{{{ 合.{horizon}.{word} }}}}") for word in ("原", "现", "增减", "幅度"))


def loop(tag: str, span: int) -> Row:
    """A row that holds nothing but a tag for rows."""
    return Row(TAG, (Cell(span, "循环标记", tag),))


def marked(name: str) -> str:
    """The tags that print a text of which the changed spans are underlined."""
    changed = f"{{%r if 段.改 %}}{UNDERLINED}{{{{ 段.字 }}}}{{%r else %}}{{{{ 段.字 }}}}{{%r endif %}}"
    return f"{{%r for 段 in 行.{name} %}}{changed}{{%r endfor %}}"


NAMED: Final = f"{{%r if 行.项目 %}}{{{{ 行.项目名 }}}}{{%r else %}}{LIGHT}{{{{ 行.项目名 }}}}{{%r endif %}}"
"""The name of a project in each of its rows, light where it was said above: a page may begin at any row."""
HEAD_CELLS: Final = tuple(Cell(1, "表头", word) for word in ("{{ 原 }}", "{{ 现 }}", "增减", "增减%"))
MONEY_ROWS: Final = (
    Row(
        LOW,
        (
            Cell(1, "表头", "预算单位", "restart"),
            Cell(1, "表头", "项目数", "restart"),
            Cell(4, "表头", "年度资金"),
            Cell(4, "表头", "中长期资金"),
        ),
        True,
    ),
    Row(LOW, (Cell(1, "表头", "", "continue"), Cell(1, "表头", "", "continue"), *HEAD_CELLS, *HEAD_CELLS), True),
    loop("{%tr for 合 in 合计 %}", 10),
    Row(
        LOW,
        (
            Cell(1, "项目名称格", "{{ 合.单位 }}"),
            Cell(1, "增减格", "{{ 合.项目数 }}"),
            *money("年度"),
            *money("中长期"),
        ),
    ),
    loop("{%tr endfor %}", 10),
)
ROWS: Final = (
    Row(
        LOW, tuple(Cell(1, "表头", t) for t in ("项目", "改动的内容", "{{ 原称 }}", "{{ 现称 }}", "增减", "说明")), True
    ),
    loop("{%tr for 单位 in 各单位 %}", 6),
    Row(LOW, (Cell(6, "单位小计格", "{{ 单位.名称 }}：{{ 单位.小计 }}"),)),
    loop("{%tr for 行 in 单位.行 %}", 6),
    Row(
        LOW,
        (
            Cell(1, "项目名称格", NAMED, valign="top"),
            Cell(1, "对照文字", "{{ 行.字段 }}"),
            Cell(1, "对照文字", marked("上年")),
            Cell(1, "对照文字", marked("本年")),
            Cell(1, "增减格", "{{ 行.增减 }}"),
            Cell(1, "对照文字", "{{ 行.说明 }}"),
        ),
    ),
    loop("{%tr endfor %}", 6),
    loop("{%tr endfor %}", 6),
)


def document() -> str:
    """The part word/document.xml."""
    before, between, after = (paragraphs(STYLE_OF, lines) for lines in (BEFORE, BETWEEN, AFTER))
    margins = " ".join(f'w:{side}="{PAGE[side]}"' for side in ("top", "bottom"))
    return (
        f'<w:document {WORD} xmlns:r="{OFFICE}/relationships"><w:body>{before}{table(Grid(MONEY_COLUMNS, STYLE_OF), MONEY_ROWS)}'
        f"{between}{table(Grid(COLUMNS, STYLE_OF), ROWS)}{after}<w:sectPr>"
        f'<w:footerReference w:type="default" r:id="rId{len(WORD_RELATIONS) + 1}"/>'
        f'<w:pgSz w:w="{PAGE["width"]}" w:h="{PAGE["height"]}" w:orient="landscape"/><w:pgMar {margins} '
        f'w:left="{PAGE["side"]}" w:right="{PAGE["side"]}" w:header="567" w:footer="510" w:gutter="0"/></w:sectPr>'
        "</w:body></w:document>"
    )


def footer() -> str:
    """The part word/footer1.xml: 第 1 页 共 9 页."""
    look = f"<w:rPr>{fonts(SONG)}</w:rPr>"

    def words(said: str) -> str:
        return f'<w:r>{look}<w:t xml:space="preserve">{said}</w:t></w:r>'

    def field(name: str) -> str:
        return f'<w:fldSimple w:instr=" {name} "><w:r>{look}<w:t>1</w:t></w:r></w:fldSimple>'

    line = f"{words('第 ')}{field('PAGE')}{words(' 页 共 ')}{field('NUMPAGES')}{words(' 页')}"
    return f'<w:ftr {WORD}><w:p><w:pPr><w:pStyle w:val="PageLine"/></w:pPr>{line}</w:p></w:ftr>'


def parts() -> dict[str, str]:
    """Every part of the package by name, in the order in which they are written."""
    return {
        "[Content_Types].xml": content_types({**TYPE_OF, "word/footer1.xml": f"{MAIN}.footer+xml"}),
        "_rels/.rels": relations(PACKAGE_RELATIONS),
        "docProps/app.xml": APP,
        "docProps/core.xml": core(NAME),
        "word/_rels/document.xml.rels": relations((*WORD_RELATIONS, (f"{OFFICE}/relationships/footer", "footer1.xml"))),
        "word/document.xml": document(),
        "word/fontTable.xml": font_table((*FONTS, BOLD_FACE)),
        "word/footer1.xml": footer(),
        "word/settings.xml": SETTINGS,
        "word/styles.xml": styles(STYLES),
    }


def main(target: Path = TARGET) -> None:
    """Write the template to `target`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(package(parts()))


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
