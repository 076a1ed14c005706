"""Fill a Compiled template with contexts: by plain steps where they say it all, else by Jinja, else by docxtpl itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from goalgen.word.template.compiled import BODY_PART, Compiled, Filled
from goalgen.word.template.steps import PlainFilling

if TYPE_CHECKING:
    from goalgen.word.template.jinja_filling import Renderer


class Filler:
    """Fill one template, any number of times."""

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self._plain = {name: PlainFilling(steps) for name, steps in compiled.steps.items()}
        self._other = _renderer(compiled) if compiled.sources else None

    def fill(self, context: Mapping[str, Any]) -> Filled:
        """Return the parts of one document. Raises GoalgenError (D06) when the template fails on this data."""
        parts = {name: plain.render(context) for name, plain in self._plain.items()}
        if self._other is not None:
            parts |= self._other.render(context)
        return Filled(parts.pop(BODY_PART), {name: part.decode() for name, part in parts.items()})


def _renderer(compiled: Compiled) -> Renderer:
    """Make what fills the parts that plain steps do not say."""
    from goalgen.word.template.jinja_filling import Renderer  # late: Jinja and docxtpl take longer to load than to fill

    return Renderer(compiled)
