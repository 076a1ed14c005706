"""Write projects as project files of a submission, or merge them into the files that are there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, NamedTuple, TypeAlias

from goalgen import source
from goalgen.authoring.new_files import refuse_existing
from goalgen.errors import GoalgenError, Place, Problem, stop_for
from goalgen.exchange.filing import Filed, Filing, file_projects, unplaced_notes
from goalgen.exchange.filled_forms.imported import Imported
from goalgen.exchange.updating import ValueChange, updated
from goalgen.files import writing
from goalgen.files.names import shown
from goalgen.forms import Form
from goalgen.forms.project import Project
from goalgen.submission import Year
from goalgen.submission.changing import changing, refuse_outside
from goalgen.submission.index import INDEX
from goalgen.submission.submission import Submission, load

Mode: TypeAlias = Literal["new", "update", "force"]
"""What becomes of a project file that is there already: it is refused, brought up to the project, or overwritten."""


_UNLISTED_HINT: Final = "它没有列入 projects.yaml；加进去，或移走，再运行一次"


class WrittenFile(NamedTuple):
    """Tell of one project file: its path, its name in messages, what a merge changed in it (None: written anew)."""

    path: Path
    name: str
    changes: tuple[ValueChange, ...] | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """Tell what was written, or with `dry_run` would be: the project files in order, and projects.yaml (None: as it was).

    `problems` are warnings: texts of a form that became comments (K03), empty values that projects.yaml fills (K04).
    `new_submission` says that projects.yaml was not there before. `error` is what stopped the writing; then `files` are
    those written before it, and `failed` is the file that could not be written, with what was to be changed in it.
    """

    files: tuple[WrittenFile, ...] = ()
    index: Path | None = None
    problems: tuple[Problem, ...] = ()
    new_submission: bool = False
    error: GoalgenError | None = None
    failed: WrittenFile | None = None


def write_projects(
    root: Path | str,
    projects: Sequence[Project | Imported],
    form: Form | None = None,
    *,
    mode: Mode = "new",
    dry_run: bool = False,
) -> Written:
    """Write projects as YAML files of the submission in `root`, list new ones in its projects.yaml, tell what was written.

    `root` is the folder that holds data/projects.yaml; with a `form` that file is made where there is none. Without one
    the projects are written by the form of their year, else of the latest year. Amounts are in 万元. A project that the
    submission has already keeps its file (the same 编号, or without 编号 the same name and 预算单位, in the same year) and
    its 编号 (in any year); `mode` says what becomes of that file: "new" refuses it, "update" replaces only values that
    differ and keeps comments and key order, "force" overwrites it. What `read_docx` gives may be handed on as it is: texts
    without a place become comments. `dry_run` writes nothing.

    Raises GoalgenError: K05 for a project without year, S01 for a 编号 given twice in a year, S08 for a file that is
    there, S06 or G02 when projects.yaml cannot be added to, O06 for a file outside of the submission, O01 and O02 when a
    file cannot be written (files written before it stay); the errors of project files with "update"; those of `load`
    when there is neither a usable projects.yaml nor a form.
    """
    items = [item if isinstance(item, Imported) else _imported(item) for item in projects]
    _refuse_unfit(items)
    folder = Path(root).resolve()
    with nullcontext() if dry_run else changing(folder):
        done = list(write_years(items, folder, form, mode=mode, dry_run=dry_run))
    return Written(
        tuple(file for written in done for file in written.files),
        next((written.index for written in done if written.index), None),
        tuple(problem for written in done for problem in written.problems),
        any(written.new_submission for written in done),
    )


def _imported(project: Project) -> Imported:
    """Take a project at hand for one that was read from its own file, or from no file."""
    return Imported(project, project.origin.file if project.origin else project.name, "项目", ())


def _refuse_unfit(items: Sequence[Imported]) -> None:
    """Raise GoalgenError for projects without year (K05), or that bear the 编号 of another one of their year (S01)."""
    problems: list[Problem] = []
    taken: set[tuple[int, str]] = set()
    for item in items:
        year, code = item.project.year, item.project.code
        if not year:
            problems.append(Problem("K05", f"{item.project.name}没有年度", Place(item.file), "给它一个年度"))
        if code and (year, code.casefold()) in taken:
            problems.append(Problem("S01", f"编号 {code} 重复", Place(item.file), "一个项目一个编号"))
        taken.add((year, code.casefold()))
    if problems:
        raise GoalgenError(problems)


def write_years(
    items: Sequence[Imported],
    root: Path,
    form: Form | None,
    *,
    folder: Path | None = None,
    mode: Mode,
    dry_run: bool,
) -> Iterator[Written]:
    """Write the projects of each year in turn, and give what was written, the last one with its error if there is one.

    New files go to `folder`, else to data/<year> of `root`; `form` as in `write_projects`. Raises GoalgenError with the
    error once it was given, and for what keeps a year from being filed.
    """
    submission = _submission(root)
    for n, year in enumerate(sorted({item.project.year for item in items})):
        if n and not dry_run:
            submission = _submission(root)  # the year before was written into it
        if submission and mode == "update":
            refuse_unreadable(submission, submission.years)
        own = [item for item in items if item.project.year == year]
        target = Path(os.path.realpath(folder or root / INDEX.parent / str(year)))
        filing = file_projects(own, form or _form_of(submission or load(root), year), year, target, submission)
        written = write_filing(filing, root, mode, dry_run)
        yield written
        if written.error:
            raise written.error


def _submission(root: Path) -> Submission | None:
    """Read the submission in a folder; None where there is none yet."""
    return load(root) if (root / INDEX).is_file() else None


def _form_of(submission: Submission, year: int) -> Form:
    """Find the form of a year, else of the latest year. Raises GoalgenError when no year could be read."""
    return next((found.form for found in submission.years if found.year == year), None) or submission.latest().form


def refuse_unreadable(submission: Submission, years: Iterable[Year]) -> None:
    """Raise GoalgenError for project files with errors: whether a project belongs into one of them cannot be told."""
    entries = (entry for year in years for entry in year.entries)
    stop_for(submission.problems, {entry.file for entry in entries if entry.project is None})


def write_filing(filing: Filing, root: Path, mode: Mode, dry_run: bool) -> Written:
    """Write or merge project files of the submission in `root`, then projects.yaml; `dry_run` only finds out what would be written.

    Returns what was written; a GoalgenError on the way is returned in it, not raised.
    """
    files: list[WrittenFile] = []
    current: WrittenFile | None = None
    try:
        refuse_outside(root, [*(filed.path for filed in filing.files), *(filing.index or ())[:1]])
        if mode != "force":
            in_the_way = [filed.path for filed in filing.files if _is_in_the_way(filed, mode)]
            refuse_existing(in_the_way, *(() if mode == "new" else (_UNLISTED_HINT,)))
        for filed in filing.files:
            current = None
            current, data = _prepared(filed, mode)
            if not dry_run:
                writing.write(filed.path, data)
            files.append(current)
        current = None
        if filing.index and not dry_run:
            writing.write(filing.index[0], filing.index[1].encode("utf-8"))
    except GoalgenError as error:
        return Written(tuple(files), error=error, failed=current)
    problems = [problem for filed in filing.files for problem in filed.imported.problems]
    index = filing.index[0] if filing.index else None
    return Written(tuple(files), index, (*problems, *filing.problems), filing.new_submission)


def _is_in_the_way(filed: Filed, mode: Mode) -> bool:
    """Say whether a file is there that must not be written over; one just as it is to be was left by a killed run."""
    if filed.there is not None:
        return mode == "new"
    return filed.path.exists() and not (filed.path.is_file() and filed.path.read_bytes() == filed.text.encode("utf-8"))


def _prepared(filed: Filed, mode: Mode) -> tuple[WrittenFile, bytes]:
    """Make the bytes that a project file is to hold, and what to tell of it."""
    if filed.there is None or mode != "update":
        return WrittenFile(filed.path, shown(filed.path)), filed.text.encode("utf-8")
    entry, before = filed.there
    origin = before.origin
    assert origin, "a project of a submission was read from a file"
    notes = [note for found in unplaced_notes(filed.imported).values() for note in found]
    result = updated(origin.text, origin.node, before, filed.project, filed.form, notes)
    return WrittenFile(filed.path, entry.file, result.changes), source.encode(result.text, origin.data)
