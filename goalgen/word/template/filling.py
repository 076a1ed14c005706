"""Fill a Compiled template with contexts: by plain steps where they say it all, else by Jinja; and settle its marks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from goalgen.errors import Place, Problem
from goalgen.word.template import marks
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
        if self.compiled.marked:
            parts = self._settled(parts)
        return Filled(parts.pop(BODY_PART), {name: part.decode() for name, part in parts.items()})

    def _settled(self, parts: Mapping[str, bytes]) -> dict[str, bytes]:
        try:
            return settle(parts)
        except Exception as error:  # docxtpl repairs the tables: it may fail in any way on what it did not expect
            message = f"模板填不下去：表格的列数排不出来（{error}）"
            raise Problem(
                "D06", message, Place(self.compiled.label), "检查 {%tc … %} 和 {% colspan %}"
            ).error() from error


def settle(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Settle the marks in filled parts."""
    return {name: marks.settled(part.decode(), _repaired).encode() for name, part in parts.items()}


def _repaired(table: str) -> str:
    from goalgen.word.template.docxtpl_adapter import repaired_table  # late: few templates need docxtpl to be filled

    return repaired_table(table)


def _renderer(compiled: Compiled) -> Renderer:
    """Make what fills the parts that plain steps do not say."""
    from goalgen.word.template.jinja_filling import Renderer  # late: Jinja takes longer to load than to fill

    return Renderer(compiled)
