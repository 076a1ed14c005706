"""Say what every kind of block answers, and hold what the answers consist of; nobody else asks a form what it is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar, Final, NamedTuple, Protocol, Self, TypeAlias

from goalgen.forms.formulas import Rounding
from goalgen.forms.item import Item, Printing, Role
from goalgen.forms.project import Project, Row, Value, chosen, said
from goalgen.source.shapes import Amount, Key, Table, Window

Fault: TypeAlias = "tuple[str, str, str]"
"""The path of a value in the spec, what is wrong with it, and the way to mend it."""


class Look(NamedTuple):
    """Say how a form writes what it prints: boxes, days, numbers, and the unit of its money."""

    ticked: str = "☑"
    unticked: str = "□"
    date_format: str = "{年}年{月}月{日}日"
    money_unit: str = "万元"
    rounding: Rounding = Rounding()


class Cell(NamedTuple):
    """Describe one cell outside of free rows that a project file may fill: a field, or a row of a 金额表 in a column.

    `path` is its place in a project file, `label` what stands on the form, `name` what a person calls it (`年度财政拨款`),
    `meaning` what it is on any form (by role; () where it has none), `unit` the unit of money, "" where it is none;
    with `must_say` it says 无 where there is nothing.
    """

    path: str
    item: Item
    label: str
    name: str
    block: str
    column: Item | None = None
    meaning: tuple[str, ...] = ()
    unit: str = ""
    must_say: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys of its path."""
        return tuple(self.path.split("."))

    @property
    def formerly(self) -> tuple[str, ...]:
        """Return the paths that it went by on earlier forms, in a block of the same key."""
        *above, last = self.keys
        words = (*self.item.formerly, last) if self.column is None else self.item.formerly
        found = [".".join((*above, word)) for word in words]
        for column in self.column.formerly if self.column else ():
            found += [".".join((*above[:-1], column, word)) for word in (last, *self.item.formerly)]
        return tuple(path for path in found if path != self.path)


class RowList(NamedTuple):
    """Describe one list of free rows in a project file: its keys, its block, its 二级指标 ("" for none) and its columns.

    `name` is the key of a row's name, "" where rows have none.
    """

    keys: tuple[str, ...]
    block: str
    group: str
    columns: tuple[Item, ...]
    name: str = ""

    def rows(self, project: Project) -> list[Row]:
        """Return the rows of a project in this list."""
        return [row for row in project.table(self.block) if row.group == self.group]


class Text(NamedTuple):
    """Hold a text that a person wrote: `path` finds its place, `field` names it to a person."""

    path: str
    field: str
    text: str


class PageCell(NamedTuple):
    """Hold a cell of a form shown on a page: its text, the field it shows ("" for none), its share of the row's width."""

    text: str
    field: str = ""
    width: int = 1
    heading: bool = False


class Next(Enum):
    """Say what the next year does with a value."""

    KEEP = "照旧"
    MOVE = "顺延"
    """Every span of years in it moves on."""
    CLEAR = "清空"
    MARK = "待核"
    FIGURES = "有数待核"
    """It is thought over again where it holds a figure."""
    WORDS = "文字"
    """It is thought over again where it names the old year."""


class Line(NamedTuple):
    """Hold one line of a project file: the path it stands for ("" for none), its indentation, its text."""

    path: str
    indent: str
    text: str


class Block(Protocol):
    """Is one block of a form, in printed order. What is asked of a form is asked of its blocks, one after the other."""

    SORT: ClassVar[str]
    """The word of the spec for this kind (`类`)."""
    SPEC: ClassVar[Table]
    """What the spec may say of such a block."""

    @property
    def key(self) -> str:
        """Return its key in the spec, and in a project file unless its keys stand at the top there."""

    @property
    def label(self) -> str:
        """Return the words above it on the form, "" for none."""

    @classmethod
    def made(cls, key: str, given: Mapping[str, Any]) -> Self:
        """Make the block that the values of a spec (by the keys of SPEC) describe."""

    @classmethod
    def faults(cls, path: str, given: Mapping[str, Any]) -> Iterator[Fault]:
        """Tell what is wrong with those values, beyond their shape; `path` is the block's place in the spec."""

    def keys(self, money_unit: str) -> Mapping[str, Key]:
        """Return the keys it has at the top of a project file, with what each may hold."""

    def read(self, given: Mapping[str, Any], values: dict[str, Value], rows: dict[str, tuple[Row, ...]]) -> None:
        """Put what a project file says (by top key) into values by path, and free rows by block."""

    def lines(self, project: Project, omit: frozenset[str]) -> Iterator[Line]:
        """Write what a project says as lines of YAML; `omit` names top keys that projects.yaml supplies."""

    def context(self, project: Project, look: Look, points: Decimal | None) -> Mapping[str, Any]:
        """Return what a template may print of it, nested by name; `points` are the scores of all blocks (see `points`)."""

    def points(self, project: Project, look: Look) -> Decimal | None:
        """Add up the scores that it gives, None where it gives none."""

    def labels(self) -> Iterator[str]:
        """Return the words of the spec that stand on the form as they are."""

    def optional(self) -> Iterator[str]:
        """Return the names that a template may leave out: what they print is the same on every form, or a row's number."""

    def cells(self, money_unit: str) -> tuple[Cell, ...]:
        """Return its cells outside of free rows, in the form's order."""

    def lists(self) -> tuple[RowList, ...]:
        """Return its lists of free rows, in the form's order."""

    def texts(self, project: Project) -> Iterator[Text]:
        """Return every text that a person wrote in it, but people, units and numbers; empty ones too."""

    def funds(self, project: Project, role: Role) -> Decimal | None:
        """Add up its money in the columns of a role, in the form's unit; None where it has no such column."""

    def next_year(self, keys: tuple[str, ...]) -> Next | None:
        """Say what next year does with the value under these keys of a project file; None where it is not this block's."""

    def page(self, project: Project, look: Look) -> Iterator[tuple[PageCell, ...]]:
        """Show it row by row, every cell that can be filled by its field."""


def shown(item: Item, value: Value | None, look: Look) -> Any:
    """Return what a form prints of a value: a text; of options a box for each, of a span printed as two cells its ends."""
    if item.kind.is_ticked:
        return {one: look.ticked if one in chosen(value) else look.unticked for one in item.options}
    if item.printing is Printing.ENDS:
        ends = (f"{value.first}年", f"{value.last}年") if isinstance(value, Window) else ("", "")
        return dict(zip(("起", "止"), ends, strict=True))
    if value is None:
        return ""
    if isinstance(value, date):
        return look.date_format.format(年=value.year, 月=value.month, 日=value.day)
    return str(value) if isinstance(value, Window) else said(value)


def flat(printed: Any) -> str:
    """Write what `shown` gave as one text: `产业发展□  其他☑`."""
    if isinstance(printed, Mapping):
        return "  ".join(f"{word}{mark}" for word, mark in printed.items())
    return str(printed)


def number_of(value: Value | None) -> Decimal | None:
    """Return the number of a value, None when it is none."""
    return value.value if isinstance(value, Amount) else None


def role_of(given: Mapping[str, Any]) -> Role | None:
    """Return the role that the spec gives a record."""
    word = given.get("角色")
    return Role(word[0]) if word else None


def yes(given: Mapping[str, Any], key: str) -> bool:
    """Tell whether the spec says 是 under a key."""
    return "是" in (given.get(key) or ())


NEXT_BY_ROLE: Final[Mapping[Role, Next]] = {
    **dict.fromkeys((Role.UNIT, Role.FILLER, Role.PHONE, Role.WEIGHT), Next.KEEP),
    Role.PERIOD: Next.MOVE,
    Role.FILED: Next.CLEAR,
    **dict.fromkeys((Role.SPENT, Role.EXPECTED, Role.DONE, Role.REASON, Role.CHANCE), Next.CLEAR),
}
"""What next year does with what has a role, whatever its kind."""
