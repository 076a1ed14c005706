"""Find the names that a template uses (`项目概况.立项依据`, `指标行[].一级`) in its Jinja syntax tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from jinja2 import nodes
from jinja2.defaults import DEFAULT_NAMESPACE

OwnNames: TypeAlias = Mapping[str, str | None]
"""Template variables set inside the template: what path they stand for, None when it cannot be told."""

JINJA_NAMES: Final = frozenset([*DEFAULT_NAMESPACE, "loop", "self", "caller", "varargs", "kwargs"]) - {"lipsum"}


def used(tree: nodes.Template) -> dict[str, int]:
    """Return every path that a template reads from its context and the first line of it; `[]` is an element of a list."""
    found: dict[str, int] = {}
    for path, line in _walk(tree, {}):
        found.setdefault(path, line)
    return found


def offered(context: Any, path: str = "") -> set[str]:
    """Return every path that a context offers, in the same notation."""
    if isinstance(context, Mapping):
        paths = {_join(path, key): value for key, value in context.items()}
        return set(paths).union(*(offered(value, own) for own, value in paths.items())) if paths else set()
    if isinstance(context, list) and context:
        return {f"{path}[]"} | offered(context[0], f"{path}[]")
    return set()


def _walk(node: nodes.Node, scope: OwnNames) -> Iterator[tuple[str, int]]:
    if isinstance(node, nodes.For):
        yield from _walk_for(node, scope)
    elif isinstance(node, nodes.Name | nodes.Getattr | nodes.Getitem):
        path = _path(node, scope)
        if path:
            yield path, node.lineno
        yield from _walk_inside(node, scope)
    else:
        assigned = _assigned(node)
        inner: OwnNames = {**scope, **dict.fromkeys(assigned)} if assigned else scope
        for child in node.iter_child_nodes():
            yield from _walk(child, inner)


def _walk_for(node: nodes.For, scope: OwnNames) -> Iterator[tuple[str, int]]:
    yield from _walk(node.iter, scope)
    source = _path(node.iter, scope)
    names = [name.name for name in node.target.find_all(nodes.Name)]
    names = names or ([node.target.name] if isinstance(node.target, nodes.Name) else [])
    element = f"{source}[]" if source and isinstance(node.target, nodes.Name) else None
    inner: dict[str, str | None] = {**scope, **dict.fromkeys(names, element)}
    for child in (*node.body, *([node.test] if node.test else [])):
        yield from _walk(child, inner)
    for child in node.else_:
        yield from _walk(child, scope)


def _walk_inside(node: nodes.Node, scope: OwnNames) -> Iterator[tuple[str, int]]:
    """Find names in the parts of a chain that are no plain path: `f(x).y`, `a[b]`."""
    if isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Const):
        yield from _walk(node.arg, scope)
    if isinstance(node, nodes.Getattr | nodes.Getitem) and _path(node, scope) is None:
        yield from _walk(node.node, scope)


def _assigned(node: nodes.Node) -> list[str]:
    """Find names set by `set`, `with` and macros among a node's direct children (they hold for the children after it)."""
    targets: list[nodes.Node] = [node] if isinstance(node, nodes.Macro | nodes.With | nodes.CallBlock) else []
    targets += [
        child for child in node.iter_child_nodes() if isinstance(child, nodes.Assign | nodes.AssignBlock | nodes.Macro)
    ]
    found: list[str] = []
    for target in targets:
        found += [name.name for name in target.find_all(nodes.Name) if name.ctx in ("store", "param")]
        if isinstance(target, nodes.Macro):
            found.append(target.name)
    return found


def _path(node: nodes.Node, scope: OwnNames) -> str | None:
    """Return the context path an expression stands for, None when it is no plain chain or starts in the template itself."""
    if isinstance(node, nodes.Name):
        if node.name in scope:
            return scope[node.name]
        return None if node.ctx != "load" or node.name in JINJA_NAMES else node.name
    if isinstance(node, nodes.Getattr):
        base = _path(node.node, scope)
        return _join(base, node.attr) if base else None
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
        base = _path(node.node, scope)
        step = node.arg.value
        if base is None:
            return None
        return f"{base}[]" if isinstance(step, int) else _join(base, str(step))
    return None


def _join(path: str, step: str) -> str:
    return f"{path}.{step}" if path else step
