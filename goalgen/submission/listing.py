"""Add to the text of projects.yaml: a file to a year's list, a year in its order, units; everything else stays as it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from goalgen import source
from goalgen.errors import Place, Problem
from goalgen.source.editing import Edit, applied, block_end, line_break, line_end, line_start
from goalgen.source.writing import entry, scalar

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


def index_with_year(index: str, year: int, block: str, place: Place) -> str:
    """Return the text of projects.yaml with one more year, behind the latest of the years before it.

    `block` are the year's lines, its key not indented. Raises GoalgenError (G02) when the years are not written as blocks.
    """
    root = source.parse(index, place.file).root
    years = root.get("年度") if isinstance(root, source.Mapping) else None
    if not isinstance(years, source.Mapping) or not years.entries or index[years.start] == "{":
        raise Problem("G02", "年度不是一行一行写的，不能自动加一年", place, "手工加上这一年度再运行一次").error()
    indent = " " * (years.entries[0][0].column - 1)
    lines = line_break(index).join(f"{indent}{line}".rstrip() for line in block.splitlines())
    return applied(index, [year_edit(index, years, year, lines)])


def year_edit(index: str, years: source.Mapping, year: int, lines: str) -> Edit:
    """Return the edit that puts the indented lines of a year in their place among the years of projects.yaml."""
    earlier = [(int(key.text), key, node) for key, node in years.entries if key.text.isdigit() and int(key.text) < year]
    if not earlier:
        at = line_start(index, years.entries[0][0].start)
        return Edit(at, at, f"{lines}{line_break(index)}")
    _, key, node = max(earlier, key=lambda found: found[0])
    at = block_end(index, node, key.column)
    return Edit(at, at, f"{line_break(index)}{lines}")


def index_with_units(index: str, units: Mapping[str, Mapping[str, str]]) -> str:
    """Return the text of projects.yaml with these 预算单位 at the end of 单位, each with what its projects share.

    Units that are there already (as 名称 or 简称) are left out; so are all where 单位 is not written as a block.
    """
    root = source.parse(index, "").root
    entries = root.entries if isinstance(root, source.Mapping) else ()
    found = next(((key, node) for key, node in entries if key.text == "单位"), None)
    known = {scalar.text for scalar in _names(found[1])} if found else set()
    newline = line_break(index)
    lines = [line for name, said in units.items() if name not in known for line in _unit_lines(name, said)]
    if not lines:
        return index
    if found is None:
        at = next((line_start(index, key.start) for key, _ in entries if key.text == "年度"), len(index))
        return applied(index, [Edit(at, at, newline.join(["单位:", *(f"  {line}" for line in lines), "", ""]))])
    key, node = found
    if isinstance(node, source.Sequence) and node.items:
        indent = index[line_start(index, node.start) : node.start]
        at = block_end(index, node, key.column)
        block = index[node.start] == "-" and not indent.strip()
        return applied(index, [Edit(at, at, "".join(f"{newline}{indent}{line}" for line in lines))]) if block else index
    if isinstance(node, source.Scalar) and not node.text:
        at = line_end(index, key.end)
        return applied(index, [Edit(at, at, "".join(f"{newline}  {line}" for line in lines))])
    return index


def _names(units: source.Node) -> list[source.Scalar]:
    """Return by what names the units are known: each 名称 and every 简称."""
    rows = units.items if isinstance(units, source.Sequence) else ()
    found: list[source.Scalar] = []
    for row in (row for row in rows if isinstance(row, source.Mapping)):
        aliases = row.get("简称")
        listed = aliases.items if isinstance(aliases, source.Sequence) else (aliases,)
        found += [name for name in (row.get("名称"), *listed) if isinstance(name, source.Scalar)]
    return found


def _unit_lines(name: str, said: Mapping[str, str]) -> list[str]:
    return [f"- {entry('名称', name)}", *(f"  {entry(key, text)}" for key, text in said.items())]
