"""What the reports of a comparison are held against."""

from __future__ import annotations

from goalgen.diff.reports.rows import Row, sections
from goalgen.diff.values import Difference

HARD = "R&D <b>项</b> {{ 原 }} {_{ =1+1"


def rows_of(difference: Difference) -> list[Row]:
    return [row for section in sections(difference) for rows in section.projects for row in rows]
