"""Look up the words of official forms: what a label, a heading or a 二级指标 is, whatever a place calls it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from typing import Any, Final, NamedTuple

from goalgen import source
from goalgen.errors import GoalgenError
from goalgen.forms.pack import BUILT_IN_FOLDERS, beside
from goalgen.source.shapes import Key, Named, Rows, Table, Text
from goalgen.source.validating import Reader

FILE: Final = "words.yaml"
"""The table of words, beside goalgen's own packs."""
_WORDS: Final = Key(Rows(Text()), required=True)
_ABOUT: Final = ("名", "键", "角色", "值", "位", "算", "必填", "共用", "代名称", "止", "合计", "下级")
_ENTRIES: Final = Key(Rows(Table({**{word: Key(Text()) for word in _ABOUT}, "又名": Key(Rows(Text()))})), required=True)
_SHAPE: Final = Table(
    {
        **dict.fromkeys(("栏", "金额行", "金额列", "目标", "指标列"), _ENTRIES),
        **dict.fromkeys(("可能性", "合计"), _WORDS),
        **dict.fromkeys(("区", "曾用", "阶段"), Key(Named("词", Rows(Text())), required=True)),
        "二级": Key(Rows(Table({"角色": Key(Text()), "含": _WORDS})), required=True),
    }
)
_NARROW: Final = str.maketrans("()：[]【】", "（）:（）（）")
_NUMBERING: Final = re.compile(
    r"^(?:[★☆*＊※]|其中[：:]?|(?:[一二三四五六七八九十]+|\d{1,2})[、.．]|[（(](?:[一二三四五六七八九十]+|\d{1,2})[)）])"
)
_MOST: Final = re.compile(r"(\d+)字(?:以?内|以下)?")


class Word(NamedTuple):
    """Hold an official word: `name` is the usual one, `rank` its place in the table, `about` what the table says of it."""

    name: str
    rank: int
    about: Mapping[str, str]

    def get(self, key: str) -> str:
        """Return what the table says under a key, "" for nothing."""
        return self.about.get(key) or ""


def bare(text: str) -> str:
    """Return the words of a label without blanks, lines, and a colon at the end."""
    return re.sub(r"[\s_＿]+", "", text).rstrip("：:")


def plain(text: str) -> str:
    """Return a label by which it is looked up: bare, without numbering and without what it says in brackets."""
    word = bare(text).translate(_NARROW)
    while (match := _NUMBERING.match(word)) and match.end() < len(word):
        word = word[match.end() :]
    return re.sub(r"（[^（）]*）", "", word).rstrip(":") or word


def most(text: str) -> int:
    """Return how many characters a label allows: `（450字内）`; 0 where it says nothing."""
    match = _MOST.search(bare(text))
    return int(match[1]) if match else 0


class Words:
    """Answer what a word is, by the table."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._given = given
        self.chances: Sequence[str] = given["可能性"]

    @cached_property
    def _tables(self) -> Mapping[str, Mapping[str, Word]]:
        found: dict[str, dict[str, Word]] = {}
        for sort in ("栏", "金额行", "金额列", "目标", "指标列"):
            table = found[sort] = {}
            for rank, entry in enumerate(self._given[sort]):
                for name in (entry["名"], *(entry.get("又名") or ())):
                    word = Word(entry["名"], rank, {key: text for key, text in entry.items() if isinstance(text, str)})
                    table.setdefault(bare(name).translate(_NARROW), word)
        return found

    def find(self, sort: str, text: str) -> Word | None:
        """Find a label among the words of a sort (栏, 金额行, …): as it stands, or without what it says in brackets."""
        table = self._tables[sort]
        return table.get(bare(text).translate(_NARROW)) or table.get(plain(text))

    def is_money(self, label: str) -> bool:
        """Tell whether a label alone, as it stands, is a kind of money; 其他 is not."""
        word = self._tables["金额行"].get(label)
        return word is not None and not label.startswith("其")

    def usual(self, sort: str) -> str:
        """Return the usual name of an area of a sort."""
        name: str = self._given["区"][sort][0]
        return name

    def area(self, sort: str, text: str) -> bool:
        """Tell whether a label heads an area of a sort: 资金, 目标, 指标 by the whole word, 明细 and 审核 by a part of it."""
        word, known = plain(text), self._given["区"][sort]
        return any(one in word for one in known) if sort in ("明细", "审核") else word in known

    def group_role(self, text: str) -> str:
        """Return the role of a 二级指标, "" for none."""
        word = plain(text)
        return next((one["角色"] for one in self._given["二级"] if any(part in word for part in one["含"])), "")

    def is_total(self, text: str) -> bool:
        """Tell whether a text heads a row of totals."""
        return plain(text) in self._given["合计"]

    def formerly(self, text: str) -> Sequence[str]:
        """Return what a 二级指标 was called on other forms."""
        return self._given["曾用"].get(text) or ()

    def stage(self, title: str) -> str:
        """Return the stage of the year that a form's title names."""
        found = (stage for stage, parts in self._given["阶段"].items() if any(part in title for part in parts))
        return next(found, "申报")


@cache
def words() -> Words:
    """Read goalgen's table of words. Raises GoalgenError when somebody broke it."""
    path = beside(BUILT_IN_FOLDERS[-1], FILE)
    document = source.read(path.read_bytes(), FILE)
    reader = Reader(FILE)
    values = reader.value(document.root, _SHAPE) if document.root is not None else None
    problems = [*document.problems, *reader.problems]
    if problems or not isinstance(values, dict):
        raise GoalgenError(problems)
    return Words(values)
