"""Apply the tags that say something of the cell they stand in: how wide it is, its colour, how it merges."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

from lxml import etree

from goalgen.word.template import marks
from goalgen.word.template.opening import W
from goalgen.word.template.tags import TAG
from goalgen.word.template.tokens import Tokens
from goalgen.word.template.tree import around, cell_properties, put, remove

_Change: TypeAlias = Callable[[Tokens, etree._Element, "re.Match[str]", str], str]
_SPAN: Final = re.compile(r"\{%\s*(colspan|cellbg)\s+([^%]*?)\s*%\}")
_MERGE: Final = re.compile(r"\{%\s*(vm|hm)\s*%\}")
CHANGES: Final = "goalgen"
"""The attribute by which a table is known whose columns change; it is taken away before the tree is written."""


def span(tokens: Tokens) -> None:
    """Apply `{% colspan … %}` and `{% cellbg … %}`."""
    _in_cells(tokens, _SPAN, _spanned)


def merge(tokens: Tokens) -> None:
    """Apply `{% vm %}` and `{% hm %}`: cells that merge downwards and across in a loop."""
    _in_cells(tokens, _MERGE, _merged)


def merge_down(tokens: Tokens, columns: Iterable[str]) -> None:
    """Let the cells that print a merged column of a row, with filters or without, merge as the row says."""
    for column in columns:
        name = re.escape(column)
        tag = re.compile(rf"(?<![\w.])(?P<row>\w+)(?:\.{name}(?!\w)|\[[\"'“”‘’]{name}[\"'“”‘’]\])")
        for leaf in tokens.leaves():
            found = next(filter(None, map(tag.search, _printing(leaf.text or ""))), None)
            cell = around(leaf, "tc")
            if found and cell is not None and cell.find(f"{W}tcPr/{W}vMerge") is None:
                value = tokens.token(f"{{{{ {found.group('row')}.合并.{column} }}}}")
                put(cell_properties(cell), "vMerge", val=value)


def change_columns(table: etree._Element | None) -> None:
    """Mark a table whose columns change with the data; its cells leave their content controls."""
    if table is None or table.get(CHANGES):
        return
    table.set(CHANGES, marks.COLUMNS)
    for cell in list(table.iter(f"{W}tc")):
        content = cell.getparent()
        control = content.getparent() if content is not None and content.tag == f"{W}sdtContent" else None
        if content is not None and control is not None:
            for child in list(content):
                control.addprevious(child)
            remove(control)


def _printing(text: str) -> Iterator[str]:
    return (tag.group() for tag in TAG.finditer(text) if tag.group().startswith("{{"))


def _in_cells(tokens: Tokens, pattern: re.Pattern[str], change: _Change) -> None:
    """Take tags out of the texts of cells; `change` applies one and returns what is left of the text without it."""
    for leaf in tokens.leaves():
        cell = around(leaf, "tc")
        found = pattern.search(leaf.text or "")
        if cell is None or found is None:
            continue
        while found is not None:
            text = leaf.text or ""
            leaf.text = change(tokens, cell, found, text[: found.start()] + text[found.end() :])
            found = pattern.search(leaf.text)
        run = leaf.getparent()
        if not leaf.text and not leaf.attrib and run is not None:
            remove(run)


def _spanned(tokens: Tokens, cell: etree._Element, found: re.Match[str], text: str) -> str:
    kind, value = found.groups()
    tag = tokens.token(f"{{{{{value}}}}}")
    if kind == "colspan":
        put(cell_properties(cell), "gridSpan", val=tag)
        change_columns(around(cell, "tbl"))
    else:
        put(cell_properties(cell), "shd", val="clear", color="auto", fill=tag)
    return text


def _merged(tokens: Tokens, cell: etree._Element, found: re.Match[str], text: str) -> str:
    properties = cell_properties(cell)
    if found.group(1) == "vm":
        tag = tokens.token("{% if loop.first %}restart{% else %}continue{% endif %}")
        put(properties, "vMerge", val=tag)
        return f"{{% if loop.first %}}{text}{{% endif %}}"
    old = properties.find(f"{W}gridSpan")
    width = "" if old is None else f"{old.get(f'{W}val')} * "
    put(properties, "gridSpan", val=tokens.token(f"{{{{ {width}loop.length }}}}"))
    cell.addprevious(tokens.mark("{% if loop.first %}"))
    cell.addnext(tokens.mark("{% endif %}"))
    change_columns(around(cell, "tbl"))
    return text
