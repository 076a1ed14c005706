"""The manual of the rules: a page, the list, docs/rules.md."""

from __future__ import annotations

from goalgen.checking.manual import FOOT, examples, listing, markdown, page
from goalgen.checking.rule import RULES
from tests.support.places import ROOT


def test_a_page_holds_the_rule_its_ground_and_its_remedy() -> None:
    text = page(RULES["B03"])
    assert text.startswith("B03 单选的栏目一项也没有选（错误，完整性）\n\n为什么：项目类型、")
    assert text.endswith("好例：\n    项目类型: 其他\n\n依据：表上的单选栏\n改法：选一项\n")
    assert list(examples(RULES["B03"])) == [("坏例", "项目类型:\n"), ("好例", "项目类型: 其他\n")]
    assert [kind for kind, _ in examples(RULES["N01"])] == ["坏例", "好例"]
    assert next(examples(RULES["N01"]))[1] == "项目名称: 政务督查经费\n---\n编号: other\n项目名称: 政务督查经费\n"


def test_the_list_has_a_line_a_rule_in_the_order_of_the_catalogue() -> None:
    lines = listing().splitlines()
    assert len(lines) == len(RULES)
    assert [line[:3] for line in lines] == sorted(RULES, key=lambda code: ("FBNTIXP".index(code[0]), code))
    assert lines[0] == "F01  错误  完整性  资金总额没有填"


def test_the_manual_of_all_rules_has_a_table_and_a_chapter_each() -> None:
    text = markdown()
    assert "| [B03](#b03) | 错误 | 完整性 | 单选的栏目一项也没有选 |\n" in text
    chapter = text[text.index('<a id="b03"></a>') : text.index('<a id="b04"></a>')]
    assert chapter == (
        '<a id="b03"></a>\n\n## B03 单选的栏目一项也没有选\n\n错误 · 完整性 · 依据：表上的单选栏\n\n'
        "为什么：项目类型、绩效分配方式每栏应恰好勾一项。\n\n坏例：\n\n```yaml\n项目类型:\n```\n\n"
        "好例：\n\n```yaml\n项目类型: 其他\n```\n\n改法：选一项\n\n"
    )
    assert "\n\n| 规则 | 轻重 | 标准 | 查什么 |\n| --- | --- | --- | --- |\n| [F01](#f01) |" in text
    assert text.endswith(f"## 查不了的\n\n{FOOT}\n") and text.startswith("# 审核规则\n")


def test_rules_md_is_what_the_rules_say() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == markdown(), "运行 make rules"
