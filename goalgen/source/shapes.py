"""Say as data what a YAML file may hold: the one table behind validation, the editors' JSON Schema, `new` and the docs."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final, NamedTuple, TypeAlias

MONEY_PATTERN: Final = r"(0|[1-9]\d{0,11})(\.\d{1,8})?"
"""How an amount of money is written, never negative; the digits are those of ASCII."""
YEAR_PATTERN: Final = "199[0-9]|20[0-9][0-9]|2100"
"""How a budget year is written: 1990 to 2100, as on the command line."""
NULLS: Final = frozenset(("null", "Null", "NULL", "~"))
"""What programs write for nothing: without quotes it is no text, and nobody wants it printed."""
CODE_PATTERN: Final = "[A-Za-z0-9][A-Za-z0-9_-]{0,63}"
"""How a 编号 is written."""
YEAR_SPAN: Final = (
    r"(?<!\d)((?:19|20)\d\d)((?:[年.](?:\d{1,2}月?(?:\d{1,2}日)?)?)?\s*[-—–－至到~～]+\s*)((?:19|20)\d\d)(?!\d|-\d)"
)
"""A span of years in a text: first year, what stands between (`年-`, `年1月至`), last year."""


YUAN: Final[Mapping[str, Decimal]] = {
    "元": Decimal(1),
    "百元": Decimal(100),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "千万元": Decimal(10_000_000),
    "亿元": Decimal(100_000_000),
}
"""The units in which people write money, with how many 元 each is."""


class Amount(NamedTuple):
    """Hold a number as written: `text` is what is printed, `value` exact; money is in the unit of its form."""

    text: str
    value: Decimal


class Window(NamedTuple):
    """Hold the years from `first` to `last`, both included; printed `2020年-2022年`."""

    first: int
    last: int

    def __str__(self) -> str:
        return f"{self.first}年-{self.last}年"


class Text(NamedTuple):
    """Take any text, as written; of at most `most` characters where that is not 0."""

    most: int = 0


class Code:
    """Take a 编号: letters, digits, `-` and `_`, so that it serves in file names."""

    __slots__ = ()


class Money(NamedTuple):
    """Take an exact amount of money in a unit (`万元`, `元`), written without it."""

    unit: str = "万元"


class Figure:
    """Take an exact number that is no money: points, a count."""

    __slots__ = ()


class Date(NamedTuple):
    """Take a day: 2020-02-10 or 2020年2月10日; `example` is how a message writes one."""

    example: str = "2020-02-10"


class Years(NamedTuple):
    """Take a span of years: 2020-2022; `example` is how a message writes one."""

    example: str = "2020-2022"


class Number(NamedTuple):
    """Take a whole number from `least` up."""

    least: int = 0


class Choice(NamedTuple):
    """Take one of the options printed on the form, or several (as a list) where `many`."""

    options: tuple[str, ...]
    many: bool = False


class Rows(NamedTuple):
    """Take a list of things of one shape."""

    item: Shape


class Named(NamedTuple):
    """Take a mapping whose keys are free: `label` says in Chinese what a key is, `numeric` that it is a year.

    `example` is how a message writes such a key.
    """

    label: str
    item: Shape
    numeric: bool = False
    example: str = "2020"


class Notes(NamedTuple):
    """Take what is said of some values: one text for all, or a text by the path of a value.

    `paths` are the paths there are; below those in `open` any name may follow (`产出.数量指标.督查次数`).
    """

    paths: tuple[str, ...]
    open: tuple[str, ...] = ()


class Either(NamedTuple):
    """Take a mapping of one shape, or a text (or nothing) in its stead."""

    mapping: Shape


class Sorts(NamedTuple):
    """Take a mapping of one of several sorts, each with keys of its own; the key `by` says which sort it is."""

    by: str
    tables: Mapping[str, Table]


class Key(NamedTuple):
    """Describe one key of a Table: its shape, what goes there, an example.

    `required`: it must be there, and must hold something unless it `may_be_empty`.
    """

    shape: Shape
    help: str = ""
    example: str = ""
    required: bool = False
    may_be_empty: bool = False


class Table(NamedTuple):
    """Take a mapping with known keys, in the form's order; `open` passes over other keys without a word."""

    keys: Mapping[str, Key]
    open: bool = False


Shape: TypeAlias = (
    "Text | Code | Money | Figure | Date | Years | Number | Choice | Rows | Named | Notes | Either | Sorts | Table"
)
