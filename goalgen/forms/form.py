"""Hold a form pack: its Word template and, as data, what stands on the form (labels, choices, indicators, money unit)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from goalgen.forms.project import Horizon
from goalgen.source.shapes import Amount
from goalgen.word.binding.bound import Pages


class Field(NamedTuple):
    """Describe one line of 项目概况 (or 项目类型): its key in YAML, its label on the form; `options` when it is ticked."""

    key: str
    label: str
    help: str = ""
    example: str = ""
    options: tuple[str, ...] = ()
    many: bool = False


class FundingLine(NamedTuple):
    """Describe one line of 项目资金: its key, and its label in either panel."""

    key: str
    labels: Mapping[Horizon, str]
    help: str = ""
    example: str = ""


class Form(NamedTuple):
    """Describe one layout of the form, as its spec says it.

    `folder` is where the spec lies, `template` its Word file; `groups` is the indicator tree, 一级 → 二级 in printed order;
    `pages` says what page numbers in a bundle count.
    """

    id: str
    title: str
    folder: Path
    template: Path
    money_unit: str
    medium_years: int
    ticked: str
    unticked: str
    date_format: str
    required: tuple[str, ...]
    category: Field
    overview_label: str
    overview: tuple[Field, ...]
    funding_label: str
    funding: tuple[FundingLine, ...]
    goals_label: str
    goals: Mapping[Horizon, str]
    groups: Mapping[str, tuple[str, ...]]
    group_help: Mapping[str, str]
    merged: tuple[str, ...]
    pages: Pages = Pages.FORM

    @property
    def fingerprint(self) -> str:
        """Return a text that tells what this form says from what any other says, wherever their files lie."""
        return repr(self._replace(folder=Path(), template=Path()))

    @property
    def all_groups(self) -> tuple[str, ...]:
        """Return every 二级指标 in printed order."""
        return tuple(group for groups in self.groups.values() for group in groups)

    def funds(self, lines: Mapping[str, Amount]) -> Decimal:
        """Return all money of one panel in the form's unit (万元): the parts added up, or the total where no part is written."""
        total, *parts = (lines[line.key].value if line.key in lines else None for line in self.funding)
        known = [value for value in parts if value is not None]
        return sum(known, Decimal(0)) if known else total or Decimal(0)


def labels(form: Form) -> Iterator[str]:
    """Return the words of the spec that stand on the form as they are."""
    yield form.category.label
    yield form.overview_label
    for line in form.overview:
        yield line.label
    for line in (form.category, *form.overview):
        yield from line.options
    yield form.funding_label
    for funding in form.funding:
        yield from funding.labels.values()
    yield form.goals_label
    yield from form.goals.values()
