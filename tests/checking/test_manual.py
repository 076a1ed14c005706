"""The manual of the rules: a page, the list, docs/rules.md."""

from __future__ import annotations

import re

import pytest

from goalgen.checking.manual import FOOT, examples, explained, listing, markdown, page, sections, title_of
from goalgen.checking.rule import RULES
from goalgen.errors import CODES, GoalgenError
from tests.support.places import ROOT


def test_a_page_holds_the_rule_its_ground_and_its_remedy() -> None:
    text = page(RULES["B03"])
    assert text.startswith("B03 单选的栏目一项也没有选（错误，完整性）\n\n为什么：项目类型、")
    assert text.endswith(
        "好例：\n    项目类型: 其他\n\n依据：表上的单选栏\n改法：选一项\n只在有这些的表上查：打勾的栏目。\n"
    )
    assert list(examples(RULES["B03"])) == [("坏例", "项目类型:\n", ""), ("好例", "项目类型: 其他\n", "")]
    assert [one.kind for one in examples(RULES["N01"])] == ["坏例", "好例"]
    assert next(examples(RULES["N01"])).yaml == "项目名称: 政务督查经费\n---\n编号: other\n项目名称: 政务督查经费\n"


def test_the_list_has_a_line_a_code_the_rules_first_in_the_order_of_the_catalogue() -> None:
    lines = listing()
    codes = [line.split()[0] for line in lines]
    assert codes == [*sorted(RULES, key=lambda code: ("FBNTIXP".index(code[0]), code)), *CODES]
    assert lines[0] == "F01  错误  完整性  资金总额没有填"
    assert "B02  错误、警告  完整性  起止年限空着，或与中长期目标的年份对不上" in lines
    assert "Y05  文件和 YAML  键后面是全角冒号" in lines


@pytest.mark.parametrize("code", [*CODES, *RULES])
def test_every_code_is_explained_as_its_page_does(code: str) -> None:
    said = explained(code.lower())
    assert said.startswith(f"{code} {title_of(code)}（") and "改法：" in said
    assert not re.search(r"`|\]\(|^\*\*|<http", said, re.MULTILINE), said


def test_a_code_of_the_files_is_explained_by_docs_errors_md() -> None:
    assert explained("Y05") == (
        "Y05 键后面是全角冒号（文件和 YAML）\n\n键后面的冒号是中文的全角冒号。\n\n"
        "改法：改成半角冒号，后面加一个空格：“项目名称: 大院绿化经费”。值里面的全角冒号不用改。\n\n"
        "坏例：\n    项目名称：大院绿化经费\n"
    )
    assert "见每个键（docs/writing.md）" in explained("M01") and "从 https://git-scm.com 安装" in explained("R03")
    assert [*sections()] == [code for code in sections() if code in CODES] and {*sections()} == {*CODES}


def test_the_beginning_of_codes_lists_them_and_a_strange_one_is_told_the_nearest() -> None:
    assert [line.split()[0] for line in explained("x").splitlines()] == ["X01", "X02", "X03"]
    assert explained("all").count("\n") == len(RULES) + len(CODES)
    with pytest.raises(GoalgenError, match="C03 没有 Y5 这个代码；你是不是想写 Y05；--explain all 列出全部"):
        explained("Y5")
    with pytest.raises(GoalgenError, match="C03 没有  这个代码；--explain all 列出全部"):
        explained("")


def test_a_code_that_nobody_knows_is_its_own_title() -> None:
    assert title_of("Z99") == "Z99"


def test_the_manual_of_all_rules_has_a_table_and_a_chapter_each() -> None:
    text = markdown()
    assert "| [B03](#b03) | 错误 | 完整性 | 单选的栏目一项也没有选 |\n" in text
    chapter = text[text.index('<a id="b03"></a>') : text.index('<a id="b04"></a>')]
    assert chapter == (
        '<a id="b03"></a>\n\n## B03 单选的栏目一项也没有选\n\n错误 · 完整性 · 依据：表上的单选栏\n\n'
        "为什么：项目类型、绩效分配方式每栏应恰好勾一项。\n\n坏例：\n\n```yaml\n项目类型:\n```\n\n"
        "好例：\n\n```yaml\n项目类型: 其他\n```\n\n改法：选一项\n\n只在有这些的表上查：打勾的栏目。\n\n"
    )
    assert "\n\n| 规则 | 轻重 | 标准 | 查什么 |\n| --- | --- | --- | --- |\n| [F01](#f01) |" in text
    assert text.endswith(f"## 查不了的\n\n{FOOT}\n") and text.startswith("# 审核规则\n")


def test_rules_md_is_what_the_rules_say() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == markdown(), "运行 make rules"
