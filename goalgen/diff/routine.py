"""Which changes a new year always brings: the years of a window moved on, the day of filing."""

from __future__ import annotations

import re
from typing import Final

from goalgen.diff.values import Change
from goalgen.forms.project import Project
from goalgen.source.shapes import YEAR_SPAN, Window

_DATE: Final = "填报日期"
_PERIOD: Final = "年限"


def is_routine(change: Change, old: Project, new: Project) -> bool:
    """Whether a change between two different budget years says nothing but that a year has passed.

    That is 填报日期, and a text that is the same but for its spans of years, which moved on with the budget year: any
    span in a field of 年限, elsewhere the project's own window.
    """
    if old.year == new.year or change.old is None or change.new is None:
        return change.field == _DATE and old.year != new.year
    if change.field == _DATE:
        return True
    every = _PERIOD in change.field
    return _timeless(change.old, old, every) == _timeless(change.new, new, every)


def _timeless(text: str, project: Project, every: bool) -> str:
    """A text with its spans of years told from the budget year."""

    def told(match: re.Match[str]) -> str:
        first, last = int(match.group(1)), int(match.group(3))
        if not every and Window(first, last) != project.window:
            return match.group()
        return f"\0{first - project.year}{match.group(2)}{last - project.year}"

    return YEAR_SPAN.sub(told, text)
