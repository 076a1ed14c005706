"""Show a project as a rule reads it: every text with its place, every indicator value with its numbers, money summed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from goalgen.forms import Form
from goalgen.forms.profile import Profile
from goalgen.forms.project import HORIZONS, Horizon, Indicator, Project, Unit
from goalgen.forms.quantity import Quantity, parse


class Words(NamedTuple):
    """Hold a text of a project: `path` finds its place, `field` names it to a person."""

    path: str
    field: str
    text: str


class PrintedValue(NamedTuple):
    """Hold one 指标值 as printed on one side."""

    indicator: Indicator
    horizon: Horizon
    text: str
    path: str
    field: str

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Read the numbers in the value."""
        return parse(self.text)


@dataclass(frozen=True)
class Subject:
    """Hold one project with its form, the profile, and the department's units."""

    project: Project
    form: Form
    profile: Profile
    units: tuple[Unit, ...]

    @cached_property
    def cells(self) -> tuple[PrintedValue, ...]:
        """List every 指标值 that is printed, group by group, 中长期 before 年度; declared 不适用 is left out."""
        return tuple(cell for cell in self._cells() if not self.is_none(cell.indicator.name, cell.text))

    def _cells(self) -> Iterator[PrintedValue]:
        for number, indicator in self._numbered():
            for horizon in HORIZONS:
                text = indicator.value(horizon)
                if text is not None:
                    base = f"绩效指标.{indicator.group}"
                    path = f"{base}.{number}.{horizon.value}"
                    yield PrintedValue(indicator, horizon, text, path, f"{base}.{indicator.name}.{horizon.value}")

    def _numbered(self) -> Iterator[tuple[int, Indicator]]:
        counts: dict[str, int] = {}
        for indicator in self.project.indicators:
            number = counts.get(indicator.group, 0)
            counts[indicator.group] = number + 1
            yield number, indicator

    def is_none(self, *texts: str) -> bool:
        """Tell whether any of the texts says 无 or 不适用."""
        return any(text in self.profile.none for text in texts)

    def declared_none(self, group: str) -> bool:
        """Tell whether a 二级指标 is declared 不适用."""
        return any(
            self.is_none(indicator.name, indicator.medium or "", indicator.annual or "")
            for indicator in self.project.in_group(group)
        )

    def in_groups(self, groups: tuple[str, ...], horizon: Horizon | None = None) -> tuple[PrintedValue, ...]:
        """List the values of some 二级指标, on one side or both."""
        return tuple(cell for cell in self.cells if cell.indicator.group in groups and horizon in (None, cell.horizon))

    @cached_property
    def words(self) -> tuple[Words, ...]:
        """List every text of the project but people and numbers: names, 项目概况, 总体目标, indicators and their values."""
        return tuple(words for words in self._words() if words.text)

    def _words(self) -> Iterator[Words]:
        project = self.project
        yield Words("项目名称", "项目名称", project.name)
        yield from self.overview
        for horizon in HORIZONS:
            path = f"总体目标.{horizon.value}"
            yield Words(path, path, project.goals.get(horizon, ""))
        for number, indicator in self._numbered():
            base = f"绩效指标.{indicator.group}"
            yield Words(f"{base}.{number}.指标", f"{base}.{indicator.name}", indicator.name)
        for cell in self._cells():
            yield Words(cell.path, cell.field, cell.text)

    @cached_property
    def overview(self) -> tuple[Words, ...]:
        """List the written lines of 项目概况, empty ones too; lines that are ticked are left out."""
        values = self.project.overview
        return tuple(
            Words(f"项目概况.{line.key}", f"项目概况.{line.key}", value)
            for line in self.form.overview
            if isinstance(value := values.get(line.key, ""), str)
        )

    @property
    def basis(self) -> Words:
        """Return 立项依据."""
        return self.line(self.profile.basis)

    def line(self, key: str) -> Words:
        """Find a written line of 项目概况 by its key, empty when the form has none."""
        path = f"项目概况.{key}"
        return next((words for words in self.overview if words.path == path), Words(path, path, ""))

    def money(self, horizon: Horizon, key: str) -> Decimal | None:
        """Return one line of 项目资金 in the form's unit, None when it is not written."""
        amount = self.project.funding.get(horizon, {}).get(key)
        return amount.value if amount else None

    @property
    def parts(self) -> tuple[str, ...]:
        """List the keys of 项目资金 that add up to the first, the total."""
        return tuple(line.key for line in self.form.funding[1:])

    @property
    def total_key(self) -> str:
        """Return the key of the total in 项目资金."""
        return self.form.funding[0].key

    def funds(self, horizon: Horizon = Horizon.ANNUAL) -> Decimal:
        """Add up all money of one side, in the form's unit (Form.funds)."""
        return self.form.funds(self.project.funding.get(horizon, {}))


@dataclass(frozen=True)
class Batch:
    """Hold the projects of one year, as the rules across projects see them."""

    year: int
    profile: Profile
    units: tuple[Unit, ...]
    subjects: tuple[Subject, ...]
    before: Mapping[str, Decimal] = field(default_factory=dict)
    """What each project's 年度 money was in the latest earlier year that was read, by 编号, in the form's unit."""
