"""A project file: its shape under a form, and from its values to a Project."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from goalgen import source
from goalgen.characters import UNKNOWN
from goalgen.errors import Place, Problem, errors_in
from goalgen.forms import Field, Form
from goalgen.model import HORIZONS, Horizon, Indicator, Origin, Project, Window
from goalgen.schema import Reader
from goalgen.shape import Choice, Code, Date, Key, Money, Notes, Rows, Shape, Table, Text, Years

SHARED: Final[dict[str, Key]] = {
    "预算单位": Key(Text(), "填报单位的全称，与单位公章一致", "衡阳市人民政府办公室"),
    "中长期年限": Key(Years(), "中长期目标的起止年，印作“中长期目标（2020年-2022年）”；不写就从年度起算", "2020-2022"),
    "填报人": Key(Text(), "填表人姓名", "刘璐"),
    "联系电话": Key(Text(), "填报人的电话；公开的表不要写手机号", "8861058"),
    "填报日期": Key(Date(), "印作 2020年2月10日", "2020-02-10"),
}
"""Keys that a project file and projects.yaml both may hold; a project's own value wins."""

FOOT: Final = tuple(key for key in SHARED if key != "预算单位")
"""Those of them that stand at the end of a project file."""

NOTES: Final = "变更说明"
"""The key for why something is not what it was in the year (or draft) before; not printed on the form."""


class Defaults(NamedTuple):
    """What projects without a value of their own take: per key the value and the place where it is written."""

    values: Mapping[str, Any]
    places: Mapping[str, Place]

    def over(self, base: Defaults) -> Defaults:
        """These values where there are any, those of `base` elsewhere."""
        own = {key: value for key, value in self.values.items() if value is not None}
        return Defaults({**base.values, **own}, {**base.places, **{key: self.places[key] for key in own}})


def shape(form: Form) -> Table:
    """The shape of a project file under a form: keys in the form's order."""
    money = {line.key: Key(Money(), f"{line.help}（{form.money_unit}）", line.example) for line in form.funding}
    goals = {horizon.value: Key(Text(), f"{horizon.value}目标：指向明确、细化量化、合理可行") for horizon in HORIZONS}
    groups = {group: Key(Rows(INDICATOR), form.group_help[group]) for group in form.all_groups}
    table = Table(
        {
            "编号": Key(Code(), "项目的编号，逐年不变，文件名和年度对比都靠它", "bao-an-zhuan-fu-jing", True),
            "项目名称": Key(Text(), "一张表一个项目", "大院保安转辅警经费", True),
            "预算单位": SHARED["预算单位"],
            form.category.key: _ticked(form.category),
            "项目概况": Key(Table({line.key: _ticked(line) for line in form.overview}), "没有的写“无”，不要空着"),
            "项目资金": Key(_panels(Table(money)), f"单位{form.money_unit}，只写数字"),
            "总体目标": Key(Table(goals), "中长期和年度各一段"),
            "绩效指标": Key(Table(groups), "每个指标一行：指标、中长期值、年度值"),
            **{key: SHARED[key] for key in FOOT},
        }
    )
    return Table({**table.keys, NOTES: Key(_notes(table, form), _NOTES_HELP, _NOTES_EXAMPLE)})


_NOTES_HELP: Final = "与上年（或上一稿）不同的原因，一段话，或分字段写；不印在表上，goalgen diff 的对照表列出"
_NOTES_EXAMPLE: Final = "按压减一般性支出的要求下调"


def _notes(table: Table, form: Form) -> Notes:
    """What 变更说明 can speak of: every field, and the indicators by name."""
    paths = tuple(paths_of(table))
    return Notes(paths, tuple(f"绩效指标.{group}" for group in form.all_groups))


def paths_of(table: Table, above: str = "") -> Iterator[str]:
    """The path of every key of a table and of the tables in it, parents first."""
    for name, key in table.keys.items():
        yield f"{above}{name}"
        if isinstance(key.shape, Table):
            yield from paths_of(key.shape, f"{above}{name}.")


INDICATOR: Final = Table(
    {
        "指标": Key(Text(), "三级指标的名称", "执勤率", True),
        "中长期": Key(Text(), "中长期指标值；不写这个键，中长期一侧就不印这个指标", "≥95%"),
        "年度": Key(Text(), "年度指标值；不写这个键，年度一侧就不印这个指标", "≥95%"),
    }
)


def _panels(table: Table) -> Table:
    return Table({horizon.value: Key(table) for horizon in HORIZONS})


def _ticked(line: Field) -> Key:
    kind: Shape = Choice(line.options, line.many) if line.options else Text()
    return Key(kind, line.help, line.example)


def convert(
    document: source.Document, form: Form, year: int, defaults: Mapping[str, Defaults], kind: Table
) -> tuple[Project | None, tuple[Problem, ...]]:
    """A read project file as a Project, and every problem of the file; no project when a problem is an error.

    `defaults` holds by 预算单位 what its projects share, under "" what all share; `kind` is `shape(form)`.
    """
    if not isinstance(document.root, source.Mapping):
        if document.root is None:
            return None, document.problems
        reader = Reader(document.file)
        reader.value(document.root, kind)
        return None, (*document.problems, *reader.problems)
    reader = Reader(document.file)
    values: dict[str, Any] = reader.value(document.root, kind)
    unit = values.get("预算单位") or defaults[""].values.get("预算单位")
    shared = defaults.get(unit or "", defaults[""])
    merged = {**shared.values, **{key: value for key, value in values.items() if value is not None}}
    _require(reader, document.root, merged, form)
    problems = sorted((*document.problems, *reader.problems), key=lambda fault: (fault.place.line, fault.place.column))
    if errors_in(problems):
        return None, tuple(problems)
    places = {key: place for key, place in shared.places.items() if values.get(key) is None}
    return _project(merged, form, year, Origin(document.file, document.root, places)), tuple(problems)


def _require(reader: Reader, root: source.Mapping, values: Mapping[str, Any], form: Form) -> None:
    """What the form pack calls 必填 must have a value, here or in projects.yaml; 编号 and 项目名称 are checked already."""
    failed = {problem.field for problem in reader.problems}
    for name in form.required:
        written = root.get(name)
        if isinstance(written, source.Scalar) and UNKNOWN in written.text:
            continue
        if name not in failed and name not in ("编号", "项目名称") and not values.get(name):
            reader.fail("M02", root, "", f"缺少“{name}”", f"在这里或 projects.yaml 的“共用”里加一行 {name}: …")


def _project(values: Mapping[str, Any], form: Form, year: int, origin: Origin) -> Project:
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
        notes=values.get(NOTES) or {},
        origin=origin,
    )


def _amounts(lines: Mapping[str, Any] | None) -> dict[str, Any]:
    return {key: amount for key, amount in (lines or {}).items() if amount is not None}


def _indicators(groups: Mapping[str, Any], form: Form) -> Iterator[Indicator]:
    for group in form.all_groups:
        for row in groups.get(group) or ():
            yield Indicator(group, row["指标"], _side(row, Horizon.MEDIUM), _side(row, Horizon.ANNUAL))


def _side(row: Mapping[str, str | None], horizon: Horizon) -> str | None:
    """The value of one side: absent key None, empty value an empty string."""
    return (row[horizon.value] or "") if horizon.value in row else None


def written(project: Project, form: Form) -> dict[tuple[str, ...], str | tuple[str, ...]]:
    """A project back to its values by path, as a project file writes them; "" or no options where there is none.

    Everything that the form prints but the indicators, which are told apart by more than their path.
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
