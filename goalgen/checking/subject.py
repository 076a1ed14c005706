"""Show a project as a rule reads it, by role: every text with its place, every target with its numbers, money summed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from goalgen.checking.needs import overview_cells
from goalgen.forms import Form
from goalgen.forms.blocks.block import Cell, Text
from goalgen.forms.blocks.indicator_table import IndicatorTable
from goalgen.forms.blocks.money_table import MoneyTable
from goalgen.forms.blocks.tree import NAME_KEY, filled
from goalgen.forms.formulas import total
from goalgen.forms.item import TARGET_ROLES, Item, Kind, Role
from goalgen.forms.profile import Profile
from goalgen.forms.project import Project, Row, Unit
from goalgen.forms.quantity import Quantity, parse
from goalgen.source.shapes import Amount


class Branch(NamedTuple):
    """Name one 二级指标 of a form: the key of its table, and its own, which another table may have too."""

    block: str
    key: str

    @property
    def path(self) -> str:
        """Return its path."""
        return f"{self.block}.{self.key}"


class Target(NamedTuple):
    """Hold one 指标值 as a project fills it in a column of targets; `role` is 中长期, 年度 or None where the form does not say.

    With `preprinted` the name of the indicator is the form's, not the project's.
    """

    branch: Branch
    row: Row
    column: Item
    text: str
    path: str
    field: str
    preprinted: bool = False

    @property
    def role(self) -> Role | None:
        """Return the role of its column."""
        return self.column.role

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Read the numbers in the value."""
        return parse(self.text)


class PrintedRow(NamedTuple):
    """Hold one indicator as it stands on the form: one of the project's own, or one of the form's (`fixed`) as it fills it."""

    table: IndicatorTable
    row: Row
    path: str
    field: str
    fixed: Row | None

    @property
    def targets(self) -> tuple[str, ...]:
        """Return the targets that are there."""
        return tuple(text for column in self.table.targets if (text := self.row.text(column.key)))

    def text(self, role: Role) -> str:
        """Return what stands in the column of a role, "" for nothing."""
        column = self.table.column(role)
        return (self.row.text(column.key) or "").strip() if column else ""


class MoneyColumn(NamedTuple):
    """Hold one column of a 金额表 as a project fills it; amounts are in the form's unit."""

    project: Project
    table: MoneyTable
    column: Item

    @property
    def name(self) -> str:
        """Return what a person calls the column."""
        return self.column.key

    @property
    def role(self) -> Role | None:
        """Return the role of the column."""
        return self.column.role

    @property
    def any_written(self) -> bool:
        """Tell whether any of its rows is written."""
        return any(self.amount(row.key) for row in self.table.items)

    @property
    def amounts(self) -> Iterator[tuple[str, Amount]]:
        """Yield its rows that are written, with the amounts as written."""
        for row in self.table.items:
            if amount := self.amount(row.key):
                yield row.key, amount

    def path(self, row: str = "") -> str:
        """Return the path of the column, or of one of its rows."""
        return self.table.path(self.column.key, row)

    def amount(self, row: str) -> Amount | None:
        """Return a row as written, None when it is not."""
        value = self.project.values.get(self.path(row))
        return value if isinstance(value, Amount) else None

    def written(self, row: str) -> Decimal | None:
        """Return the number of a row, None when it is not written."""
        amount = self.amount(row)
        return amount.value if amount else None

    def worth(self, row: str) -> Decimal | None:
        """Return what a row counts: a sum what its parts add up to (see MoneyTable.worth)."""
        return self.table.worth(self.project, self.column.key, row)

    def stated(self, row: str) -> Decimal | None:
        """Return a row as written, or else what its parts add up to."""
        written = self.written(row)
        return self.worth(row) if written is None else written

    def added(self, row: str) -> Decimal | None:
        """Return what the parts of a sum state, added up; None where none states anything."""
        return total(self.stated(part) for part in self.table.parts[row])


@dataclass(frozen=True)
class Subject:
    """Hold one project with its form, the profile, and the department's units. What a rule asks for by role may not be there."""

    project: Project
    form: Form
    profile: Profile
    units: tuple[Unit, ...]

    @cached_property
    def cells(self) -> tuple[Target, ...]:
        """List every target that a project fills, group by group, in the form's order of columns.

        What is declared 不适用 is left out, and what the form itself prints in that place.
        """
        return tuple(cell for cell in self._cells() if not self.is_none(cell.row.name, cell.text))

    def _cells(self) -> Iterator[Target]:
        for table in self.form.indicator_tables:
            for number, row in table.numbered(self.project):
                branch, fixed = Branch(table.key, row.group), self.fixed_row(table, row)
                for column in table.targets:
                    text = row.text(column.key)
                    if text is not None and not (fixed and column.key in fixed.cells):
                        path = table.path(row.group, str(number), column.key)
                        field = table.path(row.group, row.name, column.key)
                        yield Target(branch, row, column, text, path, field, fixed is not None)

    def fixed_row(self, table: IndicatorTable, row: Row) -> Row | None:
        """Return the row of the form that a row of the project fills, None where it is the project's own."""
        return next((fixed for fixed in table.groups[row.group].fixed if fixed.name == row.name), None)

    @cached_property
    def printed_rows(self) -> tuple[PrintedRow, ...]:
        """List every indicator that stands on the form; declared 不适用 is left out."""
        rows = (row for table in self.form.indicator_tables for row in self._printed_rows(table))
        return tuple(one for one in rows if not self.is_none(one.row.name, *one.targets))

    def _printed_rows(self, table: IndicatorTable) -> Iterator[PrintedRow]:
        numbers: dict[tuple[str, str], int] = {}
        for number, row in table.numbered(self.project):
            if self.fixed_row(table, row):
                numbers.setdefault((row.group, row.name), number)
            else:
                field = table.path(row.group, row.name)
                yield PrintedRow(table, row, table.path(row.group, str(number)), field, None)
        for group in table.tree:
            own = [row for row in self.project.table(table.key) if row.group == group.key]
            for fixed in group.fixed:
                found = numbers.get((group.key, fixed.name))
                below = () if found is None else (str(found),)
                field = table.path(group.key, fixed.name)
                yield PrintedRow(table, filled(fixed, own), table.path(group.key, *below), field, fixed)

    def is_none(self, *texts: str) -> bool:
        """Tell whether any of the texts says 无 or 不适用."""
        return any(text in self.profile.none for text in texts)

    def declared_none(self, branch: Branch) -> bool:
        """Tell whether a 二级指标 is declared 不适用."""
        columns = self.targets(branch)
        return any(
            self.is_none(row.name, *(row.text(column.key) or "" for column in columns)) for row in self.rows(branch)
        )

    @cached_property
    def branches(self) -> tuple[Branch, ...]:
        """List the 二级指标 of the form, in printed order."""
        return tuple(Branch(table.key, group.key) for table in self.form.indicator_tables for group in table.tree)

    def groups(self, *roles: Role) -> tuple[Branch, ...]:
        """List the 二级指标 of some roles that the form has, in printed order."""
        tables = self.form.indicator_tables
        return tuple(Branch(table.key, key) for table in tables for key in table.of_role(*roles))

    def by_table(self, *roles: Role) -> tuple[tuple[Branch, ...], ...]:
        """List the 二级指标 of some roles table by table, without the tables that have none."""
        found: dict[str, list[Branch]] = {}
        for branch in self.groups(*roles):
            found.setdefault(branch.block, []).append(branch)
        return tuple(map(tuple, found.values()))

    def rows(self, branch: Branch) -> tuple[Row, ...]:
        """Return the indicators that the project writes under a 二级指标."""
        return tuple(row for row in self.project.table(branch.block) if row.group == branch.key)

    def table(self, branch: Branch) -> IndicatorTable:
        """Return the table of a 二级指标."""
        return self._tables[branch.block]

    @cached_property
    def _tables(self) -> dict[str, IndicatorTable]:
        return {table.key: table for table in self.form.indicator_tables}

    def preprinted(self, branch: Branch) -> bool:
        """Tell whether the form itself prints indicators under a 二级指标."""
        return bool(self.table(branch).groups[branch.key].fixed)

    def first(self, branch: Branch) -> str:
        """Return the 一级指标 of a 二级指标."""
        return self.table(branch).groups[branch.key].first

    def targets(self, branch: Branch) -> tuple[Item, ...]:
        """Return the columns of targets in the table of a 二级指标."""
        return self.table(branch).targets

    def in_groups(self, groups: tuple[Branch, ...], role: Role | None = None) -> tuple[Target, ...]:
        """List the targets of some 二级指标, in the column of a role or in all."""
        return tuple(cell for cell in self.cells if cell.branch in groups and role in (None, cell.role))

    def side(self, cell: Target, role: Role) -> str | None:
        """Return the target beside another, in the column of a role; None when it is not written or there is no such column."""
        column = self.table(cell.branch).column(role)
        return cell.row.text(column.key) if column else None

    @cached_property
    def words(self) -> tuple[Text, ...]:
        """List every text of the project but people and numbers: names, free texts, goals, indicators and their values.

        What the form itself prints is none of the project's.
        """
        texts = (text for block in self.form.blocks for text in block.texts(self.project) if text.text)
        printed = self._preprinted_paths
        return tuple(text for text in texts if text.path not in printed)

    @cached_property
    def _preprinted_paths(self) -> frozenset[str]:
        """Return the paths of the names that the project repeats from the form, and of values that do not print."""
        found = set()
        for table in (table for table in self.form.indicator_tables if any(group.fixed for group in table.tree)):
            for number, row in table.numbered(self.project):
                fixed = self.fixed_row(table, row)
                for key in (NAME_KEY, *fixed.cells) if fixed else ():
                    found.add(table.path(row.group, str(number), key))
        return frozenset(found)

    @cached_property
    def substance(self) -> tuple[Text, ...]:
        """List the texts that say what the project is to reach: its goals and indicators."""
        goals = {cell.path for cell in self.form.goals.values()}
        tables = tuple(f"{table.key}." for table in self.form.indicator_tables)
        return tuple(text for text in self.words if text.path in goals or text.path.startswith(tables))

    @cached_property
    def overview(self) -> tuple[Text, ...]:
        """List the free texts about the project (项目概况), empty ones too; its name and its goals are none of them."""
        return tuple(self._text(cell) for cell in self._overview_cells)

    @cached_property
    def _overview_cells(self) -> tuple[Cell, ...]:
        return overview_cells(self.form)

    @cached_property
    def silent(self) -> tuple[Text, ...]:
        """List the texts that must say 无 where there is nothing, and say nothing."""
        return tuple(text for cell in self._overview_cells if cell.must_say and not (text := self._text(cell)).text)

    def _text(self, cell: Cell) -> Text:
        return Text(cell.path, cell.path, self.project.said(cell.path))

    @cached_property
    def goals(self) -> tuple[tuple[Cell, str], ...]:
        """List the goals that the form asks for, 中长期 and 年度, each with its text."""
        found = ((role, cell) for role, cell in self.form.goals.items() if role in TARGET_ROLES)
        return tuple((cell, self.project.said(cell.path)) for _, cell in found)

    def goal(self, role: Role) -> str:
        """Return the goal of a role, "" where there is none."""
        cell = self.form.goals.get(role)
        return self.project.said(cell.path) if cell else ""

    def field(self, role: Role) -> Text:
        """Return the field of a role; empty, with an empty path, where the form has none."""
        path = self.form.path(role)
        return Text(path, path, self.project.of_role(role))

    @property
    def ticked(self) -> Iterator[tuple[Cell, bool]]:
        """Yield every field with boxes, and whether any of them is ticked."""
        for cell in self.form.cells:
            if cell.item.kind.is_ticked:
                yield cell, bool(self.project.values.get(cell.path))

    @cached_property
    def money(self) -> tuple[MoneyColumn, ...]:
        """List the columns of money that a project file may write, in the form's order."""
        return tuple(
            MoneyColumn(self.project, table, column)
            for table in self.form.money_tables
            for column in table.columns
            if column.kind is Kind.MONEY and not column.computed
        )

    def funding(self, role: Role) -> MoneyColumn | None:
        """Return the column of money of a role, None where the form has none."""
        return next((money for money in self.money if money.column.role is role), None)

    def funds_path(self, role: Role = Role.ANNUAL) -> str:
        """Return the path of the money of a role: its column, or the table of free rows that holds it; "" for none."""
        column = self.funding(role)
        blocks = (block.key for block in self.form.blocks if block.funds(self.project, role) is not None)
        return column.path() if column else next(blocks, "")

    @property
    def unit(self) -> str:
        """Return the unit in which the form counts money."""
        return self.form.money_unit

    def funds(self, role: Role = Role.ANNUAL) -> Decimal:
        """Add up all money in the column of a role, in the form's unit; 0 where the form has no such column."""
        return self.form.funds(self.project, role) or Decimal(0)


@dataclass(frozen=True)
class Batch:
    """Hold the projects of one year, as the rules across projects see them."""

    year: int
    profile: Profile
    units: tuple[Unit, ...]
    subjects: tuple[Subject, ...]
    before: Mapping[str, Decimal] = field(default_factory=dict)
    """What each project's 年度 money was in the latest earlier year that was read, by 编号, in the form's unit."""
