"""Hold the values goalgen works on: projects with what stands in their files, frozen, by the paths of the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from goalgen.errors import Place
from goalgen.source.nodes import Origin
from goalgen.source.shapes import Amount, Window

if TYPE_CHECKING:
    from goalgen.forms.form import Form
    from goalgen.forms.item import Role

CODE_KEY: Final = "编号"
"""The key of a project's 编号, on every form; it is its path too."""
Value: TypeAlias = "str | tuple[str, ...] | Amount | date | Window"
"""What a cell holds: a text, the options ticked, a number as written, a day, a span of years."""


class Unit(NamedTuple):
    """Describe a 预算单位: its full name, the other names it goes by, and its declared 项目支出 per year, in 万元."""

    name: str
    aliases: tuple[str, ...] = ()
    budget: Mapping[int, Decimal] = {}


class Row(NamedTuple):
    """Hold one free row of a table: in an 指标表 a 三级指标 under its 二级指标 (`group`), elsewhere both are "".

    `cells` holds what is written, by the key of its column. A column that is not there is not written; an empty text is a
    column that prints the name of the indicator with an empty value.
    """

    group: str
    name: str
    cells: Mapping[str, Value]

    def text(self, column: str) -> str | None:
        """Return the text of a column, None when it is not written."""
        value = self.cells.get(column)
        return None if value is None else said(value)


def said(value: Value) -> str:
    """Write a value as one text, as a project file has it; several options are joined by 、."""
    if isinstance(value, str):
        return value
    if isinstance(value, Amount):
        return value.text
    if isinstance(value, Window):
        return f"{value.first}-{value.last}"
    return value.isoformat() if isinstance(value, date) else "、".join(value)


def chosen(value: Value | None) -> tuple[str, ...]:
    """Return the options of a value, () where it is none."""
    return value if isinstance(value, tuple) and not isinstance(value, Amount | Window) else ()


@dataclass(frozen=True, slots=True)
class Project:
    """Hold one 项目 of one year: everything its form prints.

    `form` is the form by which its file is read; it is no part of what is said. `values` holds what is written, by path
    (`资金.年度.财政拨款`), nothing that is empty and not the 编号, which is `code`; `rows` the free rows, by the key of
    their block. `notes` are 变更说明: why a field is not what it was, by the path of the field, or one text under "" for the
    project as a whole; they are not printed on the form. Two projects are equal that say the same, wherever they were read.
    """

    form: Form = field(compare=False, repr=False)
    year: int
    code: str
    values: Mapping[str, Value]
    rows: Mapping[str, tuple[Row, ...]]
    notes: Mapping[str, str] = field(default_factory=dict)
    origin: Origin | None = field(default=None, compare=False)

    def __hash__(self) -> int:
        return hash((self.year, self.code, *sorted(self.values)))

    @property
    def name(self) -> str:
        """Return 项目名称."""
        return self.said(self.form.name_path)

    @property
    def unit(self) -> str:
        """Return 预算单位, whatever the form calls it; "" on a form that has none."""
        return self.said(self.form.unit_path)

    @property
    def window(self) -> Window:
        """Return 中长期年限: as written, or else what the form counts from the budget year."""
        value = self.values.get(self.form.window_path)
        return value if isinstance(value, Window) else self.form.window(self.year)

    @property
    def unfilled(self) -> bool:
        """Say whether nobody has filled anything in yet: this is what 未填 means, here and everywhere.

        Such a project has no value but 编号, 项目名称, 预算单位 and those that projects.yaml may share: no row, no 变更说明.
        """
        given = {self.form.name_path, self.form.unit_path, *self.form.shared}
        return not self.rows and not self.notes and given.issuperset(self.values)

    def said(self, path: str) -> str:
        """Return what is written at a path, as text; "" when there is nothing."""
        value = self.code if path == CODE_KEY else self.values.get(path)
        return "" if value is None else said(value)

    def of_role(self, role: Role) -> str:
        """Return what is written in the field of a role, as text; "" when there is nothing, or no such field."""
        return self.said(self.form.path(role))

    def amount(self, path: str) -> Decimal | None:
        """Return the number at a path (money in the form's unit), None when none is written."""
        value = self.values.get(path)
        return value.value if isinstance(value, Amount) else None

    def table(self, block: str) -> tuple[Row, ...]:
        """Return the free rows of a block, by its key."""
        return self.rows.get(block, ())

    def in_group(self, group: str) -> tuple[Row, ...]:
        """Return the indicators of one 二级指标, in the order written."""
        return tuple(row for rows in self.rows.values() for row in rows if row.group == group)

    def with_values(self, changes: Mapping[str, Value | None]) -> Project:
        """Return the project with these values at their paths; None and what is empty take a value out."""
        merged = {**self.values, **changes}
        kept = {path: value for path, value in merged.items() if value is not None and not is_nothing(value)}
        return replace(self, values=kept)

    def with_rows(self, block: str, rows: Sequence[Row]) -> Project:
        """Return the project with these rows in a block, in place of those it has."""
        kept = {key: own for key, own in self.rows.items() if key != block}
        return replace(self, rows={**kept, block: tuple(rows)} if rows else kept)

    def place(self, path: str = "") -> Place:
        """Return where the value at a path of this project was written (see Origin.place)."""
        return self.origin.place(path) if self.origin else Place(self.code)


def is_nothing(value: object) -> bool:
    """Tell whether a value says nothing: none, an empty text, no option."""
    return value is None or value in ("", ())
