"""Read and check a form pack's spec, `templates/<表样>.yaml`, and make the Form it describes."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from goalgen import source
from goalgen.errors import GoalgenError, Place, Problem, errors_in
from goalgen.forms.form import Field, Form, FundingLine
from goalgen.forms.project import HORIZONS
from goalgen.source.nodes import Origin
from goalgen.source.shapes import Choice, Key, Named, Number, Rows, Table, Text
from goalgen.source.validating import Reader
from goalgen.text.likeness import suggest
from goalgen.word.binding.bound import Pages

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
SPEC_SHAPE: Final = Table(
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
        "合订本页码": Key(Choice(tuple(pages.value for pages in Pages))),
    }
)
"""The shape of a form pack's spec, `templates/<表样>.yaml`."""


def spec_values(data: bytes, label: str) -> Mapping[str, Any]:
    """Read a spec file and return its values by the keys of SPEC_SHAPE; `label` is the file name to report.

    Raises GoalgenError with every fault of the file.
    """
    document = source.read(data, label)
    reader = Reader(label)
    values = reader.value(document.root, SPEC_SHAPE) if document.root is not None else None
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
    """Add what the shape alone cannot find to the reader's problems, as D05 at its place."""
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
    """Return the (path, name) pairs whose name an earlier one has."""
    seen: set[str] = set()
    return [pair for pair in named if pair[1] in seen or seen.add(pair[1])]  # type: ignore[func-returns-value]


def form_of(values: Mapping[str, Any], folder: Path) -> Form:
    """Make the Form that the values of a spec describe; `folder` is where the spec and its template lie."""
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
        pages=Pages((values.get("合订本页码") or (Pages.FORM.value,))[0]),
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
