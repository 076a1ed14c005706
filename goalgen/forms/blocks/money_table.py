"""金额表: fixed rows of money in named columns, with sums, rates and scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar, Final, Self

from goalgen.forms import formulas
from goalgen.forms.blocks.block import NEXT_BY_ROLE, Cell, Fault, Line, Look, Next, PageCell, RowList, Text, role_of
from goalgen.forms.blocks.records import RECORD, formula_faults, item_of, label_faults, record_faults, role_faults
from goalgen.forms.formulas import CONSTANT, RATE, SPENDING_SCORE, SUM
from goalgen.forms.item import COLUMN_ROLES, Item, Kind, Role
from goalgen.forms.project import Project, Row, Value, is_nothing, said
from goalgen.source import shapes
from goalgen.source.shapes import Key, Rows, Table
from goalgen.source.writing import scalar

TOTAL_MEANING: Final = "总额"
"""What the row that holds all the others is called in a Cell's meaning."""


@dataclass(frozen=True)
class MoneyTable:
    """Is a table of fixed `items` (its rows) × `columns`; amounts are in the form's unit."""

    SORT: ClassVar[str] = "金额表"
    SPEC: ClassVar[Table] = Table(
        {
            "类": Key(shapes.Choice(("金额表",)), "固定的行 × 各列", required=True),
            "标签": Key(shapes.Text(), "这一块表上的标题", "资金（万元）"),
            "说明": Key(shapes.Text(), "编辑器里的提示"),
            "列": Key(Rows(RECORD), "各列，从左到右；只有一列也写", required=True),
            "行": Key(Rows(RECORD), "各行，从上到下", required=True),
        }
    )

    key: str
    label: str
    columns: tuple[Item, ...]
    items: tuple[Item, ...]
    help: str = ""

    @classmethod
    def made(cls, key: str, given: Mapping[str, Any]) -> Self:
        """See Block."""
        columns = tuple(item_of(column, Kind.MONEY) for column in given["列"])
        rows = tuple(item_of(row, Kind.MONEY) for row in given["行"])
        return cls(key, given.get("标签") or "", columns, rows, given.get("说明") or "")

    @classmethod
    def faults(cls, path: str, given: Mapping[str, Any]) -> Iterator[Fault]:
        """See Block."""
        columns, rows = given["列"], given["行"]
        names, keys = [column["键"] for column in columns], [row["键"] for row in rows]
        yield from record_faults(f"{path}.列", columns, COLUMN_ROLES)
        yield from record_faults(f"{path}.行", rows, ())
        yield from role_faults((f"{path}.列.{n}", role_of(column)) for n, column in enumerate(columns))
        yield from formula_faults(f"{path}.行", rows, keys, "这张表的行", (SUM,))
        yield from formula_faults(f"{path}.列", columns, names, "这张表的列", (RATE, SPENDING_SCORE, CONSTANT))
        yield from label_faults(f"{path}.列", columns)
        for column in columns[:1] if all(isinstance(row.get("标签") or "", str) for row in rows) else columns:
            yield from label_faults(f"{path}.行", rows, column["键"])
        yield from _strange_words(path, columns, rows)

    @cached_property
    def parts(self) -> Mapping[str, tuple[str, ...]]:
        """Return the rows that each sum adds up, by the key of the row that holds the sum."""
        return {item.key: item.formula.arguments for item in self.items if item.formula and item.formula.is_sum}

    @cached_property
    def tops(self) -> tuple[str, ...]:
        """Return the rows that no sum adds up: all the money of a column is theirs."""
        inside = {word for parts in self.parts.values() for word in parts}
        return tuple(item.key for item in self.items if item.key not in inside)

    def path(self, column: str, row: str = "") -> str:
        """Return the path of a column, or of one row in it."""
        return f"{self.key}.{column}.{row}" if row else f"{self.key}.{column}"

    def worth(self, project: Project, column: str, row: str) -> Decimal | None:
        """Return what a row counts: a sum what its parts add up to, or what is written where no part is; None: nothing."""
        known = formulas.total(self.worth(project, column, part) for part in self.parts.get(row, ()))
        return project.amount(self.path(column, row)) if known is None else known

    def column(self, role: Role) -> Item | None:
        """Return the column of a role."""
        return next((column for column in self.columns if column.role is role), None)

    def funds(self, project: Project, role: Role) -> Decimal | None:
        """See Block."""
        column = self.column(role)
        if column is None:
            return None
        return formulas.total(self.worth(project, column.key, row) for row in self.tops) or Decimal(0)

    @cached_property
    def _written(self) -> tuple[Item, ...]:
        return tuple(column for column in self.columns if not column.computed)

    def keys(self, money_unit: str) -> Mapping[str, Key]:
        """See Block."""
        columns = {}
        for column in self._written:
            rows = {row.key: self._key(column, row, money_unit) for row in self.items}
            columns[column.key] = Key(Table(rows), column.help, column.example)
        return {self.key: Key(Table(columns), self.help or f"单位{money_unit}，只写数字")}

    def _key(self, column: Item, row: Item, money_unit: str) -> Key:
        kind = column if column.kind is not Kind.MONEY else row
        return Key(
            kind.shape(money_unit), f"{row.help or row.label(column.key)}（{money_unit}）", row.example_in(column.key)
        )

    def read(self, given: Mapping[str, Any], values: dict[str, Value], rows: dict[str, tuple[Row, ...]]) -> None:
        """See Block."""
        own = given.get(self.key) or {}
        for column in self._written:
            amounts = own.get(column.key) or {}
            for item in self.items:
                value = amounts.get(item.key)
                if value is not None and not is_nothing(value):
                    values[self.path(column.key, item.key)] = value

    def lines(self, project: Project, omit: frozenset[str]) -> Iterator[Line]:
        """See Block."""
        yield Line(self.key, "", f"{self.key}:")
        for column in self._written:
            written = ((item.key, project.said(self.path(column.key, item.key))) for item in self.items)
            cells = ", ".join(f"{key}: {scalar(text, True)}" for key, text in written if text)
            yield Line(self.path(column.key), "  ", f"{column.key}: {{{cells}}}" if cells else f"{column.key}:")

    @cached_property
    def _grid(self) -> tuple[tuple[Item, tuple[tuple[Item, str], ...]], ...]:
        """List the printed columns, each with its rows and their paths."""
        rows = [item for item in self.items if item.printed]
        return tuple(
            (column, tuple((row, self.path(column.key, row.key)) for row in rows))
            for column in self.columns
            if column.printed
        )

    def optional(self) -> Iterator[str]:
        """See Block."""
        for column, rows in self._grid:
            same = column.formula is not None and column.formula.name == CONSTANT
            yield from (path for row, path in rows if same or (column.only and row.key not in column.only))

    def context(self, project: Project, look: Look, points: Decimal | None) -> Mapping[str, Any]:
        """See Block."""
        values = project.values
        found: dict[str, dict[str, str]] = {}
        for column, rows in self._grid:
            cells = found[column.key] = {}
            for row, path in rows:
                value = values.get(path)
                cells[row.key] = said(value) if value is not None else self._blank(project, column, row, look)
        return {self.key: found}

    def _text(self, project: Project, column: Item, row: Item, path: str, look: Look) -> str:
        return project.said(path) or self._blank(project, column, row, look)

    def _blank(self, project: Project, column: Item, row: Item, look: Look) -> str:
        """Return what is printed where nothing is written: what a formula gives, or nothing."""
        if column.formula:
            if column.only and row.key not in column.only:
                return column.otherwise
            text = formulas.number_text(self._computed(project, column, row.key, look))
            return f"{text}%" if text and column.formula.name == RATE else text
        return formulas.number_text(self.worth(project, column.key, row.key)) if row.automatic else ""

    def _computed(self, project: Project, column: Item, row: str, look: Look) -> Decimal | None:
        def amounts(word: str) -> Decimal | None:
            other = next(one for one in self.columns if one.key == word)
            return self._computed(project, other, row, look) if other.formula else self.worth(project, word, row)

        return formulas.money_cell(column.formula, amounts, look.rounding) if column.formula else None

    def points(self, project: Project, look: Look) -> Decimal | None:
        """See Block."""
        return formulas.total(
            self._computed(project, column, row.key, look)
            for column in self.columns
            if column.formula and column.formula.name == SPENDING_SCORE
            for row in self.items
            if not column.only or row.key in column.only
        )

    def labels(self) -> Iterator[str]:
        """See Block."""
        if self.label:
            yield self.label
        for item in (*self.columns, *self.items):
            if item.printed:
                yield from item.labels.values()

    def cells(self, money_unit: str) -> tuple[Cell, ...]:
        """See Block."""
        found = []
        for column in self._written:
            for row in self.items:
                means = TOTAL_MEANING if self.tops == (row.key,) else row.key
                meaning = (self.SORT, column.role.value, means) if column.role else ()
                label, name = row.label(column.key), f"{column.key}{row.key}"
                unit = money_unit if column.kind is Kind.MONEY and row.kind is Kind.MONEY else ""
                path = self.path(column.key, row.key)
                found.append(Cell(path, row, label, name, self.key, column, meaning, unit))
        return tuple(found)

    def lists(self) -> tuple[RowList, ...]:
        """See Block."""
        return ()

    def texts(self, project: Project) -> Iterator[Text]:
        """See Block."""
        yield from ()

    def next_year(self, keys: tuple[str, ...]) -> Next | None:
        """See Block."""
        if keys[0] != self.key or len(keys) != 3:
            return None
        column = next((column for column in self._written if column.key == keys[1]), None)
        return NEXT_BY_ROLE.get(column.role, Next.MARK) if column and column.role else Next.MARK

    def page(self, project: Project, look: Look) -> Iterator[tuple[PageCell, ...]]:
        """See Block."""
        yield (PageCell(self.label or self.key, self.key, heading=True),)
        yield tuple(PageCell(column.label(), self.path(column.key), heading=True) for column, _ in self._grid)
        for n in range(len(self._grid[0][1])):
            row = [(column, *rows[n]) for column, rows in self._grid]
            yield tuple(
                PageCell(f"{item.label(column.key)}：{self._text(project, column, item, path, look)}", path)
                for column, item, path in row
            )


def _strange_words(path: str, columns: list[Mapping[str, Any]], rows: list[Mapping[str, Any]]) -> Iterator[Fault]:
    """Tell of labels for columns, and of 只 for rows, that the table does not have."""
    names, keys = [column["键"] for column in columns], [row["键"] for row in rows]
    by_column = ((n, key, row.get(key)) for n, row in enumerate(rows) for key in ("标签", "例"))
    for n, key, words in by_column:
        for word in words if isinstance(words, Mapping) else ():
            if word not in names:
                yield f"{path}.行.{n}.{key}.{word}", f"没有“{word}”这一列", f"列有：{'、'.join(names)}"
    for n, column in enumerate(columns):
        for word in column.get("只") or ():
            if word not in keys:
                yield f"{path}.列.{n}.只", f"没有“{word}”这一行", f"行有：{'、'.join(keys)}"
        if column.get("只") and not column.get("算"):
            yield f"{path}.列.{n}.只", "“只”用在算出来的列上", "删掉，或写上“算”"
