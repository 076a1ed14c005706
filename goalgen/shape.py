"""What a YAML file may hold, as data: the one table behind validation, the editors' JSON Schema, `new` and the docs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """Any text, as written."""


@dataclass(frozen=True, slots=True)
class Code:
    """A 编号: letters, digits, `-` and `_`, so that it serves in file names."""


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount in the form's unit."""


@dataclass(frozen=True, slots=True)
class Date:
    """A day: 2020-02-10 or 2020年2月10日."""


@dataclass(frozen=True, slots=True)
class Years:
    """A span of years: 2020-2022."""


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number from `least` up."""

    least: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the options printed on the form, or several (as a list) where `many`."""

    options: tuple[str, ...]
    many: bool = False


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of things of one shape."""

    item: Shape


@dataclass(frozen=True, slots=True)
class Named:
    """A mapping whose keys are free (years, names): `label` says in Chinese what a key is."""

    label: str
    item: Shape
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Notes:
    """What is to be said of some values: one text for all, or a text by the path of a value.

    `paths` are the paths there are; below those in `open` any name may follow (`绩效指标.数量指标.督查次数`).
    """

    paths: tuple[str, ...]
    open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a Table: its shape, what goes there, an example; `required` when it must be there and not empty."""

    shape: Shape
    help: str = ""
    example: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping with known keys, in the form's order."""

    keys: Mapping[str, Key] = field(default_factory=dict)


Shape: TypeAlias = "Text | Code | Money | Date | Years | Number | Choice | Rows | Named | Notes | Table"
