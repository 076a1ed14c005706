"""Read and check a form pack's spec, `templates/<表样>.yaml`, and make the Form it describes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from goalgen import source
from goalgen.errors import GoalgenError, Place, Problem, errors_in
from goalgen.forms.blocks.block import Block, Fault, Look, role_of
from goalgen.forms.blocks.detail_table import DetailTable
from goalgen.forms.blocks.fields import Fields
from goalgen.forms.blocks.indicator_table import IndicatorTable
from goalgen.forms.blocks.money_table import MoneyTable
from goalgen.forms.blocks.records import item_of
from goalgen.forms.form import MONEY_UNITS, Form
from goalgen.forms.formulas import Rounding
from goalgen.forms.item import Kind, Role
from goalgen.forms.project import CODE_KEY
from goalgen.forms.shape import NOTES_KEY
from goalgen.source.nodes import Origin
from goalgen.source.shapes import Choice, Key, Named, Number, Sorts, Table, Text
from goalgen.source.validating import Reader
from goalgen.word.binding.bound import Pages

BLOCKS: Final[Mapping[str, type[Block]]] = {
    sort.SORT: sort for sort in (Fields, MoneyTable, DetailTable, IndicatorTable)
}
"""The kinds of blocks by the word of the spec (`类`)."""
STAGES: Final = ("申报", "调整", "监控", "自评", "整体")
_ROUNDINGS: Final = ("四舍五入", "截断")
SPEC_SHAPE: Final = Table(
    {
        "表样": Key(Text(), "表样的名字，和文件名一样", "form_2020", True),
        "名称": Key(Text(), "表的名称，印在表头", "专项资金绩效目标申报表", True),
        "说明": Key(Text(), "这是哪里、哪一年的表"),
        "阶段": Key(Choice(STAGES), "在哪个环节填，不写是申报"),
        "依据": Key(Text(), "哪个文件的附表", "财预〔2015〕88号"),
        "模板": Key(Text(), "Word 模板的文件名", "form_2020.docx", True),
        "金额单位": Key(Choice(MONEY_UNITS), "项目文件和表上的金额用什么单位", "万元", True),
        "中长期年数": Key(Number(1), "中长期目标管几年", "3"),
        "已选": Key(Text(), "选中的框印什么", "☑", True),
        "未选": Key(Text(), "没有选的框印什么", "□", True),
        "日期格式": Key(Text(), "日期怎样印", '"{年}年{月}月{日}日"', True),
        "执行率小数": Key(Number(), "执行率保留几位小数，不写是 2", "2"),
        "得分小数": Key(Number(), "得分保留几位小数，不写是 2", "2"),
        "取整": Key(Choice(_ROUNDINGS), "多出的小数怎样去掉，不写是四舍五入"),
        "权重合计": Key(Number(1), "各指标的权重合计应是多少", "90"),
        "例": Key(Table({NOTES_KEY: Key(Text())}), "不在表上的例子", "{变更说明: 面积增加}"),
        "块": Key(
            Named("块", Sorts("类", {sort: block.SPEC for sort, block in BLOCKS.items()})),
            "表上的各块，按印刷的次序",
            required=True,
        ),
        "合订本页码": Key(Choice(tuple(pages.value for pages in Pages)), "合订本里页码数什么，不写是每张表"),
    }
)
"""The shape of a form pack's spec, `templates/<表样>.yaml`."""
_OLD_KEYS: Final = ("项目类型", "项目概况", "项目资金", "总体目标", "绩效指标", "合并列")
"""Keys that stood at the top of a spec before there were blocks."""


def spec_values(data: bytes, label: str) -> Mapping[str, Any]:
    """Read a spec file and return its values by the keys of SPEC_SHAPE; `label` is the file name to report.

    Raises GoalgenError with every fault of the file.
    """
    document = source.read(data, label)
    root = document.root
    if isinstance(root, source.Mapping) and root.get("块") is None:
        _refuse_old_shape(root, label)
    reader = Reader(label)
    values = reader.value(root, SPEC_SHAPE) if root is not None else None
    if isinstance(values, Mapping) and isinstance(root, source.Mapping):
        _check_spec(reader, root, values)
    problems = [*document.problems, *reader.problems]
    if errors_in(problems) or values is None:
        raise GoalgenError(
            problems or [Problem("Y09", "表样说明是空的", Place(label, 1, 1), "照自带的 form_2020.yaml 写")]
        )
    found: Mapping[str, Any] = values
    return found


def _refuse_old_shape(root: source.Mapping, label: str) -> None:
    """Raise GoalgenError for a spec as it was written before there were blocks: one problem instead of one for each key."""
    old = next((key for key, _ in root.entries if key.text in _OLD_KEYS), None)
    if old is not None:
        message = f"“{old.text}”是以前的写法，现在各栏都写在“块”里"
        hint = "照自带的 form_2020.yaml 改；docs/forms.md 说明每个键"
        raise Problem("D05", message, Place(label, old.line, old.column), hint).error()


def _check_spec(reader: Reader, root: source.Mapping, values: Mapping[str, Any]) -> None:
    """Add what the shape alone cannot find to the reader's problems, as D05 at its place; parts with faults are left out."""
    failed = [problem.field for problem in reader.problems]
    blocks = {
        key: given
        for key, given in (values.get("块") or {}).items()
        if given is not None and not any(f"{field}.".startswith(f"块.{key}.") for field in failed)
    }
    faults = [fault for key, given in blocks.items() for fault in BLOCKS[given["类"][0]].faults(f"块.{key}", given)]
    faults += _wrong_date_format(values)
    faults += (*_wrong_keys(blocks), *_wrong_roles(blocks), *_wrong_labels(blocks))
    if not failed:
        roles_told = any(path.endswith(".角色") for path, _, _ in faults)
        faults += (*(() if roles_told else _missing_fields(blocks)), *_wrong_settings(values))
    for path, message, hint in dict.fromkeys(faults):
        place = Origin(reader.file, root).place(path)
        reader.problems.append(Problem("D05", message, place, hint, field=path))
    reader.problems.sort(key=lambda problem: (problem.place.line, problem.place.column))


def _wrong_date_format(values: Mapping[str, Any]) -> Iterator[Fault]:
    text = values.get("日期格式") or ""
    try:
        text.format(年=2020, 月=2, 日=10)
    except (KeyError, IndexError, ValueError, AttributeError):
        hint = '只用 {年}、{月}、{日}，例如 "{年}年{月}月{日}日"'
        yield "日期格式", f"“{text[:40]}”不是日期格式", hint


def _fields(blocks: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], Mapping[str, Any]]]:
    """Yield the path of every field in the 栏目 of a spec, what the spec says of it, and of its block."""
    for key, given in blocks.items():
        for n, row in enumerate(given["行"] if given["类"][0] == Fields.SORT else ()):
            yield f"块.{key}.行.{n}", row, given


def _wrong_keys(blocks: Mapping[str, Any]) -> Iterator[Fault]:
    """Tell of keys that meet at the top of a project file, or in the template's names."""
    seen: dict[str, str] = {"年度": "年度"}
    top = [(path, row["键"]) for path, row, given in _fields(blocks) if "是" in (given.get("顶层") or ())]
    for key, given in blocks.items():
        if "." in key:
            yield f"块.{key}", f"块的键“{key}”里有句点", "句点用来分开各层的键，换一个字"
        if "是" not in (given.get("顶层") or ()):
            top.append((f"块.{key}", key))
        loop = given.get("循环") or (f"{key}行" if given["类"][0] in (DetailTable.SORT, IndicatorTable.SORT) else "")
        if loop:
            top.append((f"块.{key}", loop))
    for path, key in top:
        if seen.setdefault(key, path) != path:
            yield path, f"“{key}”用了两次", "项目文件里靠键区分，请改名"
        if not key.replace(".", "").isidentifier():  # a dot is told elsewhere
            hint = "键只用汉字、字母、数字，不用数字开头；表上的字写在“标签”里"
            yield path, f"“{key}”不能做模板里的名称", hint


def _missing_fields(blocks: Mapping[str, Any]) -> Iterator[Fault]:
    """Tell of fields that every form has: a project is known by its 编号 and its name."""
    fields = list(_fields(blocks))
    top = (row for _, row, given in fields if "是" in (given.get("顶层") or ()))
    if not any(row["键"] == CODE_KEY and item_of(row).kind is Kind.CODE for row in top):
        yield "块", "没有“编号”这一项", "在顶层的栏目里加一行 - {键: 编号, 值: 编号, 必填: 是, 印: 否}"
    if not any(role_of(row) is Role.NAME for _, row, _ in fields):
        yield "块", "没有一项的角色是“名称”", "给项目名称加上 角色: 名称"


def _wrong_roles(blocks: Mapping[str, Any]) -> Iterator[Fault]:
    """Tell of a role that two fields have: the goals apart, nobody could tell which is meant."""
    seen: dict[tuple[bool, Role], str] = {}
    for path, row, given in _fields(blocks):
        role = role_of(row)
        if role is not None:
            other = seen.setdefault((role_of(given) is Role.GOAL, role), row["键"])
            if other != row["键"]:
                yield f"{path}.角色", f"角色“{role.value}”已经给了“{other}”", "一个角色只给一处"


def _wrong_labels(blocks: Mapping[str, Any]) -> Iterator[Fault]:
    """Tell of a label that fields of two blocks share."""
    seen: dict[str, tuple[str, str]] = {}
    for path, row, _ in _fields(blocks):
        item = item_of(row)
        block = path.split(".")[1]
        other = seen.setdefault(item.label(), (block, item.key))
        if item.printed and other[0] != block:
            at = f"{path}.标签" if row.get("标签") else f"{path}.键"
            yield at, f"标签“{item.label()}”已经给了“{other[0]}”里的“{other[1]}”", "表上两格的标签要能区分，请改标签"


def _wrong_settings(values: Mapping[str, Any]) -> Iterator[Fault]:
    """Tell of settings of the form as a whole that its blocks ask for, or have no use for."""
    blocks = values["块"]
    years = any(item_of(row).kind is Kind.YEARS and role_of(row) is Role.MEDIUM for _, row, _ in _fields(blocks))
    if years and not values.get("中长期年数"):
        yield "块", "有中长期年限，却没有写“中长期年数”", "在“块”上面加一行 中长期年数: 3"
    columns = [column for given in blocks.values() for column in given.get("列") or ()]
    if values.get("权重合计") and not any(role_of(column) is Role.WEIGHT for column in columns):
        yield "权重合计", "没有一列的角色是“权重”", "给权重一列加上 角色: 权重，或删掉“权重合计”"


def form_of(values: Mapping[str, Any], folder: Path) -> Form:
    """Make the Form that the values of a spec describe; `folder` is where the spec and its template lie."""
    blocks = tuple(BLOCKS[given["类"][0]].made(key, given) for key, given in values["块"].items())
    rate, score = (2 if values.get(key) is None else values[key] for key in ("执行率小数", "得分小数"))
    rounding = Rounding(rate, score, (values.get("取整") or _ROUNDINGS)[0] == _ROUNDINGS[1])
    unit = values["金额单位"][0]
    return Form(
        id=values["表样"],
        title=values["名称"],
        folder=folder,
        template=folder / values["模板"],
        blocks=blocks,
        look=Look(values["已选"], values["未选"], values["日期格式"], unit, rounding),
        stage=(values.get("阶段") or STAGES)[0],
        source=values.get("依据") or "",
        help=values.get("说明") or "",
        medium_years=values.get("中长期年数") or 1,
        note_example=(values.get("例") or {}).get(NOTES_KEY) or "",
        weights=Decimal(values["权重合计"]) if values.get("权重合计") else None,
        pages=Pages((values.get("合订本页码") or (Pages.FORM.value,))[0]),
    )
