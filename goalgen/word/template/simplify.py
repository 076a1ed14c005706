"""Turn a Jinja syntax tree into plain steps that print the same, where the template uses nothing else.

Plain is: names and constant keys of the context, `for` over a list of it, `if` with comparisons by == and !=, and
`loop`. For a filter, a macro, a filtered loop or a name that a dict has as a method there are no steps: Jinja renders it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from jinja2 import nodes
from markupsafe import escape

from goalgen.word.template.steps import LOOP_NAMES, Steps

_OF_DICT: Final = frozenset(dir(dict))
_START, _TEXT, _NEWLINE, _TAB, _EDGE = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4"
_ELEMENT: Final = re.compile(r"<(/?)([\w:.-]+)[^<>]*?(/?)>")
_RUN: Final = re.compile("<w:r(?: [^<>]*[^<>/])?>")
_TEXT_BEGINS: Final = re.compile("<w:t[ >]|</w:r>")
_MARK: Final = re.compile(f"[{_START}{_EDGE}]")
MAX_NESTING: Final = 20
"""How deep loops and choices may lie in each other for plain steps."""


class _NotPlainError(ValueError):
    """Stop where a template uses something that plain steps do not say; the message names it."""


def simplify(tree: nodes.Template, blank: Mapping[str, Any], listing: Callable[[str], str]) -> tuple[Steps | None, str]:
    """Return the steps of a source and ""; None and what in it is not plain when only Jinja can render it.

    `blank` is a context with every name the form offers; `listing` is docxtpl's turning of line breaks and tabs into
    Word's, which is asked once per tag what it makes of them there.
    """
    try:
        steps = list(_block(tree.body, dict(blank)))
        return _with_listing(steps, listing), ""
    except _NotPlainError as error:
        return None, str(error)
    except RecursionError:
        return None, "条件和循环套得太深"


def _block(body: list[nodes.Node], scope: dict[str, Any]) -> Iterator[Any]:
    for node in body:
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                yield from _output(part, scope)
        elif isinstance(node, nodes.For):
            yield _loop(node, scope)
        elif isinstance(node, nodes.If):
            yield _choice(node, scope)
        else:
            raise _NotPlainError(_named(node))


def _output(node: nodes.Node, scope: dict[str, Any]) -> Iterator[Any]:
    if isinstance(node, nodes.TemplateData):
        yield node.data
        return
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        yield str(escape(node.value))
        return
    path, value = _path(node, scope)
    if not isinstance(value, str | int):
        raise _NotPlainError(f"{'.'.join(path)} 不是一段文字")
    yield ["print", path]


_WORDS: Final = {
    nodes.Assign: "set",
    nodes.AssignBlock: "set",
    nodes.Macro: "宏（macro）",
    nodes.Call: "函数",
    nodes.CallBlock: "宏（call）",
    nodes.With: "with",
    nodes.Concat: "拼接（~）",
    nodes.CondExpr: "一行里的 if … else …",
    nodes.FilterBlock: "过滤器",
    nodes.Name: "模板自己的变量",
}
_HALF: Final = "条件或循环的两头不在同一层（{%- … -%} 等）"


def _named(node: nodes.Node) -> str:
    """Name a construct as the writer of a template knows it."""
    if isinstance(node, nodes.Filter):
        return f"过滤器 |{node.name}"
    if isinstance(node, nodes.Test):
        return f"判断 is {node.name}"
    return next((word for kind, word in _WORDS.items() if isinstance(node, kind)), f"运算（{type(node).__name__}）")


def _loop(node: nodes.For, scope: dict[str, Any]) -> list[Any]:
    path, rows = _path(node.iter, scope)
    if not isinstance(node.target, nodes.Name) or node.test or node.else_ or node.recursive:
        raise _NotPlainError("循环带条件、else 或几个变量")
    if not isinstance(rows, list) or not rows:
        raise _NotPlainError(f"循环的不是列表：{'.'.join(path)}")
    name = node.target.name
    inner = {**scope, name: rows[0], "loop": dict.fromkeys(LOOP_NAMES, 0)}
    return ["for", name, path, list(_block(node.body, inner))]


def _choice(node: nodes.If, scope: dict[str, Any]) -> list[Any]:
    otherwise = [_elif(node, scope)] if node.elif_ else list(_block(node.else_, scope))
    return ["if", _test(node.test, scope), list(_block(node.body, scope)), otherwise]


def _elif(node: nodes.If, scope: dict[str, Any]) -> list[Any]:
    first, *rest = node.elif_
    return _choice(nodes.If(first.test, first.body, rest, node.else_), scope)


_SIGNS: Final = {"eq": "==", "ne": "!="}


def _test(node: nodes.Node, scope: dict[str, Any]) -> list[Any]:
    if isinstance(node, nodes.Not):
        return ["not", _test(node.node, scope)]
    if isinstance(node, nodes.And | nodes.Or):
        kind = "and" if isinstance(node, nodes.And) else "or"
        return [kind, _test(node.left, scope), _test(node.right, scope)]
    if isinstance(node, nodes.Compare) and len(node.ops) == 1 and node.ops[0].op in _SIGNS:
        return [_SIGNS[node.ops[0].op], _test(node.expr, scope), _test(node.ops[0].expr, scope)]
    if isinstance(node, nodes.Const) and isinstance(node.value, str | int):
        return ["value", node.value]
    return ["path", _path(node, scope)[0]]


def _path(node: nodes.Node, scope: dict[str, Any]) -> tuple[list[str], Any]:
    """Return the path of a plain chain of names, and what stands there in the blank context."""
    if isinstance(node, nodes.Name) and node.name in scope:
        return [node.name], scope[node.name]
    if isinstance(node, nodes.Getattr):
        key: Any = node.attr
    elif isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        key = node.arg.value
    else:
        raise _NotPlainError(_named(node))
    path, value = _path(node.node, scope)
    if not isinstance(value, dict) or key not in value or (isinstance(node, nodes.Getattr) and key in _OF_DICT):
        raise _NotPlainError(f"{'.'.join(path)}.{key}")
    return [*path, key], value[key]


def _with_listing(steps: list[Any], listing: Callable[[str], str]) -> list[Any]:
    """Add to each print step what becomes of a line break and a tab there.

    The source is laid flat once, a mark at every print, and put through `listing`. That holds for every rendering as
    long as no choice or loop opens or closes an element halfway, or changes the properties of a run that prints.
    """
    prints: list[list[Any]] = []
    flat = "".join(_flat(steps, prints))
    fixed = "".join(text for text in _texts(steps))
    if re.search(f"[\n\t\a\f{_START}-{_EDGE}]", fixed):
        raise _NotPlainError("文字里有换行或制表符")
    marked = re.compile(f"{_START}(\\d+){_TEXT}(.*?){_NEWLINE}(.*?){_TAB}", re.DOTALL)
    found = {int(match.group(1)): match.groups()[1:] for match in marked.finditer(listing(flat))}
    if _formats_vary(flat) or len(found) < len(prints):
        raise _NotPlainError("字的格式随条件或数据变化")
    for number, step in enumerate(prints):
        step.extend(found[number])
    return steps


def _formats_vary(flat: str) -> bool:
    """Say whether a tag stands in a run before its text, where it may change how the text is formatted."""
    at = 0
    for run in _RUN.finditer(flat):
        if run.start() >= at:
            begins = _TEXT_BEGINS.search(flat, run.end())
            at = begins.start() if begins else len(flat)
            if begins and begins.group() != "</w:r>" and _MARK.search(flat, run.end(), at):
                return True
    return False


def _flat(steps: list[Any], prints: list[list[Any]], depth: int = 0) -> Iterator[str]:
    if depth > MAX_NESTING:
        raise _NotPlainError("条件和循环套得太深")
    for step in steps:
        if isinstance(step, str):
            yield step
        elif step[0] == "print":
            yield f"{_START}{len(prints)}{_TEXT}\n{_NEWLINE}\t{_TAB}"
            prints.append(step)
        else:
            for body in step[3:] if step[0] == "for" else step[2:]:
                text = "".join(_flat(body, prints, depth + 1))
                _require_balance(text)
                yield f"{_EDGE}{text}{_EDGE}"


def _texts(steps: list[Any]) -> Iterator[str]:
    for step in steps:
        if isinstance(step, str):
            yield step
        elif step[0] != "print":
            for body in step[3:] if step[0] == "for" else step[2:]:
                yield from _texts(body)


def _require_balance(text: str) -> None:
    """Raise _NotPlainError unless the inside of a loop or choice opens and closes its own elements, and no others."""
    if not is_balanced(text):
        raise _NotPlainError(_HALF)


def is_balanced(text: str) -> bool:
    """Say whether a piece of XML opens and closes its own elements, and no others."""
    opened: list[str] = []
    for closing, name, empty in _ELEMENT.findall(text):
        if closing:
            if not opened or opened.pop() != name:
                return False
        elif not empty:
            opened.append(name)
    return not (opened or re.search("<[^>]*$", text) or re.search("^[^<]*>", text))
