"""Write the lines of a Word document as text to read and compare: a table row to a line, bars between its cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from goalgen.errors import one_line
from goalgen.word.lines import Cell, Line

_SPACE = re.compile(r"[ \t\u3000]+")
_BREAK = re.compile(r"\s*\n\s*")


def rows(lines: Iterable[Line]) -> Iterator[str]:
    """Yield a line of text for each line; a cell that goes on with the one above says its text again.

    So each row is understood alone: `产出指标 | 数量指标 | 督查次数 | ≥90次 | 督查次数 | ≥30次`. Breaks inside a cell are ` / `.
    """
    above: dict[int, str] = {}
    for line in lines:
        if line.table:
            texts = [above.get(cell.start, "") if cell.continued else _said(cell) for cell in line.cells]
            above = {cell.start: text for cell, text in zip(line.cells, texts, strict=True)}
            yield " | ".join(_ended(texts))
        else:
            above = {}
            yield " ".join(map(_said, line.cells))


def _ended(texts: list[str]) -> list[str]:
    """Return the texts up to the last that is not empty."""
    return texts[: max((n for n, text in enumerate(texts, 1) if text), default=0)]


def _said(cell: Cell) -> str:
    """Return a cell's text in one line, with single spaces."""
    return one_line(_BREAK.sub(" / ", _SPACE.sub(" ", cell.text).strip()))
