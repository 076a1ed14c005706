"""Read what the XML of a table says of its rows and cells."""

from __future__ import annotations

from typing import Any, Final

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def number_at(element: Any, *path: str) -> int:
    """Return the number that a property below an element has (`trPr`, `gridBefore`); 0 where there is none."""
    found = element.find("/".join(f"{_W}{name}" for name in path))
    value = found.get(f"{_W}val", "0") if found is not None else "0"
    return int(value) if value.isdigit() else 0


def continues_above(cell: Any) -> bool:
    """Tell whether a cell is merged with the one above it."""
    merge = cell.find(f"{_W}tcPr/{_W}vMerge")
    return merge is not None and merge.get(f"{_W}val", "continue") != "restart"
