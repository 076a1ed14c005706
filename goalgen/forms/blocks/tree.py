"""Read the tree of an 指标表, 一级 over 二级指标, with the rows that the form itself prints; find what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, NamedTuple

from goalgen.forms.blocks.block import Fault, yes
from goalgen.forms.blocks.records import WORDS, YES_NO, item_of
from goalgen.forms.item import GROUP_ROLES, Item, Kind
from goalgen.forms.project import Row, Value
from goalgen.source import shapes
from goalgen.source.shapes import MONEY_PATTERN, Amount, Either, Key, Named, Rows, Table
from goalgen.source.writing import scalar
from goalgen.text.likeness import suggest

NAME_KEY: Final = "指标"
"""The key of a 三级指标's name in a row."""

_GROUP: Final = Table(
    {
        "标签": Key(shapes.Text(), "表上印的字，不写就是键"),
        "角色": Key(shapes.Choice(tuple(role.value for role in GROUP_ROLES)), "它是哪一方面的指标"),
        "曾用": Key(WORDS, "以前的表上用过的名称"),
        "说明": Key(shapes.Text(), "填什么"),
        "例": Key(Named("列", shapes.Text()), "一行指标的例子", "{指标: 督查次数, 年度: ≥30次}"),
        "固定行": Key(
            Rows(Named("列", shapes.Text())), "表上印好的指标，一行一个；空着的列由项目填", "[{指标: 资金到位率}]"
        ),
        "必填": Key(YES_NO, "固定行都要填"),
    }
)
TREE: Final = Key(Named("一级指标", Named("二级指标", Either(_GROUP))), "一级指标 → 二级指标", required=True)


class Group(NamedTuple):
    """Describe a 二级指标: what it is, its 一级指标, and the rows that the form itself prints (`fixed`)."""

    item: Item
    first: str
    fixed: tuple[Row, ...] = ()

    @property
    def key(self) -> str:
        """Return its key."""
        return self.item.key


def filled(fixed: Row, own: Sequence[Row]) -> Row:
    """Fill a row of the form with what the project writes under the same name, where the form leaves a cell open."""
    written = next((row.cells for row in own if row.name == fixed.name), {})
    return fixed._replace(cells={**written, **fixed.cells})


def groups_of(given: Mapping[str, Any]) -> Iterator[Group]:
    """Read the 二级指标 of a spec in printed order."""
    kinds = {column["键"]: item_of(column).kind for column in given["列"]}
    for first, seconds in given["体系"].items():
        for key, said in (seconds or {}).items():
            about: Mapping[str, Any] = {"说明": said} if isinstance(said, str) else said or {}
            item = item_of({"键": key, **about, "必填": None, "例": _example(about.get("例"))})
            item = item._replace(required=yes(about, "必填"))
            fixed = tuple(_fixed_row(key, row, kinds) for row in about.get("固定行") or ())
            yield Group(item, first, fixed)


def _example(row: Mapping[str, str | None] | None) -> str:
    """Write the example of a 二级指标 as a row of a project file."""
    return "{" + ", ".join(f"{key}: {scalar(text or '', True)}" for key, text in row.items()) + "}" if row else ""


def _fixed_row(group: str, given: Mapping[str, str | None], kinds: Mapping[str, Kind]) -> Row:
    cells: dict[str, Value] = {
        key: Amount(text, Decimal(text)) if kinds[key].is_number else text
        for key, text in given.items()
        if key != NAME_KEY and text
    }
    return Row(group, given.get(NAME_KEY) or "", cells)


def tree_faults(path: str, given: Mapping[str, Any]) -> Iterator[Fault]:
    """Tell what is wrong with the tree; `path` is its place in the spec, `given` what the spec says of the table."""
    tree = given["体系"]
    columns = {NAME_KEY: Kind.TEXT, **{column["键"]: item_of(column).kind for column in given["列"]}}
    seen: set[str] = set()
    for first, seconds in tree.items():
        if not seconds:
            yield f"{path}.{first}", f"“{first}”下面没有二级指标", "写上二级指标，或删掉这一行"
        for key, said in (seconds or {}).items():
            at = f"{path}.{first}.{key}"
            if key in seen:
                yield at, f"二级指标“{key}”用了两次", "项目文件里靠名称区分，请改名"
            if "." in key:
                yield at, f"键“{key}”里有句点", "句点用来分开各层的键，换一个字"
            seen.add(key)
            about: Mapping[str, Any] = said if isinstance(said, Mapping) else {}
            yield from _fixed_faults(at, about.get("固定行") or (), columns)
            for word in about.get("例") or ():
                if word not in columns:
                    yield (
                        f"{at}.例.{word}",
                        f"没有“{word}”这一列",
                        suggest(word, columns) or f"列有：{'、'.join(columns)}",
                    )


def _fixed_faults(path: str, rows: Sequence[Mapping[str, str | None]], columns: Mapping[str, Kind]) -> Iterator[Fault]:
    for n, row in enumerate(rows):
        at = f"{path}.固定行.{n}"
        if not row.get(NAME_KEY):
            yield at, "固定行没有写指标", "写成 {指标: 资金到位率, …}"
        for word, text in row.items():
            if word not in columns:
                yield f"{at}.{word}", f"没有“{word}”这一列", suggest(word, columns) or f"列有：{'、'.join(columns)}"
            elif text and columns[word].is_number and not re.fullmatch(MONEY_PATTERN, text, re.ASCII):
                yield f"{at}.{word}", f"“{text[:40]}”不是数", "只写数字，例如 5"
