"""Add project files to the text of projects.yaml: one more name in a year's list, everything else as it was."""

from __future__ import annotations

from typing import Final

from goalgen import source
from goalgen.errors import Place, Problem
from goalgen.source.editing import Edit, applied, line_break, line_end, line_start
from goalgen.source.writing import scalar

_DEEPER: Final = "  "


def index_with_file(index: str, year: int, name: str, place: Place) -> str:
    """Return the text of projects.yaml with one more file at the end of a year's 项目, everything else as it was.

    `index` is its text so far, `name` the file's path relative to data/, `place` where to report a fault. The list may be
    empty, written one file to a line, or in brackets. Raises GoalgenError (S06) when it is written in any other way.
    """
    node = source.parse(index, place.file).root
    for word in ("年度", str(year)):
        node = node.get(word) if isinstance(node, source.Mapping) else None
    entries = node.entries if isinstance(node, source.Mapping) else ()
    found = next(((key, value) for key, value in entries if key.text == "项目"), None)
    edit = _addition(index, *found, name) if found else None
    if edit is None:
        hint = f"在 {year} 年度的“项目”下手工加一行：- {name}"
        raise Problem("S06", "projects.yaml 里找不到项目清单的末尾", place, hint).error()
    return applied(index, [edit])


def _addition(text: str, key: source.Scalar, items: source.Node, name: str) -> Edit | None:
    """Return the edit that adds a name at the end of a list; None when the list has no end that is known."""
    if isinstance(items, source.Sequence) and items.items:
        return _after_last(text, items, name)
    if isinstance(items, source.Mapping) or (isinstance(items, source.Scalar) and items.text):
        return None
    return _first(text, key, items, name)


def _after_last(text: str, items: source.Sequence, name: str) -> Edit | None:
    last = items.items[-1]
    if text[items.start] == "[":
        return Edit(last.end, last.end, f", {scalar(name, flow=True)}")
    indent = text[line_start(text, items.start) : items.start]
    if indent.strip() or not isinstance(last, source.Scalar):
        return None
    at = line_end(text, last.end)
    return Edit(at, at, f"{line_break(text)}{indent}- {scalar(name)}")


def _first(text: str, key: source.Scalar, items: source.Node, name: str) -> Edit | None:
    """Return the edit that begins the list below its key, in the place of `[]` where that stands there."""
    before = text[line_start(text, key.start) : key.start]
    if before.strip():  # {表样: form_2020, 项目: []}
        return Edit(items.start, items.end, f"[{scalar(name, flow=True)}]") if items.end > items.start else None
    colon = text.index(":", key.end) + 1
    end = line_end(text, max(items.end, colon))
    rest = text[max(items.end, colon) : end].rstrip()
    return Edit(colon, end, f"{rest}{line_break(text)}{before}{_DEEPER}- {scalar(name)}")
