"""指标表: indicators in free rows under a tree of 一级 and 二级指标, in one panel, side by side, or one below the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar, Final, Self

from goalgen.forms import formulas
from goalgen.forms.blocks.block import (
    Cell,
    Fault,
    Line,
    Look,
    Next,
    PageCell,
    RowList,
    Text,
    number_of,
    role_of,
)
from goalgen.forms.blocks.free_rows import (
    TOTALS,
    TOTALS_KEY,
    Totals,
    cells_of,
    is_written,
    next_of_column,
    printed_totals,
    row_shape,
    row_text,
    score,
    total_faults,
    totals_of,
)
from goalgen.forms.blocks.panels import SIDE_BY_SIDE, STACKED, Panels
from goalgen.forms.blocks.records import (
    RECORD,
    WORDS,
    formula_faults,
    item_of,
    label_faults,
    record_faults,
    role_faults,
)
from goalgen.forms.blocks.tree import NAME_KEY, TREE, Group, filled, groups_of, tree_faults
from goalgen.forms.formulas import CONSTANT, INDICATOR_SCORE, NUMBER, SIGN, UNIT
from goalgen.forms.item import COLUMN_ROLES, TARGET_ROLES, Item, Kind, Role
from goalgen.forms.project import Project, Row, Value
from goalgen.source import shapes
from goalgen.source.shapes import Key, Rows, Table


@dataclass(frozen=True)
class IndicatorTable:
    """Is a table of indicators; `tree` holds its 二级指标 in printed order, `layout` says how panels stand ("" one panel).

    A panel is a column of targets. Where there are several, a row stands in those panels for which it has a value.
    """

    SORT: ClassVar[str] = "指标表"
    SPEC: ClassVar[Table] = Table(
        {
            "类": Key(shapes.Choice(("指标表",)), "一级、二级指标下面行数不定的指标", required=True),
            "标签": Key(shapes.Text(), "这一块表上的标题", "年度指标"),
            "说明": Key(shapes.Text(), "编辑器里的提示"),
            "排法": Key(shapes.Choice((SIDE_BY_SIDE, STACKED)), "几栏指标值并排还是上下；只有一栏的不写"),
            "循环": Key(shapes.Text(), "模板里循环的名字，不写是“<键>行”", "指标行"),
            "合并列": Key(WORDS, "自上而下合并相同格子的列", "[一级, 二级]"),
            "指标": Key(
                Table(
                    {
                        "标签": Key(shapes.Text(), "指标名称一列的标题", "三级指标"),
                        "字数": Key(shapes.Number(1), "最多几个字"),
                        "说明": Key(shapes.Text(), "填什么"),
                        "例": Key(shapes.Text(), "填写的例子", "办结率"),
                    }
                ),
                "指标名称一列",
            ),
            "列": Key(Rows(RECORD), "指标名称后面的各列", required=True),
            TOTALS_KEY: TOTALS,
            "体系": TREE,
        }
    )

    key: str
    label: str
    columns: tuple[Item, ...]
    tree: tuple[Group, ...]
    name: Item
    help: str = ""
    layout: str = ""
    loop: str = ""
    merged: tuple[str, ...] = ()
    totals: Totals = field(default_factory=dict)

    @classmethod
    def made(cls, key: str, given: Mapping[str, Any]) -> Self:
        """See Block."""
        name = {"键": NAME_KEY, "说明": "三级指标的名称", **(given.get("指标") or {})}
        return cls(
            key,
            given.get("标签") or "",
            tuple(item_of(column) for column in given["列"]),
            tuple(groups_of(given)),
            item_of(name),
            given.get("说明") or "",
            (given.get("排法") or ("",))[0],
            given.get("循环") or f"{key}行",
            tuple(given.get("合并列") or ()),
            totals_of(given),
        )

    @classmethod
    def faults(cls, path: str, given: Mapping[str, Any]) -> Iterator[Fault]:
        """See Block."""
        columns = given["列"]
        names = [column["键"] for column in columns]
        known = (SIGN, NUMBER, UNIT, INDICATOR_SCORE, CONSTANT)
        yield from record_faults(f"{path}.列", columns, COLUMN_ROLES)
        yield from role_faults((f"{path}.列.{n}", role_of(column)) for n, column in enumerate(columns))
        yield from formula_faults(f"{path}.列", columns, names, "这张表的列", known)
        yield from _column_faults(path, given)
        yield from total_faults(path, given)
        yield from tree_faults(f"{path}.体系", given)

    @cached_property
    def groups(self) -> Mapping[str, Group]:
        """Return every 二级指标 in printed order, by its key."""
        return {group.key: group for group in self.tree}

    def of_role(self, *roles: Role) -> tuple[str, ...]:
        """Return the keys of the 二级指标 that have one of these roles, in printed order."""
        return tuple(group.key for group in self.tree if group.item.role in roles)

    @cached_property
    def firsts(self) -> tuple[str, ...]:
        """Return every 一级指标 in printed order."""
        return tuple(dict.fromkeys(group.first for group in self.tree))

    @cached_property
    def _panels(self) -> Panels:
        return Panels(self.key, self.name, self.columns, self.tree, self.layout)

    @property
    def panels(self) -> tuple[Item, ...]:
        """Return the columns of targets that make panels: all of them, or with one panel the first."""
        return self._panels.panels

    @cached_property
    def targets(self) -> tuple[Item, ...]:
        """Return the columns whose values are targets, not what came of them; where no role says, the panels."""
        found = tuple(column for column in self.columns if column.role in TARGET_ROLES and column.kind is Kind.TARGET)
        return found or self.panels

    def column(self, role: Role) -> Item | None:
        """Return the column of a role."""
        return next((column for column in self.columns if column.role is role), None)

    @cached_property
    def written(self) -> tuple[Item, ...]:
        """Return the columns that a project file may write."""
        return tuple(column for column in self.columns if is_written(column))

    def path(self, group: str, *below: str) -> str:
        """Return the path of a 二级指标, or of what stands below it."""
        return ".".join((self.key, group, *below))

    def keys(self, money_unit: str) -> Mapping[str, Key]:
        """See Block."""
        name = Key(shapes.Text(self.name.most), self.name.help, self.name.example, True)
        shape = row_shape(self.columns, money_unit, {NAME_KEY: name})
        groups = {group.key: Key(Rows(shape), group.item.help, group.item.example) for group in self.tree}
        return {self.key: Key(Table(groups), self.help)}

    def read(self, given: Mapping[str, Any], values: dict[str, Value], rows: dict[str, tuple[Row, ...]]) -> None:
        """See Block."""
        own = given.get(self.key) or {}
        found = tuple(
            Row(group.key, row[NAME_KEY], cells_of(row, self.written))
            for group in self.tree
            for row in own.get(group.key) or ()
        )
        if found:
            rows[self.key] = found

    def lines(self, project: Project, omit: frozenset[str]) -> Iterator[Line]:
        """See Block."""
        yield Line(self.key, "", f"{self.key}:")
        for group in self.tree:
            yield Line(self.path(group.key), "  ", f"{group.key}:")
            for row in project.table(self.key):
                if row.group == group.key:
                    yield Line("", "    ", f"- {row_text(row, self.written, NAME_KEY)}")

    def by_group(self, project: Project) -> dict[str, list[Row]]:
        """Return the rows that are printed, by 二级指标: those of the form first, filled where the project fills them."""
        found: dict[str, list[Row]] = {}
        for row in project.rows.get(self.key, ()):
            found.setdefault(row.group, []).append(row)
        for group in self._preprinted:
            own = found.get(group.key, [])
            names = {row.name for row in group.fixed}
            found[group.key] = [
                *(filled(row, own) for row in group.fixed),
                *(row for row in own if row.name not in names),
            ]
        return found

    def context(self, project: Project, look: Look, points: Decimal | None) -> Mapping[str, Any]:
        """See Block; Panels.printed says how its rows are laid out."""
        found: dict[str, Any] = {self.loop: self._panels.printed(self.by_group(project), look)}
        if self.totals:
            sums = printed_totals(self.totals, self.columns, [*project.table(self.key), *self._fixed], points)
            found[self.key] = {TOTALS_KEY: sums}
        return found

    @cached_property
    def _fixed(self) -> tuple[Row, ...]:
        return tuple(row for group in self.tree for row in group.fixed)

    @cached_property
    def _preprinted(self) -> tuple[Group, ...]:
        return tuple(group for group in self.tree if group.fixed)

    def points(self, project: Project, look: Look) -> Decimal | None:
        """See Block."""
        scores = [column for column in self.columns if column.formula and column.formula.name == INDICATOR_SCORE]
        rows = [row for own in self.by_group(project).values() for row in own]
        return formulas.total(row_score(row, column, look) for column in scores for row in rows)

    def labels(self) -> Iterator[str]:
        """See Block."""
        if self.label:
            yield self.label
        yield from self.name.labels.values()
        for column in self.columns:
            if column.printed:
                yield from column.labels.values()
                yield from column.options

    def optional(self) -> Iterator[str]:
        """See Block."""
        yield from ()

    def cells(self, money_unit: str) -> tuple[Cell, ...]:
        """See Block."""
        return ()

    def lists(self) -> tuple[RowList, ...]:
        """See Block."""
        return tuple(RowList((self.key, group.key), self.key, group.key, self.written, NAME_KEY) for group in self.tree)

    def numbered(self, project: Project) -> Iterator[tuple[int, Row]]:
        """Return every row of a project with its number in its 二级指标, from 0, as paths have it."""
        counts: dict[str, int] = {}
        for row in project.table(self.key):
            number = counts.get(row.group, 0)
            counts[row.group] = number + 1
            yield number, row

    def texts(self, project: Project) -> Iterator[Text]:
        """See Block."""
        columns = [column for column in self.written if column.kind.is_text]
        rows = list(self.numbered(project))
        for number, row in rows:
            yield Text(self.path(row.group, str(number), NAME_KEY), self.path(row.group, row.name), row.name)
        for number, row in rows:
            for column in columns:
                if (text := row.text(column.key)) is not None:
                    path = self.path(row.group, str(number), column.key)
                    yield Text(path, self.path(row.group, row.name, column.key), text)

    def funds(self, project: Project, role: Role) -> Decimal | None:
        """See Block."""
        return None

    def next_year(self, keys: tuple[str, ...]) -> Next | None:
        """See Block."""
        if keys[0] != self.key:
            return None
        if keys[-1] == NAME_KEY:
            return Next.WORDS
        column = next((column for column in self.columns if column.key == keys[-1]), None)
        return next_of_column(column) if column else Next.FIGURES

    def page(self, project: Project, look: Look) -> Iterator[tuple[PageCell, ...]]:
        """See Block."""
        yield from self._panels.page(self.label or self.key, self.by_group(project), look)


def row_score(row: Row, column: Item, look: Look) -> Decimal | None:
    """Return the score of a row: as written by hand, or else as its column's formula gives it."""
    written = number_of(row.cells.get(column.key))
    return score(row, column.formula, look) if written is None and column.formula else written


_KINDS_BY_ROLE: Final = {**dict.fromkeys((*TARGET_ROLES, Role.DONE), Kind.TARGET), Role.WEIGHT: Kind.SCORE}
"""The kind that a column of a role must have; it is written, as rules and formulas read the column by it."""


def _column_faults(path: str, given: Mapping[str, Any]) -> Iterator[Fault]:
    """Tell of columns without a kind, of panels that do not fit the layout, and of columns that cannot merge."""
    columns = given["列"]
    names = [column["键"] for column in columns]
    if "指标" in names:
        yield f"{path}.列.{names.index('指标')}.键", "“指标”是指标名称一列的键", "名称一列不用写，换一个键"
    items = [item_of(column) for column in columns]
    for n, item in enumerate(items):
        if item.role in _KINDS_BY_ROLE and item.role and item.formula is None and not columns[n].get("值"):
            kind = _KINDS_BY_ROLE[item.role]
            yield f"{path}.列.{n}", f"“{item.key}”这一列没有写值", f"加上 值: {kind.value}"
            items[n] = item._replace(kind=kind)
    yield from _panel_faults(path, given, items)
    for n, word in enumerate(given.get("合并列") or ()):
        if word not in ("一级", "二级"):
            yield f"{path}.合并列.{n}", f"“{word[:20]}”这一列不能合并", "可写 一级、二级"


def _panel_faults(path: str, given: Mapping[str, Any], items: Sequence[Item]) -> Iterator[Fault]:
    columns = given["列"]
    targets = [item for item in items if item.kind is Kind.TARGET]
    layout = (given.get("排法") or ("",))[0]
    if columns and not targets:
        yield f"{path}.列", "没有一列是指标值", "给目标那一列写上 值: 指标值"
    if layout and len(targets) < 2:
        yield f"{path}.排法", f"只有一栏指标值，不用写“{layout}”", "删掉“排法”，或再写一列指标值"
    if not layout:
        yield from label_faults(f"{path}.列", columns)
