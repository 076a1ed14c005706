"""明细表: free rows in named columns — tasks, a schedule, a budget line by line — and a row of sums below."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, ClassVar, Self

from goalgen.forms.blocks.block import (
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
)
from goalgen.forms.blocks.free_rows import (
    TOTALS,
    TOTALS_KEY,
    Totals,
    cells_of,
    column_sum,
    is_written,
    next_of_column,
    printed,
    printed_totals,
    row_shape,
    row_text,
    total_faults,
    totals_of,
)
from goalgen.forms.blocks.records import RECORD, formula_faults, item_of, label_faults, record_faults, role_faults
from goalgen.forms.formulas import CONSTANT
from goalgen.forms.item import COLUMN_ROLES, Item, Kind, Role
from goalgen.forms.project import Project, Row, Value
from goalgen.source import shapes
from goalgen.source.shapes import Key, Rows, Table
from goalgen.source.writing import scalar

NUMBER_NAME = "序号"
"""The name of a row's number in a template."""


@dataclass(frozen=True)
class DetailTable:
    """Is a table of free rows; `loop` is the name of its rows in a template, `totals` the cells of the row below them."""

    SORT: ClassVar[str] = "明细表"
    SPEC: ClassVar[Table] = Table(
        {
            "类": Key(shapes.Choice(("明细表",)), "行数不定的表", required=True),
            "标签": Key(shapes.Text(), "这一块表上的标题", "项目实施进度计划"),
            "说明": Key(shapes.Text(), "编辑器里的提示"),
            "循环": Key(shapes.Text(), "模板里循环的名字，不写是“<键>行”"),
            "列": Key(Rows(RECORD), "各列，从左到右", required=True),
            TOTALS_KEY: TOTALS,
        }
    )

    key: str
    label: str
    columns: tuple[Item, ...]
    help: str = ""
    loop: str = ""
    totals: Totals = field(default_factory=dict)

    @classmethod
    def made(cls, key: str, given: Mapping[str, Any]) -> Self:
        """See Block."""
        columns = tuple(item_of(column) for column in given["列"])
        about = (given.get("标签") or "", columns, given.get("说明") or "", given.get("循环") or f"{key}行")
        return cls(key, *about, totals_of(given))

    @classmethod
    def faults(cls, path: str, given: Mapping[str, Any]) -> Iterator[Fault]:
        """See Block."""
        columns = given["列"]
        yield from record_faults(f"{path}.列", columns, COLUMN_ROLES)
        yield from role_faults((f"{path}.列.{n}", role_of(column)) for n, column in enumerate(columns))
        names = [column["键"] for column in columns]
        yield from formula_faults(f"{path}.列", columns, names, "这张表的列", (CONSTANT,))
        yield from label_faults(f"{path}.列", columns)
        yield from total_faults(path, given)

    @property
    def _written(self) -> tuple[Item, ...]:
        return tuple(column for column in self.columns if is_written(column))

    @property
    def _printed(self) -> tuple[Item, ...]:
        return tuple(column for column in self.columns if column.printed)

    def keys(self, money_unit: str) -> Mapping[str, Key]:
        """See Block."""
        cells = [f"{column.key}: {scalar(column.example, True)}" for column in self._written if column.example]
        example = f"{{{', '.join(cells)}}}" if cells else ""
        return {self.key: Key(Rows(row_shape(self.columns, money_unit, {})), self.help, example)}

    def read(self, given: Mapping[str, Any], values: dict[str, Value], rows: dict[str, tuple[Row, ...]]) -> None:
        """See Block."""
        written = (Row("", "", cells_of(row, self._written)) for row in given.get(self.key) or ())
        found = tuple(row for row in written if row.cells)
        if found:
            rows[self.key] = found

    def lines(self, project: Project, omit: frozenset[str]) -> Iterator[Line]:
        """See Block."""
        yield Line(self.key, "", f"{self.key}:")
        for row in project.table(self.key):
            yield Line("", "  ", f"- {row_text(row, self._written)}")

    def context(self, project: Project, look: Look, points: Decimal | None) -> Mapping[str, Any]:
        """See Block."""
        rows = project.table(self.key)
        lines = [
            {NUMBER_NAME: str(n), **{column.key: printed(row, column, look) for column in self._printed}}
            for n, row in enumerate(rows or (Row("", "", {}),), 1)
        ]
        sums = {TOTALS_KEY: printed_totals(self.totals, self.columns, rows, points)} if self.totals else {}
        return {self.loop: lines, **({self.key: sums} if sums else {})}

    def points(self, project: Project, look: Look) -> Decimal | None:
        """See Block."""
        return None

    def labels(self) -> Iterator[str]:
        """See Block."""
        if self.label:
            yield self.label
        for column in self._printed:
            yield from column.labels.values()

    def optional(self) -> Iterator[str]:
        """See Block."""
        yield f"{self.loop}[].{NUMBER_NAME}"

    def cells(self, money_unit: str) -> tuple[Cell, ...]:
        """See Block."""
        return ()

    def lists(self) -> tuple[RowList, ...]:
        """See Block."""
        return (RowList((self.key,), self.key, "", self._written),)

    def texts(self, project: Project) -> Iterator[Text]:
        """See Block."""
        columns = [column for column in self._written if column.kind.is_text]
        for n, row in enumerate(project.table(self.key)):
            for column in columns:
                if (text := row.text(column.key)) is not None:
                    yield Text(f"{self.key}.{n}.{column.key}", f"{self.key}.{n + 1}.{column.key}", text)

    def funds(self, project: Project, role: Role) -> Decimal | None:
        """See Block."""
        column = next((one for one in self.columns if one.role is role and one.kind is Kind.MONEY), None)
        return (column_sum(column.key, project.table(self.key)) or Decimal(0)) if column else None

    def next_year(self, keys: tuple[str, ...]) -> Next | None:
        """See Block."""
        if keys[0] != self.key:
            return None
        column = next((column for column in self.columns if column.key == keys[-1]), None)
        return next_of_column(column) if column else Next.WORDS

    def page(self, project: Project, look: Look) -> Iterator[tuple[PageCell, ...]]:
        """See Block."""
        yield (PageCell(self.label or self.key, self.key, heading=True),)
        yield tuple(PageCell(column.label(), heading=True) for column in self._printed)
        for n, row in enumerate(project.table(self.key), 1):
            cells = ((column, flat(printed(row, column, look))) for column in self._printed)
            yield tuple(PageCell(text, f"{self.key}.{n}.{column.key}") for column, text in cells)
