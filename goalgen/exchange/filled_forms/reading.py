"""Read the lines of one filled form by its labels: texts by path, and every text that found no place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from goalgen.exchange.filled_forms.indicator_table import Grid, grid_of, heading_words
from goalgen.exchange.filled_forms.labels import find_label, find_similar_label, squeezed, ticked
from goalgen.exchange.filled_forms.outline import (
    PERSON_PATTERN,
    UNIT_PATTERN,
    YEAR_PATTERN,
    funding_cell,
    goal_heading,
    nearest,
)
from goalgen.forms import Form
from goalgen.forms.blocks.block import Cell as FormCell
from goalgen.forms.item import Kind, Printing, Role
from goalgen.source.shapes import MONEY_PATTERN
from goalgen.text.characters import full_width_to_ascii
from goalgen.word.lines import Cell, Line

_WINDOW_PATTERN: Final = re.compile(r"((?:19|20|21)\d\d)\s*年?\s*[-—–－至到~～]+\s*((?:19|20|21)\d\d)\s*年?")
_TO_ASCII_DIGITS: Final = full_width_to_ascii("0123456789.")
_HEADING: Final = re.compile(r".{0,8}指标")
"""A line of its own that heads a table of indicators, whatever the form calls it."""
_PEOPLE: Final = {"填报人": Role.FILLER, "联系电话": Role.PHONE, "填报日期": Role.FILED}


class Unplaced(NamedTuple):
    """Hold a text that found no place: the path near which it stood, the text, where in the file."""

    path: str
    text: str
    where: str


@dataclass(slots=True)
class FormTexts:
    """Hold what a form says, still as text: simple values by path, the indicators by 二级指标 and column.

    `unit` is the 填报单位 above the form.
    """

    where: str
    values: dict[str, str] = field(default_factory=dict)
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sides: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)
    year: int | None = None
    unit: str = ""
    unplaced: list[Unplaced] = field(default_factory=list)


class FormReader:
    """Read the lines of one form, one after the other; `texts` holds what came of them."""

    def __init__(self, form: Form, printed: frozenset[str], where: str) -> None:
        """Begin with nothing read; `printed` are the squeezed texts of the empty form, which are not values."""
        self.form = form
        self.printed = printed
        self.texts = FormTexts(where)
        self.path = ""
        self.grid: Grid | None = None
        self.above = ""
        self.goal_columns: dict[str, Cell] = {}
        self.money_from: dict[str, int] = {}
        self.fields: Mapping[str, str] = simple_fields(form)
        self.indicators_path = next((table.key for table in form.indicator_tables), "")

    def take(self, line: Line) -> None:
        """Take in one line: put each of its texts in its place or among the unplaced."""
        self._read(line)
        self.above = "".join(cell.text for cell in line.cells) or self.above

    def _read(self, line: Line) -> None:
        if self.grid is not None and self._indicators(line, self.grid):
            return
        for reader in (self._head, self._goals_head, self._goals, self._funding, self._fields, self._outside):
            if reader(line):
                return
        for cell in line.cells:
            self._lost(cell.text, line)

    def _lost(self, text: str, line: Line, path: str = "") -> None:
        """Keep a text that has no place, unless the empty form prints it too."""
        if (
            text
            and squeezed(text) not in self.printed
            and not find_similar_label(text, (*self.printed_labels, *self.first_levels))
        ):
            self.texts.unplaced.append(Unplaced(path or self.path, text, line.where))

    @property
    def printed_labels(self) -> tuple[str, ...]:
        """Return the headings of the form that carry no value of their own."""
        tables = {table.key for table in self.form.indicator_tables}
        labels = (block.label or (block.key if block.key in tables else "") for block in self.form.blocks)
        return (*filter(None, labels), self.form.title)

    @property
    def first_levels(self) -> tuple[str, ...]:
        """Return the 一级指标 of the form."""
        return tuple(first for table in self.form.indicator_tables for first in table.firsts)

    def _put(self, path: str, text: str, line: Line) -> None:
        self.path = path
        before = self.texts.values.setdefault(path, text)
        if before != text and text:
            if before:
                self._lost(text, line)
            else:
                self.texts.values[path] = text

    def _head(self, line: Line) -> bool:
        """Read the heading of the indicator table, which says what its columns hold."""
        taken = {column for _, column in self.texts.sides}
        grid = grid_of(line, self.form, self.above, taken) if line.table else None
        if grid is None:
            return False
        self.grid, self.path, self.goal_columns = grid, self.indicators_path, {}
        for cell in line.cells:
            if not grid.is_heading(cell):
                self._lost(cell.text, line)
        return True

    def _goals_head(self, line: Line) -> bool:
        cells: dict[str, Cell] = {}
        for cell in line.cells:
            for role, goal in self.form.goals.items():
                rest = goal_heading(cell.text, goal.label)
                if rest is not None and goal.path not in cells:
                    cells[goal.path] = cell
                    self._goal_heading_rest(goal.path, role, rest, line)
                    break
        if not cells or not line.table:
            return False
        self.goal_columns = cells
        self.path = next(iter(cells)).rpartition(".")[0]
        for cell in line.cells:
            if cell not in cells.values():
                self._lost(cell.text, line)
        return True

    def _goal_heading_rest(self, path: str, role: Role, rest: str, line: Line) -> None:
        window = _WINDOW_PATTERN.search(rest)
        if window and role is Role.MEDIUM and self.form.window_path:
            self.texts.values[self.form.window_path] = f"{window[1]}-{window[2]}"
            rest = rest[: window.start()] + rest[window.end() :]
        text = re.sub(r"^\s*[(（]\s*[)）]|^\s*[:：]", "", rest).strip(" \n\t：:")
        if text:
            self._put(path, text, line)

    def _goals(self, line: Line) -> bool:
        """Read the row under the headings of goals."""
        if not self.goal_columns or not line.table:
            return False
        filled = [cell for cell in line.cells if cell.text and not find_similar_label(cell.text, self.printed_labels)]
        heading = len(filled) == 1 and bool(_HEADING.fullmatch(squeezed(filled[0].text)))
        if heading or any(find_label(cell.text, self.fields) for cell in filled):
            self.goal_columns = {}
            return False
        for cell in filled:
            path = nearest(cell, self.goal_columns)
            if path is None:
                self._lost(cell.text, line)
            else:
                before = self.texts.values.get(path)
                self.texts.values[path] = f"{before}\n{cell.text}" if before else cell.text
        return True

    def _funding(self, line: Line) -> bool:
        """Read a row of money: in each panel a label, the amount in the same cell or the next."""
        labels = list(dict.fromkeys(cell.label for cell in self._money))
        found: list[tuple[Cell, str, str]] = []
        rest: list[Cell] = []
        for cell in line.cells:
            amount = funding_cell(cell.text, labels)
            if amount:
                found.append((cell, *amount))
            elif found and not found[-1][2] and cell.text:
                found[-1] = (*found[-1][:2], cell.text)
            else:
                rest.append(cell)
        if not found or not line.table:
            return False
        block = self._money[0].block
        for n, (cell, label, text) in enumerate(found):
            place = self._money_cell(label, cell, n, len(found))
            if place is None:
                self._lost(f"{label}：{text}" if text else "", line, block)
            else:
                self._amount(place.path, text, line)
        for cell in rest:
            self._lost(cell.text, line, block)
        return True

    @property
    def _money(self) -> list[FormCell]:
        """List the cells of money that the form has, column by column."""
        return [cell for cell in self.form.cells if cell.column is not None and cell.item.printed]

    def _money_cell(self, label: str, cell: Cell, n: int, count: int) -> FormCell | None:
        """Find the cell of an amount: by its label, else by its order in the row, else by its column; None: it cannot be told."""
        own = {one.column.key: one for one in self._money if one.column and one.label == label}
        if len(own) == 1:
            key = next(iter(own))
            self.money_from.pop(key, None)
            self.money_from[key] = cell.start
            return next(iter(own.values()))
        columns = list(own)
        if count >= len(columns):
            return own[columns[min(n, len(columns) - 1)]]
        left = [(start, n, key) for n, (key, start) in enumerate(self.money_from.items()) if start <= cell.start]
        near = max((one for one in left if one[2] in own), default=None)  # of two at one place the last that was headed
        return own[near[2]] if near else None

    def _amount(self, path: str, text: str, line: Line) -> None:
        self.path = path
        unit = re.escape(self.form.money_unit)
        number = re.sub(rf"[\s,，]|{unit}", "", text.translate(_TO_ASCII_DIGITS))
        if not number or number in ("/", "-", "—"):
            return
        if re.fullmatch(MONEY_PATTERN, number):
            self._put(path, number, line)
        else:
            self._lost(text, line)

    def _fields(self, line: Line) -> bool:
        """Read labels and their values, which stand behind the label in its cell or in the cells up to the next label."""
        at: str | None = None
        values: dict[str, list[str]] = {}
        before: list[str] = []
        for cell in line.cells:
            found = (find_label if at else find_similar_label)(cell.text, self.fields) if cell.text else None
            if found and (line.table or found.rest):
                at = self.fields[found.label]
                values[at] = [found.rest] if found.rest else []
            elif at:
                values[at] += [cell.text] if cell.text else []
            else:
                before.append(cell.text)
        for text in before if values else ():
            self._lost(text, line)
        for path, texts in values.items():
            self._value(path, texts, line)
        return bool(values)

    def _value(self, path: str, texts: Sequence[str], line: Line) -> None:
        options = _options(self.form, path)
        if not options:
            self._put(path, "\n".join(texts), line)
            return
        chosen = ticked(" ".join(texts), options)
        self.path = path
        self.texts.choices[path] = chosen.chosen
        if chosen.rest:
            self._lost(chosen.rest, line)

    def _indicators(self, line: Line, grid: Grid) -> bool:
        """Read a row of the indicator table; return False where the table is over."""
        first = next((cell for cell in line.cells if squeezed(cell.text) not in ("", self.indicators_path)), None)
        if not line.table or (first and self._closes(first, grid)):
            self.grid = None
            return False
        for side in grid.sides(line, self.form):
            if side.group is None or not side.column:
                for text in filter(None, (side.name, side.value)):
                    self._lost(text, line, side.near or self.indicators_path)
                continue
            path = self.form.table_of(side.group).path(side.group)
            if not side.name:
                self._lost(side.value, line, path)
            else:
                self.path = path
                self.texts.sides.setdefault((side.group, side.column), []).append((side.name, side.value))
        return True

    def _closes(self, cell: Cell, grid: Grid) -> bool:
        """Tell whether a row's first text is one that the form prints below the indicators."""
        if grid.holds_value(cell) or find_similar_label(cell.text, heading_words(self.form)):
            return False
        return squeezed(cell.text) in self.printed or bool(
            find_label(cell.text, self.fields) or PERSON_PATTERN.match(cell.text)
        )

    def _outside(self, line: Line) -> bool:
        """Read what stands above the table (title, year, 填报单位) and below it (填报人, 联系电话, 填报日期)."""
        whole = "  ".join(cell.text for cell in line.cells if cell.text)
        if PERSON_PATTERN.search(whole):
            self._people(whole, line)
            return True
        unit = UNIT_PATTERN.fullmatch(whole)
        if unit:
            if unit[1]:
                self.texts.unit = self.texts.unit or unit[1]
            return True
        year = YEAR_PATTERN.search(whole)
        plain = squeezed(YEAR_PATTERN.sub("", whole)).strip("()")
        if plain in ("", squeezed(self.form.title)):
            self.texts.year = int(year[1]) if year and self.texts.year is None else self.texts.year
            return bool(year or plain)
        return False

    def _people(self, whole: str, line: Line) -> None:
        matches = list(PERSON_PATTERN.finditer(whole))
        if whole[: matches[0].start()].strip():
            self._lost(whole[: matches[0].start()].strip(), line)
        ends = [match.start() for match in matches[1:]] + [len(whole)]
        for match, end in zip(matches, ends, strict=True):
            name = re.sub(r"\s", "", match[1]).replace("填表", "填报")
            text = whole[match.end() : end].strip()
            self.path = self.form.path(_PEOPLE[name])
            if text and not self.path:
                self._lost(f"{name}：{text}", line)
            elif text and name == "填报日期":
                self._day(self.path, text, line)
            elif text:
                self._put(self.path, text, line)

    def _day(self, path: str, text: str, line: Line) -> None:
        match = re.search(r"(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?", text)
        rest = (text[: match.start()] + text[match.end() :]).strip() if match else text
        if match:
            self._put(path, f"{int(match[1]):04d}-{int(match[2]):02d}-{int(match[3]):02d}", line)
        if rest and squeezed(rest) not in ("年月日", "月日"):
            self._lost(rest, line)


def simple_fields(form: Form) -> dict[str, str]:
    """Return the labels that stand beside a value, with the path of that value; goals and people are found otherwise."""
    others = {cell.path for cell in form.goals.values()} | {form.path(role) for role in _PEOPLE.values()}
    cells = [cell for cell in form.cells if cell.column is None and cell.path not in others and cell.item.printed]
    one_cell = (cell for cell in cells if cell.path != form.window_path and cell.item.printing is not Printing.ENDS)
    return {cell.label: cell.path for cell in one_cell if cell.item.kind is not Kind.CODE}


def _options(form: Form, path: str) -> tuple[str, ...]:
    return form.cell_at[path].item.options
