"""A template's tags held against the names that its form offers: every fault at once, with the words around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError

from goalgen.errors import Place, Problem
from goalgen.likely import suggest
from goalgen.template import names
from goalgen.template.compiled import Compiled
from goalgen.template.sandbox import Sandbox

_PARAGRAPH: Final = re.compile(r"<w:p(?=[ >])")
_WIDE_TAG: Final = re.compile(r"｛[｛%]|[%｝]｝")


def check(
    compiled: Compiled, env: Sandbox, blank: Mapping[str, Any]
) -> tuple[dict[str, nodes.Template], list[Problem]]:
    """The syntax trees of a template's parts, and what is wrong with their tags.

    Wrong are: syntax, full-width braces, filters that do not exist, names the form does not offer.
    """
    trees: dict[str, nodes.Template] = {}
    problems: list[Problem] = []
    offered = names.offered(blank)
    for name, source in compiled.sources.items():
        problems += _wide_tags(compiled.label, source)
        try:
            tree = env.parse(_by_paragraph(source))
        except TemplateSyntaxError as error:
            where = _paragraph_text(_by_paragraph(source), error.lineno)
            problems.append(Problem("D02", f"标签写错了：{error.message}", Place(compiled.label), f"在“{where}”这一段"))
            continue
        trees[name] = tree
        problems += _unknown_names(compiled, name, tree, offered)
        problems += _unknown_filters(compiled, tree, env)
    return trees, problems


def _unknown_filters(compiled: Compiled, tree: nodes.Template, env: Sandbox) -> list[Problem]:
    used = {(node.name, isinstance(node, nodes.Filter)) for node in tree.find_all((nodes.Filter, nodes.Test))}
    return [
        Problem(
            "D02",
            f"没有“{name}”这个{'过滤器' if is_filter else '判断'}",
            Place(compiled.label),
            suggest(name, sorted(known)),
        )
        for name, is_filter in sorted(used)
        if name not in (known := env.filters if is_filter else env.tests)
    ]


def _unknown_names(compiled: Compiled, part: str, tree: nodes.Template, offered: set[str]) -> list[Problem]:
    def near(path: str) -> str:
        parent, _, last = path.rpartition(".")
        prefix = f"{parent}." if parent else ""
        siblings = [other[len(prefix) :] for other in sorted(offered) if other.startswith(prefix)]
        return suggest(last, [name for name in siblings if "." not in name and "[]" not in name])

    unknown = sorted(path for path in names.used(tree) if path not in offered)
    return [Problem("D03", f"表样里没有“{path}”（{part}）", Place(compiled.label), near(path)) for path in unknown]


def _wide_tags(label: str, source: str) -> list[Problem]:
    for number, line in enumerate(_by_paragraph(source).split("\n"), 1):
        if _WIDE_TAG.search(line):
            where = _paragraph_text(_by_paragraph(source), number)
            return [Problem("D02", "标签用了全角的花括号", Place(label), f"在“{where}”这一段，改成半角 {{{{ }}}}")]
    return []


def _by_paragraph(source: str) -> str:
    """Source with a paragraph to a line, so that Jinja's line numbers mean paragraphs."""
    return _PARAGRAPH.sub("\n<w:p", source)


def _paragraph_text(source: str, number: int) -> str:
    lines = source.split("\n")
    line = lines[number - 1] if 0 < number <= len(lines) else ""
    return re.sub(r"<[^>]+>", "", line)[:60]
