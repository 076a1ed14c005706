"""The Jinja environment of templates: strict about names, escaping every value, closed to Python."""

from __future__ import annotations

from typing import Any, Final

from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment

MAX_REPEAT: Final = 100_000
_OF_DICT: Final = frozenset(dir(dict))


class Sandbox(ImmutableSandboxedEnvironment):
    """Refuses what a template could use to reach Python or to grow without bound."""

    intercepted_binops = frozenset(["*", "**"])

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`a.b` of plain data looked up at once: Jinja would first fail to find an attribute, at ten times the price.

        Names that a dict itself has (`items`, `__class__`) go the long way, through the sandbox's own judgement.
        """
        if type(obj) is dict and attribute in obj and attribute not in _OF_DICT:
            return obj[attribute]
        return super().getattr(obj, attribute)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """`*` and `**` on numbers of reasonable size only: `'x' * 10**10` would fill the memory."""
        if not all(isinstance(side, int | float) and abs(side) <= MAX_REPEAT for side in (left, right)):
            raise SecurityError(f"{operator} 只能用于 {MAX_REPEAT} 以内的数")
        return super().call_binop(context, operator, left, right)


def environment() -> Sandbox:
    """A fresh environment: autoescape on, unknown names are errors, None prints as nothing."""
    env = Sandbox(autoescape=True, undefined=StrictUndefined, finalize=_printed, keep_trailing_newline=True)
    del env.globals["lipsum"]  # random text: the same input must give the same bytes
    del env.filters["random"]
    return env


def _printed(value: object) -> object:
    return "" if value is None else value
