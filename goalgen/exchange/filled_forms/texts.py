"""Collect what is read of one form: values by path, rows by table, and what found no place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from goalgen.exchange.filled_forms.labels import find_similar_label, squeezed, ticked
from goalgen.exchange.filled_forms.values import is_blank, value_of
from goalgen.forms import Form
from goalgen.forms.blocks.block import Cell as FormCell
from goalgen.forms.blocks.indicator_table import IndicatorTable
from goalgen.forms.form import MONEY_UNITS
from goalgen.forms.item import Item
from goalgen.forms.project import Row, Value
from goalgen.word.lines import Line

_MONEY_UNIT: Final = rf"(?:人民币)?({'|'.join(sorted(MONEY_UNITS, key=len, reverse=True))})"
UNIT_SAID: Final = re.compile(rf"(?:金\s*额\s*)?单\s*位\s*[:：]\s*{_MONEY_UNIT}")
"""Words that state the unit of all money."""


class Unplaced(NamedTuple):
    """Hold a text that found no place: the path near which it stood, the text, where in the file."""

    path: str
    text: str
    where: str


class Computed(NamedTuple):
    """Hold what stood in a cell that goalgen computes: its keys in a template, its text, where in the file."""

    keys: tuple[str, ...]
    text: str
    where: str


@dataclass(slots=True)
class FormTexts:
    """Hold what a form says; `printed` are the squeezed texts of the empty form, which are not values.

    `values` are by path; `sides` are the rows of indicators by table, 二级指标 and panel, `rows` those of other tables;
    `computed` is held against what goalgen computes; `units` are the units of money that the form states; `unit` is the
    填报单位 above it; `path` is where the last text went, near which a lost one stood.
    """

    form: Form
    printed: frozenset[str]
    where: str
    path: str = ""
    values: dict[str, Value] = field(default_factory=dict)
    sides: dict[tuple[str, str, str], list[Row]] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)
    computed: list[Computed] = field(default_factory=list)
    units: dict[str, None] = field(default_factory=dict)
    year: int | None = None
    unit: str = ""
    unplaced: list[Unplaced] = field(default_factory=list)

    def lost(self, text: str, line: Line, path: str = "") -> None:
        """Keep a text that has no place, unless the empty form prints it too."""
        if text and not self.is_printed(text):
            self.unplaced.append(Unplaced(path or self.path, text, line.where))

    def is_printed(self, text: str) -> bool:
        """Tell whether a text is one of the form's own."""
        return squeezed(text) in self.printed or bool(
            find_similar_label(text, (*headings(self.form), *firsts(self.form)))
        )

    def put(self, path: str, text: str, line: Line) -> None:
        """Put a text to its place, as the value that it says; what is none, or another one than was read, is kept as lost."""
        self.path = path
        item = self.form.cell_at[path].item
        if item.kind.is_ticked:
            self._tick(path, item, text, line)
            return
        if is_blank(item, text):
            return
        value = value_of(item, text, self.form.money_unit)
        if value is None or self.values.setdefault(path, value) != value:
            self.lost(text, line)

    def _tick(self, path: str, item: Item, text: str, line: Line) -> None:
        found = ticked(text, item.options)
        if found.chosen:
            self.values[path] = found.chosen
        self.lost(found.rest, line)

    def states_unit(self, line: Line) -> None:
        """Take note of the unit of money that a line states: `金额单位：元`, or in brackets behind the name of a table of money."""
        tables = "|".join(re.escape(_bare(table.label)) for table in self.form.money_tables if table.label)
        pattern = re.compile(rf"(?:{tables})\((?:单位:)?{_MONEY_UNIT}\)")
        for cell in line.cells:
            said = [*UNIT_SAID.finditer(cell.text), *([pattern.fullmatch(squeezed(cell.text))] if tables else [])]
            for match in filter(None, said):
                self.units[match[1]] = None

    def column(self, group: str, table: IndicatorTable, panel: str) -> list[Row]:
        """Return the rows read of a panel under a 二级指标, to add to."""
        return self.sides.setdefault((table.key, group, panel), [])


def _bare(label: str) -> str:
    """Return a label without what stands in brackets at its end."""
    return re.sub(r"\([^()]*\)$", "", squeezed(label))


def headings(form: Form) -> tuple[str, ...]:
    """Return the headings of the form that carry no value of their own."""
    tables = {table.key for table in form.indicator_tables}
    labels = (block.label or (block.key if block.key in tables else "") for block in form.blocks)
    panels = (panel.label() for table in form.indicator_tables if table.layout for panel in table.panels)
    return (*filter(None, labels), *panels, form.title)


def firsts(form: Form) -> tuple[str, ...]:
    """Return the 一级指标 of a form."""
    return tuple(first for table in form.indicator_tables for first in table.firsts)


def words_of(item: Item, column: str = "") -> tuple[str, ...]:
    """Return the words by which a form may call an item, those of this form first."""
    return tuple(dict.fromkeys((item.label(column), item.label(), item.key, *item.formerly)))


def named(cells: Iterable[FormCell]) -> dict[str, str]:
    """Return the paths of cells by every word that a form may have for them; a label goes before the key of another."""
    known = list(cells)
    found: dict[str, str] = {}
    for cell in known:
        found.setdefault(cell.label, cell.path)
    for cell in known:
        for word in words_of(cell.item):
            found.setdefault(word, cell.path)
    return found
