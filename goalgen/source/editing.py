"""Change a YAML text at the offsets of its nodes; everything between stays as it was, byte for byte."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from goalgen import source


class Edit(NamedTuple):
    """Replace the characters from `start` up to `end` by `text`."""

    start: int
    end: int
    text: str


def applied(text: str, edits: Iterable[Edit]) -> str:
    """Return the text with every edit made; several at one point keep their order. Raises ValueError when edits overlap."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < at:
            raise ValueError(f"edits overlap at {edit.start}")
        parts += (text[at : edit.start], edit.text)
        at = edit.end
    return "".join(parts) + text[at:]


def line_start(text: str, at: int) -> int:
    """Return where the line that holds an offset begins."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Return where the line that holds an offset ends, before its line break (LF or CRLF)."""
    end = text.find("\n", at)
    if end < 0:
        return len(text)
    return end - 1 if end > at and text[end - 1] == "\r" else end


def line_break(text: str) -> str:
    """Return how the lines of a text end: CRLF where it has any, else LF."""
    return "\r\n" if "\r\n" in text else "\n"


def block_end(text: str, node: source.Node, column: int) -> int:
    """Return the end of a value's last line and of the comments below it that are indented by `column` blanks or more."""
    last = max((scalar.end for scalar in scalars(node)), default=node.start)
    end = line_end(text, last)
    comments = re.compile(rf"(?:\r?\n[ \t]{{{column},}}#[^\r\n]*)*").match(text, end)
    return comments.end() if comments else end


def is_comment(text: str, at: int, spans: Iterable[tuple[int, int]]) -> bool:
    """Say whether the `#` at an offset begins a comment: it is in no span of a value, or behind the `|` that begins one."""
    return not any(start <= at < end and not _is_header(text[start:at]) for start, end in spans)


def _is_header(before: str) -> bool:
    return before.startswith(("|", ">")) and "\n" not in before


def leaves(node: source.Node, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], source.Scalar]]:
    """Yield every value below a node with its path of keys and item numbers, in the order written."""
    if isinstance(node, source.Scalar):
        yield path, node
    elif isinstance(node, source.Sequence):
        for number, item in enumerate(node.items):
            yield from leaves(item, (*path, str(number)))
    else:
        for key, value in node.entries:
            yield from leaves(value, (*path, key.text))


def scalars(node: source.Node) -> Iterator[source.Scalar]:
    """Yield every scalar below a node, keys included, in the order written."""
    if isinstance(node, source.Scalar):
        yield node
    elif isinstance(node, source.Sequence):
        for item in node.items:
            yield from scalars(item)
    else:
        for key, value in node.entries:
            yield key
            yield from scalars(value)


def comment_point(text: str, scalar: source.Scalar, spans: Iterable[source.Scalar]) -> int:
    """Return where a comment on a value can stand: the end of its last line (of the header line of a block scalar).

    `spans` are the scalars of the document; where the line ends inside another one, the point is after that one.
    """
    at = line_end(text, scalar.start if is_block(text, scalar) else scalar.end)
    for other in spans:
        if other.start < at < other.end and not is_block(text, other):
            at = line_end(text, other.end)
    return at


def is_block(text: str, scalar: source.Scalar) -> bool:
    """Say whether a scalar is written as a block (`|` or `>`)."""
    return not scalar.plain and text[scalar.start : scalar.start + 1] in ("|", ">")


def without_items(text: str, items: source.Sequence, numbers: Collection[int]) -> list[Edit]:
    """Return the edits that take items out of a list: a line each with its comment where each has its own, else in brackets."""
    kept = [item for number, item in enumerate(items.items) if number not in numbers]
    if text[items.start] == "[":
        return [Edit(items.start, items.end, f"[{', '.join(text[item.start : item.end] for item in kept)}]")]
    return [_whole_lines(text, items.items[number]) for number in numbers]


def without_entry(text: str, mapping: source.Mapping, name: str) -> Edit:
    """Return the edit that takes a key with its lines out of a mapping that has it and is written as a block."""
    key, value = next((key, value) for key, value in mapping.entries if key.text == name)
    return Edit(line_start(text, key.start), _line_after(text, block_end(text, value, key.column)), "")


def _whole_lines(text: str, node: source.Node) -> Edit:
    last = max((scalar.end for scalar in scalars(node)), default=node.start)
    return Edit(line_start(text, node.start), _line_after(text, last), "")


def _line_after(text: str, at: int) -> int:
    """Return where the line after the one that holds an offset begins."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1
