"""Find the columns of an indicator table by its heading, and read what stands in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from goalgen.exchange.filled_forms.labels import find_similar_label, squeezed
from goalgen.forms import Form
from goalgen.forms.item import Item, Role
from goalgen.word.lines import Cell, Line

_FIRST_LEVEL_HEADINGS: Final = ("一级指标",)
_SECOND_LEVEL_HEADINGS: Final = ("二级指标",)
_NAME_HEADINGS: Final = ("三级指标", "指标名称", "指标内容", "具体指标")
_VALUE_HEADINGS: Final = ("指标值", "目标值", "年度指标值")


class RowSide(NamedTuple):
    """Hold one side of a row: its 二级指标 (None when it has none that the form knows; then `near` is the path it stood by).

    `column` is the key of its column, "" where it cannot be told.
    """

    group: str | None
    column: str
    name: str
    value: str
    near: str = ""


class _Panel(NamedTuple):
    column: str
    group: Cell | None
    name: Cell
    value: Cell


@dataclass(slots=True)
class Grid:
    """Hold the panels by the cells of the heading; `current` remembers the 二级指标 each panel has come to."""

    headings: tuple[Cell, ...]
    panels: tuple[_Panel, ...]
    current: dict[str, str | None] = field(default_factory=dict)

    def is_heading(self, cell: Cell) -> bool:
        """Tell whether a cell of the heading is one of the columns."""
        return cell in self.headings

    def holds_value(self, cell: Cell) -> bool:
        """Tell whether a cell stands in a column of names or values."""
        column = self._column(cell)
        return any(column in (panel.name, panel.value) for panel in self.panels)

    def _column(self, cell: Cell) -> Cell | None:
        def overlap(column: Cell) -> int:
            return min(cell.end, column.end) - max(cell.start, column.start)

        best = max(self.headings, key=overlap)
        return best if overlap(best) > 0 else None

    def sides(self, line: Line, form: Form) -> Iterator[RowSide]:
        """Read what a row says in each panel; texts in columns that are neither panel's come as sides without 二级指标."""
        texts, aside = self._texts(line)
        yield from self._groups(texts, form)
        for panel in self.panels:
            name, value = texts.get(panel.name, ""), texts.get(panel.value, "")
            if name or value:
                yield RowSide(self.current.get(panel.column), panel.column, name, value)
        for column, text in texts.items():
            if not self._known(column) and text and not find_similar_label(text, heading_words(form)):
                yield RowSide(None, "", text, "")
        for text in aside:
            yield RowSide(None, "", text, "")

    def _texts(self, line: Line) -> tuple[dict[Cell, str], list[str]]:
        """Return the texts of a row by column, and those that stand under no heading."""
        columns: dict[Cell, list[str]] = {}
        aside: list[str] = []
        for cell in filter(lambda cell: cell.text, line.cells):
            column = self._column(cell)
            (aside if column is None else columns.setdefault(column, [])).append(cell.text)
        return {column: "\n".join(parts) for column, parts in columns.items()}, aside

    def _known(self, column: Cell) -> bool:
        return any(column in panel for panel in self.panels)

    def _groups(self, texts: Mapping[Cell, str], form: Form) -> Iterator[RowSide]:
        """Move on to the 二级指标 that the row names; the right panel follows the left where it names none."""
        moved: str | None = None
        for panel in self.panels:
            text = texts.get(panel.group, "") if panel.group else ""
            if text:
                found = find_similar_label(text, form.all_groups)
                moved = found.label if found else None
                self.current[panel.column] = moved
                if found is None:
                    yield RowSide(None, panel.column, text, "")
                elif found.rest:
                    yield RowSide(None, panel.column, found.rest, "", form.table_of(found.label).path(found.label))
            elif moved is not None:
                self.current[panel.column] = moved


def heading_words(form: Form) -> tuple[str, ...]:
    """Return the 一级 and 二级指标 of a form."""
    firsts = (first for table in form.indicator_tables for first in table.firsts)
    return (*firsts, *form.all_groups)


def grid_of(line: Line, form: Form, above: str, taken: Collection[str]) -> Grid | None:
    """Make the grid of a heading row; None where it has no column of names or none of values.

    `above` is the text over the table, `taken` are the columns that have been read already: where a heading has one panel
    and the form has more, these say which it is. If neither can, the panel's column is "".
    """
    names = [cell for cell in line.cells if squeezed(cell.text) in _NAME_HEADINGS]
    values = [cell for cell in line.cells if squeezed(cell.text) in _VALUE_HEADINGS]
    panels_of = [column for table in form.indicator_tables[:1] for column in table.panels]
    if not names or len(names) != len(values) or len(names) > len(panels_of):
        return None
    groups = [cell for cell in line.cells if squeezed(cell.text) in _SECOND_LEVEL_HEADINGS]
    whole = len(names) == len(panels_of)
    columns = [column.key for column in panels_of] if whole else [_only_panel(panels_of, above + values[0].text, taken)]
    panels = tuple(
        _Panel(column, _before(groups, name, names[n - 1].end if n else 0), name, value)
        for n, (column, name, value) in enumerate(zip(columns, names, values, strict=False))
    )
    firsts = [cell for cell in line.cells if squeezed(cell.text) in _FIRST_LEVEL_HEADINGS]
    return Grid((*firsts, *groups, *names, *values), panels)


def _only_panel(panels: Sequence[Item], said: str, taken: Collection[str]) -> str:
    """Return the column that the only panel of a heading is: what the words say, else 年度 if it was not read yet; else ""."""
    role = next((role for words, role in _PANEL_WORDS if re.search(words, said)), Role.ANNUAL)
    column = next((column.key for column in panels if column.role is role), "")
    return "" if column in taken else column


_PANEL_WORDS: Final = (("长期|中期", Role.MEDIUM), ("年度|本年|当年", Role.ANNUAL))


def _before(groups: list[Cell], name: Cell, after: int) -> Cell | None:
    """Find the column of 二级指标 that stands left of a column of names, in the same panel."""
    return next((cell for cell in reversed(groups) if after <= cell.start < name.start), None)
