"""Read goals: below their headings, behind them in the same cell, or in the cell beside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from goalgen.exchange.filled_forms.labels import find_label, find_similar_label, squeezed
from goalgen.exchange.filled_forms.outline import goal_heading, nearest
from goalgen.exchange.filled_forms.texts import FormTexts, headings
from goalgen.exchange.filled_forms.values import WINDOW_PATTERN, window_of
from goalgen.forms.item import Role
from goalgen.word.lines import Cell, Line

_HEADING: Final = re.compile(r".{0,8}指标")
"""A line of its own that heads a table of indicators, whatever the form calls it."""
_BEFORE_TEXT: Final = re.compile(r"^\s*[(（]\s*(?:\d+字[以之]?内?)?\s*[)）]|^\s*[:：]")


class GoalReader:
    """Read the goals of a form line by line; `columns` are the headings that texts may stand under."""

    def __init__(self, texts: FormTexts, fields: Mapping[str, str]) -> None:
        """Begin with no heading read; `fields` are the labels that end the goals."""
        self.texts = texts
        self.fields = fields
        self.columns: dict[str, Cell] = {}

    def heads(self, line: Line) -> bool:
        """Read a row with headings of goals; False where it has none."""
        found: dict[str, Cell] = {}
        behind: dict[str, tuple[Role, str]] = {}
        for cell in line.cells:
            for role, goal in self.texts.form.goals.items():
                rest = goal_heading(cell.text, goal.label)
                if rest is not None and goal.path not in found:
                    found[goal.path], behind[goal.path] = cell, (role, rest)
                    break
        if not found or not line.table:
            return False
        self.columns = found
        for path, (role, rest) in behind.items():
            self._behind(path, role, rest, line)
        self.texts.path = next(iter(found)).rpartition(".")[0]
        self._others(line, found)
        return True

    def _others(self, line: Line, found: Mapping[str, Cell]) -> None:
        """Read the cells of the row that are no headings: right of one stands its goal, unless it is a name of the form."""
        last = ""
        beside: dict[str, list[str]] = {}
        for cell in line.cells:
            last = next((path for path, head in found.items() if head == cell), last)
            if not cell.text or cell in found.values():
                continue
            if last and not self.texts.is_printed(cell.text):
                beside.setdefault(last, []).append(cell.text)
            else:
                self.texts.lost(cell.text, line)
        for path, parts in beside.items():
            self.texts.put(path, "\n".join(parts), line)
            del self.columns[path]

    def _behind(self, path: str, role: Role, rest: str, line: Line) -> None:
        window = WINDOW_PATTERN.search(rest)
        years = window_of(window) if window else None
        if window and years and role is Role.MEDIUM and self.texts.form.window_path:
            self.texts.values[self.texts.form.window_path] = years
            rest = rest[: window.start()] + rest[window.end() :]
        text = _BEFORE_TEXT.sub("", rest).strip(" \n\t：:")
        if text:
            self.texts.put(path, text, line)

    def below(self, line: Line) -> bool:
        """Read the row under the headings; False where it belongs to something else."""
        if not self.columns or not line.table:
            return False
        names = headings(self.texts.form)
        filled = [cell for cell in line.cells if cell.text and not find_similar_label(cell.text, names)]
        heading = len(filled) == 1 and bool(_HEADING.fullmatch(squeezed(filled[0].text)))
        if heading or (filled and find_label(filled[0].text, self.fields)):
            self.columns = {}
            return False
        for cell in filled:
            path = nearest(cell, self.columns)
            if path is None:
                self.texts.lost(cell.text, line)
            else:
                before = self.texts.values.get(path)
                self.texts.values[path] = f"{before}\n{cell.text}" if before else cell.text
        return True
