"""Hold the values goalgen works on: projects with their money, goals and indicators, frozen, keyed by the form's words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final, NamedTuple

from goalgen.errors import Place
from goalgen.source.nodes import Origin
from goalgen.source.shapes import Amount, Window


class Horizon(Enum):
    """Name the two panels of the form: 中长期 on the left, 年度 on the right."""

    MEDIUM = "中长期"
    ANNUAL = "年度"


HORIZONS: Final = tuple(Horizon)


class Unit(NamedTuple):
    """Describe a 预算单位: its full name, the other names it goes by, and its declared 项目支出 per year, in 万元."""

    name: str
    aliases: tuple[str, ...] = ()
    budget: Mapping[int, Decimal] = {}


class Indicator(NamedTuple):
    """Hold one 三级指标 under its 二级指标 (`group`); a value per horizon, None where that side does not print it.

    An empty string is a side that prints the name with an empty value.
    """

    group: str
    name: str
    medium: str | None = None
    annual: str | None = None

    def value(self, horizon: Horizon) -> str | None:
        """Return the 指标值 printed on one side, None when the indicator is not on that side."""
        return self.medium if horizon is Horizon.MEDIUM else self.annual


@dataclass(frozen=True, slots=True)
class Project:
    """Hold one 项目 of one year: everything its form prints.

    `overview` holds 项目概况 by the form pack's keys: a text, or the options ticked. `funding` holds per horizon the
    lines that are written (总额, 财政拨款, 其他资金), in 万元. `notes` are 变更说明: why a field is not what it was, by the
    path of the field, or one text under "" for the project as a whole; they are not printed on the form. Two projects are
    equal that say the same, wherever they were read.
    """

    year: int
    code: str
    name: str
    unit: str
    category: tuple[str, ...]
    overview: Mapping[str, str | tuple[str, ...]]
    funding: Mapping[Horizon, Mapping[str, Amount]]
    goals: Mapping[Horizon, str]
    indicators: tuple[Indicator, ...]
    window: Window
    filler: str = ""
    phone: str = ""
    filed: date | None = None
    notes: Mapping[str, str] = field(default_factory=dict)
    origin: Origin | None = field(default=None, compare=False)

    def __hash__(self) -> int:
        return hash((self.year, self.code, self.name, self.unit))

    @property
    def unfilled(self) -> bool:
        """Say whether nobody has filled anything in yet: this is what 未填 means, here and everywhere.

        Such a project has no value but 编号, 项目名称, 预算单位 and those that projects.yaml may share: no option ticked,
        nothing in 项目概况, 项目资金 and 总体目标, no indicator, no 变更说明.
        """
        filled = (self.category, self.indicators, self.notes)
        parts = (*self.overview.values(), *self.funding.values(), *self.goals.values())
        return not any(filled) and not any(parts)

    def in_group(self, group: str) -> tuple[Indicator, ...]:
        """Return the indicators of one 二级指标, in the order written."""
        return tuple(indicator for indicator in self.indicators if indicator.group == group)

    def place(self, path: str = "") -> Place:
        """Return where the value at a path of this project was written (see Origin.place)."""
        return self.origin.place(path) if self.origin else Place(self.code)
