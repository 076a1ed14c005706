"""Projects of the 2020 form in its own words: made, changed and looked at by what stands on that form."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Final, TypeVar

from goalgen.forms import Form
from goalgen.forms.item import Role
from goalgen.forms.pack import load_form
from goalgen.forms.project import Project, Row, Value
from goalgen.source.shapes import Amount
from tests.support.places import ROOT

Thing = TypeVar("Thing")
TABLE: Final = "绩效指标"


class Horizon(Enum):
    """The two panels of the form."""

    MEDIUM = "中长期"
    ANNUAL = "年度"


HORIZONS: Final = tuple(Horizon)
SINGLE: Final = {
    "name": "项目名称",
    "unit": "预算单位",
    "category": "项目类型",
    "filler": "填报人",
    "phone": "联系电话",
    "filed": "填报日期",
    "window": "中长期年限",
}
"""Fields with a path of their own, by what tests call them."""


@cache
def form_2020() -> Form:
    """The official form of 2020."""
    return load_form(ROOT / "templates" / "form_2020.yaml")


def indicator(group: str, name: str, medium: str | None = None, annual: str | None = None) -> Row:
    """An indicator with a value per panel, None where that panel does not print it."""
    cells: dict[str, Value] = {}
    for horizon, text in zip(HORIZONS, (medium, annual), strict=True):
        if text is not None:
            cells[horizon.value] = text
    return Row(group, name, cells)


def side_of(row: Row, horizon: Horizon) -> str | None:
    return row.text(horizon.value)


def with_side(row: Row, horizon: Horizon, text: str | None) -> Row:
    """The indicator with another value in a panel, None for none."""
    sides = {one: text if one is horizon else side_of(row, one) for one in HORIZONS}
    return indicator(row.group, row.name, sides[Horizon.MEDIUM], sides[Horizon.ANNUAL])


def replace(thing: Thing, **changes: Any) -> Thing:
    """`dataclasses.replace`, which for a project takes what stands on the form too (see `with_words`)."""
    if not isinstance(thing, Project):
        return dataclasses.replace(thing, **changes)  # type: ignore[type-var]
    known = {one.name for one in dataclasses.fields(Project)}
    words = {key: value for key, value in changes.items() if key not in known}
    plain: Project = dataclasses.replace(thing, **{key: value for key, value in changes.items() if key in known})
    return with_words(plain, **words)  # type: ignore[return-value]


def with_words(project: Project, **words: Any) -> Project:
    """The project with other `name`, `unit`, `category`, `filler`, `phone`, `filed`, `window`; whole other `overview`, `funding`
    and `goals` (by panel), `indicators`."""
    changes: dict[str, Value | None] = {SINGLE[key]: value for key, value in words.items() if key in SINGLE}
    if "overview" in words:
        changes |= {path: None for path in project.values if path.startswith("项目概况.")}
        changes |= {f"项目概况.{key}": value for key, value in words["overview"].items()}
    if "funding" in words:
        changes |= {path: None for path in project.values if path.startswith("项目资金.")}
        funds: Mapping[Horizon, Mapping[str, Amount]] = words["funding"]
        changes |= {f"项目资金.{side.value}.{key}": value for side, own in funds.items() for key, value in own.items()}
    if "goals" in words:
        changes |= {f"总体目标.{horizon.value}": words["goals"].get(horizon) for horizon in HORIZONS}
    made = project.with_values(changes)
    return made.with_rows(TABLE, tuple(words["indicators"])) if "indicators" in words else made


def project_of_2020(year: int, code: str, **words: Any) -> Project:
    """A project that says just these words (see `with_words`)."""
    return with_words(Project(form_2020(), year, code, {}, {}), **words)


def indicators(project: Project) -> tuple[Row, ...]:
    return project.table(TABLE)


def overview(project: Project) -> dict[str, Any]:
    """项目概况 by key, "" or no option where there is nothing."""
    cells = [cell for cell in project.form.cells if cell.block == "项目概况"]
    return {c.item.key: project.values.get(c.path, () if c.item.options else "") for c in cells}


def goals(project: Project) -> dict[Horizon, str]:
    return {horizon: project.said(f"总体目标.{horizon.value}") for horizon in HORIZONS}


def funding(project: Project) -> dict[Horizon, dict[str, Amount]]:
    """The amounts that are written, by panel and line."""
    found: dict[Horizon, dict[str, Amount]] = {horizon: {} for horizon in HORIZONS}
    for cell in project.form.cells:
        value = project.values.get(cell.path)
        if cell.column is not None and isinstance(value, Amount):
            found[Horizon(cell.column.key)][cell.item.key] = value
    return found


def filler(project: Project) -> str:
    return project.of_role(Role.FILLER)


def phone(project: Project) -> str:
    return project.of_role(Role.PHONE)


def filed(project: Project) -> date | None:
    value = project.values.get("填报日期")
    return value if isinstance(value, date) else None


def category(project: Project) -> Value:
    return project.values.get("项目类型", ())


def with_block(form: Form, key: str, **changes: Any) -> Form:
    """The form with one of its blocks changed."""
    blocks = (dataclasses.replace(one, **changes) if one.key == key else one for one in form.blocks)  # type: ignore[type-var]
    return dataclasses.replace(form, blocks=tuple(blocks))


def with_field(form: Form, key: str, **changes: Any) -> Form:
    """The form with one of the fields at the top changed."""
    block = next(one for one in form.blocks if any(item.key == key for item in getattr(one, "items", ())))
    items = tuple(item._replace(**changes) if item.key == key else item for item in getattr(block, "items", ()))
    return with_block(form, block.key, items=items)
