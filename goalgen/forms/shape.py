"""Make the shape of a project file under a form: its keys, what each may hold, help and examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from goalgen.forms.form import Field, Form, FundingLine
from goalgen.forms.project import HORIZONS, Horizon
from goalgen.source.shapes import Choice, Code, Date, Key, Money, Notes, Rows, Shape, Table, Text, Years

SHARED_WORDS: Final = ("预算单位", "中长期年限", "填报人", "联系电话", "填报日期")
"""The keys that a project file and projects.yaml both may hold; a project's own value wins."""

FOOT_KEYS: Final = SHARED_WORDS[1:]
"""Those of them that stand at the end of a project file."""


def shared_keys(year: int, examples: Mapping[str, str] | None = None) -> dict[str, Key]:
    """Return what the shared keys may hold in a budget year; `examples` are a form's, by path (`Form.dated_examples`)."""
    said = examples or {}
    day, years = said.get("填报日期", f"{year}-02-10"), said.get("中长期年限", f"{year}-{year + 2}")
    first, _, last = years.partition("-")
    return {
        "预算单位": Key(Text(), "填报单位的全称，与单位公章一致", said.get("预算单位", "")),
        "中长期年限": Key(
            Years(years), f"中长期目标的起止年，印作“中长期目标（{first}年-{last}年）”；不写就从年度起算", years
        ),
        "填报人": Key(Text(), "填表人姓名", said.get("填报人", "")),
        "联系电话": Key(Text(), "填报人的电话；公开的表不要写手机号", said.get("联系电话", "")),
        "填报日期": Key(Date(day), "填表的那一天，印作某年某月某日", day),
    }


NOTES_KEY: Final = "变更说明"
"""The key for why something is not what it was in the year (or draft) before; not printed on the form."""


def project_shape(form: Form, year: int = 2020) -> Table:
    """Return the shape of a project file under a form: keys in the form's order, examples of a budget year."""
    said = form.dated_examples(year)
    shared = shared_keys(year, said)
    panels = {
        horizon.value: Key(Table({line.key: _money(form, horizon, line, said) for line in form.funding}))
        for horizon in HORIZONS
    }
    overview = {line.key: _ticked(line, said.get(f"项目概况.{line.key}", "")) for line in form.overview}
    goals = {
        horizon.value: Key(
            Text(), f"{horizon.value}目标：指向明确、细化量化、合理可行", said.get(f"总体目标.{horizon.value}", "")
        )
        for horizon in HORIZONS
    }
    groups = {
        group: Key(Rows(INDICATOR_SHAPE), form.group_help[group], said.get(f"绩效指标.{group}", ""))
        for group in form.all_groups
    }
    table = Table(
        {
            "编号": Key(Code(), "项目的编号，逐年不变，文件名和年度对比都靠它", said.get("编号", ""), True),
            "项目名称": Key(Text(), "一张表一个项目", said.get("项目名称", ""), True),
            "预算单位": shared["预算单位"],
            form.category.key: _ticked(form.category, said.get(form.category.key, "")),
            "项目概况": Key(Table(overview), "没有的写“无”，不要空着"),
            "项目资金": Key(Table(panels), f"单位{form.money_unit}，只写数字"),
            "总体目标": Key(Table(goals), "中长期和年度各一段"),
            "绩效指标": Key(Table(groups), "每个指标一行：指标、中长期值、年度值"),
            **{key: shared[key] for key in FOOT_KEYS},
        }
    )
    return Table({**table.keys, NOTES_KEY: Key(_notes(table, form), _NOTES_HELP, said.get(NOTES_KEY, ""))})


_NOTES_HELP: Final = "与上年（或上一稿）不同的原因，一段话，或分字段写；不印在表上，goalgen diff 的对照表列出"


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
        "指标": Key(Text(), "三级指标的名称", "", True),
        "中长期": Key(Text(), "中长期指标值；不写这个键，中长期一侧就不印这个指标"),
        "年度": Key(Text(), "年度指标值；不写这个键，年度一侧就不印这个指标"),
    }
)


def _money(form: Form, horizon: Horizon, line: FundingLine, said: Mapping[str, str]) -> Key:
    return Key(Money(), f"{line.help}（{form.money_unit}）", said.get(f"项目资金.{horizon.value}.{line.key}", ""))


def _ticked(line: Field, example: str) -> Key:
    kind: Shape = Choice(line.options, line.many) if line.options else Text()
    return Key(kind, line.help, example)
