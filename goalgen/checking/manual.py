"""Write the rules' manual pages as text: for `check --explain`, for docs/rules.md, and as examples that tests execute."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from goalgen.checking.review import catalogue
from goalgen.checking.rule import Rule

_EXAMPLE: Final = re.compile(r"^(?P<kind>坏例|好例)：\n(?P<yaml>(?:    .*\n?|\n)+)", re.MULTILINE)

_HEAD: Final = """\
# 审核规则

`goalgen check` 像财政部门审核那样读一遍申报表（财预〔2015〕88号：完整性、相关性、适当性、可行性，另加文字上的规范性），
印之前把会退回的地方逐条说出来。本页由规则自己的说明生成（`make rules`），例子都由测试运行过。

调整轻重、换词表、关掉规则和注明例外，见 [check.md](check.md)。

{table}
"""
FOOT: Final = """\
机器查不了的，请人看：指标值是否够得着又不太低、成本标准是否合理、宏观效益是否真由本项目带来。
指标权重之和（财预〔2020〕10号）不查：2020 年的表上没有权重这一栏。"""
"""What no rule can decide, said at the foot of every report."""


def examples(rule: Rule) -> Iterator[tuple[str, str]]:
    """Find the examples of a rule: 坏例 or 好例, and YAML that changes a good project (several files apart by `---`)."""
    for match in _EXAMPLE.finditer(rule.manual + "\n"):
        yield match["kind"], re.sub(r"^    ", "", match["yaml"], flags=re.MULTILINE)


def page(rule: Rule) -> str:
    """Write one rule as plain text."""
    head = f"{rule.code} {rule.title}（{rule.severity.value}，{rule.criterion}）"
    body = rule.manual.partition("\n")[2].strip("\n")
    return f"{head}\n\n{body}\n\n依据：{rule.source}\n改法：{rule.hint}\n"


def listing() -> str:
    """List the rules, a line each."""
    return "".join(f"{rule.code}  {rule.severity.value}  {rule.criterion}  {rule.title}\n" for rule in catalogue())


def markdown() -> str:
    """Write all pages as docs/rules.md."""
    rows = [f"| [{r.code}](#{r.code.lower()}) | {r.severity.value} | {r.criterion} | {r.title} |" for r in catalogue()]
    table = "\n".join(["| 规则 | 轻重 | 标准 | 查什么 |", "| --- | --- | --- | --- |", *rows])
    pages = "\n".join(_section(rule) for rule in catalogue())
    return f"{_HEAD.format(table=table)}\n{pages}\n## 查不了的\n\n{FOOT}\n"


def _section(rule: Rule) -> str:
    why = _EXAMPLE.sub("", rule.manual.partition("\n")[2] + "\n").strip()
    shown = "\n".join(f"{kind}：\n\n```yaml\n{text.strip()}\n```\n" for kind, text in examples(rule))
    return (
        f'<a id="{rule.code.lower()}"></a>\n\n## {rule.code} {rule.title}\n\n{rule.severity.value} · {rule.criterion}'
        f" · 依据：{rule.source}\n\n{why}\n\n{shown}\n改法：{rule.hint}\n"
    )
