"""Turn the values of a project file into a Project, and a Project back into values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from goalgen.forms.form import Form
from goalgen.forms.project import HORIZONS, Horizon, Indicator, Project
from goalgen.forms.shape import NOTES_KEY
from goalgen.source.nodes import Origin
from goalgen.source.shapes import Amount, Window


def project_of(values: Mapping[str, Any], form: Form, year: int, origin: Origin) -> Project:
    """Make the Project that the values of a project file (by key, merged with what projects.yaml shares) say."""
    overview = values.get("项目概况") or {}
    funding = values.get("项目资金") or {}
    goals = values.get("总体目标") or {}
    return Project(
        year=year,
        code=values["编号"],
        name=values["项目名称"],
        unit=values.get("预算单位") or "",
        category=values.get(form.category.key) or (),
        overview={line.key: overview.get(line.key) or (() if line.options else "") for line in form.overview},
        funding={horizon: _amounts(funding.get(horizon.value)) for horizon in HORIZONS},
        goals={horizon: goals.get(horizon.value) or "" for horizon in HORIZONS},
        indicators=tuple(_indicators(values.get("绩效指标") or {}, form)),
        window=values.get("中长期年限") or Window(year, year + form.medium_years - 1),
        filler=values.get("填报人") or "",
        phone=values.get("联系电话") or "",
        filed=values.get("填报日期"),
        notes=values.get(NOTES_KEY) or {},
        origin=origin,
    )


def _amounts(lines: Mapping[str, Any] | None) -> dict[str, Any]:
    return {key: amount for key, amount in (lines or {}).items() if amount is not None}


def _indicators(groups: Mapping[str, Any], form: Form) -> Iterator[Indicator]:
    for group in form.all_groups:
        for row in groups.get(group) or ():
            yield Indicator(group, row["指标"], _side(row, Horizon.MEDIUM), _side(row, Horizon.ANNUAL))


def _side(row: Mapping[str, str | None], horizon: Horizon) -> str | None:
    """Return the value of one side: None when the key is absent, an empty string when its value is empty."""
    return (row[horizon.value] or "") if horizon.value in row else None


def written_values(project: Project, form: Form) -> dict[tuple[str, ...], str | tuple[str, ...]]:
    """Return a project's values by path, as a project file writes them; "" or no options where there is none.

    They are everything that the form prints but the indicators, which are told apart by more than their path.
    """
    values: dict[tuple[str, ...], str | tuple[str, ...]] = {
        ("编号",): project.code,
        ("项目名称",): project.name,
        ("预算单位",): project.unit,
        (form.category.key,): project.category,
        **{("项目概况", line.key): project.overview.get(line.key, "") for line in form.overview},
    }
    for horizon in HORIZONS:
        lines = project.funding.get(horizon, {})
        values |= {("项目资金", horizon.value, line.key): "" for line in form.funding}
        values |= {("项目资金", horizon.value, key): amount.text for key, amount in lines.items()}
    values |= {("总体目标", horizon.value): project.goals.get(horizon, "") for horizon in HORIZONS}
    return values | {
        ("中长期年限",): f"{project.window.first}-{project.window.last}",
        ("填报人",): project.filler,
        ("联系电话",): project.phone,
        ("填报日期",): project.filed.isoformat() if project.filed else "",
    }


def record_of(project: Project) -> bytes:
    """Write down all that the form of a project prints, as JSON in UTF-8 on one line."""
    funding = {
        side.value: {key: amount.text for key, amount in lines.items()} for side, lines in project.funding.items()
    }
    goals = {side.value: text for side, text in project.goals.items()}
    rows = [[one.group, one.name, one.medium, one.annual] for one in project.indicators]
    people = (project.filler, project.phone, project.filed and project.filed.isoformat())
    parts = (project.category, project.overview, funding, goals, rows, project.window)
    values = [project.year, project.code, project.name, project.unit, *parts, *people]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def project_in(record: bytes, notes: Mapping[str, str] | None = None, origin: Origin | None = None) -> Project:
    """Read a project back from what `record_of` wrote; `notes` and `origin` are no part of a record."""
    year, code, name, unit, category, overview, funding, goals, rows, window, filler, phone, filed = json.loads(record)
    return Project(
        year=year,
        code=code,
        name=name,
        unit=unit,
        category=tuple(category),
        overview={key: tuple(value) if isinstance(value, list) else value for key, value in overview.items()},
        funding={Horizon(side): _amounts_in(lines) for side, lines in funding.items()},
        goals={Horizon(side): text for side, text in goals.items()},
        indicators=tuple(Indicator(*row) for row in rows),
        window=Window(*window),
        filler=filler,
        phone=phone,
        filed=date.fromisoformat(filed) if filed else None,
        notes=notes or {},
        origin=origin,
    )


def _amounts_in(lines: Mapping[str, str]) -> dict[str, Amount]:
    return {key: Amount(text, Decimal(text)) for key, text in lines.items()}
