"""Read, print and show the cells of free rows, which 明细表 and 指标表 have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, TypeAlias

from goalgen.forms import formulas
from goalgen.forms.blocks.block import NEXT_BY_ROLE, Fault, Look, Next, number_of, shown
from goalgen.forms.formulas import COLUMN_SUM, TOTAL_SCORE, Formula, formula_in
from goalgen.forms.item import Item, Kind
from goalgen.forms.project import Row, Value, chosen, is_nothing, said
from goalgen.source.shapes import Key, Named, Table, Text
from goalgen.source.writing import scalar
from goalgen.text.likeness import suggest

TOTALS_KEY: Final = "合计"
TOTALS: Final = Key(Named("列", Text()), "表下面的合计行：哪一列印什么（合计 或 总分）", "{得分: 总分}")
Totals: TypeAlias = "Mapping[str, Formula]"
"""The formula of each column that has a cell in the row of totals."""


def totals_of(given: Mapping[str, Any]) -> dict[str, Formula]:
    """Read what the spec says of the row of totals; `合计` alone adds up its own column."""
    found = {column: _total_of(column, text) for column, text in (given.get(TOTALS_KEY) or {}).items()}
    return {column: formula for column, formula in found.items() if formula}


def _total_of(column: str, text: str | None) -> Formula | None:
    return Formula(COLUMN_SUM, (column,)) if text == COLUMN_SUM else formula_in(text or "")


def total_faults(path: str, given: Mapping[str, Any]) -> Iterator[Fault]:
    """Tell what is wrong with the row of totals."""
    names = [column["键"] for column in given["列"]]
    for column, text in (given.get(TOTALS_KEY) or {}).items():
        at = f"{path}.{TOTALS_KEY}.{column}"
        formula = _total_of(column, text)
        if column not in names:
            yield at, f"没有“{column}”这一列", suggest(column, names) or f"列有：{'、'.join(names)}"
        elif formula is None or formula.name not in (COLUMN_SUM, TOTAL_SCORE):
            yield at, f"“{text or ''}”不是这里能用的算法", "可写 合计、合计(列) 或 总分"
        elif formula.name == COLUMN_SUM and formula.arguments[0] not in names:
            yield at, f"没有“{formula.arguments[0]}”这一列", f"列有：{'、'.join(names)}"


def printed_totals(totals: Totals, columns: Sequence[Item], rows: Sequence[Row], points: Decimal | None) -> Any:
    """Return what the row of totals prints, by column."""
    found = {}
    for column, formula in totals.items():
        if formula.name == TOTAL_SCORE:
            found[column] = formulas.number_text(points)
        else:
            found[column] = formulas.number_text(column_sum(formula.arguments[0], rows))
    return found


def column_sum(column: str, rows: Iterable[Row]) -> Decimal | None:
    """Add up the numbers of a column, None where none is written."""
    return formulas.total(number_of(row.cells.get(column)) for row in rows)


def column_keys(columns: Iterable[Item], money_unit: str) -> dict[str, Key]:
    """Return the keys of a row that a project file may write."""
    return {
        column.key: Key(column.shape(money_unit), column.help, column.example, column.required)
        for column in columns
        if is_written(column)
    }


def is_written(column: Item) -> bool:
    """Tell whether a project file may write a column: it does not where goalgen fills it, but a score may be given by hand."""
    return not column.computed or (column.formula is not None and column.formula.name == formulas.INDICATOR_SCORE)


def cells_of(given: Mapping[str, Any], columns: Iterable[Item]) -> dict[str, Value]:
    """Take the cells of a row from its values; a target that is there and empty is an empty text, others are left out."""
    found: dict[str, Value] = {}
    for column in columns:
        if column.key in given:
            value = given[column.key]
            if not is_nothing(value):
                found[column.key] = value
            elif column.kind is Kind.TARGET:
                found[column.key] = ""
    return found


def printed(row: Row, column: Item, look: Look) -> Any:
    """Return what a form prints in a column of a row."""
    value = row.cells.get(column.key)
    if value.__class__ is str:
        return value
    if value is None and column.formula is not None:
        return computed(row, column.formula, look)
    return shown(column, value, look)


def computed(row: Row, formula: Formula, look: Look) -> str:
    """Return what a formula prints in a row: a part of a target, or a score."""
    if formula.name == formulas.INDICATOR_SCORE:
        return formulas.number_text(score(row, formula, look))
    if formula.name == formulas.CONSTANT:
        return formula.arguments[0]
    return formulas.target_parts(row.text(formula.arguments[0]) or "")[formula.name]


def score(row: Row, formula: Formula, look: Look) -> Decimal | None:
    """Score a row by its target, what was reached, and its points."""
    target, done, points = formula.arguments
    worth = Decimal(points) if points.isdigit() else number_of(row.cells.get(points))
    return formulas.indicator_score(row.text(target) or "", row.text(done) or "", worth, look.rounding)


def row_text(row: Row, columns: Iterable[Item], name_key: str = "") -> str:
    """Write a row as `{指标: …, 中长期: …}`, without the columns that are not written; `name_key` is the key of its name."""
    cells = [f"{name_key}: {scalar(row.name, True)}"] if name_key else []
    written = ((column.key, row.cells.get(column.key)) for column in columns)
    cells += [f"{key}: {flow_text(value)}" for key, value in written if value is not None]
    return "{" + ", ".join(cells) + "}"


def flow_text(value: Value) -> str:
    """Write a value as it stands between braces, several options in brackets."""
    options = [scalar(option, True) for option in chosen(value)]
    if options:
        return options[0] if len(options) == 1 else f"[{', '.join(options)}]"
    return scalar(said(value), True)


def next_of_column(column: Item) -> Next:
    """Say what next year does with a column of free rows: outcomes go, points and options stay, figures are thought over."""
    if column.formula is not None:
        return Next.CLEAR  # a score that was given by hand
    if column.role in NEXT_BY_ROLE and column.role is not None:
        return NEXT_BY_ROLE[column.role]
    return _NEXT_BY_KIND.get(column.kind, Next.MARK)


_NEXT_BY_KIND: Final[Mapping[Kind, Next]] = {
    **dict.fromkeys((Kind.TEXT, Kind.CODE), Next.WORDS),
    **dict.fromkeys((Kind.CHOICE, Kind.CHOICES, Kind.SCORE), Next.KEEP),
    Kind.TARGET: Next.FIGURES,
    Kind.YEARS: Next.MOVE,
}


def row_shape(columns: Iterable[Item], money_unit: str, name: Mapping[str, Key]) -> Table:
    """Return the shape of a row in a project file: its name, where it has one, and its columns."""
    return Table({**name, **column_keys(columns, money_unit)})
