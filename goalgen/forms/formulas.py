"""Compute the cells that a form fills itself: a fixed set of formulas over the cells of one table, no expressions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from goalgen.forms.quantity import Quantity, decimal_text, parse

SUM: Final = "和"
COLUMN_SUM: Final = "合计"
RATE: Final = "比"
SPENDING_SCORE: Final = "执行得分"
INDICATOR_SCORE: Final = "指标得分"
TOTAL_SCORE: Final = "总分"
CONSTANT: Final = "常数"
SIGN, NUMBER, UNIT = "符号", "数", "单位"

ARGUMENTS: Final[Mapping[str, str]] = {
    SUM: "行, …",
    COLUMN_SUM: "列",
    RATE: "甲, 乙",
    SPENDING_SCORE: "执行, 预算, 分",
    INDICATOR_SCORE: "目标, 完成, 分值",
    TOTAL_SCORE: "",
    CONSTANT: "n",
    SIGN: "列",
    NUMBER: "列",
    UNIT: "列",
}
"""Every formula with what stands in its brackets."""
_CALL: Final = re.compile(r"\s*([^\s()（）,，]+)\s*(?:[(（]\s*([^()（）]*?)\s*[)）])?\s*")
_NUMBER: Final = re.compile(r"\d+(\.\d+)?")


class Formula(NamedTuple):
    """Hold one formula: its name, and the rows, columns and numbers in its brackets."""

    name: str
    arguments: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.name}({', '.join(self.arguments)})" if self.arguments else self.name

    @property
    def is_sum(self) -> bool:
        """Tell whether it adds up rows; such a cell may be written too."""
        return self.name == SUM

    @property
    def cells(self) -> tuple[str, ...]:
        """Return the rows or columns that it reads."""
        return tuple(word for word in self.arguments if not _NUMBER.fullmatch(word))


def formula_in(text: str) -> Formula | None:
    """Read `和(财政拨款, 其他资金)`; None where the text is no formula of the set with the right number of arguments."""
    match = _CALL.fullmatch(text)
    if match is None or match[1] not in ARGUMENTS:
        return None
    found = tuple(word.strip() for word in re.split("[,，、]", match[2] or "") if word.strip())
    wanted = ARGUMENTS[match[1]]
    if match[1] == CONSTANT and not (found and _NUMBER.fullmatch(found[0])):
        return None
    fits = len(found) > 1 if match[1] == SUM else len(found) == len([word for word in wanted.split(",") if word])
    return Formula(match[1], found) if fits else None


class Rounding(NamedTuple):
    """Say how a form rounds: decimals of rates and scores, and whether what is beyond them is cut off."""

    rate: int = 2
    score: int = 2
    cut: bool = False

    def to(self, number: Decimal, decimals: int) -> Decimal:
        """Round a number to so many decimals."""
        return number.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN if self.cut else ROUND_HALF_UP)


Amounts: TypeAlias = "Callable[[str], Decimal | None]"
"""Gives the number of a row or column by its key, None where it has none."""


def total(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """Add up amounts; None where none is written."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def money_cell(formula: Formula, amounts: Amounts, rounding: Rounding) -> Decimal | None:
    """Compute a cell of a 金额表 from the other columns of its row; a rate comes out in percent; None: cannot be told."""
    if formula.name == CONSTANT:
        return Decimal(formula.arguments[0])
    if formula.name not in (RATE, SPENDING_SCORE):
        return None
    done, planned = (amounts(word) for word in formula.arguments[:2])
    if done is None or not planned:
        return None  # without a budget there is no rate, which is not the same as 0 %
    if formula.name == RATE:
        return rounding.to(done / planned * 100, rounding.rate)
    points = _points(formula.arguments[2], amounts)
    return None if points is None else rounding.to(min(Decimal(1), done / planned) * points, rounding.score)


def _points(word: str, amounts: Amounts) -> Decimal | None:
    return Decimal(word) if _NUMBER.fullmatch(word) else amounts(word)


@lru_cache(maxsize=8192)
def target_parts(text: str) -> Mapping[str, str]:
    """Return the sign, the number and the unit of an 指标值; of one that is not just a number 定性, and the whole text."""
    one = single(text)
    if one is None:
        return {SIGN: "定性" if text else "", NUMBER: text, UNIT: ""}
    return {SIGN: "＝" if one.sign == "=" else one.sign, NUMBER: decimal_text(one.number), UNIT: one.unit}


def single(text: str) -> Quantity | None:
    """Return the quantity of a text that says nothing else."""
    found = parse(text)
    rest = text[: found[0].start] + text[found[0].end :] if len(found) == 1 else text
    return found[0] if len(found) == 1 and not rest.strip() else None


def indicator_score(target: str, done: str, points: Decimal | None, rounding: Rounding) -> Decimal | None:
    """Score an indicator: reached is full; else the share reached, the inverse for a cost (≤). None: cannot be computed."""
    wanted, reached = single(target), single(done)
    if wanted is None or reached is None or points is None:
        return None
    (goal, unit), (result, other) = wanted.base, reached.base
    if unit != other or goal < 0 or result < 0:
        return None
    return rounding.to(_share(wanted.sign, goal, result) * points, rounding.score)


def _share(sign: str, goal: Decimal, result: Decimal) -> Decimal:
    if sign in ("≤", "<"):
        reached = result <= goal if sign == "≤" else result < goal
        return Decimal(1) if reached else goal / result
    reached = result > goal if sign == ">" else result >= goal
    return Decimal(1) if reached else result / goal if goal else Decimal(0)


def number_text(number: Decimal | None) -> str:
    """Write a computed number as a form prints it, "" for none."""
    return "" if number is None else decimal_text(number)


def loop_in(reads: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Find cells that are computed from each other in a ring: their keys in order, the first at the end again; () for none."""
    for start in reads:
        path = _ring(start, reads, (start,))
        if path:
            return path
    return ()


def _ring(at: str, reads: Mapping[str, tuple[str, ...]], path: tuple[str, ...]) -> tuple[str, ...]:
    for word in reads.get(at, ()):
        if word == path[0]:
            return (*path, word)
        if word not in path and (found := _ring(word, reads, (*path, word))):
            return found
    return ()
