"""Parse YAML text into nodes by the parser's events; only this module knows PyYAML.

Anchors, tags and further documents are refused, so that no file can grow on loading.
"""

from __future__ import annotations

import re
from typing import Any, Final

import yaml

from goalgen.errors import Place, Problem
from goalgen.source.nodes import Mapping, Node, Scalar, Sequence
from goalgen.text.characters import UNKNOWN, refused, unprintable

MAX_NESTING: Final = 12
"""How many mappings and sequences may lie in each other."""
_STANDARD: Final = "tag:yaml.org,2002:"
"""What the parser makes of `!!`."""

_Parser = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
NotYaml = yaml.MarkedYAMLError
"""The error of `build` for a text that is no YAML, with the marks of where the parser stopped and what it was in."""


class _Open:
    """Collect a mapping or sequence whose end has not come yet."""

    __slots__ = ("entries", "items", "key", "mapping", "mark", "seen")

    def __init__(self, mark: yaml.Mark, mapping: bool) -> None:
        self.mark = mark
        self.mapping = mapping
        self.items: list[Node] = []
        self.entries: list[tuple[Scalar, Node]] = []
        self.key: Scalar | None = None
        self.seen: dict[str, Scalar] = {}


def build(text: str, file: str, problems: list[Problem]) -> Node | None:
    """Build the nodes of a text; return the root, None when the text is empty or too deep.

    Faults that do not stop the reading join `problems`. A stack and no recursion: a file may be as deep as it likes.
    Raises NotYaml.
    """
    next_event = _Parser(text).get_event
    stack: list[_Open] = []
    root: Node | None = None
    while True:
        event = next_event()
        kind = type(event)
        if kind is _SCALAR:
            node: Node = _scalar(event, file, problems)
        elif kind in _STARTS:
            if not _open(event, kind is _STARTS[0], stack, file, problems):
                return None
            continue
        elif kind in _ENDS:
            node = _alias(event, file, problems) if kind is _ALIAS else _close(stack.pop(), event.end_mark)
        elif kind is _STREAM_END or (kind is _DOCUMENT_START and _further(event, root, file, problems)):
            return root
        else:
            continue
        if stack:
            _add(stack[-1], node, file, problems)
        else:
            root = node


_SCALAR: Final = yaml.ScalarEvent
_STARTS: Final = (yaml.MappingStartEvent, yaml.SequenceStartEvent)
_ALIAS: Final = yaml.AliasEvent
_ENDS: Final = (yaml.MappingEndEvent, yaml.SequenceEndEvent, _ALIAS)
_DOCUMENT_START: Final = yaml.DocumentStartEvent
_STREAM_END: Final = yaml.StreamEndEvent


def _open(event: Any, mapping: bool, stack: list[_Open], file: str, problems: list[Problem]) -> bool:
    """Open a mapping or sequence; return False when that is too deep."""
    if event.anchor is not None or event.tag is not None:
        _refuse_features(event, file, problems)
    stack.append(_Open(event.start_mark, mapping))
    if len(stack) <= MAX_NESTING:
        return True
    problems.append(too_deep(_place(event, file)))
    return False


def too_deep(place: Place) -> Problem:
    """Return the problem (Y11) of a file nested too deep."""
    return Problem("Y11", f"嵌套超过 {MAX_NESTING} 层", place, "是文字就给整个值加引号")


def _further(event: Any, root: Node | None, file: str, problems: list[Problem]) -> bool:
    """Say whether a second document begins, which nobody reads, and add the problem."""
    if root is None:
        return False
    problems.append(Problem("Y10", "一个文件里有多份文档（---）", _place(event, file), "一个项目一个文件"))
    return True


def _alias(event: Any, file: str, problems: list[Problem]) -> Scalar:
    """Add the problem of an alias and return an empty text in its place."""
    problems.append(_feature("别名（*）", _place(event, file)))
    mark = event.start_mark
    return Scalar("", mark.line + 1, mark.column + 1, mark.index, mark.index, True)


def _scalar(event: Any, file: str, problems: list[Problem]) -> Scalar:
    start = event.start_mark
    if event.anchor is not None or event.tag is not None:
        _refuse_features(event, file, problems)
    plain, text = not event.style, event.value
    if not plain:
        text = text.replace("\r\n", "\n").replace("\r", "\n")  # written as escapes: YAML reads line ends as \n already
        bad = unprintable(event.value.replace(UNKNOWN, ""))
        if bad:
            problems.append(refused(bad, _place(event, file)))
    return Scalar(text, start.line + 1, start.column + 1, start.index, event.end_mark.index, plain)


def _refuse_features(event: Any, file: str, problems: list[Problem]) -> None:
    if event.anchor is not None:
        problems.append(_feature(f"锚点（&{event.anchor}）", _place(event, file)))
    if event.tag is not None:
        problems.append(_feature(f"标签（{event.tag.replace(_STANDARD, '!!')}）", _place(event, file)))


def _feature(what: str, place: Place) -> Problem:
    return Problem("Y10", f"不接受 YAML 的{what}", place, "如果是文字的一部分，请给整个值加引号")


def _place(event: Any, file: str) -> Place:
    return Place(file, event.start_mark.line + 1, event.start_mark.column + 1)


def _close(opened: _Open, end: yaml.Mark) -> Node:
    mark = opened.mark
    where = (mark.line + 1, mark.column + 1, mark.index, end.index)
    return Mapping(tuple(opened.entries), *where) if opened.mapping else Sequence(tuple(opened.items), *where)


def _add(parent: _Open, node: Node, file: str, problems: list[Problem]) -> None:
    key = parent.key
    if not parent.mapping:
        parent.items.append(node)
    elif key is None:
        parent.key = _key(node, file, problems)
    else:
        parent.key = None
        if key.text[:1].isdigit() and _is_thousands(parent, key, node, file, problems):
            return
        first = parent.seen.setdefault(key.text, key)
        if first is key:
            parent.entries.append((key, node))
        else:
            place = Place(file, key.line, key.column)
            problems.append(Problem("Y08", f"“{key.text}”写了两次，上一次在第 {first.line} 行", place, "只留一个"))


def _is_thousands(parent: _Open, key: Scalar, node: Node, file: str, problems: list[Problem]) -> bool:
    """Say whether a key is what follows the comma of `{总额: 1,030}`; then add the problem, at the number."""
    if not parent.entries:
        return False
    name, value = parent.entries[-1]
    if node.end > node.start or not isinstance(value, Scalar) or not value.plain or not _THREE.fullmatch(key.text):
        return False
    written = value.text.replace(UNKNOWN, "")
    if not _GROUPS.fullmatch(written):
        return False
    if UNKNOWN in value.text:
        problems.pop()  # it told of the number so far
    whole = f"{written},{key.text}"
    place = Place(file, value.line, value.column)
    problems.append(Problem("M04", f"{name.text}：“{whole}”里有千位逗号", place, f"写 {whole.replace(',', '')}"))
    parent.entries[-1] = name, value._replace(text=f"{UNKNOWN}{whole}")
    return True


_THREE: Final = re.compile(r"[0-9]{3}(?:\.[0-9]+)?")
_GROUPS: Final = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})*")


def _key(node: Node, file: str, problems: list[Problem]) -> Scalar:
    if isinstance(node, Scalar):
        if node.plain and node.text == "<<":
            problems.append(_feature("合并键（<<）", Place(file, node.line, node.column)))
            return node._replace(text=f"\0{node.start}")
        return node._replace(text=node.text.replace(UNKNOWN, "").strip()) if UNKNOWN in node.text else node
    problems.append(Problem("Y07", "键应是一个词", Place(file, node.line, node.column), "值以 [ 或 { 开头时要加引号"))
    return Scalar(f"\0{node.start}", node.line, node.column, node.start, node.end, True)
