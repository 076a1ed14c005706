"""Write texts into the markup of reports: drop-down lists in HTML, cells of Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


def choice(name: str, label: str, values: Iterable[str]) -> str:
    """Write a drop-down list of values in HTML, with 全部 on top."""
    options = "".join(f"<option>{escape(value)}</option>" for value in values)
    return f'<label>{label} <select name="{name}"><option value="">全部</option>{options}</select></label>'


def cell(value: str) -> str:
    """Return a text as it may stand in a cell of a Markdown table."""
    for char in "\\|*_<>[]`":
        value = value.replace(char, f"\\{char}")
    return " ".join(value.split())
