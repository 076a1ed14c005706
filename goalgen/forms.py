"""A form pack: the Word template and, as data, what stands on the form (labels, choices, indicator tree, money unit)."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from goalgen import cache, source
from goalgen.errors import GoalgenError, Place, Problem, errors_in
from goalgen.files import DISK, Files, refusal
from goalgen.likely import suggest
from goalgen.model import HORIZONS, Amount, Horizon, Origin
from goalgen.schema import Reader
from goalgen.shape import Choice, Key, Named, Number, Rows, Table, Text

BUILT_IN: Final[tuple[Path, ...]] = (
    Path(__file__).parent / "templates",
    Path(__file__).parent.parent / "templates",
)
"""Where goalgen's own packs lie: inside the wheel, or beside the package in a checkout."""
DIFF_TABLE: Final = "diff_table.docx"
"""The Word template of the 对照表 that `goalgen diff` makes."""


class Field(NamedTuple):
    """One line of 项目概况 (or 项目类型): its key in YAML, its label on the form; `options` when it is ticked."""

    key: str
    label: str
    help: str = ""
    example: str = ""
    options: tuple[str, ...] = ()
    many: bool = False


class FundingLine(NamedTuple):
    """One line of 项目资金: its key, and its label in either panel."""

    key: str
    labels: Mapping[Horizon, str]
    help: str = ""
    example: str = ""


class Form(NamedTuple):
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

    def funds(self, lines: Mapping[str, Amount]) -> Decimal:
        """All money of one panel in the form's unit: the parts added up, or the total where no part is written."""
        total, *parts = (lines[line.key].value if line.key in lines else None for line in self.funding)
        known = [value for value in parts if value is not None]
        return sum(known, Decimal(0)) if known else total or Decimal(0)


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


def find(name: str, folder: Path, files: Files = DISK) -> Path | None:
    """The spec of a form by name: the submission's own `templates/` folder (in `files`) first, then goalgen's."""
    places = ((folder, files), *((place, DISK) for place in BUILT_IN))
    return next((place / f"{name}.yaml" for place, where in places if name in _specs(place, where)), None)


def beside(folder: Path, name: str) -> Path:
    """Where a file that belongs to no one form lies (the review profile, the 对照表): in the folder, else with goalgen."""
    return next((place / name for place in (folder, *BUILT_IN) if (place / name).is_file()), folder / name)


def names(folder: Path, files: Files = DISK) -> list[str]:
    """The forms there are, by name: specs with a Word file of the same name beside them."""
    places = ((folder, files), *((place, DISK) for place in BUILT_IN))
    found = ((place, where, name) for place, where in places for name in _specs(place, where))
    return sorted({name for place, where, name in found if where.is_file(place / f"{name}.docx")})


def _specs(folder: Path, files: Files) -> set[str]:
    return {spec.stem for spec in files.matching(folder, "*.yaml") if files.is_file(spec)}


def load(spec: Path, label: str = "", files: Files = DISK) -> Form:
    """The form a spec file describes; `label` is the file name to report. Raises GoalgenError with every fault of it."""
    label = label or spec.as_posix()
    try:
        data = files.read(spec, source.MAX_BYTES + 1)
    except OSError as error:
        why, hint = refusal(error)
        raise GoalgenError([Problem("S05", f"表样说明读不到：{why}", Place(label), hint)]) from error
    name = cache.key("spec", data)
    kept = cache.get(name)
    if kept is None:
        kept = json.dumps(_values(data, label), ensure_ascii=False).encode()
        cache.put(name, kept)
    return _form(json.loads(kept), spec.parent)


def _values(data: bytes, label: str) -> Mapping[str, Any]:
    """What a spec file says, by the keys of SPEC. Raises GoalgenError."""
    document = source.read(data, label)
    reader = Reader(label)
    values = reader.value(document.root, SPEC) if document.root is not None else None
    if values is not None and document.root is not None and not reader.problems:
        _check_spec(reader, document.root, values)
    problems = [*document.problems, *reader.problems]
    if errors_in(problems) or values is None:
        raise GoalgenError(
            problems or [Problem("Y09", "表样说明是空的", Place(label, 1, 1), "照自带的 form_2020.yaml 写")]
        )
    found: Mapping[str, Any] = values
    return found


_Fault: TypeAlias = tuple[str, str, str]
"""The path of a value in the spec, what is wrong with it, and the way to mend it."""


def _check_spec(reader: Reader, root: source.Node, values: Mapping[str, Any]) -> None:
    """What the shape alone cannot say, as D05 at its place."""
    for path, message, hint in (*_wrong_date_format(values), *_wrong_names(values), *_wrong_required(values)):
        place = Origin(reader.file, root).place(path) if isinstance(root, source.Mapping) else Place(reader.file)
        reader.problems.append(Problem("D05", message, place, hint, field=path))


def _wrong_date_format(values: Mapping[str, Any]) -> Iterator[_Fault]:
    try:
        values["日期格式"].format(年=2020, 月=2, 日=10)
    except (KeyError, IndexError, ValueError, AttributeError):
        hint = '只用 {年}、{月}、{日}，例如 "{年}年{月}月{日}日"'
        yield "日期格式", f"“{values['日期格式'][:40]}”不是日期格式", hint


def _wrong_names(values: Mapping[str, Any]) -> Iterator[_Fault]:
    tree: Mapping[str, Mapping[str, str] | None] = values["绩效指标"]
    for first in tree:
        if not tree[first]:
            yield f"绩效指标.{first}", f"“{first}”下面没有二级指标", "写上二级指标，或删掉这一行"
    groups = [(f"绩效指标.{first}.{second}", second) for first in tree for second in tree[first] or ()]
    for path, name in _repeated(groups):
        yield path, f"二级指标“{name}”用了两次", "项目文件里靠名称区分，请改名"
    for block in ("项目概况", "项目资金"):
        rows = [(f"{block}.行.{n}.键", row["键"]) for n, row in enumerate(values[block]["行"])]
        for path, name in _repeated(rows):
            yield path, f"键“{name}”用了两次", "项目文件里靠键区分，请改名"


def _wrong_required(values: Mapping[str, Any]) -> Iterator[_Fault]:
    known = [*_PROJECT_KEYS, values["项目类型"]["键"]]
    for n, name in enumerate(values.get("必填") or ()):
        if name not in known:
            yield f"必填.{n}", f"“必填”里的“{name}”不是项目文件的键", suggest(name, known)


_PROJECT_KEYS: Final = (
    *("编号", "项目名称", "预算单位", "项目概况", "项目资金", "总体目标", "绩效指标"),
    *("中长期年限", "填报人", "联系电话", "填报日期"),
)


def _repeated(named: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The (path, name) pairs whose name an earlier one has."""
    seen: set[str] = set()
    return [pair for pair in named if pair[1] in seen or seen.add(pair[1])]  # type: ignore[func-returns-value]


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
        required=tuple(values.get("必填") or ()),
        category=_field(values["项目类型"]),
        overview_label=values["项目概况"]["标签"],
        overview=tuple(map(_field, values["项目概况"]["行"])),
        funding_label=values["项目资金"]["标签"],
        funding=tuple(_funding_line(row) for row in values["项目资金"]["行"]),
        goals_label=values["总体目标"]["标签"],
        goals={horizon: values["总体目标"]["栏"][horizon.value] for horizon in HORIZONS},
        groups={first: tuple(seconds) for first, seconds in tree.items()},
        group_help={group: text or "" for seconds in tree.values() for group, text in seconds.items()},
        merged=tuple(values.get("合并列") or ()),
    )


def _field(row: Mapping[str, Any]) -> Field:
    return Field(
        key=row["键"],
        label=row["标签"],
        help=row.get("说明") or "",
        example=row.get("例") or "",
        options=tuple(row.get("选项") or ()),
        many="是" in (row.get("多选") or ()),
    )


def _funding_line(row: Mapping[str, Any]) -> FundingLine:
    labels = {horizon: row["标签"][horizon.value] for horizon in HORIZONS}
    return FundingLine(row["键"], labels, row.get("说明") or "", row.get("例") or "")
