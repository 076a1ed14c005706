"""待核 marks: comments in a YAML file that say a value must be decided again, with last year's value beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from goalgen import source
from goalgen.source.editing import is_comment, line_start, scalars

MARK_WORD: Final = "待核"
_MARK: Final = rf"(?<![^\s#])#+[ \t]*{MARK_WORD}[ \t]*(?P<note>[^\r\n]*)"
_OLD: Final = rf"[ \t]*#[ \t]*(?:{MARK_WORD}[ \t]*)?上年：[^\r\n]*"


class Mark(NamedTuple):
    """One mark: line and column (from 1) of its `#`, and what stands after 待核 (`上年：财政拨款 152.5`, may be "")."""

    line: int
    column: int
    note: str


def marks_in(text: str, root: source.Node | None) -> tuple[Mark, ...]:
    """The marks among the comments of a file, top to bottom; a `# 待核` inside a value is no mark.

    `text` is the file as `source.decode` gives it, `root` its nodes.
    """
    spans = [(scalar.start, scalar.end) for scalar in scalars(root)] if root is not None else []
    marks = []
    for match in re.finditer(_MARK, text):
        at = match.start()
        if is_comment(text, at, spans):
            start = line_start(text, at)
            marks.append(Mark(text.count("\n", 0, at) + 1, at - start + 1, match.group("note").strip()))
    return tuple(marks)


def mark_of(values: Iterable[tuple[str, str]]) -> str:
    """A mark for values to be decided again, as (name, last year's text) pairs: `# 待核 上年：财政拨款 152.5`."""
    return f"# {MARK_WORD} 上年：" + "、".join(" ".join(f"{name} {text}".split()) for name, text in values)


def old_mark(text: str, start: int, end: int) -> int:
    """Where an earlier roll's mark (or its 上年 note) begins between two offsets of a line; `end` when there is none."""
    match = re.compile(_OLD).search(text, start, end)
    return match.start() if match else end
