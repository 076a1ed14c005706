"""Show a project as a rule reads it, by role: every text with its place, every target with its numbers, money summed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from goalgen.forms import Form
from goalgen.forms.blocks.block import Cell, Text
from goalgen.forms.blocks.money_table import MoneyTable
from goalgen.forms.item import TARGET_ROLES, Item, Kind, Role
from goalgen.forms.profile import Profile
from goalgen.forms.project import Project, Row, Unit
from goalgen.forms.quantity import Quantity, parse
from goalgen.source.shapes import Amount


class Target(NamedTuple):
    """Hold one 指标值 as printed in one column of targets; `role` is 中长期, 年度 or None where the form does not say."""

    row: Row
    column: Item
    text: str
    path: str
    field: str

    @property
    def role(self) -> Role | None:
        """Return the role of its column."""
        return self.column.role

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Read the numbers in the value."""
        return parse(self.text)


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


@dataclass(frozen=True)
class Subject:
    """Hold one project with its form, the profile, and the department's units. What a rule asks for by role may not be there."""

    project: Project
    form: Form
    profile: Profile
    units: tuple[Unit, ...]

    @cached_property
    def cells(self) -> tuple[Target, ...]:
        """List every target that is printed, group by group, in the form's order of columns; declared 不适用 is left out."""
        return tuple(cell for cell in self._cells() if not self.is_none(cell.row.name, cell.text))

    def _cells(self) -> Iterator[Target]:
        for table in self.form.indicator_tables:
            for number, row in table.numbered(self.project):
                for column in table.targets:
                    text = row.text(column.key)
                    if text is not None:
                        path = table.path(row.group, str(number), column.key)
                        yield Target(row, column, text, path, table.path(row.group, row.name, column.key))

    def is_none(self, *texts: str) -> bool:
        """Tell whether any of the texts says 无 or 不适用."""
        return any(text in self.profile.none for text in texts)

    def declared_none(self, group: str) -> bool:
        """Tell whether a 二级指标 is declared 不适用."""
        columns = self.form.table_of(group).targets
        return any(
            self.is_none(row.name, *(row.text(column.key) or "" for column in columns))
            for row in self.project.in_group(group)
        )

    def groups(self, *roles: Role) -> tuple[str, ...]:
        """Return the 二级指标 of some roles that the form has, in printed order."""
        return self.form.groups(*roles)

    def preprinted(self, group: str) -> bool:
        """Tell whether the form itself prints indicators under a 二级指标."""
        return bool(self.form.table_of(group).groups[group].fixed)

    def path_of(self, group: str) -> str:
        """Return the path of a 二级指标."""
        return self.form.table_of(group).path(group)

    def targets(self, group: str) -> tuple[Item, ...]:
        """Return the columns of targets in the table of a 二级指标."""
        return self.form.table_of(group).targets

    def in_groups(self, groups: tuple[str, ...], role: Role | None = None) -> tuple[Target, ...]:
        """List the targets of some 二级指标, in the column of a role or in all."""
        return tuple(cell for cell in self.cells if cell.row.group in groups and role in (None, cell.role))

    def side(self, row: Row, role: Role) -> str | None:
        """Return the target of a row in the column of a role; None when it is not written or the form has no such column."""
        column = self.form.table_of(row.group).column(role)
        return row.text(column.key) if column else None

    @cached_property
    def words(self) -> tuple[Text, ...]:
        """List every text of the project but people and numbers: names, free texts, goals, indicators and their values."""
        return tuple(text for block in self.form.blocks for text in block.texts(self.project) if text.text)

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
        goals = {cell.path for cell in self.form.goals.values()}
        texts = (cell for cell in self.form.cells if cell.item.kind is Kind.TEXT and not cell.item.shared)
        people = (Role.NAME, Role.UNIT, Role.FILLER, Role.PHONE)
        return tuple(cell for cell in texts if cell.item.role not in people and cell.path not in goals)

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

    def field(self, role: Role) -> Text | None:
        """Return the field of a role, None where the form has none."""
        path = self.form.path(role)
        return Text(path, path, self.project.said(path)) if path else None

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
