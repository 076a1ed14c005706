"""Read the lines of one form: each to the reader of the block that it belongs to."""

from __future__ import annotations

from goalgen.exchange.filled_forms.detail_table import DetailHeading, detail_heading, is_total, read_detail
from goalgen.exchange.filled_forms.fields import FieldReader
from goalgen.exchange.filled_forms.goals import GoalReader
from goalgen.exchange.filled_forms.indicator_heading import Grid, grid_of
from goalgen.exchange.filled_forms.indicator_table import group_words, read_indicators
from goalgen.exchange.filled_forms.labels import find_label, find_similar_label, squeezed
from goalgen.exchange.filled_forms.money_table import MoneyReader
from goalgen.exchange.filled_forms.outline import PERSON_PATTERN
from goalgen.exchange.filled_forms.texts import FormTexts, headings
from goalgen.forms import Form
from goalgen.forms.blocks.detail_table import NUMBER_NAME
from goalgen.word.lines import Line


class FormReader:
    """Read the lines of one form, one after the other; `texts` holds what came of them."""

    def __init__(self, form: Form, printed: frozenset[str], where: str) -> None:
        """Begin with nothing read; `printed` are the squeezed texts of the empty form, which are not values."""
        self.texts = FormTexts(form, printed, where)
        self.fields = FieldReader(self.texts)
        self.money = MoneyReader(self.texts)
        self.goals = GoalReader(self.texts, {**self.fields.fields, **dict.fromkeys(self.money.labels, "")})
        self.names = {*map(squeezed, headings(form)), *(table.key for table in form.indicator_tables)}
        self.grid: Grid | None = None
        self.detail: DetailHeading | None = None
        self.above = ""

    def take(self, line: Line, below: Line | None = None) -> None:
        """Take in one line: put each of its texts in its place or among the unplaced; `below` is the line after it."""
        self.texts.states_unit(line)
        rows = self._read(line, below)
        said = [cell.text for cell in line.cells if cell.text]
        self.above = "" if rows and len(said) > 1 else "".join(said) or self.above

    def _read(self, line: Line, below: Line | None) -> bool:
        """Read a line; tell whether it was a row of free cells."""
        if self._heading(line, below):
            return False
        if self.grid and self._indicators(line, self.grid):
            return True
        if self.detail and self._details(line, self.detail):
            return True
        for reader in (self.goals.heads, self.goals.below, self.money.take, self.fields.take, self.fields.outside):
            if reader(line):
                return False
        for cell in line.cells:
            self.texts.lost(cell.text, line)
        return False

    def _heading(self, line: Line, below: Line | None) -> bool:
        """Read the heading of a table of free rows, which says what its columns hold."""
        if not line.table:
            return False
        grid = grid_of(line, below, self.above, self.texts)
        detail = None if grid or self.grid else detail_heading(line, self.texts)
        if grid is None and detail is None:
            return False
        self.grid, self.detail, self.goals.columns = grid, detail, {}
        table, own = (
            (grid.table, grid.headings) if grid else (detail.table, tuple(detail.columns)) if detail else (None, ())
        )
        self.texts.path = table.key if table else ""
        for cell in line.cells:
            if cell not in own and squeezed(cell.text) != NUMBER_NAME:
                self.texts.lost(cell.text, line)
        return True

    def _indicators(self, line: Line, grid: Grid) -> bool:
        """Read a row of the indicator table; return False where the table is over."""
        if not line.table or self._closes(line, grid):
            self.grid = None
            return False
        read_indicators(grid, line, self.texts)
        return True

    def _closes(self, line: Line, grid: Grid) -> bool:
        """Tell whether a row is one that the form prints below the indicators, by its first text that is no block's name."""
        filled = [cell for cell in line.cells if squeezed(cell.text) not in ("", *self.names)]
        under = next((cell for cell in filled if grid.column(cell)), None)
        if filled and filled[0] is not under and find_label(filled[0].text, self.fields.fields):
            return True
        if under is None or grid.holds_value(under) or is_total(grid.table, under.text):
            return False
        known = (*grid.table.firsts, *group_words(grid.table))
        return not find_similar_label(under.text, known) and self._is_label(under.text)

    def _is_label(self, text: str) -> bool:
        labels = (*self.fields.fields, *self.money.labels, *(cell.label for cell in self.texts.form.goals.values()))
        return squeezed(text) in self.texts.printed or bool(find_label(text, labels) or PERSON_PATTERN.match(text))

    def _details(self, line: Line, heading: DetailHeading) -> bool:
        """Read a row of a table of details; return False where the table is over."""
        first = next((cell for cell in line.cells if squeezed(cell.text) not in ("", *self.names)), None)
        free = heading.fits(line) or (first and is_total(heading.table, first.text))
        if not line.table or (first and not free and self._is_label(first.text)):
            self.detail = None
            return False
        read_detail(heading, line, self.texts)
        return True
