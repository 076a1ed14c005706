"""What the review finds, for commands that only need its count."""

from __future__ import annotations

from collections.abc import Iterable

from goalgen.cli.common import Console
from goalgen.errors import GoalgenError, errors_in
from goalgen.listing import INDEX
from goalgen.paths import shown
from goalgen.rules.review import review
from goalgen.submission import Entry, Submission


def texts(submission: Submission) -> dict[str, str]:
    """The files of a submission by reported name, for the comments in them."""
    paths = [submission.root / INDEX, *(entry.path for year in submission.years for entry in year.entries)]
    return {shown(path): path.read_text(encoding="utf-8-sig", errors="replace") for path in paths if path.is_file()}


def warn(submission: Submission, entries: Iterable[Entry], strict: bool, console: Console) -> None:
    """One line with the count of errors `check` would find in these projects; `strict` then refuses (exit code 1)."""
    chosen = {(entry.project.year, entry.project.code) for entry in entries if entry.project}
    every = review(submission, texts(submission))
    found = errors_in(problem for problem in every if (problem.year, problem.project) in chosen)
    if found:
        console.notice(f"审核检查会发现 {len(found)} 个错误，用 goalgen check 查看")
        if strict:
            console.notice("什么都没有写（--strict）；改好以后再运行一次")
            raise GoalgenError([], 1)
