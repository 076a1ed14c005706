"""Recognise the changes that a new year always brings: years moved on, another day of filing."""

from __future__ import annotations

import re

from goalgen.diff.values import Change, Kind
from goalgen.forms.blocks.block import Next
from goalgen.forms.item import Role
from goalgen.forms.project import Project
from goalgen.source.shapes import YEAR_SPAN, Window


def is_routine(change: Change, old: Project, new: Project) -> bool:
    """Tell whether a change between two budget years says no more than that a year has passed.

    Such a change is 填报日期, or a text that differs only in spans of years that moved on with the budget year: any span
    in a period (see Block.next_year), elsewhere only the project's own window.
    """
    if change.kind in (Kind.NEW_FIELD, Kind.GONE_FIELD):
        return False
    filed = change.field == new.form.path(Role.FILED)
    if old.year == new.year or change.old is None or change.new is None:
        return filed and old.year != new.year
    if filed:
        return True
    every = new.form.next_year(tuple(change.field.split("."))) is Next.MOVE
    return _timeless(change.old, old, every) == _timeless(change.new, new, every)


def _timeless(text: str, project: Project, every: bool) -> str:
    """Rewrite the spans of years in a text as their distance from the budget year."""

    def told(match: re.Match[str]) -> str:
        first, last = int(match.group(1)), int(match.group(3))
        if not every and Window(first, last) != project.window:
            return match.group()
        return f"\0{first - project.year}{match.group(2)}{last - project.year}"

    return re.sub(YEAR_SPAN, told, text)
