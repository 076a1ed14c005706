"""栏目: keys with a value each — head and foot, free texts, boxes to tick, goals."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar, Final, Self

from goalgen.forms.blocks.block import (
    NEXT_BY_ROLE,
    Cell,
    Fault,
    Line,
    Look,
    Next,
    PageCell,
    RowList,
    Text,
    flat,
    role_of,
    shown,
    yes,
)
from goalgen.forms.blocks.records import (
    RECORD,
    ROLES,
    YES_NO,
    formula_faults,
    item_of,
    label_faults,
    record_faults,
)
from goalgen.forms.item import FIELD_ROLES, Item, Kind, Role
from goalgen.forms.project import Project, Row, Value, chosen, is_nothing, said
from goalgen.source import shapes
from goalgen.source.shapes import Key, Rows, Table
from goalgen.source.writing import entry, scalar

_PEOPLE: Final = (Role.UNIT, Role.FILLER, Role.PHONE)


@dataclass(frozen=True)
class Fields:
    """Is a block of fields; with `top` their keys stand at the top of a project file, not under the block's key.

    `role` GOAL makes it the goals, a field for each role of a column; `none_written` asks for 无 where a text is empty.
    """

    SORT: ClassVar[str] = "栏目"
    SPEC: ClassVar[Table] = Table(
        {
            "类": Key(shapes.Choice(("栏目",)), "键和值，一行一项", required=True),
            "标签": Key(shapes.Text(), "这一块表上的标题", "项目概况"),
            "说明": Key(shapes.Text(), "编辑器里的提示"),
            "角色": Key(ROLES, "写目标的一块写 目标"),
            "顶层": Key(YES_NO, "是：键直接写在项目文件里，不再套一层"),
            "空着写无": Key(YES_NO, "是：没有的要写“无”，空着审核时会提出来"),
            "行": Key(Rows(RECORD), "各项，按表上的次序", required=True),
        }
    )

    key: str
    label: str
    items: tuple[Item, ...]
    help: str = ""
    role: Role | None = None
    top: bool = False
    none_written: bool = False

    @classmethod
    def made(cls, key: str, given: Mapping[str, Any]) -> Self:
        """See Block."""
        items = tuple(item_of(row) for row in given["行"])
        about = (given.get("标签") or "", items, given.get("说明") or "", role_of(given))
        return cls(key, *about, yes(given, "顶层"), yes(given, "空着写无"))

    @classmethod
    def faults(cls, path: str, given: Mapping[str, Any]) -> Iterator[Fault]:
        """See Block."""
        rows = given["行"]
        yield from record_faults(f"{path}.行", rows, FIELD_ROLES)
        yield from label_faults(f"{path}.行", rows)
        yield from formula_faults(f"{path}.行", rows, (), "", ())
        if role_of(given) not in (None, Role.GOAL):
            yield f"{path}.角色", "栏目的角色只能是“目标”", "删掉，或写 角色: 目标"
        for n, row in enumerate(rows):
            if yes(row, "共用") and not yes(given, "顶层"):
                yield f"{path}.行.{n}.共用", f"“{row['键']}”不在顶层，不能共用", "写在 顶层: 是 的栏目里"

    @cached_property
    def _paths(self) -> tuple[tuple[str, str, Item], ...]:
        """List each field's key and path with its item."""
        above = "" if self.top else f"{self.key}."
        return tuple((item.key, f"{above}{item.key}", item) for item in self.items)

    @cached_property
    def _printed(self) -> tuple[tuple[str, str, Item], ...]:
        return tuple(field for field in self._paths if field[2].printed)

    @cached_property
    def _plain(self) -> tuple[tuple[str, str], ...]:
        """List key and path of the fields that print their text as it is."""
        return tuple((key, path) for key, path, item in self._printed if item.kind in (Kind.TEXT, Kind.TARGET))

    @cached_property
    def _written_out(self) -> tuple[tuple[str, str, Item], ...]:
        """List the other fields."""
        return tuple(field for field in self._printed if (field[0], field[1]) not in self._plain)

    def keys(self, money_unit: str) -> Mapping[str, Key]:
        """See Block."""
        own = {
            item.key: Key(item.shape(money_unit), item.help, item.example, item.required and not item.shared)
            for item in self.items
        }
        return own if self.top else {self.key: Key(Table(own), self.help)}

    def read(self, given: Mapping[str, Any], values: dict[str, Value], rows: dict[str, tuple[Row, ...]]) -> None:
        """See Block."""
        own = given if self.top else given.get(self.key) or {}
        for key, path, item in self._paths:
            value = None if item.kind is Kind.CODE else own.get(key)
            if value is not None and not is_nothing(value):
                values[path] = value

    def lines(self, project: Project, omit: frozenset[str]) -> Iterator[Line]:
        """See Block."""
        indent = "" if self.top else "  "
        if not self.top:
            yield Line(self.key, "", f"{self.key}:")
        for key, path, item in self._paths:
            value = project.code if item.kind is Kind.CODE else project.values.get(path)
            idle = item.shared and not item.required and value is None
            if not (self.top and (key in omit or idle)):
                yield Line(path, indent, _entry(item, value))

    def context(self, project: Project, look: Look, points: Decimal | None) -> Mapping[str, Any]:
        """See Block."""
        values = project.values
        found: dict[str, Any] = {key: values.get(path, "") for key, path in self._plain}
        for key, path, item in self._written_out:
            found[key] = shown(item, project.code if item.kind is Kind.CODE else values.get(path), look)
        return found if self.top else {self.key: found}

    def points(self, project: Project, look: Look) -> Decimal | None:
        """See Block."""
        return None

    def labels(self) -> Iterator[str]:
        """See Block."""
        if self.label:
            yield self.label
        for item in self.items:
            if item.printed:
                yield from item.labels.values()
        for item in self.items:
            yield from item.options

    def optional(self) -> Iterator[str]:
        """See Block."""
        yield from ()

    def cells(self, money_unit: str) -> tuple[Cell, ...]:
        """See Block."""
        return tuple(self._cell(path, item, money_unit) for _, path, item in self._paths)

    def _cell(self, path: str, item: Item, money_unit: str) -> Cell:
        goal = self.role is Role.GOAL
        above = (Role.GOAL.value,) if goal else ()
        meaning = (*above, item.role.value) if item.role else ()
        unit = money_unit if item.kind is Kind.MONEY else ""
        name, must_say = item.label() if goal else item.key, self.none_written and item.kind is Kind.TEXT
        return Cell(path, item, item.label(), name, self.key, None, meaning, unit, must_say)

    def lists(self) -> tuple[RowList, ...]:
        """See Block."""
        return ()

    def texts(self, project: Project) -> Iterator[Text]:
        """See Block."""
        for _, path, item in self._paths:
            if item.kind is Kind.TEXT and not item.shared and item.role not in _PEOPLE:
                yield Text(path, path, project.said(path))

    def funds(self, project: Project, role: Role) -> Decimal | None:
        """See Block."""
        return None

    def next_year(self, keys: tuple[str, ...]) -> Next | None:
        """See Block."""
        *above, key = keys
        item = next((item for item in self.items if item.key == key), None)
        if item is None or above != ([] if self.top else [self.key]):
            return None
        if self.role is Role.GOAL:
            return NEXT_BY_ROLE.get(item.role, Next.FIGURES) if item.role else Next.FIGURES
        if item.role in NEXT_BY_ROLE and item.role is not None:
            return NEXT_BY_ROLE[item.role]
        return _NEXT_BY_KIND.get(item.kind, Next.KEEP if item.shared else Next.WORDS)

    def page(self, project: Project, look: Look) -> Iterator[tuple[PageCell, ...]]:
        """See Block."""
        named = [field for field in self._printed if field[2].kind is not Kind.CODE]
        fields = [(item, path, flat(shown(item, project.values.get(path), look))) for _, path, item in named]
        if self.role is Role.GOAL:
            yield tuple(PageCell(item.label(), heading=True) for item, _, _ in fields)
            yield tuple(PageCell(text, path) for _, path, text in fields)
            return
        if self.label:
            yield (PageCell(self.label, self.key, heading=True),)
        for item, path, text in fields:
            yield PageCell(item.label(), heading=True), PageCell(text, path, 2)


def _entry(item: Item, value: Value | None) -> str:
    """Write a field and its value, several options in brackets."""
    options = chosen(value)
    if len(options) > 1:
        return f"{item.key}: [{', '.join(scalar(option, True) for option in options)}]"
    return entry(item.key, "" if value is None else said(value))


_NEXT_BY_KIND: Final[Mapping[Kind, Next]] = {
    Kind.CODE: Next.KEEP,
    Kind.YEARS: Next.MOVE,
    Kind.DATE: Next.MARK,
    Kind.MONEY: Next.MARK,
    Kind.NUMBER: Next.MARK,
}
