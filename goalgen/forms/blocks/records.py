"""Read the records of a spec (fields, rows, columns) into items, and find what is wrong with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from goalgen.forms.blocks.block import Fault, role_of, yes
from goalgen.forms.formulas import ARGUMENTS, formula_in, loop_in
from goalgen.forms.item import Item, Kind, Printing, Role
from goalgen.source.shapes import Choice, Either, Key, Named, Number, Rows, Table, Text
from goalgen.text.likeness import suggest

YES_NO: Final = Choice(("是", "否"))
WORDS: Final = Rows(Text())
ROLES: Final = Choice(tuple(role.value for role in Role))
RECORD: Final = Table(
    {
        "键": Key(Text(), "项目文件里的键", "立项依据", True),
        "标签": Key(Either(Named("列", Text())), "表上印的字，不写就是键；各列不同的写 {列: 字}", "立项依据"),
        "值": Key(Choice(tuple(kind.value for kind in Kind)), "值是什么，不写是文字；金额表里是金额"),
        "选项": Key(WORDS, "表上打勾的各项", "[因素法, 项目法]"),
        "多选": Key(YES_NO, "可以勾几项"),
        "必填": Key(YES_NO, "项目文件（或 projects.yaml 的“共用”）里一定要有"),
        "共用": Key(YES_NO, "可以写在 projects.yaml 里，各项目共用"),
        "角色": Key(ROLES, "它是什么；审核规则、对照、顺延都按角色找它"),
        "算": Key(Text(), "由程序算出", "和(财政拨款, 其他资金)"),
        "自动": Key(YES_NO, "项目文件里没有写时，印算出来的数"),
        "取自": Key(Text(), "与别处的值相同", "上年.资金.年度"),
        "印": Key(Choice(tuple(way.value for way in Printing)), "否：表上没有这一格；起止：年限印成起、止两格"),
        "曾用": Key(WORDS, "以前的表上用过的键，对照时认作同一项"),
        "字数": Key(Number(1), "最多几个字", "450"),
        "说明": Key(Text(), "填什么；编辑器里的提示、goalgen new 里的注释"),
        "例": Key(Either(Named("列", Text())), "填写的例子；各列不同的写 {列: 例}；{年}、{末年}、{上年} 换成年份"),
        "只": Key(WORDS, "只在这些行上算", "[总额]"),
        "否则": Key(Text(), "不算的行上印什么", "—"),
        "同行": Key(YES_NO, "goalgen form template 把它和上一项排在一行"),
        "名称前": Key(YES_NO, "goalgen form template 把指标表的这一列排在指标名称前面"),
        "宽": Key(Number(1), "goalgen form template 给这一列留几个字宽，不写按值的种类"),
    }
)
"""What the spec may say of a field, a row or a column."""


def item_of(given: Mapping[str, Any], usual: Kind = Kind.TEXT) -> Item:
    """Make the item that a record of the spec describes; `usual` is its kind where the record says none."""
    text = given.get("算")
    return Item(
        key=given["键"],
        kind=kind_of(given, usual),
        labels=_by_column(given.get("标签")),
        options=tuple(given.get("选项") or ()),
        required=yes(given, "必填"),
        shared=yes(given, "共用"),
        role=role_of(given),
        formula=formula_in(text) if text else None,
        automatic=yes(given, "自动"),
        taken_from=given.get("取自") or "",
        printing=Printing((given.get("印") or ("是",))[0]),
        formerly=tuple(given.get("曾用") or ()),
        most=given.get("字数") or 0,
        help=given.get("说明") or "",
        examples=_by_column(given.get("例")),
        only=tuple(given.get("只") or ()),
        otherwise=given.get("否则") or "",
        beside=yes(given, "同行"),
        width=given.get("宽") or 0,
        ahead=yes(given, "名称前"),
    )


def _by_column(said: str | Mapping[str, str | None] | None) -> dict[str, str]:
    """Read words that may differ by column; those for all columns stand under ""."""
    if isinstance(said, str):
        return {"": said}
    return {column: word for column, word in (said or {}).items() if word}


def kind_of(given: Mapping[str, Any], usual: Kind) -> Kind:
    """Return the kind of a record: as it says, by its options, or else the usual one."""
    if given.get("值"):
        kind = Kind(given["值"][0])
        return Kind.CHOICES if kind is Kind.CHOICE and yes(given, "多选") else kind
    if given.get("选项") is not None:
        return Kind.CHOICES if yes(given, "多选") else Kind.CHOICE
    if given.get("算") and not given["算"].startswith("和"):
        return Kind.SCORE if "得分" in given["算"] else Kind.TEXT
    return usual


def record_faults(path: str, records: Sequence[Mapping[str, Any]], roles: Iterable[Role]) -> Iterator[Fault]:
    """Tell what is wrong with records that stand beside each other; `roles` are those that such a record may have."""
    allowed = tuple(roles)
    if not records:
        yield path, f"“{path.rpartition('.')[2]}”是空的", "写上各项，或删掉这一块"
    keys = Counter[str]()
    for n, given in enumerate(records):
        at, key = f"{path}.{n}", given["键"]
        keys[key] += 1
        if keys[key] > 1:
            yield f"{at}.键", f"键“{key}”用了两次", "项目文件里靠键区分，请改名"
        if "." in key:
            yield f"{at}.键", f"键“{key}”里有句点", "句点用来分开各层的键，换一个字"
        if n == 0 and yes(given, "同行"):
            yield f"{at}.同行", "第一项前面没有别的项，不能同行", "删掉，或写在下一项上"
        yield from _option_faults(at, given)
        role = role_of(given)
        if role and role not in allowed:
            fitting = "、".join(one.value for one in allowed)
            yield f"{at}.角色", f"“{role.value}”不是这里的角色", f"可写{fitting}"


def _option_faults(at: str, given: Mapping[str, Any]) -> Iterator[Fault]:
    options = given.get("选项")
    kind = kind_of(given, Kind.TEXT)
    if options is not None and not options:
        yield f"{at}.选项", f"“{given['键']}”的选项是空的", "写上表上打勾的各项，例如 [是, 否]"
    elif kind.is_ticked and options is None:
        yield f"{at}.值", f"“{given['键']}”没有写选项", "加一行 选项: [甲, 乙]"
    elif options and not kind.is_ticked:
        yield f"{at}.值", f"“{given['键']}”有选项，值却是{kind.value}", "写 值: 选项，或删掉“值”"
    for word, count in Counter(options or ()).items():
        if count > 1:
            yield f"{at}.选项", f"选项“{word}”写了两次", "留下一个"


def formula_faults(
    path: str, records: Sequence[Mapping[str, Any]], names: Sequence[str], what: str, allowed: Sequence[str]
) -> Iterator[Fault]:
    """Tell what is wrong with the formulas of records; they may name `names` (called `what` to a person) and be of `allowed`."""
    reads: dict[str, tuple[str, ...]] = {}
    places: dict[str, str] = {}
    for n, given in enumerate(records):
        text = given.get("算")
        if not text:
            continue
        at = f"{path}.{n}.算"
        formula = formula_in(text)
        if formula is None or formula.name not in allowed:
            said = "、".join(f"{name}({ARGUMENTS[name]})" if ARGUMENTS[name] else name for name in allowed)
            yield at, f"“{text[:40]}”不是这里能用的算法", f"可写 {said}" if said else "这里不能写“算”"
            continue
        for word in formula.cells:
            if word not in names:
                yield (
                    at,
                    f"“{text[:40]}”里的“{word}”不是{what}",
                    suggest(word, names) or f"{what}有：{'、'.join(names)}",
                )
        reads[given["键"]], places[given["键"]] = formula.cells, at
    ring = loop_in(reads)
    if ring:
        yield places[ring[0]], f"算来算去成了圈：{' → '.join(ring)}", "改掉其中一个算法"


def label_faults(path: str, records: Sequence[Mapping[str, Any]], column: str = "") -> Iterator[Fault]:
    """Tell of labels that two records share, in a column of the form: nobody could tell their cells apart."""
    first: dict[str, str] = {}
    for n, given in enumerate(records):
        item = item_of(given)
        if not item.printed:
            continue
        other = first.setdefault(item.label(column), item.key)
        if other != item.key:
            at = f"{path}.{n}.标签" if given.get("标签") else f"{path}.{n}.键"
            yield at, f"标签“{item.label(column)}”已经给了“{other}”", "表上两格的标签要能区分，请改标签"


def role_faults(named: Iterable[tuple[str, Role | None]]) -> Iterator[Fault]:
    """Tell of roles that are used twice among (path, role) pairs."""
    seen: set[Role] = set()
    for path, role in named:
        if role in seen and role is not None:
            yield f"{path}.角色", f"角色“{role.value}”用了两次", "一个角色只给一处"
        elif role is not None:
            seen.add(role)
