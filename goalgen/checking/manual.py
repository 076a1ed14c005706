"""Explain every code that goalgen tells: `check --explain`, docs/rules.md, and the examples that tests execute."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from goalgen.checking.review import catalogue
from goalgen.checking.rule import RULES, Rule
from goalgen.errors import CODES, Place, Problem
from goalgen.text.likeness import nearest

_EXAMPLE: Final = re.compile(r"^(?P<kind>坏例|好例)(?P<form>（.*）)?：\n(?P<yaml>(?:    .*\n?|\n)+)", re.MULTILINE)

_ERRORS_PAGES: Final = tuple(
    folder / "docs" / "errors.md" for folder in (Path(__file__).parents[1], Path(__file__).parents[2])
)
"""Where docs/errors.md lies: inside the wheel, or beside the package in a checkout."""
_HEAD: Final = """\
# 审核规则

`goalgen check` 像财政部门审核那样读一遍申报表（财预〔2015〕88号：完整性、相关性、适当性、可行性，另加文字上的规范性），
印之前把会退回的地方逐条说出来。本页由规则自己的说明生成（`make rules`），例子都由测试运行过。

轻重写了几样的，看情形而定，各条里有说明；提示要加 `--all` 才列出。
调整轻重、换词表、关掉规则和注明例外，见 [check.md](check.md)。

{table}
"""
FOOT: Final = "机器查不了的，请人看：指标值是否够得着又不太低、成本标准是否合理、宏观效益是否真由本项目带来。"
"""What no rule can decide, said at the foot of every report."""


class Example(NamedTuple):
    """Hold an example of a rule: 坏例 or 好例, YAML that changes a good project, and of what form in brackets ("" that of 2020)."""

    kind: str
    yaml: str
    form: str = ""


def examples(rule: Rule) -> Iterator[Example]:
    """Find the examples of a rule; several files of one stand apart by `---`."""
    for match in _EXAMPLE.finditer(rule.manual + "\n"):
        yield Example(match["kind"], re.sub(r"^    ", "", match["yaml"], flags=re.MULTILINE), match["form"] or "")


def page(rule: Rule) -> str:
    """Write one rule as plain text."""
    head = f"{rule.code} {rule.title}（{_levels(rule)}，{rule.criterion}）"
    body = rule.manual.partition("\n")[2].strip("\n")
    return f"{head}\n\n{body}\n\n依据：{rule.source}\n改法：{rule.hint}\n{_condition(rule).lstrip()}"


class Section(NamedTuple):
    """Hold what docs/errors.md says of a code: the heading that it stands under, and its text in Markdown."""

    heading: str
    text: str


@cache
def sections() -> dict[str, Section]:
    """Read docs/errors.md, which is the manual of the codes in errors.CODES as a rule's docstring is that of the rule."""
    text = next(path for path in _ERRORS_PAGES if path.is_file()).read_text(encoding="utf-8")
    found: dict[str, Section] = {}
    heading = ""
    for part in re.split(r"^(?=###? )", text, flags=re.MULTILINE):
        title, _, body = part.partition("\n")
        if title.startswith("## "):
            heading = title.removeprefix("## ")
        elif title.startswith("### "):
            found[title.removeprefix("### ")] = Section(heading, body.strip())
    return found


def explained(words: str) -> str:
    """Explain a code; of `all`, and of the beginning of codes (`F`), list them, a line each. Raises GoalgenError (C03)."""
    code = words.strip().upper()
    if code in RULES:
        return page(RULES[code])
    if code in CODES:
        return _plain(code, sections()[code])
    lines = listing() if code == "ALL" else [line for line in listing() if code and line.startswith(code)]
    if not lines:
        near = nearest(code, [*CODES, *RULES], 0.6)
        hint = f"你是不是想写 {near[0]}；" if near else ""
        raise Problem("C03", f"没有 {words} 这个代码", Place("--explain"), f"{hint}--explain all 列出全部").error()
    return "".join(f"{line}\n" for line in lines)


def title_of(code: str) -> str:
    """Return in a few words what a code tells; the code itself where nobody knows it."""
    return RULES[code].title if code in RULES else CODES.get(code, code)


def listing() -> list[str]:
    """List the rules and the codes of errors.CODES, a line each."""
    rules = [f"{rule.code}  {_levels(rule)}  {rule.criterion}  {rule.title}" for rule in catalogue()]
    return [*rules, *(f"{code}  {sections()[code].heading}  {meaning}" for code, meaning in CODES.items())]


def _plain(code: str, section: Section) -> str:
    """Write a section of docs/errors.md as plain text, its examples indented as those of a rule are."""
    text = section.text.removeprefix(f"**{CODES[code]}。**").lstrip()
    text = re.sub(
        r"^```yaml 错 .*\n((?:.*\n)*?)```$", lambda block: f"坏例：\n{_indented(block[1])}", text, flags=re.MULTILINE
    )
    text = re.sub(r"\[([^\]]+)\]\(([a-z]+\.md)[^)]*\)", r"\1（docs/\2）", text)
    text = re.sub(r"\[`?([^\]`]+)`?\]\(#[^)]*\)|<(https:[^>]+)>", r"\1\2", text)
    text = re.sub(" ?`([^`]+)` ?", r"“\1”", text)
    return f"{code} {CODES[code]}（{section.heading}）\n\n{text}\n"


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" for line in text.splitlines()).rstrip("\n")


def _levels(rule: Rule) -> str:
    return "、".join(level.value for level in rule.levels)


def markdown() -> str:
    """Write all pages as docs/rules.md."""
    rows = [f"| [{r.code}](#{r.code.lower()}) | {_levels(r)} | {r.criterion} | {r.title} |" for r in catalogue()]
    table = "\n".join(["| 规则 | 轻重 | 标准 | 查什么 |", "| --- | --- | --- | --- |", *rows])
    pages = "\n".join(_section(rule) for rule in catalogue())
    return f"{_HEAD.format(table=table)}\n{pages}\n## 查不了的\n\n{FOOT}\n"


def _section(rule: Rule) -> str:
    why = _EXAMPLE.sub("", rule.manual.partition("\n")[2] + "\n").strip()
    shown = "\n".join(f"{one.kind}{one.form}：\n\n```yaml\n{one.yaml.strip()}\n```\n" for one in examples(rule))
    return (
        f'<a id="{rule.code.lower()}"></a>\n\n## {rule.code} {rule.title}\n\n{_levels(rule)} · {rule.criterion}'
        f" · 依据：{rule.source}\n\n{why}\n\n{shown}\n改法：{rule.hint}\n{_condition(rule)}"
    )


def _condition(rule: Rule) -> str:
    """Say what a form must have for the rule to run on it, "" where it runs on any."""
    needed = "；".join(need.words for need in rule.needs)
    return f"\n只在有这些的表上查：{needed}。\n" if needed else ""
