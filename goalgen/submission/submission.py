"""Read a submission folder whole: every project of every year that projects.yaml lists, every problem of every file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.files import DISK, Files
from goalgen.files.names import shown
from goalgen.forms.project import Unit
from goalgen.submission.comments import NO_COMMENTS, Comments
from goalgen.submission.index import INDEX, Index, open_index
from goalgen.submission.reading import Year, read_year


@dataclass(frozen=True, slots=True)
class Submission:
    """Hold a department's submission as read, with every problem found on the way; `units` are its 预算单位."""

    root: Path
    department: str
    units: tuple[Unit, ...]
    years: tuple[Year, ...]
    problems: tuple[Problem, ...]
    review: Mapping[str, Any] = field(default_factory=dict)
    """What projects.yaml changes in the review profile."""
    comments: Comments = NO_COMMENTS
    """What the comments of projects.yaml say."""

    def latest(self) -> Year:
        """Return the latest year that could be read. Raises GoalgenError with the problems when there is none."""
        if not self.years:
            raise GoalgenError(self.problems)
        return max(self.years, key=lambda year: year.year)

    def of(self, year: int | None) -> Year:
        """Find a year by its number, else the latest. Raises GoalgenError: with the problems when none was read, else S06."""
        if year is None or not self.years:
            return self.latest()
        found = next((one for one in self.years if one.year == year), None)
        if found is None:
            place, have = Place(shown(self.root / INDEX)), "、".join(str(one.year) for one in self.years)
            raise Problem("S06", f"没有 {year} 年度", place, f"有：{have}").error()
        return found


def load(root: Path, years: Iterable[int] = (), files: Files = DISK) -> Submission:
    """Read the submission in a folder; `years` limits which are read (all when empty), `files` is where from.

    Problems of the files are in the result, so that the good projects can be used; GoalgenError is raised only when
    projects.yaml itself cannot be used or a year is not in it.
    """
    index = open_index(root, years, files)
    read = []
    for listed in index.years:
        with read_year(listed, root, files) as year:
            read.append(year)
    return submission_of(index, read)


def submission_of(index: Index, years: Iterable[Year]) -> Submission:
    """Put years that were read together with what projects.yaml says."""
    read = tuple(years)
    problems = (*index.problems, *(problem for year in read for problem in year.problems))
    return Submission(index.root, index.department, index.units, read, problems, index.review, index.comments)
