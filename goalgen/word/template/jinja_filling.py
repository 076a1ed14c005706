"""Render parts by Jinja in the sandbox, or by docxtpl itself where only docxtpl is exact."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from jinja2 import Template
from markupsafe import Markup, escape

from goalgen.errors import Place, Problem
from goalgen.word.template.compiled import BODY_PART, Compiled
from goalgen.word.template.docxtpl_adapter import rendered, resolve_listing
from goalgen.word.template.sandbox import Sandbox, environment
from goalgen.word.zip_reading import unpack

_REASONS: Final = {MemoryError: "内存不够", RecursionError: "嵌套太深"}
_ESCAPED_BRACES: Final = re.compile(r"\{_[{%]|[}%]_\}")


class Renderer:
    """Render the parts of a template that plain steps do not print."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self.env = environment()
        self._templates: dict[str, Template] = (
            {}
            if compiled.reasons
            else {name: self.env.from_string(source) for name, source in compiled.sources.items()}
        )

    def render(self, context: Mapping[str, Any]) -> dict[str, bytes]:
        """Return these parts of one document in UTF-8. Raises GoalgenError (D06) when the template fails on this data."""
        try:
            if self.compiled.reasons:
                return _by_docxtpl(self.compiled, self.env, context)
            texts = {name: _listed(template.render(context)) for name, template in self._templates.items()}
        except Exception as error:  # a template is a program of somebody else's: it may fail in any way
            message = f"模板填不下去：{_REASONS.get(type(error)) or str(error) or type(error).__name__}"
            raise Problem("D06", message, Place(self.compiled.label), "检查模板里的标签").error() from error
        return {name: text.encode() for name, text in texts.items()}


def _listed(xml: str) -> str:
    """Turn line breaks and tabs inside texts into Word's, by docxtpl's own function, only where there are any."""
    return resolve_listing(xml) if any(sign in xml for sign in "\n\t\a\f") else xml


def _by_docxtpl(compiled: Compiled, env: Sandbox, context: Mapping[str, Any]) -> dict[str, bytes]:
    """Render the same parts by docxtpl with goalgen's environment."""
    parts = unpack(rendered(compiled.original, compiled.merged, env, _shielded(context)))
    whole = parts[BODY_PART]
    inside = whole[whole.index(b"<w:body>") + len(b"<w:body>") : whole.rindex(b"</w:body>")]
    body = inside[: inside.rfind(b"<w:sectPr")] if compiled.section else inside
    return {name: parts[name] if name != BODY_PART else body for name in compiled.sources}


def _shielded(value: Any) -> Any:
    """Make `{_{` and its like in a context text also for docxtpl, which would rewrite them."""
    if isinstance(value, Mapping):
        return {key: _shielded(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_shielded(item) for item in value]
    if isinstance(value, str) and _ESCAPED_BRACES.search(value):
        return Markup(str(escape(value)).replace("_", "&#95;"))  # Markup.replace would escape the & again
    return value
