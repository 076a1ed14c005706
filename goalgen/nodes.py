"""YAML as nodes that know where they stand: every scalar the text that was written."""

from typing import NamedTuple, TypeAlias


class Scalar(NamedTuple):
    """A text as written; `line` and `column` count from 1, `start` and `end` are character offsets in the file."""

    text: str
    line: int
    column: int
    start: int
    end: int
    plain: bool


class Mapping(NamedTuple):
    """Keys and values in the order written; a key appears once."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    line: int
    column: int
    start: int
    end: int

    def get(self, name: str) -> "Node | None":
        """The value under a key, None when it is not there."""
        return next((value for key, value in self.entries if key.text == name), None)


class Sequence(NamedTuple):
    """Items in the order written."""

    items: tuple["Node", ...]
    line: int
    column: int
    start: int
    end: int


Node: TypeAlias = Scalar | Mapping | Sequence
