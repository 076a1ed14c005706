"""Make the Jinja environment of templates: strict about names, escaping every value, closed to Python."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Final

from jinja2 import StrictUndefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

MAX_LOOP_STEPS: Final = 200_000
"""How many times the loops of a template may go round for one document."""
MAX_TAG_TEXT: Final = 1_000_000
"""How many characters a text may have that a template puts together."""
MAX_TAG_NUMBER: Final = 100_000
"""The largest number that a tag may give to an operator, a function or a filter."""
_WIDTH: Final = re.compile(r"(?:%[-+ #0]*|\{[^{}]*:[^{}]*?)(?:[0-9]{6}|\*)|%[^a-zA-Z%]*\.[0-9]{6}")
"""The width or precision of a format (`%9999999s`, `{:>9999999}`) above MAX_TAG_NUMBER or taken from elsewhere."""
_OF_DICT: Final = frozenset(dir(dict))


_COUNTED, _SHORT = "(counted)", "(short)"
"""Filters that no template can name."""


class _Shortened(NodeTransformer):
    """Measure what `~` puts together."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Filter:  # noqa: N802 - as Jinja calls it
        self.generic_visit(node)
        return nodes.Filter(node, _SHORT, [], [], None, None)


class Sandbox(ImmutableSandboxedEnvironment):
    """Refuse what a template could use to reach Python or to grow without bound."""

    intercepted_binops = frozenset(["*", "**", "%", "+"])
    branch: int | None = None
    """Which branch of every choice is taken, whatever its conditions are (0: what is left); None: the conditions decide."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.steps = 0
        self.filters[_COUNTED] = self._counted
        self.filters[_SHORT] = _short

    def _generate(self, source: nodes.Template, *given: Any, **named: Any) -> str:
        """Compile a syntax tree, with a count kept of how often its loops go round, and choices forced where asked."""
        for loop in list(source.find_all(nodes.For)):
            loop.iter = nodes.Filter(loop.iter, _COUNTED, [], [], None, None)
            if self.branch is not None and loop.test is not None:
                loop.test = nodes.Const(self.branch > 0)
        for choice in list(source.find_all(nodes.If)) if self.branch is not None else ():
            _force(choice, self.branch or 0)
        for block in source.find_all(nodes.AssignBlock):
            block.filter = block.filter or nodes.Filter(None, _SHORT, [], [], None, None)
        source = _Shortened().visit(source)
        source.set_environment(self)
        return super()._generate(source, *given, **named)

    def _counted(self, values: Any) -> Any:
        """Return the values of a loop, unless the loops of this document have gone round too often."""
        listed = values if hasattr(values, "__len__") else list(values)
        self._count(len(listed))
        return listed

    def _count(self, steps: int) -> None:
        self.steps += steps
        if self.steps > MAX_LOOP_STEPS:
            raise SecurityError(f"循环一共不能超过 {MAX_LOOP_STEPS} 次")

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Look `a.b` of plain data up at once: Jinja would first fail to find an attribute, at ten times the price.

        Names that a dict itself has (`items`, `__class__`) go the long way, through the sandbox's own judgement.
        """
        if type(obj) is dict and attribute in obj and attribute not in _OF_DICT:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Allow `*`, `**`, `%` and `+` only where the result is of reasonable size: `'x' * 10**10` would fill the memory."""
        if operator == "+":
            _refuse_long(left, right)
        elif operator == "%":
            _refuse_width(left)
        elif not all(isinstance(side, int | float) and abs(side) <= MAX_TAG_NUMBER for side in (left, right)):
            raise SecurityError(f"{operator} 只能用于 {MAX_TAG_NUMBER} 以内的数")
        return super().call_binop(context, operator, left, right)

    def call(__self, __context: Context, __obj: Any, *given: Any, **named: Any) -> Any:  # noqa: N805 - as Jinja calls it
        """Call a function, but not with a number that would make it grow without bound: `'a'.ljust(10**9)`."""
        method = getattr(__obj, "__wrapped__", __obj)  # as the sandbox hands out str.format
        if getattr(method, "__name__", "") in ("format", "format_map"):
            _refuse_width(getattr(method, "__self__", None))
        else:
            _refuse_large([*given, *named.values()])
        _refuse_long(getattr(method, "__self__", ""), *given)
        __self._count(1)
        return super().call(__context, __obj, *given, **named)


def environment(branch: int | None = None) -> Sandbox:
    """Make a fresh environment: autoescape on, unknown names are errors, None prints as nothing.

    `branch` says which branch of every choice is taken, to try a template out; None leaves it to the conditions.
    """
    env = Sandbox(autoescape=True, undefined=StrictUndefined, finalize=_printed, keep_trailing_newline=True)
    del env.globals["lipsum"]  # random text: the same input must give the same bytes
    del env.filters["random"]
    env.branch = branch
    env.filters = {name: _measured(name, use) for name, use in env.filters.items()}
    return env


def _measured(name: str, use: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a filter so that no number makes it grow without bound: `'a' | center(10**9)`."""

    @wraps(use)
    def used(value: Any, *given: Any, **named: Any) -> Any:
        if name == "format":
            _refuse_width(value)
        else:
            _refuse_large([*given, *named.values()])
        _refuse_long(value, *given)
        return use(value, *given, **named)

    return used


def _refuse_large(values: Iterable[Any]) -> None:
    """Raise SecurityError for a number that no form has a use for."""
    if any(isinstance(value, int) and abs(value) > MAX_TAG_NUMBER for value in values):
        raise SecurityError(f"函数和过滤器只能用 {MAX_TAG_NUMBER} 以内的整数")


def _refuse_width(text: Any) -> None:
    """Raise SecurityError for a format with a width that no form has a use for."""
    if isinstance(text, str) and _WIDTH.search(text):
        raise SecurityError(f"宽度只能在 {MAX_TAG_NUMBER} 以内")


def _refuse_long(*values: Any) -> None:
    """Raise SecurityError for texts that together are longer than any form."""
    if sum(len(value) for value in values if isinstance(value, str)) > MAX_TAG_TEXT:
        raise SecurityError(f"拼起来的文字不能超过 {MAX_TAG_TEXT} 个字")


def _short(value: Any) -> Any:
    _refuse_long(value)
    return value


def _force(choice: nodes.If, branch: int) -> None:
    """Make a choice take its first branch (1), one of the following (2, …), or what is left when none holds (0).

    Where a loop itself is asked (`loop.first`) the answer stays its own.
    """
    tests = [choice, *choice.elif_]
    if any(asks_loop(one.test) for one in tests):
        return
    for number, one in enumerate(tests, 1):
        one.test = nodes.Const(number == min(branch, len(tests)))


def asks_loop(test: nodes.Node) -> bool:
    """Say whether a condition asks a loop itself, as `loop.first` does."""
    return any(name.name == "loop" for name in (test, *test.find_all(nodes.Name)) if isinstance(name, nodes.Name))


def _printed(value: object) -> object:
    return "" if value is None else value
