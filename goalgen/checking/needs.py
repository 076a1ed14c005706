"""Say what a review rule needs of a form: a field, a column of money, a group of indicators; without it the rule is idle."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NamedTuple

from goalgen.forms import Form
from goalgen.forms.blocks.block import Cell
from goalgen.forms.formulas import INDICATOR_SCORE
from goalgen.forms.item import Item, Kind, Role

_PEOPLE: Final = (Role.NAME, Role.UNIT, Role.FILLER, Role.PHONE)


class Need(NamedTuple):
    """Hold one thing that a form must have: in words, as a person looks for it in the spec, and how to tell."""

    words: str
    met: Callable[[Form], bool]


def field(role: Role) -> Need:
    """Need a field of a role."""
    return Need(f"角色是“{role.value}”的栏目", lambda form: bool(form.path(role)))


def goals(*roles: Role) -> Need:
    """Need goals of all these roles; of none: any goal."""
    which = "和".join(role.value for role in roles)
    words = f"“目标”里{which}各一栏" if roles else "角色是“目标”的栏目"
    return Need(words, lambda form: all(role in form.goals for role in roles) and bool(form.goals))


def money(*roles: Role) -> Need:
    """Need columns of money of all these roles."""
    return Need(f"角色是{_listed(roles)}的金额列", lambda form: all(form.has_funds(role) for role in roles))


def money_of(*roles: Role) -> Need:
    """Need a column of money of any of these roles."""
    return Need(f"角色是{_listed(roles, '或')}的金额列", lambda form: any(form.has_funds(role) for role in roles))


def groups(*roles: Role) -> Need:
    """Need a 二级指标 of any of these roles."""
    return Need(f"角色是{_listed(roles, '或')}的二级指标", lambda form: bool(form.groups(*roles)))


def targets(*roles: Role) -> Need:
    """Need, in one table of indicators, columns of targets of all these roles."""

    def met(form: Form) -> bool:
        return any({*roles} <= {column.role for column in table.targets} for table in form.indicator_tables)

    return Need(f"角色是{_listed(roles)}的指标值列", met)


def columns(*roles: Role) -> Need:
    """Need, in one table of indicators, columns of all these roles."""
    return Need(f"角色是{_listed(roles)}的指标列", lambda form: any(_has(form, roles)))


def outcome(*roles: Role) -> Need:
    """Need, in one table of indicators, a column of targets for the year and one of what came of it, of any of these roles."""

    def met(form: Form) -> bool:
        return any(
            table.column(Role.ANNUAL) and any(is_target(table.column(role)) for role in roles)
            for table in form.indicator_tables
        )

    return Need(f"年度指标值旁边角色是{_listed(roles, '或')}的指标值列", met)


def is_target(column: Item | None) -> bool:
    """Tell whether there is such a column, and its values are read as sign, number and unit."""
    return column is not None and column.kind is Kind.TARGET


def _has(form: Form, roles: tuple[Role, ...]) -> list[bool]:
    return [all(table.column(role) for role in roles) for table in form.indicator_tables]


def _listed(roles: tuple[Role, ...], word: str = "和") -> str:
    return word.join(f"“{role.value}”" for role in roles)


def overview_cells(form: Form) -> tuple[Cell, ...]:
    """Return the free texts about the project (项目概况); its name, its people and its goals are none of them."""
    goals = {cell.path for cell in form.goals.values()}
    texts = (cell for cell in form.cells if cell.item.kind is Kind.TEXT and not cell.item.shared)
    return tuple(cell for cell in texts if cell.item.role not in _PEOPLE and cell.path not in goals)


def stage(word: str) -> Need:
    """Need a form of a stage of the year."""
    return Need(f"{word}的表", lambda form: form.stage == word)


SUMS: Final = Need("算法是“和”的金额行", lambda form: any(table.parts for table in form.money_tables))
SUMS_BY_HAND: Final = Need(
    "要写出来的合计（算法是“和”，不是“自动”）",
    lambda form: any(
        item.key in table.parts and not item.automatic for table in form.money_tables for item in table.items
    ),
)
MONEY: Final = Need("金额表", lambda form: bool(form.money_tables))
TARGETS: Final = Need("指标表", lambda form: bool(form.indicator_tables))
OPTIONS: Final = Need("打勾的栏目", lambda form: any(cell.item.kind.is_ticked for cell in form.cells))
TEXTS: Final = Need("项目概况一类的文字栏目", lambda form: bool(overview_cells(form)))
TO_BE_SAID: Final = Need("“空着写无”的栏目", lambda form: any(cell.must_say for cell in form.cells))
WEIGHTS: Final = Need("“权重合计”", lambda form: form.weights is not None)
FIXED_ROWS: Final = Need(
    "固定行", lambda form: any(group.fixed for table in form.indicator_tables for group in table.tree)
)


def _scores(form: Form) -> bool:
    return any(
        table.column(Role.REASON) and any(is_score(column) for column in table.columns)
        for table in form.indicator_tables
    )


def is_score(column: Item) -> bool:
    """Tell whether a column holds the scores of indicators."""
    return column.formula is not None and column.formula.name == INDICATOR_SCORE


SCORES: Final = Need("算法是“指标得分”的列和角色是“原因”的列", _scores)
