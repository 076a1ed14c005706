"""Hold YAML as nodes that know where they stand; every scalar is the text that was written."""

from collections import abc
from typing import NamedTuple, TypeAlias

from goalgen.errors import Place


class Scalar(NamedTuple):
    """Hold a text as written; `line` and `column` count from 1, `start` and `end` are character offsets
    in the file; `plain` says that it stands without quotes and is no block.
    """

    text: str
    line: int
    column: int
    start: int
    end: int
    plain: bool


class Mapping(NamedTuple):
    """Hold keys and values in the order written; a key appears once."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    line: int
    column: int
    start: int
    end: int

    def get(self, name: str) -> "Node | None":
        """Return the value under a key, None when it is not there."""
        return next((value for key, value in self.entries if key.text == name), None)


class Sequence(NamedTuple):
    """Hold items in the order written."""

    items: tuple["Node", ...]
    line: int
    column: int
    start: int
    end: int


Node: TypeAlias = Scalar | Mapping | Sequence


class Origin:
    """Say where a project was read: its file as reported, and the places of values that it took from projects.yaml.

    `data` are the bytes of the file, as far as they are at hand; so are its nodes, or they are read from the bytes when
    a place is first asked for.
    """

    __slots__ = ("_node", "data", "file", "shared")

    def __init__(
        self, file: str, node: Mapping | None = None, shared: abc.Mapping[str, Place] | None = None, data: bytes = b""
    ) -> None:
        self.file = file
        self.shared = shared or {}
        self._node = node
        self.data = data

    @property
    def node(self) -> Mapping:
        """Return the keys and values of the file."""
        if self._node is None:
            from goalgen.source.reading import read  # late: reading is made of nodes

            root = read(self.data, self.file).root
            self._node = root if isinstance(root, Mapping) else Mapping((), 0, 0, 0, 0)
        return self._node

    @property
    def text(self) -> str:
        """Return the text of the file, without a byte order mark; the nodes count in it."""
        return self.data.decode("utf-8-sig")

    def place(self, path: str) -> Place:
        """Return the place of the value at a path (`项目概况.立项依据`, `进度计划.2.金额`), or of its nearest parent."""
        if path in self.shared:
            return self.shared[path]
        node: Node = self.node
        best: Node = node
        for word in path.split(".") if path else ():
            key, child = _step(node, word)
            if key is None:
                break
            best, node = key, child or key
        return Place(self.file, best.line, best.column)


def _step(node: Node, word: str) -> tuple[Node | None, Node | None]:
    """Go one word down: return what stands for the value in the text (itself, or its key when empty), and the value."""
    if isinstance(node, Mapping):
        for key, value in node.entries:
            if key.text == word:
                empty = isinstance(value, Scalar) and not value.text
                return (key, value) if empty or not isinstance(value, Scalar) else (value, value)
    if isinstance(node, Sequence) and word.isdigit() and int(word) < len(node.items):
        item = node.items[int(word)]
        return item, item
    return None, None
