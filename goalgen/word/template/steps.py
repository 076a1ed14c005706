"""Run a template's source as plain steps over a context: Jinja's own result, without Jinja.

Steps are data (they travel as JSON): a text is printed as it stands; `["print", path, newline, tab]` prints the value
at a path, escaped, with these in the place of its line breaks and tabs; `["for", name, path, steps]` goes through a
list; `["if", test, steps, steps]` chooses. `simplify` makes them from a template that uses nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, TypeAlias

Steps: TypeAlias = Sequence[Any]
Scope: TypeAlias = Mapping[str, Any]
Getter: TypeAlias = Callable[[Scope], Any]
_Run: TypeAlias = Callable[[dict[str, Any], Callable[[bytes], None]], None]

LOOP_NAMES: Final = ("first", "last", "index", "index0", "revindex", "revindex0", "length")
"""What a template may ask of `loop`."""


class PlainFilling:
    """Make steps ready to run, and run them."""

    def __init__(self, steps: Steps) -> None:
        self._run = _steps(steps)

    def render(self, context: Scope) -> bytes:
        """Return the text of one document in UTF-8."""
        found: list[bytes] = []
        self._run(dict(context), found.append)
        return b"".join(found)


def _steps(steps: Steps) -> _Run:
    """Make one function of steps: the texts between them go out without a call of their own."""
    pairs: list[tuple[bytes, _Run]] = []
    text = ""
    for step in steps:
        if isinstance(step, str):
            text += step
        else:
            pairs.append((text.encode(), _MAKERS[step[0]](*step[1:])))
            text = ""
    rest = text.encode()

    def run(scope: dict[str, Any], out: Callable[[bytes], None]) -> None:
        for before, step in pairs:
            out(before)
            step(scope, out)
        out(rest)

    return run


def _print(path: Sequence[str], newline: str, tab: str) -> _Run:
    get = _getter(path)

    def run(scope: dict[str, Any], out: Callable[[bytes], None]) -> None:
        value = get(scope)
        text = value if value.__class__ is str else str(value)
        if "&" in text or "<" in text or ">" in text or "'" in text or '"' in text:
            text = _escaped(text)
        if "\n" in text or "\t" in text:
            text = text.replace("\t", tab).replace("\n", newline)
        out(text.encode())

    return run


def _escaped(text: str) -> str:
    """Escape a text as MarkupSafe does."""
    text = text.replace("&", "&amp;").replace(">", "&gt;").replace("<", "&lt;")
    return text.replace("'", "&#39;").replace('"', "&#34;")


def _for(name: str, path: Sequence[str], steps: Steps) -> _Run:
    get, body = _getter(path), _steps(steps)

    def run(scope: dict[str, Any], out: Callable[[bytes], None]) -> None:
        inner = {**scope}
        rows = get(scope)
        for n, row in enumerate(rows):
            inner[name] = row
            inner["loop"] = _Loop(n, len(rows))
            body(inner, out)

    return run


class _Loop:
    """Answer what `loop` says of one round, by name like everything in a scope."""

    __slots__ = ("index", "length")

    def __init__(self, index: int, length: int) -> None:
        self.index = index
        self.length = length

    def __getitem__(self, name: str) -> Any:
        n, length = self.index, self.length
        values = (n == 0, n == length - 1, n + 1, n, length - n, length - n - 1, length)
        return values[LOOP_NAMES.index(name)]


def _if(test: Steps, steps: Steps, otherwise: Steps) -> _Run:
    holds, body, other = _test(test), _steps(steps), _steps(otherwise)

    def run(scope: dict[str, Any], out: Callable[[bytes], None]) -> None:
        (body if holds(scope) else other)(scope, out)

    return run


_MAKERS: Final[dict[str, Callable[..., _Run]]] = {"print": _print, "for": _for, "if": _if}


def _test(test: Steps) -> Getter:
    """Make a test, or one of the values it compares: `["path", …]`, `["value", …]`, `["not", t]`, `["==", a, b]`, …"""
    kind, *inner = test
    if kind == "path":
        return _getter(inner[0])
    if kind == "value":
        value = inner[0]
        return lambda scope: value
    tests = [_test(one) for one in inner]
    if kind == "not":
        return lambda scope: not tests[0](scope)
    if kind == "and":
        return lambda scope: tests[0](scope) and tests[1](scope)
    if kind == "or":
        return lambda scope: tests[0](scope) or tests[1](scope)
    equal = kind == "=="
    return lambda scope: (tests[0](scope) == tests[1](scope)) is equal


def _getter(path: Sequence[str]) -> Getter:
    if len(path) == 1:
        (first,) = path
        return lambda scope: scope[first]
    if len(path) == 2:
        first, second = path
        return lambda scope: scope[first][second]
    first, second, third = path  # no name that a form offers lies deeper
    return lambda scope: scope[first][second][third]
