"""A form pack: the Word template and, as data, what stands on the form (labels, choices, indicator tree, money unit)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from goalgen import source
from goalgen.errors import GoalgenError, Place, Problem, errors_in
from goalgen.model import HORIZONS, Horizon
from goalgen.schema import Reader
from goalgen.shape import Choice, Key, Named, Number, Rows, Table, Text

BUILT_IN: Final[tuple[Path, ...]] = (
    Path(__file__).parent / "templates",
    Path(__file__).parent.parent / "templates",
)
"""Where goalgen's own packs lie: inside the wheel, or beside the package in a checkout."""


@dataclass(frozen=True, slots=True)
class Field:
    """One line of 项目概况 (or 项目类型): its key in YAML, its label on the form; `options` when it is ticked."""

    key: str
    label: str
    help: str = ""
    example: str = ""
    options: tuple[str, ...] = ()
    many: bool = False


@dataclass(frozen=True, slots=True)
class FundingLine:
    """One line of 项目资金: its key, and its label in either panel."""

    key: str
    labels: Mapping[Horizon, str]
    help: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """One layout of the form; `groups` is the indicator tree, 一级 → 二级 in printed order."""

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

    @property
    def all_groups(self) -> tuple[str, ...]:
        """Every 二级指标 in printed order."""
        return tuple(group for groups in self.groups.values() for group in groups)


_WORDS = Key(Rows(Text()))
_FIELD = Table(
    {
        "键": Key(Text(), required=True),
        "标签": Key(Text(), required=True),
        "说明": Key(Text()),
        "例": Key(Text()),
        "选项": _WORDS,
        "多选": Key(Choice(("是", "否"))),
    }
)
_PANELS = Key(Table({horizon.value: Key(Text(), required=True) for horizon in HORIZONS}), required=True)
SPEC: Final = Table(
    {
        "表样": Key(Text(), required=True),
        "名称": Key(Text(), required=True),
        "说明": Key(Text()),
        "模板": Key(Text(), required=True),
        "金额单位": Key(Text(), required=True),
        "中长期年数": Key(Number(1), required=True),
        "已选": Key(Text(), required=True),
        "未选": Key(Text(), required=True),
        "日期格式": Key(Text(), required=True),
        "必填": _WORDS,
        "项目类型": Key(_FIELD, required=True),
        "项目概况": Key(
            Table({"标签": Key(Text(), required=True), "行": Key(Rows(_FIELD), required=True)}), required=True
        ),
        "项目资金": Key(
            Table(
                {
                    "标签": Key(Text(), required=True),
                    "行": Key(
                        Rows(
                            Table(
                                {
                                    "键": Key(Text(), required=True),
                                    "标签": _PANELS,
                                    "说明": Key(Text()),
                                    "例": Key(Text()),
                                }
                            )
                        ),
                        required=True,
                    ),
                }
            ),
            required=True,
        ),
        "总体目标": Key(Table({"标签": Key(Text(), required=True), "栏": _PANELS}), required=True),
        "绩效指标": Key(Named("一级指标", Named("二级指标", Text())), required=True),
        "合并列": _WORDS,
    }
)
"""The shape of a form pack's spec, `templates/<表样>.yaml`."""


def find(name: str, folder: Path) -> Path | None:
    """The spec of a form by name: the submission's own `templates/` folder first, then goalgen's."""
    for place in (folder, *BUILT_IN):
        spec = place / f"{name}.yaml"
        if spec.is_file():
            return spec
    return None


def load(spec: Path, label: str = "") -> Form:
    """The form a spec file describes; `label` is the file name to report. Raises GoalgenError with every fault of it."""
    label = label or spec.as_posix()
    try:
        data = spec.read_bytes()
    except OSError as error:
        raise GoalgenError([Problem("S05", "表样说明读不到", Place(label), error.strerror or "")]) from error
    document = source.read(data, label)
    reader = Reader(label)
    values = reader.value(document.root, SPEC) if document.root is not None else None
    problems = [*document.problems, *reader.problems]
    if errors_in(problems) or values is None:
        raise GoalgenError(problems)
    return _form(values, spec.parent)


def _form(values: Mapping[str, Any], folder: Path) -> Form:
    tree: dict[str, dict[str, str]] = values["绩效指标"]
    return Form(
        id=values["表样"],
        title=values["名称"],
        folder=folder,
        template=folder / values["模板"],
        money_unit=values["金额单位"],
        medium_years=values["中长期年数"],
        ticked=values["已选"],
        unticked=values["未选"],
        date_format=values["日期格式"],
        required=values.get("必填") or (),
        category=_field(values["项目类型"]),
        overview_label=values["项目概况"]["标签"],
        overview=tuple(map(_field, values["项目概况"]["行"])),
        funding_label=values["项目资金"]["标签"],
        funding=tuple(_funding_line(row) for row in values["项目资金"]["行"]),
        goals_label=values["总体目标"]["标签"],
        goals={horizon: values["总体目标"]["栏"][horizon.value] for horizon in HORIZONS},
        groups={first: tuple(seconds) for first, seconds in tree.items()},
        group_help={group: text or "" for seconds in tree.values() for group, text in seconds.items()},
        merged=values.get("合并列") or (),
    )


def _field(row: Mapping[str, Any]) -> Field:
    return Field(
        key=row["键"],
        label=row["标签"],
        help=row.get("说明") or "",
        example=row.get("例") or "",
        options=row.get("选项") or (),
        many=row.get("多选") == ("是",),
    )


def _funding_line(row: Mapping[str, Any]) -> FundingLine:
    labels = {horizon: row["标签"][horizon.value] for horizon in HORIZONS}
    return FundingLine(row["键"], labels, row.get("说明") or "", row.get("例") or "")
