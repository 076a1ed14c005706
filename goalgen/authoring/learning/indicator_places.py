"""Hold what a table of indicators on a blank consists of: its columns, rows and tree."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from goalgen.authoring.learning.board import Proposed
from goalgen.authoring.learning.headings import Column
from goalgen.authoring.learning.words import Word
from goalgen.word.editing import Row, Table

LONGER: Final = re.compile("中长期|中期|长期|实施期")
NAME: Final = "指标"
"""The word for the column of names."""


@dataclass(eq=False)
class Place:
    """Is a column of a table of indicators: what it is (`sort`), its key, which panel it belongs to (-1: the tree)."""

    column: Column
    sort: str
    word: Word | None
    panel: int = -1
    key: str = ""


@dataclass(eq=False)
class Indicators:
    """Is a table of indicators on a blank: its columns, its rows, its tree, what its rows print."""

    table: Table
    label: str
    places: list[Place]
    rows: list[Row]
    above: list[tuple[str, int, int]]
    tree: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    totals: Row | None = None
    block: Proposed | None = None

    def of(self, sort: str, panel: int | None = None) -> list[Place]:
        """Return its columns of a sort, in a panel."""
        return [one for one in self.places if one.sort == sort and panel in (None, one.panel)]

    @property
    def longer(self) -> bool:
        """Tell whether it is for the longer goals."""
        return bool(LONGER.search(self.label or "".join(text for text, *_ in self.above)))

    @property
    def panels(self) -> int:
        """Return how many panels it has side by side."""
        return len(self.of(NAME))
