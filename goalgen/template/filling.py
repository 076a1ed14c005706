"""A Compiled template filled with contexts: plain steps where they say it all, else Jinja, else docxtpl itself."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

from goalgen.template.compiled import BODY, Compiled, Filled
from goalgen.template.plain import Plain


class Filler:
    """A template ready to fill."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self._plain = {name: Plain(steps) for name, steps in compiled.steps.items()}
        self._other = _slower().Renderer(compiled) if compiled.sources else None

    def fill(self, context: Mapping[str, Any]) -> Filled:
        """The parts of one document. Raises GoalgenError (D06) when the template fails on this data."""
        parts = {name: plain.render(context) for name, plain in self._plain.items()}
        if self._other is not None:
            parts |= self._other.render(context)
        return Filled(parts.pop(BODY), {name: part.decode() for name, part in parts.items()})


def _slower() -> ModuleType:
    """The door to Jinja and docxtpl, opened only by templates that need them: they take longer to load than to fill."""
    return import_module("goalgen.template.rendering")
