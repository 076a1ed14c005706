"""Read the lines of one filled form by its labels: texts by path, and every text that found no place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from goalgen.exchange.filled_forms.indicator_table import Grid, grid_of
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
from goalgen.forms.project import HORIZONS, Horizon
from goalgen.source.shapes import MONEY_PATTERN
from goalgen.text.characters import full_width_to_ascii
from goalgen.word.lines import Cell, Line

_WINDOW_PATTERN: Final = re.compile(r"((?:19|20|21)\d\d)\s*年?\s*[-—–－至到~～]+\s*((?:19|20|21)\d\d)\s*年?")
_TO_ASCII_DIGITS: Final = full_width_to_ascii("0123456789.")
_INDICATORS_PATH: Final = "绩效指标"


class Unplaced(NamedTuple):
    """Hold a text that found no place: the path near which it stood, the text, where in the file."""

    path: str
    text: str
    where: str


@dataclass(slots=True)
class FormTexts:
    """Hold what a form says, still as text: simple values by path, the indicators of each panel by 二级指标."""

    where: str
    values: dict[str, str] = field(default_factory=dict)
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sides: dict[tuple[str, Horizon], list[tuple[str, str]]] = field(default_factory=dict)
    year: int | None = None
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
        self.goal_columns: dict[Horizon, Cell] = {}
        self.annual_from: int | None = None
        self.fields: Mapping[str, str] = _simple_fields(form)

    def take(self, line: Line) -> None:
        """Take in one line: put each of its texts in its place or among the unplaced."""
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
            and not find_similar_label(text, (*self.printed_labels, *self.form.groups))
        ):
            self.texts.unplaced.append(Unplaced(path or self.path, text, line.where))

    @property
    def printed_labels(self) -> tuple[str, ...]:
        """Return the headings of the form that carry no value of their own."""
        form = self.form
        return (form.overview_label, form.funding_label, form.goals_label, _INDICATORS_PATH, form.title)

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
        grid = grid_of(line) if line.table else None
        if grid is None:
            return False
        self.grid, self.path, self.goal_columns = grid, _INDICATORS_PATH, {}
        for cell in line.cells:
            if not grid.is_heading(cell):
                self._lost(cell.text, line)
        return True

    def _goals_head(self, line: Line) -> bool:
        cells: dict[Horizon, Cell] = {}
        for cell in line.cells:
            for horizon, label in self.form.goals.items():
                rest = goal_heading(cell.text, label)
                if rest is not None and horizon not in cells:
                    cells[horizon] = cell
                    self._goal_heading_rest(horizon, rest, line)
                    break
        if not cells or not line.table:
            return False
        self.goal_columns = cells
        self.path = "总体目标"
        for cell in line.cells:
            if cell not in cells.values():
                self._lost(cell.text, line)
        return True

    def _goal_heading_rest(self, horizon: Horizon, rest: str, line: Line) -> None:
        window = _WINDOW_PATTERN.search(rest)
        if window and horizon is Horizon.MEDIUM:
            self.texts.values["中长期年限"] = f"{window[1]}-{window[2]}"
            rest = rest[: window.start()] + rest[window.end() :]
        text = re.sub(r"^\s*[(（]\s*[)）]|^\s*[:：]", "", rest).strip(" \n\t：:")
        if text:
            self._put(f"总体目标.{horizon.value}", text, line)

    def _goals(self, line: Line) -> bool:
        """Read the row under the headings of 总体目标."""
        if not self.goal_columns or not line.table:
            return False
        filled = [
            cell for cell in line.cells if cell.text and not find_similar_label(cell.text, (self.form.goals_label,))
        ]
        if any(find_label(cell.text, self.fields) for cell in filled):
            self.goal_columns = {}
            return False
        for cell in filled:
            horizon = nearest(cell, self.goal_columns)
            if horizon is None:
                self._lost(cell.text, line)
            else:
                path = f"总体目标.{horizon.value}"
                before = self.texts.values.get(path)
                self.texts.values[path] = f"{before}\n{cell.text}" if before else cell.text
        return True

    def _funding(self, line: Line) -> bool:
        """Read a row of 项目资金: in each panel a label, the amount in the same cell or the next."""
        labels = {label: row.key for row in self.form.funding for label in row.labels.values()}
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
        for n, (cell, label, text) in enumerate(found):
            horizon = self._panel(label, cell, n, len(found))
            self._amount(f"项目资金.{horizon.value}.{labels[label]}", text, line)
        for cell in rest:
            self._lost(cell.text, line, "项目资金")
        return True

    def _panel(self, label: str, cell: Cell, n: int, count: int) -> Horizon:
        """Find the panel of a funding cell: by its label, else by its order in the row, else by its column."""
        own = {h for row in self.form.funding for h in HORIZONS if row.labels[h] == label}
        if len(own) == 1:
            horizon = own.pop()
            if horizon is Horizon.ANNUAL:
                self.annual_from = cell.start
            return horizon
        if count >= len(HORIZONS):
            return HORIZONS[min(n, 1)]
        right = self.annual_from is not None and cell.start >= self.annual_from
        return Horizon.ANNUAL if right else Horizon.MEDIUM

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
        first = next((cell for cell in line.cells if squeezed(cell.text) not in ("", _INDICATORS_PATH)), None)
        if not line.table or (first and self._closes(first, grid)):
            self.grid = None
            return False
        for side in grid.sides(line, self.form):
            if side.group is None:
                for text in filter(None, (side.name, side.value)):
                    self._lost(text, line, side.near or _INDICATORS_PATH)
            elif not side.name:
                self._lost(side.value, line, f"{_INDICATORS_PATH}.{side.group}")
            else:
                self.path = f"{_INDICATORS_PATH}.{side.group}"
                self.texts.sides.setdefault((side.group, side.horizon), []).append((side.name, side.value))
        return True

    def _closes(self, cell: Cell, grid: Grid) -> bool:
        """Tell whether a row's first text is one that the form prints below the indicators."""
        if grid.holds_value(cell) or find_similar_label(cell.text, (*self.form.all_groups, *self.form.groups)):
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
                self.texts.values.setdefault("填报单位", unit[1])
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
            self.path = name
            if name == "填报日期" and text:
                self._day(text, line)
            elif text:
                self._put(name, text, line)

    def _day(self, text: str, line: Line) -> None:
        match = re.search(r"(\d{4})\s*[-年/.]\s*(\d{1,2})\s*[-月/.]\s*(\d{1,2})\s*日?", text)
        rest = (text[: match.start()] + text[match.end() :]).strip() if match else text
        if match:
            self._put("填报日期", f"{int(match[1]):04d}-{int(match[2]):02d}-{int(match[3]):02d}", line)
        if rest and squeezed(rest) not in ("年月日", "月日"):
            self._lost(rest, line)


def _simple_fields(form: Form) -> dict[str, str]:
    """Return the labels that stand beside a value, with the path of that value."""
    labels = {"项目名称": "项目名称", "预算单位": "预算单位", form.category.label: form.category.key}
    return labels | {line.label: f"项目概况.{line.key}" for line in form.overview}


def _options(form: Form, path: str) -> tuple[str, ...]:
    if path == form.category.key:
        return form.category.options
    return next((line.options for line in form.overview if path == f"项目概况.{line.key}"), ())
