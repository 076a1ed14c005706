"""Make the shape of a project file under a form: its keys, what each may hold, help and examples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from goalgen.forms.form import Field, Form
from goalgen.forms.project import HORIZONS
from goalgen.source.shapes import Choice, Code, Date, Key, Money, Notes, Rows, Shape, Table, Text, Years

SHARED_KEYS: Final[dict[str, Key]] = {
    "预算单位": Key(Text(), "填报单位的全称，与单位公章一致", "衡阳市人民政府办公室"),
    "中长期年限": Key(Years(), "中长期目标的起止年，印作“中长期目标（2020年-2022年）”；不写就从年度起算", "2020-2022"),
    "填报人": Key(Text(), "填表人姓名", "刘璐"),
    "联系电话": Key(Text(), "填报人的电话；公开的表不要写手机号", "8861058"),
    "填报日期": Key(Date(), "印作 2020年2月10日", "2020-02-10"),
}
"""Keys that a project file and projects.yaml both may hold; a project's own value wins."""

FOOT_KEYS: Final = tuple(key for key in SHARED_KEYS if key != "预算单位")
"""Those of them that stand at the end of a project file."""

NOTES_KEY: Final = "变更说明"
"""The key for why something is not what it was in the year (or draft) before; not printed on the form."""


def project_shape(form: Form) -> Table:
    """Return the shape of a project file under a form: keys in the form's order."""
    money = {line.key: Key(Money(), f"{line.help}（{form.money_unit}）", line.example) for line in form.funding}
    goals = {horizon.value: Key(Text(), f"{horizon.value}目标：指向明确、细化量化、合理可行") for horizon in HORIZONS}
    groups = {group: Key(Rows(INDICATOR_SHAPE), form.group_help[group]) for group in form.all_groups}
    table = Table(
        {
            "编号": Key(Code(), "项目的编号，逐年不变，文件名和年度对比都靠它", "bao-an-zhuan-fu-jing", True),
            "项目名称": Key(Text(), "一张表一个项目", "大院保安转辅警经费", True),
            "预算单位": SHARED_KEYS["预算单位"],
            form.category.key: _ticked(form.category),
            "项目概况": Key(Table({line.key: _ticked(line) for line in form.overview}), "没有的写“无”，不要空着"),
            "项目资金": Key(_panels(Table(money)), f"单位{form.money_unit}，只写数字"),
            "总体目标": Key(Table(goals), "中长期和年度各一段"),
            "绩效指标": Key(Table(groups), "每个指标一行：指标、中长期值、年度值"),
            **{key: SHARED_KEYS[key] for key in FOOT_KEYS},
        }
    )
    return Table({**table.keys, NOTES_KEY: Key(_notes(table, form), _NOTES_HELP, _NOTES_EXAMPLE)})


_NOTES_HELP: Final = "与上年（或上一稿）不同的原因，一段话，或分字段写；不印在表上，goalgen diff 的对照表列出"
_NOTES_EXAMPLE: Final = "按压减一般性支出的要求下调"


def _notes(table: Table, form: Form) -> Notes:
    """Return what 变更说明 can speak of: every field, and the indicators by name."""
    paths = tuple(paths_of(table))
    return Notes(paths, tuple(f"绩效指标.{group}" for group in form.all_groups))


def paths_of(table: Table, above: str = "") -> Iterator[str]:
    """Return the path of every key of a table and of the tables in it, parents first; `above` is put before each."""
    for name, key in table.keys.items():
        yield f"{above}{name}"
        if isinstance(key.shape, Table):
            yield from paths_of(key.shape, f"{above}{name}.")


INDICATOR_SHAPE: Final = Table(
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
