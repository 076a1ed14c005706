"""A Compiled template filled with contexts: Jinja over text, docxtpl itself where only docxtpl is exact."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import Any, Final

from jinja2 import Template, nodes
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from markupsafe import Markup, escape

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.package import unpack
from goalgen.schema import suggest
from goalgen.template import names
from goalgen.template.compiled import BODY, Compiled, Filled
from goalgen.template.sandbox import Sandbox, environment

_LISTING: Final = re.compile("[\n\t\a\f]")
_PARAGRAPH: Final = re.compile(r"<w:p(?=[ >])")
_ESCAPED_BRACES: Final = re.compile(r"\{_[{%]|[}%]_\}")
_WIDE_TAG: Final = re.compile(r"｛[｛%]|[%｝]｝")


class Filler:
    """A template ready to fill. Raises GoalgenError with every tag that is wrong when it is made."""

    def __init__(self, compiled: Compiled, blank: Mapping[str, Any]) -> None:
        """`blank` is a context with every name the form offers."""
        self.compiled = compiled
        self.env = environment()
        problems = check(compiled, self.env, blank)
        if problems:
            raise GoalgenError(problems)
        try:
            self._templates: dict[str, Template] = {
                name: self.env.from_string(source) for name, source in compiled.sources.items()
            }
        except TemplateError as error:  # what only shows when Jinja compiles and folds constants: a block twice, …
            fault = Problem("D02", f"标签写错了：{error}", Place(compiled.label), "检查模板里的标签")
            raise GoalgenError([fault]) from error

    def fill(self, context: Mapping[str, Any]) -> Filled:
        """The parts of one document. Raises GoalgenError (D06) when the template fails on this data."""
        try:
            if self.compiled.reasons:
                return _by_docxtpl(self.compiled, self.env, context)
            parts = {name: _listed(template.render(context)) for name, template in self._templates.items()}
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            message = f"模板填不下去：{error or type(error).__name__}"
            raise GoalgenError([Problem("D06", message, Place(self.compiled.label), "检查模板里的标签")]) from error
        return Filled(parts.pop(BODY), parts)


def check(compiled: Compiled, env: Sandbox, blank: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with a template's tags: syntax, full-width braces, names the form does not offer."""
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
        problems += _unknown_names(compiled, name, tree, offered)
        problems += _unknown_filters(compiled, tree, env)
    return problems


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


def _docxtpl() -> ModuleType:
    """goalgen's door to docxtpl, opened only by forms that need it: importing docxtpl costs more than filling them."""
    return import_module("goalgen.template.patching")


def _listed(xml: str) -> str:
    """XML whose line breaks and tabs inside texts are Word's (docxtpl's own function, only where there are any)."""
    return str(_docxtpl().resolve_listing(xml)) if _LISTING.search(xml) else xml


def _by_docxtpl(compiled: Compiled, env: Sandbox, context: Mapping[str, Any]) -> Filled:
    """The same parts, rendered by docxtpl with goalgen's environment."""
    parts = unpack(_docxtpl().rendered(compiled.original, compiled.merged, env, _shielded(context)))
    whole = parts[BODY].decode("utf-8")
    inside = whole[whole.index("<w:body>") + len("<w:body>") : whole.rindex("</w:body>")]
    body = inside[: inside.rfind("<w:sectPr")] if compiled.section else inside
    return Filled(body, {name: parts[name].decode("utf-8") for name in compiled.sources if name != BODY})


def _shielded(value: Any) -> Any:
    """A context in which `{_{` and its like are text also for docxtpl, which would rewrite them."""
    if isinstance(value, Mapping):
        return {key: _shielded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_shielded(item) for item in value]
    if isinstance(value, str) and _ESCAPED_BRACES.search(value):
        return Markup(str(escape(value)).replace("_", "&#95;"))  # Markup.replace would escape the & again
    return value
