"""Find where one filled form ends and the next begins, and read the cells and lines of its headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Final

from goalgen.exchange.filled_forms.labels import find_label, find_similar_label, squeezed
from goalgen.forms import Form
from goalgen.word.lines import Cell, Line

YEAR_PATTERN: Final = re.compile(r"((?:19|20|21)\d\d)\s*年度")
PERSON_PATTERN: Final = re.compile(
    r"(填\s*报\s*人|填\s*表\s*人|联\s*系\s*电\s*话|填\s*报\s*日\s*期|填\s*表\s*日\s*期)(?:\s*[(（][^)）]*[)）])?\s*[:：]"
)
UNIT_PATTERN: Final = re.compile(
    r"填\s*报\s*单\s*位\s*(?:[(（]\s*盖\s*章\s*[)）])?\s*[:：]?\s*(.*?)\s*(?:金\s*额\s*单\s*位.*)?", re.DOTALL
)


def split_forms(lines: Sequence[Line], form: Form) -> Iterator[list[Line]]:
    """Give the lines of each form: a form begins at its title, or at a second 项目名称 with what stands right above it."""
    current: list[Line] = []
    named = False
    names = (form.cell_at[form.name_path].label,)
    for line in lines:
        text = squeezed("".join(cell.text for cell in line.cells))
        title = squeezed(form.title)
        heading = title in text and len(text) <= len(title) + 16
        name = any(find_label(cell.text, names) for cell in line.cells[:3])
        if named and (heading or name):
            above = 0 if heading else _above(current)
            yield current[: len(current) - above]
            current, named = current[len(current) - above :], False
        current.append(line)
        named = named or name
    if named:
        yield current


def _above(lines: Sequence[Line]) -> int:
    """Count the last lines that belong to the form that follows: its year and 填报单位."""
    texts = ("".join(cell.text for cell in line.cells) for line in reversed(lines))
    return sum(1 for _ in takewhile(_is_above, texts))


def _is_above(text: str) -> bool:
    return bool(YEAR_PATTERN.search(text) or UNIT_PATTERN.fullmatch(text)) and not PERSON_PATTERN.search(text)


def goal_heading(text: str, label: str) -> str | None:
    """Return what stands behind a heading of goals (window, colon, text); None when the cell is no such heading."""
    plain = re.sub(r"\s|[(（][^()（）]*[)）]$", "", label) or label
    letters = r"\s*".join(re.escape(letter) for letter in plain)
    match = re.match(rf"\s*{letters}\s*(?=$|[(（:：\n\d])", text)
    return text[match.end() :] if match else None


def funding_cell(text: str, labels: Iterable[str]) -> tuple[str, str] | None:
    """Read a cell of money as its label and the amount behind it; None when it begins with no label."""
    found = find_label(text, labels)
    if found:
        return found.label, found.rest
    match = re.search(r"[-\d][\d.,，]*\s*\D{0,3}$", text)
    head = find_similar_label(text[: match.start()], labels) if match else find_similar_label(text, labels)
    return (head.label, match.group().strip() if match else "") if head and not head.rest else None


def nearest(cell: Cell, columns: Mapping[str, Cell]) -> str | None:
    """Find the key of the heading that a cell stands under."""
    overlaps = {key: min(cell.end, c.end) - max(cell.start, c.start) for key, c in columns.items()}
    best = max(overlaps, key=lambda key: overlaps[key])
    return best if overlaps[best] > 0 else None
