"""Keep count of a blank that is being learned: every place that a person fills, its tag or why it has none, the blocks so far."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from goalgen.authoring.learning.marks import Mark, Sort, is_ellipsis, is_empty, is_placeholder, label_before, marks
from goalgen.authoring.learning.words import Words, bare, most, plain
from goalgen.word.editing import Cell, Draft, Row, Spot, Table

TOP: Final = ""
"""The key of a block whose fields stand at the top of a project file."""
_SHOWN: Final = 24


@dataclass(eq=False)
class Opening:
    """Is one place that a person fills: its spot, the mark in it, where it stands; its `tag`, or `why` it has none."""

    spot: Spot
    mark: Mark
    where: str
    beside: str = ""
    label: str = ""
    tag: str = ""
    why: str = ""

    @property
    def said(self) -> str:
        """Return where it stands and its words."""
        text = re.sub(r"\s+", " ", self.spot.text).strip()
        shown = f"“{text[:_SHOWN]}{'…' if len(text) > _SHOWN else ''}”" if text else f"{self.beside}的空格"
        if not text or self.mark.sort in (Sort.EMPTY, Sort.PLACEHOLDER):
            return f"{self.where}{shown}"
        return f"{self.where}{shown}里{f'“{self.label}”' if self.label else ''}{self.mark.sort.value}"


@dataclass(eq=False)
class Proposed:
    """Is a block that is proposed: what the spec says of it, by its keys; `top` fields come together in 基本 and 落款."""

    key: str
    given: dict[str, Any]
    top: bool = False


@dataclass(eq=False)
class Loop:
    """Is a row that is printed for every row of a project, in the place of some rows of a blank.

    `over` is the name of the list, `texts` what stands in which cell of the first of the `rows`, `side` its cell that
    goes on from row to row.
    """

    table: Table
    rows: list[Row]
    over: str
    texts: list[tuple[Cell, str]]
    side: Cell | None = None


@dataclass(eq=False)
class Board:
    """Count the openings of a blank; recognisers take them.

    `blocks` are proposed in printed order, `guesses` are told to the person, `unit` is the unit of money that the form
    names, "" where it names none.
    """

    draft: Draft
    words: Words
    openings: list[Opening] = field(default_factory=list)
    blocks: list[Proposed] = field(default_factory=list)
    guesses: list[str] = field(default_factory=list)
    own_words: list[str] = field(default_factory=list)
    unit: str = ""
    labels: set[str] = field(default_factory=set)
    window_wanted: bool = False
    weights: int = 0
    loops: list[Loop] = field(default_factory=list)
    dropped: list[Row] = field(default_factory=list)
    unlike: list[tuple[int, Row, str]] = field(default_factory=list)
    _keys: set[tuple[str, str]] = field(default_factory=lambda: {(TOP, "年度"), (TOP, "编号")})
    _by_spot: dict[int, list[Opening]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        paragraphs = 0
        for part in self.draft.content:
            if isinstance(part, Table):
                for n, row in enumerate(part.rows, 1):
                    for cell in row.cells:
                        self._count(cell, *_place(part, n, row.cells, cell), _cell_marks(row.cells, cell))
            else:
                paragraphs += 1
                self._count(part, f"第{paragraphs}段", "", marks(part.text, outside=True))
        texts = (spot.text for spot in self.spots())
        units = (re.search(r"(?:单位|[（(])[：:]?\s*([千万亿]?元)", text) for text in texts)
        self.unit = next((found[1] for found in units if found), "")

    def _count(self, spot: Spot, where: str, beside: str, found: list[Mark]) -> None:
        own = [Opening(spot, mark, where, beside, bare(label_before(spot.text, mark, found))) for mark in found]
        self.openings += own
        self._by_spot[id(spot)] = own

    def spots(self) -> Iterator[Spot]:
        """Yield every place with a text, in reading order."""
        for part in self.draft.content:
            if isinstance(part, Table):
                yield from (cell for row in part.rows for cell in row.cells if cell.above is None)
            else:
                yield part

    def of(self, spot: Spot) -> list[Opening]:
        """Return the openings of a spot."""
        return self._by_spot[id(spot)]

    def empty(self, cell: Cell) -> Opening | None:
        """Return the opening that is the whole of a cell, None where the cell has words."""
        own = self.of(cell)
        return own[0] if own and own[0].mark.sort in (Sort.EMPTY, Sort.PLACEHOLDER) else None

    def is_label(self, cell: Cell) -> bool:
        """Tell whether a cell holds words, and nothing that a person fills."""
        return cell.above is None and not self.of(cell) and not is_empty(cell.text)

    def key(self, name: str, block: str = TOP) -> str:
        """Give a thing of a block a key made of its name: one that Jinja can read and nothing else in the block has."""
        word = re.sub(r"\W", "", name).lstrip("0123456789") or "栏"
        found, n = word, 1
        while (block, found) in self._keys:
            n += 1
            found = f"{word}{n}"
        self._keys.add((block, found))
        return found

    def block(self, name: str, given: Mapping[str, Any]) -> Proposed:
        """Propose a block under a name; its key is one of its own."""
        key = self.key(name)
        loop = given["类"] in ("明细表", "指标表")
        if loop:
            self._keys.add((TOP, f"{key}行"))
        found = Proposed(key, dict(given))
        self.blocks.append(found)
        return found

    def fields(self, name: str = "", top: bool = False) -> Proposed:
        """Return the block of fields that is open: one for a label at the side, or that at the top.

        With `top` the fields beside a label stand at the top of a project file all the same.
        """
        top = top or not name
        last = self.blocks[-1] if self.blocks else None
        fits = last is not None and last.top == top and last.given.get("标签", "") == name
        if last is not None and fits and last.given["类"] == "栏目" and "角色" not in last.given:
            return last
        label = {"标签": name} if name else {}
        if not top:
            return self.block(plain(name), {"类": "栏目", **label, "行": []})
        found = Proposed("", {"类": "栏目", **label, "顶层": "是", "行": []}, top=True)
        self.blocks.append(found)
        return found

    def record(self, block: Proposed, label: str, **about: Any) -> dict[str, Any] | None:
        """Add a field to a block under the words on the form; None where another field has the same words.

        What the table of words knows of it is put in; `about` says more.
        """
        words = bare(label)
        if not plain(words) or words in self.labels:
            return None
        self.labels.add(words)
        word = self.words.find("栏", label)
        key = self.key(plain(words), block.key)
        if word is None:
            self.own_words.append(words)
        made: dict[str, Any] = {"键": key, **({"标签": words} if words != key else {})}
        if word is not None and word.get("值"):
            made["值"] = word.get("值")
        if re.search(r"[（(][千万亿]?元[)）]", words) or (word is None and self.words.is_money(words)):
            made["值"] = "金额"
        if word is None and words.endswith("日期"):
            made["值"] = "日期"
        if words[0] in "★☆*＊":
            made["必填"] = "是"
        if most(words):
            made["字数"] = str(most(words))
        made |= {"词": word, **about}
        block.given["行"].append(made)
        return made

    def leave(self, opening: Opening, why: str) -> None:
        """Say why an opening has no tag."""
        opening.why = opening.why or why


def side_of(row: Row) -> Cell | None:
    """Return the label at the side of a row that other rows have too, or that stands before another label; None: none."""
    if len(row.cells) < 2 or is_empty(row.cells[0].origin.text):
        return None
    first = row.cells[0].origin
    return first if first.rows > 1 else None


def inner(row: Row) -> list[Cell]:
    """Return the cells of a row that a person sees begin there, without the label at its side."""
    side = side_of(row)
    return [cell for cell in row.cells if cell.above is None and cell is not side]


def path(*keys: str) -> str:
    """Write a path as a template names it: `项目概况.立项依据`, in brackets where a word is no name."""
    first, *rest = keys
    return first + "".join(f".{key}" if key.isidentifier() else f"['{key}']" for key in rest)


def tag(*keys: str) -> str:
    """Write the tag that prints a path."""
    return f"{{{{ {path(*keys)} }}}}"


def _place(table: Table, row: int, cells: list[Cell], cell: Cell) -> tuple[str, str]:
    """Say where a cell stands, and beside or below which words."""
    left = next((one for one in reversed(cells[: cell.number]) if not is_empty(one.origin.text)), None)
    words = bare(left.origin.text)[:_SHOWN] if left else ""
    return f"第{table.number}个表, 第{row}行, 第{cell.number + 1}列", f"“{words}”右边" if words else "左边没有字"


def _cell_marks(cells: list[Cell], cell: Cell) -> list[Mark]:
    """Find what a person fills in a cell; nothing in one that continues the cell above it."""
    if cell.above is not None or (cell.holds_table and is_empty(cell.text)):
        return []
    if is_empty(cell.text):
        return [Mark(Sort.EMPTY, 0, len(cell.text))]
    if is_placeholder(cell.text) or is_ellipsis(cell.text):
        return [Mark(Sort.PLACEHOLDER, 0, len(cell.text))]
    following = cells[cell.number + 1 : cell.number + 2]
    return marks(cell.text, by_itself=not (following and is_empty(following[0].text)))
