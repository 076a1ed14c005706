"""The values goalgen works on: a submission of years of projects, frozen, with the form's own words as keys."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Final, NamedTuple

from goalgen import source
from goalgen.errors import Place


class Horizon(Enum):
    """The two panels of the form: 中长期 on the left, 年度 on the right."""

    MEDIUM = "中长期"
    ANNUAL = "年度"


HORIZONS: Final = tuple(Horizon)


class Amount(NamedTuple):
    """Money in the form's unit (万元): `text` as written and printed, `value` exact."""

    text: str
    value: Decimal


class Window(NamedTuple):
    """Years from `first` to `last`, both included; printed `2020年-2022年`."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.first}年-{self.last}年"


class Unit(NamedTuple):
    """A 预算单位: its full name, the other names it goes by, and its declared 项目支出 per year, in 万元."""

    name: str
    aliases: tuple[str, ...] = ()
    budget: Mapping[int, Decimal] = {}


class Indicator(NamedTuple):
    """One 三级指标 under its 二级指标; a value per horizon, None where that side does not print it.

    An empty string is a side that prints the name with an empty value.
    """

    group: str
    name: str
    medium: str | None = None
    annual: str | None = None

    def value(self, horizon: Horizon) -> str | None:
        """The 指标值 printed on one side, None when the indicator is not on that side."""
        return self.medium if horizon is Horizon.MEDIUM else self.annual


class Origin(NamedTuple):
    """Where a project was read: its file as reported, its nodes, and the places of values it took from projects.yaml."""

    file: str
    node: source.Mapping
    shared: Mapping[str, Place] = {}

    def place(self, path: str) -> Place:
        """Where the value at a path (`项目资金.年度.财政拨款`, `绩效指标.数量指标.2.年度`) stands, or its nearest parent."""
        if path in self.shared:
            return self.shared[path]
        node: source.Node = self.node
        best: source.Node = self.node
        for word in path.split(".") if path else ():
            key, child = _step(node, word)
            if key is None:
                break
            best, node = key, child or key
        return Place(self.file, best.line, best.column)


def _step(node: source.Node, word: str) -> tuple[source.Node | None, source.Node | None]:
    """One word down: what stands for the value in the text (the value itself, or its key when empty), and the value."""
    if isinstance(node, source.Mapping):
        for key, value in node.entries:
            if key.text == word:
                empty = isinstance(value, source.Scalar) and not value.text
                return (key, value) if empty or not isinstance(value, source.Scalar) else (value, value)
    if isinstance(node, source.Sequence) and word.isdigit() and int(word) < len(node.items):
        item = node.items[int(word)]
        return item, item
    return None, None


class Project(NamedTuple):
    """One 项目 of one year: everything its form prints.

    `overview` holds 项目概况 by the form pack's keys: a text, or the options ticked. `funding` holds per horizon the
    lines that are written (总额, 财政拨款, 其他资金), in 万元. `notes` are 变更说明: why a field is not what it was, by the
    path of the field, or one text under "" for the project as a whole; they are not printed on the form.
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
    notes: Mapping[str, str] = {}
    origin: Origin | None = None

    def __eq__(self, other: object) -> bool:
        """Whether both say the same, wherever they were read."""
        return isinstance(other, Project) and self[:-1] == other[:-1]

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash((self.year, self.code, self.name, self.unit))

    def in_group(self, group: str) -> tuple[Indicator, ...]:
        """The indicators of one 二级指标, in the order written."""
        return tuple(indicator for indicator in self.indicators if indicator.group == group)

    def place(self, path: str = "") -> Place:
        """Where a value of this project was written (see Origin.place)."""
        return self.origin.place(path) if self.origin else Place(self.code)
