"""A project file mended in place: hygiene of its values and the order of its keys; every other byte stays."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from goalgen import source
from goalgen.errors import Place
from goalgen.source.editing import Edit, applied, is_block, leaves, line_break
from goalgen.text.typography import mended

_PLAIN: Final = re.compile(r"[^\s!&*%@`?|>{}\[\]#\"',:-][^\n#:{}\[\],]*(?<!\s)")


class Change(NamedTuple):
    """One thing mended: where, and what it was and is; `old` is empty for a moved key."""

    place: Place
    old: str
    new: str

    def __str__(self) -> str:
        shown = (json.dumps(text, ensure_ascii=False) for text in (self.old, self.new))
        return f"{self.place}: {' → '.join(shown)}" if self.old else f"{self.place}: {self.new}"


class Formatted(NamedTuple):
    """A file's text after mending, and everything that was changed."""

    text: str
    changes: tuple[Change, ...]


def formatted(text: str, file: str, order: Sequence[str]) -> Formatted:
    """Project file text (without byte order mark) mended; `order` is the order of the top keys.

    A file with a fault of its own (see source.parse) comes back as it is, and so does a value in a block scalar.
    """
    document = source.parse(text, file)
    if document.problems or document.root is None:
        return Formatted(text, ())
    changes, edits = [], []
    for _, scalar in leaves(document.root):
        new = mended(scalar.text)
        if new != scalar.text and not is_block(text, scalar):
            edits.append(Edit(scalar.start, scalar.end, _written(text[scalar.start : scalar.end], scalar, new)))
            changes.append(Change(Place(file, scalar.line, scalar.column), scalar.text, new))
    moved = _ordered(applied(text, edits), file, order)
    return Formatted(moved.text, (*changes, *moved.changes))


def _written(raw: str, scalar: source.Scalar, new: str) -> str:
    """The new text in the style of the old one where that can hold it, else in double quotes."""
    if scalar.plain:
        return new if _PLAIN.fullmatch(new) else json.dumps(new, ensure_ascii=False)
    if raw[1:-1] == scalar.text and "\\" not in new and raw[0] not in new:
        return f"{raw[0]}{new}{raw[0]}"
    return json.dumps(new, ensure_ascii=False)


def _ordered(text: str, file: str, order: Sequence[str]) -> Formatted:
    """The top keys in the form's order, each with the comment lines right above it; left alone when one is unknown."""
    root = source.parse(text, file).root
    if not isinstance(root, source.Mapping):
        return Formatted(text, ())
    keys = [key for key, _ in root.entries]
    ranks = [order.index(key.text) if key.text in order else -1 for key in keys]
    if ranks == sorted(ranks) or -1 in ranks or any(key.column != 1 for key in keys):
        return Formatted(text, ())
    starts = [_with_comments(text, key.start) if n else key.start for n, key in enumerate(keys)]
    chunks = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    newline = line_break(text)
    ended = chunks[-1].endswith("\n")
    chunks[-1] += "" if ended else newline
    sequence = sorted(range(len(chunks)), key=ranks.__getitem__)
    result = text[: starts[0]] + "".join(chunks[n] for n in sequence)
    moved = [keys[n] for at, n in enumerate(sequence) if at != n]
    changes = (Change(Place(file, key.line, key.column), "", f"键“{key.text}”按表上的次序移动") for key in moved)
    return Formatted(result if ended else result.removesuffix(newline), tuple(changes))


def _with_comments(text: str, start: int) -> int:
    """The start of the comment lines right above a key, which is not the first."""
    while text.startswith("#", above := text.rfind("\n", 0, start - 1) + 1):
        start = above
    return start
