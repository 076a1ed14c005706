"""Describe one record of the form language: a field, a row, a column or a 二级指标; the kinds of values and the roles."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Final, NamedTuple

from goalgen.forms.formulas import Formula
from goalgen.source.shapes import Choice, Code, Date, Figure, Money, Shape, Text, Years


class Kind(Enum):
    """Name the kinds of values, in the words of the spec (`值`)."""

    TEXT = "文字"
    CODE = "编号"
    CHOICE = "选项"
    CHOICES = "多选"
    MONEY = "金额"
    NUMBER = "数"
    DATE = "日期"
    YEARS = "年限"
    TARGET = "指标值"
    """A text that is read as sign, number and unit."""
    SCORE = "分"

    @property
    def is_text(self) -> bool:
        """Tell whether values of this kind are texts as written."""
        return self in (Kind.TEXT, Kind.CODE, Kind.TARGET)

    @property
    def is_ticked(self) -> bool:
        """Tell whether values of this kind are options."""
        return self in (Kind.CHOICE, Kind.CHOICES)

    @property
    def is_number(self) -> bool:
        """Tell whether values of this kind are numbers, written without a unit."""
        return self in (Kind.MONEY, Kind.NUMBER, Kind.SCORE)


class Role(Enum):
    """Name what a thing is, whatever a form calls it, in the words of the spec (`角色`): rules, totals and roll go by it."""

    NAME = "名称"
    UNIT = "单位"
    BASIS = "立项依据"
    FUND_RULES = "资金管理办法"
    PERIOD = "起止"
    FILLER = "填报人"
    PHONE = "电话"
    FILED = "填报日期"
    GOAL = "目标"
    MEDIUM = "中长期"
    ANNUAL = "年度"
    LAST_YEAR = "上年"
    BUDGET = "预算"
    SPENT = "执行"
    EXPECTED = "预计"
    DONE = "完成"
    WEIGHT = "权重"
    REASON = "原因"
    CHANCE = "可能性"
    COUNT = "数量"
    QUALITY = "质量"
    DEADLINE = "时效"
    COST = "成本"
    BENEFIT = "效益"
    SATISFACTION = "满意度"


FIELD_ROLES: Final = (
    *(Role.NAME, Role.UNIT, Role.BASIS, Role.FUND_RULES, Role.PERIOD, Role.FILLER, Role.PHONE, Role.FILED),
    *(Role.MEDIUM, Role.ANNUAL, Role.DONE, Role.REASON),
)
COLUMN_ROLES: Final = (
    *(Role.MEDIUM, Role.ANNUAL, Role.LAST_YEAR, Role.BUDGET, Role.SPENT, Role.EXPECTED),
    *(Role.DONE, Role.WEIGHT, Role.REASON, Role.CHANCE),
)
GROUP_ROLES: Final = (Role.COUNT, Role.QUALITY, Role.DEADLINE, Role.COST, Role.BENEFIT, Role.SATISFACTION)
TARGET_ROLES: Final = (Role.MEDIUM, Role.ANNUAL)
"""Roles of columns whose values are targets, not what came of them."""
OUTCOME_ROLES: Final = (Role.SPENT, Role.EXPECTED, Role.DONE, Role.REASON, Role.CHANCE)
"""Roles of columns that tell what became of a year; the next year has none of it."""


class Printing(Enum):
    """Say how a field is printed, in the words of the spec (`印`)."""

    YES = "是"
    NO = "否"
    ENDS = "起止"
    """A span of years as two cells, `起` and `止`."""


class Item(NamedTuple):
    """Hold one record of the language.

    `labels` are the words on the form, by column where they differ ("" for all); without any, the key stands there.
    `examples` likewise; {年}, {末年} and {上年} in them stand for years (see Form.dated), the example of a 二级指标 is a row.
    `formula` computes the value, `only` names the rows on which it is computed, `otherwise` is what the others print.
    `formerly` are keys that it went by on earlier forms. `beside` and `width` are for the Word template that goalgen makes:
    whether it stands on one line with the one before it, and how many characters its column takes (0: as its kind does);
    with `ahead` the column stands before that of the indicators' names.
    """

    key: str
    kind: Kind = Kind.TEXT
    labels: Mapping[str, str] = {}
    options: tuple[str, ...] = ()
    required: bool = False
    shared: bool = False
    role: Role | None = None
    formula: Formula | None = None
    automatic: bool = False
    taken_from: str = ""
    printing: Printing = Printing.YES
    formerly: tuple[str, ...] = ()
    most: int = 0
    help: str = ""
    examples: Mapping[str, str] = {}
    only: tuple[str, ...] = ()
    otherwise: str = ""
    beside: bool = False
    width: int = 0
    ahead: bool = False

    def label(self, column: str = "") -> str:
        """Return the word that stands on the form, in a column where that has one of its own."""
        return self.labels.get(column) or self.labels.get("") or self.key

    @property
    def example(self) -> str:
        """Return the example of a field."""
        return self.example_in("")

    def example_in(self, column: str) -> str:
        """Return the example, in a column where that has one of its own."""
        return self.examples.get(column) or self.examples.get("") or ""

    @property
    def printed(self) -> bool:
        """Tell whether it has a cell on the form."""
        return self.printing is not Printing.NO

    @property
    def computed(self) -> bool:
        """Tell whether goalgen fills it, so that a project file has no key for it; a sum may be written nevertheless."""
        return self.formula is not None and not self.formula.is_sum

    def shape(self, money_unit: str) -> Shape:
        """Return what a project file may hold here."""
        if self.kind.is_ticked:
            return Choice(self.options, self.kind is Kind.CHOICES)
        if self.kind is Kind.MONEY:
            return Money(money_unit)
        return _SHAPES.get(self.kind) or Text(self.most)


_SHAPES: Final[Mapping[Kind, Shape]] = {
    Kind.NUMBER: Figure(),
    Kind.SCORE: Figure(),
    Kind.CODE: Code(),
    Kind.DATE: Date(),
    Kind.YEARS: Years(),
}
