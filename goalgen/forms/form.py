"""Hold a form pack: its Word template and, as blocks, what stands on the form; find parts of it by their roles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Final

from goalgen.forms.blocks.block import Block, Cell, Look, Next, RowList
from goalgen.forms.blocks.detail_table import DetailTable
from goalgen.forms.blocks.indicator_table import IndicatorTable
from goalgen.forms.blocks.money_table import MoneyTable
from goalgen.forms.formulas import TOTAL_SCORE
from goalgen.forms.item import Kind, Role
from goalgen.forms.project import Project
from goalgen.source.shapes import YUAN, Window
from goalgen.word.binding.bound import Pages

_YEAR_WORDS: Final = re.compile(r"\{(?:年|末年|上年)\}")
MONEY_UNITS: Final = ("元", "千元", "万元", "亿元")
"""The units of money a form may count in."""
BUDGET_UNIT: Final = "万元"
"""The unit of the amounts in projects.yaml, and of those in the review profile, whatever the forms count in."""


def in_unit(amount: Decimal, old: str, new: str) -> Decimal:
    """Count an amount in another unit; the same number where the units are."""
    return amount if old == new else amount * YUAN[old] / YUAN[new]


@dataclass(frozen=True)
class Form:
    """Describe one layout of the form, as its spec says it.

    `folder` is where the spec lies, `template` its Word file; `blocks` are what stands on it, from top to bottom. What is
    to be known of the form is asked of its blocks (see goalgen.forms.blocks.block.Block), or of it by role. `pages`
    says what page numbers in a bundle count.
    """

    id: str
    title: str
    folder: Path
    template: Path
    blocks: tuple[Block, ...]
    look: Look
    stage: str = "申报"
    source: str = ""
    help: str = ""
    medium_years: int = 1
    note_example: str = ""
    """An example of 变更说明."""
    weights: Decimal | None = None
    """What the weights of its indicators add up to, None where it has none."""
    pages: Pages = Pages.FORM

    @property
    def fingerprint(self) -> str:
        """Return a text that tells what this form says from what any other says, wherever their files lie."""
        return repr(replace(self, folder=Path(), template=Path(self.template.name)))

    @property
    def money_unit(self) -> str:
        """Return the unit in which its money is counted."""
        return self.look.money_unit

    def converted(self, amount: Decimal, unit: str) -> Decimal:
        """Count an amount in the form's unit in another one; the same number where the units are."""
        return in_unit(amount, self.money_unit, unit)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Return every cell outside of free rows that a project file may fill, in the form's order."""
        return tuple(cell for block in self.blocks for cell in block.cells(self.money_unit))

    @cached_property
    def cell_at(self) -> Mapping[str, Cell]:
        """Return the cells by path."""
        return {cell.path: cell for cell in self.cells}

    @cached_property
    def below_indicators(self) -> frozenset[str]:
        """Return the paths of the cells that stand below the last table of indicators: the foot of the form."""
        tables = [n for n, block in enumerate(self.blocks) if isinstance(block, IndicatorTable)]
        foot = self.blocks[tables[-1] + 1 :] if tables else ()
        return frozenset(cell.path for block in foot for cell in block.cells(self.money_unit))

    @cached_property
    def lists(self) -> tuple[RowList, ...]:
        """Return every list of free rows of a project file, in the form's order."""
        return tuple(one for block in self.blocks for one in block.lists())

    @cached_property
    def _paths(self) -> Mapping[tuple[str, ...], str]:
        return {cell.meaning: cell.path for cell in reversed(self.cells) if cell.meaning}

    def path(self, role: Role) -> str:
        """Return the path of the field of a role, "" where the form has none."""
        return self._paths.get((role.value,), "")

    @cached_property
    def name_path(self) -> str:
        """Return the path of 项目名称."""
        return self.path(Role.NAME)

    @cached_property
    def unit_path(self) -> str:
        """Return the path of the 预算单位, whatever the form calls it."""
        return self.path(Role.UNIT)

    @cached_property
    def window_path(self) -> str:
        """Return the path of 中长期年限, "" where the form has none."""
        years = (cell for cell in self.cells if cell.item.kind is Kind.YEARS)
        return next((cell.path for cell in years if cell.item.role is Role.MEDIUM), "")

    def window(self, year: int) -> Window:
        """Return the 中长期 years that follow from a budget year."""
        return Window(year, year + self.medium_years - 1)

    def dated(self, text: str, year: int) -> str:
        """Write an example or a help for a budget year: {年} is that year, {末年} the last of the 中长期, {上年} the one before."""
        years = {"{年}": str(year), "{末年}": str(self.window(year).last), "{上年}": str(year - 1)}
        return _YEAR_WORDS.sub(lambda found: years[found[0]], text)

    @cached_property
    def goals(self) -> Mapping[Role, Cell]:
        """Return the goals by the role of their column."""
        named = ((cell.item.role, cell) for cell in self.cells if cell.meaning[:1] == (Role.GOAL.value,))
        return {role: cell for role, cell in named if role is not None}

    @cached_property
    def shared(self) -> Mapping[str, Cell]:
        """Return the cells that projects.yaml may fill for all projects, by key."""
        return {cell.path: cell for cell in self.cells if cell.item.shared}

    @cached_property
    def indicator_tables(self) -> tuple[IndicatorTable, ...]:
        """Return its tables of indicators."""
        return tuple(block for block in self.blocks if isinstance(block, IndicatorTable))

    @cached_property
    def detail_tables(self) -> tuple[DetailTable, ...]:
        """Return its tables of free rows that are no indicators."""
        return tuple(block for block in self.blocks if isinstance(block, DetailTable))

    @cached_property
    def money_tables(self) -> tuple[MoneyTable, ...]:
        """Return its tables of money."""
        return tuple(block for block in self.blocks if isinstance(block, MoneyTable))

    @cached_property
    def optional(self) -> frozenset[str]:
        """Return the names that a template may leave out: what is the same on every form, the numbers of free rows."""
        return frozenset(path for block in self.blocks for path in block.optional())

    @cached_property
    def all_groups(self) -> tuple[str, ...]:
        """Return every 二级指标 in printed order."""
        return tuple(group.key for table in self.indicator_tables for group in table.tree)

    def groups(self, *roles: Role) -> tuple[str, ...]:
        """Return the 二级指标 of some roles, in printed order."""
        return tuple(group for table in self.indicator_tables for group in table.of_role(*roles))

    def worth(self, project: Project, cell: Cell) -> Decimal:
        """Return what an amount counts in the form's unit: as written, a sum that is not written as that of its parts, else 0."""
        written = project.amount(cell.path)
        table = next((table for table in self.money_tables if table.key == cell.block), None)
        if written is None and table and cell.column:
            written = table.worth(project, cell.column.key, cell.item.key)
        return written or Decimal(0)

    def table_of(self, group: str) -> IndicatorTable:
        """Return the table that holds a 二级指标. Raises KeyError when there is none."""
        return next((table for table in self.indicator_tables if group in table.groups), None) or _missing(group)

    @cached_property
    def merged(self) -> tuple[str, ...]:
        """Return the columns whose like cells merge downwards."""
        return tuple(dict.fromkeys(word for table in self.indicator_tables for word in table.merged))

    def funds(self, project: Project, role: Role) -> Decimal | None:
        """Add up all money of a project in the columns of a role, in the form's unit; None where the form has no such column."""
        found = (block.funds(project, role) for block in self.blocks)
        return next((amount for amount in found if amount is not None), None)

    def has_funds(self, role: Role) -> bool:
        """Tell whether the form has a column of money of a role."""
        return self.funds(Project(self, 0, "", {}, {}), role) is not None

    def next_year(self, keys: tuple[str, ...]) -> Next:
        """Say what next year does with the value under these keys of a project file."""
        found = (block.next_year(keys) for block in self.blocks)
        return next((way for way in found if way is not None), Next.KEEP)

    @cached_property
    def scores(self) -> bool:
        """Tell whether a cell of it shows the scores of all blocks."""
        totals = (getattr(block, "totals", {}) for block in self.blocks)
        return any(formula.name == TOTAL_SCORE for one in totals for formula in one.values())


def _missing(group: str) -> IndicatorTable:
    raise KeyError(group)


def labels(form: Form) -> Iterator[str]:
    """Return the words of the spec that stand on the form as they are."""
    for block in form.blocks:
        yield from block.labels()
