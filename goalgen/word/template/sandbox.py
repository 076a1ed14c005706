"""Make the Jinja environment of templates: strict about names, escaping every value, closed to Python."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Final

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

MAX_TAG_NUMBER: Final = 100_000
"""The largest number that a tag may give to an operator, a function or a filter."""
_WIDTH: Final = re.compile(r"(?:%[-+ #0]*|\{[^{}]*:[^{}]*?)(?:[0-9]{6}|\*)|%[^a-zA-Z%]*\.[0-9]{6}")
"""The width or precision of a format (`%9999999s`, `{:>9999999}`) above MAX_TAG_NUMBER or taken from elsewhere."""
_OF_DICT: Final = frozenset(dir(dict))


class Sandbox(ImmutableSandboxedEnvironment):
    """Refuse what a template could use to reach Python or to grow without bound."""

    intercepted_binops = frozenset(["*", "**", "%"])

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Look `a.b` of plain data up at once: Jinja would first fail to find an attribute, at ten times the price.

        Names that a dict itself has (`items`, `__class__`) go the long way, through the sandbox's own judgement.
        """
        if type(obj) is dict and attribute in obj and attribute not in _OF_DICT:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Allow `*`, `**` and `%` only where the result is of reasonable size: `'x' * 10**10` would fill the memory."""
        if operator == "%":
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
        return super().call(__context, __obj, *given, **named)


def environment() -> Sandbox:
    """Make a fresh environment: autoescape on, unknown names are errors, None prints as nothing."""
    env = Sandbox(autoescape=True, undefined=StrictUndefined, finalize=_printed, keep_trailing_newline=True)
    del env.globals["lipsum"]  # random text: the same input must give the same bytes
    del env.filters["random"]
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


def _printed(value: object) -> object:
    return "" if value is None else value
