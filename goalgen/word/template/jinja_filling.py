"""Render by Jinja, in the sandbox, the parts that plain steps do not print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from jinja2 import Template

from goalgen.errors import Place, Problem
from goalgen.word.template.compiled import Compiled
from goalgen.word.template.listing import resolve_listing
from goalgen.word.template.sandbox import Sandbox, environment

MAX_PRINTED_CHARACTERS: Final = 50_000_000
"""How much XML a part of one document may have."""
_REASONS: Final = {MemoryError: "内存不够", RecursionError: "嵌套太深"}


class Renderer:
    """Render the parts of a template that plain steps do not print; `env` is the sandbox to do it in."""

    def __init__(self, compiled: Compiled, env: Sandbox | None = None) -> None:
        self.compiled = compiled
        self.env = env or environment()
        self._templates = {name: self.env.from_string(source) for name, source in compiled.sources.items()}

    def render(self, context: Mapping[str, Any]) -> dict[str, bytes]:
        """Return these parts of one document in UTF-8. Raises GoalgenError (D06) when the template fails on this data."""
        self.env.steps = 0
        try:
            texts = {name: resolve_listing(_rendered(one, context)) for name, one in self._templates.items()}
        except Exception as error:  # a template is a program of somebody else's: it may fail in any way
            message = f"模板填不下去：{_REASONS.get(type(error)) or str(error) or type(error).__name__}"
            raise Problem("D06", message, Place(self.compiled.label), "检查模板里的标签").error() from error
        return {name: text.encode() for name, text in texts.items()}


def _rendered(template: Template, context: Mapping[str, Any]) -> str:
    """Render a part, unless it grows beyond all measure."""
    size, pieces = 0, []
    for piece in template.generate(context):
        size += len(piece)
        if size > MAX_PRINTED_CHARACTERS:
            raise ValueError("印出来太大")
        pieces.append(piece)
    return "".join(pieces)
