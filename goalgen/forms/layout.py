"""Lay a project out on a form: the rows and words that the form prints, as plain text for the template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any, Final

from goalgen.forms.form import Field, Form
from goalgen.forms.project import HORIZONS, Horizon, Indicator, Project
from goalgen.source.shapes import Window

MERGE_RESTART: Final = "restart"
MERGE_CONTINUE: Final = "continue"
_COLUMNS: Final = tuple((horizon.value, horizon) for horizon in HORIZONS)


def context(project: Project, form: Form) -> dict[str, Any]:
    """Return what a template may print of a project: texts, nested by the form's words; nothing missing, empty is ""."""
    return {
        "年度": str(project.year),
        "编号": project.code,
        "项目名称": project.name,
        "预算单位": project.unit,
        form.category.key: _ticks(form.category, project.category, form),
        "项目概况": {line.key: _overview(line, project, form) for line in form.overview},
        "项目资金": {horizon.value: _funding(project, horizon, form) for horizon in HORIZONS},
        "中长期年限": str(project.window),
        "总体目标": {horizon.value: project.goals.get(horizon, "") for horizon in HORIZONS},
        "指标行": list(indicator_rows(project, form)),
        "填报人": project.filler,
        "联系电话": project.phone,
        "填报日期": _day(project.filed, form),
    }


def indicator_rows(project: Project, form: Form) -> Iterator[dict[str, Any]]:
    """Return the rows of the indicator table, top to bottom.

    Each 二级指标 has as many rows as its longer side, at least one; either side fills its rows from the top. 一级 and
    二级 stand in the first row of their group; `合并` says of both whether the cell starts a vertical merge (restart)
    or goes on with it (continue).
    """
    grouped: dict[str, list[Indicator]] = {}
    for indicator in project.indicators:
        grouped.setdefault(indicator.group, []).append(indicator)
    for first, groups in form.groups.items():
        opened = False
        for group in groups:
            for n, sides in enumerate(_paired(grouped.get(group, ()))):
                yield {
                    "一级": "" if opened else first,
                    "二级": "" if n else group,
                    "合并": {
                        "一级": MERGE_CONTINUE if opened else MERGE_RESTART,
                        "二级": MERGE_CONTINUE if n else MERGE_RESTART,
                    },
                    **{name: _side(side, horizon) for (name, horizon), side in zip(_COLUMNS, sides, strict=True)},
                }
                opened = True


def _paired(indicators: Sequence[Indicator]) -> list[tuple[Indicator | None, ...]]:
    columns = ([i for i in indicators if i.value(horizon) is not None] for horizon in HORIZONS)
    return list(zip_longest(*columns)) or [(None,) * len(HORIZONS)]


def _side(indicator: Indicator | None, horizon: Horizon) -> dict[str, str]:
    if indicator is None:
        return {"指标": "", "指标值": ""}
    return {"指标": indicator.name, "指标值": indicator.value(horizon) or ""}


def _ticks(line: Field, chosen: tuple[str, ...], form: Form) -> dict[str, str]:
    return {option: form.ticked if option in chosen else form.unticked for option in line.options}


def _overview(line: Field, project: Project, form: Form) -> str | Mapping[str, str]:
    value = project.overview.get(line.key, "")
    if line.options:
        return _ticks(line, value if isinstance(value, tuple) else (), form)
    return value if isinstance(value, str) else "、".join(value)


def _funding(project: Project, horizon: Horizon, form: Form) -> dict[str, str]:
    lines = project.funding.get(horizon, {})
    return {line.key: lines[line.key].text if line.key in lines else "" for line in form.funding}


def _day(day: date | None, form: Form) -> str:
    return form.date_format.format(年=day.year, 月=day.month, 日=day.day) if day else ""


def blank_context(form: Form) -> dict[str, Any]:
    """Return the context of a project with nothing written in it: every name a template may use, one row per 二级指标."""
    nothing = Project(2020, "", "", "", (), {}, {}, {}, (), Window(2020, 2020))
    return context(nothing, form)
