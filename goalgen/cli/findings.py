"""What the review finds, for commands that only need its count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from goalgen.cli.common import Console
from goalgen.errors import GoalgenError, errors_in
from goalgen.files import DISK
from goalgen.files.names import shown
from goalgen.printing.edition import Item
from goalgen.printing.reading import ReadYear
from goalgen.submission.index import INDEX, MAX_INDEX_BYTES, Index

if TYPE_CHECKING:
    from goalgen.submission import Submission


def texts(submission: Submission) -> dict[str, str]:
    """The files of a submission by reported name, for the comments in them."""
    paths = [submission.root / INDEX, *(entry.path for year in submission.years for entry in year.entries)]
    return {shown(path): text for path in paths if (text := _text(path))}


def _text(path: Path) -> str:
    """What stands in a file that can be read, as far as it would be read."""
    try:
        return DISK.read(path, MAX_INDEX_BYTES).decode("utf-8-sig", "replace")
    except OSError:
        return ""


def warn(
    index: Index, read: Iterable[ReadYear], chosen: Mapping[int, Sequence[Item]], strict: bool, console: Console
) -> None:
    """One line with the count of errors `check` would find in these projects, by year; `strict` then refuses (exit code 1)."""
    items = [item for of_year in chosen.values() for item in of_year]
    count = _reviewed(index, chosen) if any(year.together for year in read) else sum(item.faults for item in items)
    if count:
        console.notice(f"审核检查会发现 {count} 个错误，用 goalgen check 查看")
        if strict:
            console.notice("什么都没有写（--strict）；改好以后再运行一次")
            raise GoalgenError([], 1)


def _reviewed(index: Index, chosen: Mapping[int, Sequence[Item]]) -> int:
    """The same from a review of the whole submission, where rules across projects have a say."""
    from goalgen.checking.review import review  # late: only when errors are counted
    from goalgen.submission import load  # late: only when errors are counted

    submission = load(index.root, [year.year for year in index.years])
    wanted = {(year, item.project.code) for year, items in chosen.items() for item in items if item.project}
    every = review(submission, texts(submission))
    return len(errors_in(problem for problem in every if (problem.year, problem.project) in wanted))
