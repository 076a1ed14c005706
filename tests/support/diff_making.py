"""Sides of comparisons for the tests: the sixteen projects of 2020, and random edits of them with what each must give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from hypothesis import strategies as st

from goalgen.diff.values import Basis, Change, Difference, Identity, Kind, Pair, Side
from goalgen.forms import Form
from goalgen.forms.project import Project, Row
from goalgen.source.shapes import Amount
from tests.support.finding_making import project
from tests.support.project_making import (
    HORIZONS,
    Horizon,
    funding,
    goals,
    indicator,
    indicators,
    overview,
    replace,
    side_of,
    with_side,
)

NEW_NAMES = ("绿化株数", "灯具更换盏数", "档案扫描页数", "食堂就餐人次", "雨棚搭建处数", "井盖维护个数")
"""Names of indicators that no project of 2020 has anything like."""


def side(projects: Sequence[Project], form: Form, label: str = "甲") -> Side:
    return Side(label, 2020, form, tuple(projects))


class Told(NamedTuple):
    """A change as the tests compare it."""

    code: str
    field: str
    was: str
    kind: str
    old: str | None
    new: str | None


@dataclass
class Expected:
    """What a difference must consist of, nothing more and nothing less."""

    changes: list[Told]
    added: list[str]
    removed: list[str]
    renamed: list[tuple[str, str, str]]


def told(difference: Difference) -> Expected:
    """A difference as the tests compare it."""
    return Expected(
        sorted((_told(pair.code, change) for pair in difference.pairs for change in pair.changes), key=repr),
        sorted(one.code for one in difference.added),
        sorted(one.code for one in difference.removed),
        sorted((pair.code, pair.old.name, pair.new.name) for pair in difference.renamed),
    )


def _told(code: str, change: Change) -> Told:
    return Told(code, change.field, change.was, change.kind.name, change.old, change.new)


@dataclass
class Edited:
    """Projects on the way from one side to the other, and what the edits made so far must be found as."""

    projects: list[Project]
    expected: Expected
    touched: set[tuple[str, str]]

    def project(self, code: str) -> Project:
        return next(project for project in self.projects if project.code == code)

    def put(self, project: Project) -> None:
        self.projects = [project if one.code == project.code else one for one in self.projects]

    def note(self, code: str, path: str, was: str, old: str | None, new: str | None, kind: Kind | None = None) -> None:
        kind = kind or (Kind.FILLED if old is None else Kind.EMPTIED if new is None else Kind.CHANGED)
        self.expected.changes.append(Told(code, path, was, kind.name, old, new))

    def first_time(self, code: str, what: str) -> bool:
        """Whether nothing was done to this part of a project yet, so that two edits never meet."""
        new = (code, what) not in self.touched and (code, "") not in self.touched
        self.touched.add((code, what))
        return new


Edit = Callable[[Edited, Project, st.DataObject], None]


def set_text(work: Edited, project: Project, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from([key for key, value in overview(project).items() if isinstance(value, str)]))
    if not work.first_time(project.code, key):
        return
    old, new = (
        str(overview(project)[key]),
        data.draw(st.sampled_from(["《新办法》（衡财〔2021〕1号）", "按R&D办理", ""])),
    )
    if old == new:
        return
    work.put(replace(project, overview={**overview(project), key: new}))
    path = f"项目概况.{key}"
    work.note(project.code, path, path, old or None, new or None)


def set_money(work: Edited, project: Project, data: st.DataObject) -> None:
    horizon = data.draw(st.sampled_from(HORIZONS))
    key = data.draw(st.sampled_from(["总额", "财政拨款", "其他资金"]))
    if not work.first_time(project.code, f"{horizon}{key}"):
        return
    lines = funding(project)[horizon]
    before = lines.get(key)
    cents = data.draw(st.integers(0, 99_999_999))
    after = Amount(f"{Decimal(cents) / 100:f}", Decimal(cents) / 100)
    if before and before.value == after.value:
        return
    work.put(replace(project, funding={**funding(project), horizon: {**lines, key: after}}))
    path = f"项目资金.{horizon.value}.{key}"
    work.note(project.code, path, path, before.text if before else None, after.text)


def set_goal(work: Edited, project: Project, data: st.DataObject) -> None:
    horizon = data.draw(st.sampled_from(HORIZONS))
    if not work.first_time(project.code, f"目标{horizon}"):
        return
    new = goals(project)[horizon] + data.draw(st.sampled_from(["，一次办结", "。", "（全年）"]))
    work.put(replace(project, goals={**goals(project), horizon: new}))
    path = f"总体目标.{horizon.value}"
    work.note(project.code, path, path, goals(project)[horizon] or None, new)


def set_value(work: Edited, project: Project, data: st.DataObject) -> None:
    row = _row(work, project, data)
    if row is None:
        return
    horizon = data.draw(st.sampled_from(HORIZONS))
    old = side_of(row, horizon)
    other = side_of(row, next(h for h in HORIZONS if h is not horizon))
    new = data.draw(
        st.sampled_from(["≥95%", "不少于36次", "", None] if other is not None else ["≥95%", "不少于36次", ""])
    )
    if old == new:
        return
    _swap(work, project, row, with_side(row, horizon, new))
    path = f"{_path(row)}.{horizon.value}"
    work.note(project.code, path, path, old, new)


def add_indicator(work: Edited, project: Project, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(NEW_NAMES))
    group = data.draw(st.sampled_from(["数量指标", "质量指标", "生态效益指标"]))
    if not work.first_time(project.code, name) or any(one.name == name for one in indicators(project)):
        return
    at = data.draw(st.integers(0, len(indicators(project))))
    rows = indicators(project)
    work.put(replace(project, indicators=(*rows[:at], indicator(group, name, None, "≥8件"), *rows[at:])))
    path = f"绩效指标.{group}.{name}"
    work.note(project.code, path, path, None, "年度 ≥8件", Kind.ADDED)


def remove_indicator(work: Edited, project: Project, data: st.DataObject) -> None:
    row = _row(work, project, data)
    if row is None:
        return
    _swap(work, project, row, None)
    sides = [f"{h.value} {side_of(row, h) or '（空）'}" for h in HORIZONS if side_of(row, h) is not None]
    work.note(project.code, _path(row), _path(row), "，".join(sides), None, Kind.REMOVED)


def rename_indicator(work: Edited, project: Project, data: st.DataObject) -> None:
    row = _row(work, project, data)
    if row is None:
        return
    new = row._replace(name=f"{row.name}{data.draw(st.sampled_from(['数', '（年）']))}")
    work.touched.add((project.code, f"指标{new.name}"))
    _swap(work, project, row, new)
    work.note(project.code, f"{_path(new)}.指标", f"{_path(row)}.指标", row.name, new.name, Kind.RENAMED)


def move_indicator(work: Edited, project: Project, data: st.DataObject) -> None:
    row = _row(work, project, data)
    if row is None or sum(one.name == row.name for one in indicators(project)) > 1:
        return
    groups = [group for group in ("数量指标", "质量指标", "时效指标", "成本指标") if group != row.group]
    new = row._replace(group=data.draw(st.sampled_from(groups)))
    _swap(work, project, row, new)
    work.note(project.code, f"{_path(new)}.二级指标", f"{_path(row)}.二级指标", row.group, new.group, Kind.MOVED)


def shuffle(work: Edited, project: Project, data: st.DataObject) -> None:
    """An order of indicators is no difference."""
    at = data.draw(st.integers(0, len(indicators(project))))
    work.put(replace(project, indicators=(*indicators(project)[at:][::-1], *indicators(project)[:at])))


def rename_project(work: Edited, project: Project, data: st.DataObject) -> None:
    if work.first_time(project.code, "名称"):
        work.put(replace(project, name=data.draw(st.sampled_from(["综合保障经费", f"{project.name}（二期）"]))))
        work.expected.renamed.append((project.code, project.name, work.project(project.code).name))


def move_project(work: Edited, project: Project, data: st.DataObject) -> None:
    if work.first_time(project.code, "单位"):
        work.put(replace(project, unit="衡阳市机关事务管理局"))
        work.note(project.code, "预算单位", "预算单位", project.unit, "衡阳市机关事务管理局")


def add_project(work: Edited, project: Project, data: st.DataObject) -> None:
    """A new project of which nothing was there before."""
    number = len(work.expected.added)
    name = f"{NEW_NAMES[number % len(NEW_NAMES)]}专项{number}"
    new = replace(project, code=f"new-{number}", name=name, overview={}, goals={}, indicators=(), unit="衡阳市信访局")
    work.projects.insert(data.draw(st.integers(0, len(work.projects))), new)
    work.touched.add((new.code, ""))
    work.expected.added.append(new.code)


def remove_project(work: Edited, project: Project, data: st.DataObject) -> None:
    if any(code == project.code for code, _ in work.touched):
        return
    work.projects.remove(project)
    work.expected.removed.append(project.code)


def _row(work: Edited, project: Project, data: st.DataObject) -> Row | None:
    """An indicator nothing was done to, whose name its group has once."""
    if not indicators(project):
        return None
    row = indicators(project)[data.draw(st.integers(0, len(indicators(project)) - 1))]
    alone = sum((one.group, one.name) == (row.group, row.name) for one in indicators(project)) == 1
    return row if alone and row.name not in NEW_NAMES and work.first_time(project.code, f"指标{row.name}") else None


def _swap(work: Edited, project: Project, row: Row, new: Row | None) -> None:
    rows = (new if one is row else one for one in indicators(project))
    work.put(replace(project, indicators=tuple(one for one in rows if one is not None)))


def _path(row: Row) -> str:
    return f"绩效指标.{row.group}.{row.name}"


EDITS: tuple[Edit, ...] = (
    *(set_text, set_money, set_goal, set_value),
    *(add_indicator, remove_indicator, rename_indicator, move_indicator, shuffle),
    *(rename_project, move_project, add_project, remove_project),
)


def edited(projects: Sequence[Project], data: st.DataObject) -> Edited:
    """The projects after some random edits, with what these must be found as."""
    work = Edited(list(projects), Expected([], [], [], []), set())
    for edit in data.draw(st.lists(st.sampled_from(EDITS), max_size=14)):
        old = [project for project in work.projects if (project.code, "") not in work.touched]
        if old:
            edit(work, old[data.draw(st.integers(0, len(old) - 1))], data)
    wanted = work.expected
    work.expected = Expected(
        sorted(wanted.changes, key=repr), sorted(wanted.added), sorted(wanted.removed), sorted(wanted.renamed)
    )
    return work


FILE = "data/2020/x.yaml"


def made(code: str = "a", name: str = "甲", unit: str = "乙", **fields: Any) -> Project:
    return replace(project(), code=code, name=name, unit=unit, **fields)


def bare(code: str = "a", name: str = "甲", unit: str = "乙", **fields: Any) -> Project:
    """A project that says nothing."""
    empty: dict[str, Any] = {"overview": {}, "goals": {}, "indicators": (), "funding": {}, "origin": None}
    return made(code, name, unit, **{**empty, **fields})


def says(text: str) -> dict[str, Any]:
    return {"goals": {Horizon.ANNUAL: text}}


Sixteen = tuple[Project, ...]


def change(field: str, old: str | None, new: str | None) -> Change:
    return Change(field, field, field, Kind.CHANGED, old, new)


def identity(code: str, name: str = "甲", unit: str = "乙", note: str = "") -> Identity:
    return Identity(code, name, unit, 2020, f"data/2020/{code}.yaml", 1, Decimal(1), Decimal(2), note)


def pair(old: Identity, new: Identity, *found: Change) -> Pair:
    return Pair(old, new, Basis.CODE, Decimal(1), found)


def amounts(**lines: str) -> dict[Horizon, dict[str, Amount]]:
    return {Horizon.ANNUAL: {key: Amount(text, Decimal(text)) for key, text in lines.items()}}


def row(group: str, name: str, annual: str | None = "≥5次", medium: str | None = None) -> Row:
    return indicator(group, name, medium, annual)
