"""Define the values of a comparison, all that a report needs: sides, matched projects, their changes, totals of money."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from goalgen.errors import Place, Problem
from goalgen.forms import Form
from goalgen.forms.project import Project
from goalgen.forms.quantity import decimal_text


class Strength(Enum):
    """Says which way an indicator value went, in the word a person reads."""

    STRONGER = "加强"
    WEAKER = "放宽"
    QUANTIFIED = "量化"
    """Words became a figure."""
    VAGUE = "不再量化"
    """A figure became words."""
    PLAIN = ""


class Kind(Enum):
    """Says what happened to a field, in the word a person reads."""

    CHANGED = "修改"
    FILLED = "填写"
    """It has a value where it had none."""
    EMPTIED = "清空"
    """It has no value where it had one."""
    ADDED = "新增"
    """An indicator that was not there."""
    REMOVED = "取消"
    """An indicator that is not there any more."""
    RENAMED = "改名"
    MOVED = "移动"
    NEW_FIELD = "新表才有"
    """A field that the old form did not have."""
    GONE_FIELD = "新表没有"
    """A field that the new form does not have."""


class Basis(Enum):
    """Says why two projects were taken for one."""

    CODE = "编号"
    NAME = "名称"
    LIKENESS = "相似"


class Part(NamedTuple):
    """Holds a piece of a text, and whether the other side has another text (or none) in its place."""

    text: str
    changed: bool


class Delta(NamedTuple):
    """Says by how much a number went up or down: exact, with its unit (`万元`, `次`, `个百分点`; "" for none)."""

    number: Decimal
    unit: str

    def __str__(self) -> str:
        return f"{signed(self.number)}{self.unit}"


@dataclass(frozen=True, slots=True)
class Identity:
    """Identifies a project on one side: what it is called there, where it was read, and its money.

    `code` is "" for a filled form, which prints none. `number` is its place in the bundle, from 1. `medium` and `annual`
    are 总额, or the sum of the parts where no 总额 is written, in the form's unit (万元).
    """

    code: str
    name: str
    unit: str
    year: int
    file: str
    number: int
    medium: Decimal
    annual: Decimal
    note: str = ""
    """变更说明 of the project as a whole; of one that is gone, what the later year says of it."""
    name_note: str = ""
    """变更说明 of its 项目名称."""

    @property
    def title(self) -> str:
        """Return its name with its 编号: `大院保安转辅警经费（bao-an-zhuan-fu-jing）`."""
        return _title(self.name, self.code)


class Change(NamedTuple):
    """Tells of one field that is different.

    `field` is the path on the new side (`项目概况.立项依据`, `指标.数量指标.督查次数.年度`), `was` the path on
    the old one; they differ where an indicator was renamed or moved. A name ends in `.指标`, a 二级指标 in `.二级指标`; an
    indicator that is new or gone has the path `指标.数量指标.督查次数`. `label` is the field as a person calls it.
    `old` and `new` are the texts as printed (an old amount in the unit of the new form), None where that side has no such
    field; `old_parts` and `new_parts` the
    same texts with the changed spans marked. `delta` and `percent` are there where numbers can be compared (percent
    not for rates, which change by 个百分点). `note` is what 变更说明 says of this very field. `routine` is a change that
    a new year always brings: 年限 moved on, 填报日期.
    """

    field: str
    was: str
    label: str
    kind: Kind
    old: str | None
    new: str | None
    delta: Delta | None = None
    percent: Decimal | None = None
    strength: Strength = Strength.PLAIN
    old_parts: tuple[Part, ...] = ()
    new_parts: tuple[Part, ...] = ()
    note: str = ""
    routine: bool = False
    place: Place | None = None
    """Where the value stands: on the new side, or where it stood when it is gone."""
    money_unit: str = ""
    """The unit of an amount, "" where it is none."""

    @property
    def is_money(self) -> bool:
        """Tell whether this is an amount in the form's unit."""
        return bool(self.money_unit)


@dataclass(frozen=True, slots=True)
class Pair:
    """Holds one project that both sides have, and everything that is different in it, in the form's order.

    `likeness` (0 to 1) says how sure the match is when it is by likeness; it is 1 otherwise.
    """

    old: Identity
    new: Identity
    basis: Basis
    likeness: Decimal
    changes: tuple[Change, ...]

    @property
    def renamed(self) -> bool:
        """Tell whether it goes by another 项目名称."""
        return self.old.name != self.new.name

    @property
    def note(self) -> str:
        """Return 变更说明 of the project as a whole."""
        return self.new.note

    @property
    def code(self) -> str:
        """Return the 编号 it is known by: the new one, or the old one where the new side has none."""
        return self.new.code or self.old.code

    @property
    def title(self) -> str:
        """Return its new name with the 编号 it is known by."""
        return _title(self.new.name, self.code)


def _title(name: str, code: str) -> str:
    return f"{name}（{code}）" if code else name


class Sum(NamedTuple):
    """Holds an amount of money on both sides, in the form's unit (万元)."""

    old: Decimal
    new: Decimal

    @property
    def delta(self) -> Decimal:
        """Return 增减."""
        return self.new - self.old

    @property
    def percent(self) -> Decimal | None:
        """Return 增减 in percent of the old amount, one decimal; None when that was 0."""
        return percent(self.old, self.new)


@dataclass(frozen=True, slots=True)
class Total:
    """Counts the projects and the money of one 预算单位 (`unit` "": of all), in the form's unit (万元)."""

    unit: str
    old_count: int
    new_count: int
    medium: Sum
    annual: Sum


class Unread(NamedTuple):
    """Names a project that one side could not read: its file, and the 编号 and 项目名称 in it ("" where there is none)."""

    file: str
    code: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """Is one of the two things compared; `label` is what a person calls it (`2020 年度`, `v1 的 2020 年度`, `报送.docx`).

    `unread` are projects whose files have errors, told in `problems`; `aliases` are 简称 with the full name of the
    预算单位; `gone` says by 编号 why an earlier project is not in it. `alone` is a single project, to be compared with the
    one that it is on the other side. `printed` is a filled form, which has no 编号. `department` files the submission; ""
    where the side is no submission.
    """

    label: str
    year: int
    form: Form
    projects: tuple[Project, ...]
    unread: tuple[Unread, ...] = ()
    problems: tuple[Problem, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    gone: Mapping[str, str] = field(default_factory=dict)
    alone: bool = False
    printed: bool = False
    department: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    """Holds everything that is different between two sides.

    `pairs` are the projects that both sides have, changed or not; all projects are in the order of their units and
    bundles. `totals` are per 预算单位, `whole` is the total of all; both count in `money_unit`. `unread` are projects left
    out because a side could not read them. `hidden` counts the changes that were left out as routine. `department` is who
    files, "" where neither side says; `without_medium` names the sides whose form has no column of 中长期 money.
    """

    old: str
    new: str
    money_unit: str
    added: tuple[Identity, ...]
    removed: tuple[Identity, ...]
    pairs: tuple[Pair, ...]
    totals: tuple[Total, ...] = ()
    whole: Total = Total("", 0, 0, Sum(Decimal(0), Decimal(0)), Sum(Decimal(0), Decimal(0)))
    unread: tuple[Unread, ...] = ()
    hidden: int = 0
    department: str = ""
    without_medium: tuple[str, ...] = ()

    @property
    def renamed(self) -> tuple[Pair, ...]:
        """Return the projects that go by another name."""
        return tuple(pair for pair in self.pairs if pair.renamed)

    @property
    def changed(self) -> tuple[Pair, ...]:
        """Return the projects that have at least one changed field."""
        return tuple(pair for pair in self.pairs if pair.changes)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Return every changed field of every project."""
        return tuple(change for pair in self.pairs for change in pair.changes)

    @property
    def unchanged(self) -> int:
        """Count the projects that are as they were."""
        return sum(not pair.changes and not pair.renamed for pair in self.pairs)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.renamed or self.changes)

    @property
    def units(self) -> tuple[str, ...]:
        """Return every 预算单位, in the order to report them."""
        return tuple(total.unit for total in self.totals)

    def of_unit(self, unit: str) -> tuple[Sequence[Pair], Sequence[Identity], Sequence[Identity]]:
        """Return the pairs, the added and the removed projects of one 预算单位; a pair belongs to its new unit."""
        return (
            [pair for pair in self.pairs if pair.new.unit == unit],
            [one for one in self.added if one.unit == unit],
            [one for one in self.removed if one.unit == unit],
        )


def signed(number: Decimal) -> str:
    """Write a number with its sign: `+6`, `-15.5`, `0`."""
    return f"{'+' if number > 0 else ''}{decimal_text(number)}"


def percent(old: Decimal, new: Decimal) -> Decimal | None:
    """Reckon by how many percent a number changed, to one decimal; None when it was 0."""
    return ((new - old) / abs(old) * 100).quantize(Decimal("0.1")) if old else None
