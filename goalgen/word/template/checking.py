"""Hold a template's tags against the names that its form offers: every fault at once, with the words around it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from jinja2 import nodes

from goalgen.errors import Place, Problem
from goalgen.text.likeness import suggest
from goalgen.word.template import names, syntax
from goalgen.word.template.compiled import BODY_PART, Compiled
from goalgen.word.template.sandbox import Sandbox
from goalgen.word.template.tags import TAG

_INNER: Final = re.compile(r"__\w+__")
_FILES: Final = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)


def check(
    compiled: Compiled, env: Sandbox, blank: Mapping[str, Any]
) -> tuple[dict[str, nodes.Template], list[Problem]]:
    """Return the syntax trees of a template's parts, by part name, and what is wrong with their tags.

    Wrong are: syntax, braces that are full-width or not in pairs, filters that do not exist, names the form does not
    offer, and whatever reaches for other files or for Python.
    """
    trees: dict[str, nodes.Template] = {}
    problems: list[Problem] = []
    place = Place(compiled.label)
    offered = names.offered(blank)
    for name, source in compiled.sources.items():
        read = syntax.read(source, env)
        problems += (Problem("D02", fault.message, place, at(fault)) for fault in read.faults)
        if read.tree is not None:
            trees[name] = read.tree
            problems += (
                Problem(code, text, place, _at(read.where(line), hint))
                for code, text, line, hint in _wrong(read.tree, env, offered)
            )
    return trees, problems


def at(fault: syntax.Fault) -> str:
    """Say how to mend a fault, with the paragraph it stands in."""
    return _at(fault.where, fault.hint)


def _at(where: str, hint: str) -> str:
    return "，".join(filter(None, [f"在“{where}”这一段" if where else "", hint])) or "检查模板里的标签"


def _wrong(tree: nodes.Template, env: Sandbox, offered: set[str]) -> Iterator[tuple[str, str, int, str]]:
    """Find what is wrong in a syntax tree: code, message, line, hint."""
    try:
        yield from [*_reaching(tree), *_unknown_filters(tree, env), *_unknown_names(tree, offered)]
    except RecursionError:
        yield "D02", "标签嵌套太深", 0, "写得简单些"


def _reaching(tree: nodes.Template) -> Iterator[tuple[str, str, int, str]]:
    """Find tags that reach for other files, or for the insides of Python: none is of use on a form."""
    inner: dict[int, str] = {}
    for node in tree.find_all((*_FILES, nodes.Getattr, nodes.Const)):
        if isinstance(node, _FILES):
            yield "D02", "模板不能引用别的文件", node.lineno, "把内容直接写在模板里"
        word = node.attr if isinstance(node, nodes.Getattr) else getattr(node, "value", "")
        if isinstance(word, str) and (_INNER.search(word) or (isinstance(node, nodes.Getattr) and word[:1] == "_")):
            inner[node.lineno] = word[:40]
    for line, word in inner.items():
        yield "D02", f"标签里不能用“{word}”：模板碰不到程序内部", line, "删掉这个标签"


def _unknown_filters(tree: nodes.Template, env: Sandbox) -> Iterator[tuple[str, str, int, str]]:
    for node in tree.find_all((nodes.Filter, nodes.Test)):
        known, what = (env.filters, "过滤器") if isinstance(node, nodes.Filter) else (env.tests, "判断")
        if node.name not in known:
            hint = suggest(node.name, sorted(known))
            yield "D02", f"没有“{node.name}”这个{what}", node.lineno, hint or f"删掉这个{what}"


def _unknown_names(tree: nodes.Template, offered: set[str]) -> Iterator[tuple[str, str, int, str]]:
    def near(path: str) -> str:
        parent, _, last = path.rpartition(".")
        prefix = f"{parent}." if parent else ""
        siblings = [other[len(prefix) :] for other in sorted(offered) if other.startswith(prefix)]
        found = [name for name in siblings if "." not in name and "[]" not in name]
        return suggest(last, found) if found else "goalgen template names 列出能用的名称"

    for path, line in sorted(names.used(tree).items()):
        if path not in offered and not re.search(r"(^|\.)_", path):
            yield "D03", f"表样里没有“{path}”", line, near(path)


_OPTIONAL_NAMES: Final = frozenset({"编号", "年度"})


def missing(
    sources: Mapping[str, str],
    trees: Iterable[nodes.Template],
    labels: Iterable[str],
    blank: Mapping[str, Any],
    optional: Collection[str] = (),
) -> Iterator[str]:
    """Say what the spec has and the template does not print, one sentence each; `trees` are those of the sources.

    Of the paths it may leave out those that are `optional`.
    """
    used = set().union(*map(names.used, trees))
    printed = re.sub(r"<[^<>]+>|\s", "", TAG.sub("", sources[BODY_PART]))
    for label in labels:
        if re.sub(r"\s", "", label) not in printed:
            yield f"模板里没有“{label}”这几个字"
    for path in sorted(_leaves(blank)):
        if path.partition(".")[0] not in _OPTIONAL_NAMES and path not in used and path not in optional:
            yield unused(path)


def unused(path: str) -> str:
    """Say that a template does not print a path."""
    return f"模板没有用到 {path}，写在项目文件里也印不出来"


def _leaves(blank: Mapping[str, Any]) -> set[str]:
    """Return the paths that hold a text, without those that only steer the table's cells."""
    paths = names.offered(blank)
    inner = {path.rpartition(".")[0] for path in paths} | {
        path.removesuffix("[]") for path in paths if path.endswith("[]")
    }
    return {path for path in paths - inner if not path.endswith("[]") and ".合并." not in path}
