"""Import a workbook that colleagues filled: bring the project files of its year up to it, and add its new projects."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from goalgen.exchange.excel.reading import read_projects, read_sheets
from goalgen.exchange.filing import file_projects
from goalgen.exchange.filled_forms.imported import Imported
from goalgen.exchange.project_files import Written, refuse_unreadable, write_filing
from goalgen.files.names import shown
from goalgen.files.reading import read_whole
from goalgen.files.refusals import unreadable
from goalgen.forms.project import Project
from goalgen.submission.changing import changing
from goalgen.submission.index import INDEX, find_root
from goalgen.submission.submission import load


class WorkbookOutcome(NamedTuple):
    """Tell what an import of a workbook wrote, and which projects of the year are not in the workbook."""

    written: Written
    missing: tuple[Project, ...]


def import_workbook(
    path: Path,
    folder: Path,
    year: int | None = None,
    *,
    dry_run: bool = False,
    waiting: Callable[[], object] = lambda: None,
) -> WorkbookOutcome:
    """Read a filled .xlsx back into the project files of the submission that holds `folder`, and tell what was done.

    Only values that differ are replaced; comments and key order stay. `year` is the budget year (None: that of the
    workbook's sheet 说明, else the latest); `dry_run` writes nothing; `waiting` is called once when another run is
    changing the submission.

    Raises GoalgenError, and nothing is written, when the workbook cannot be read (Y01, E01, E02), a cell is wrong, there
    is no submission (S07) or no such year (S06), or a project file of the year has errors. An error while writing is
    returned in the outcome, beside what was written before it.
    """
    name = shown(path)
    try:
        data = read_whole(path)
    except OSError as error:
        raise unreadable(name, error).error() from error
    found = read_sheets(data, name)
    noted = found.notes.get("年度", "")
    root = find_root(folder)
    with nullcontext() if dry_run else changing(root, waiting):
        submission = load(root)
        chosen = submission.of(year or (int(noted) if noted.isdigit() else None))
        made = read_projects(found, chosen.form, chosen.year, name)
        refuse_unreadable(submission, [chosen])
        items = [Imported(project, name, "工作表“项目”", ()) for project in made]
        filing = file_projects(items, chosen.form, chosen.year, root / INDEX.parent / str(chosen.year), submission)
        written = write_filing(replace(filing, problems=()), root, "update", dry_run)
    codes = {filed.project.code for filed in filing.files}
    return WorkbookOutcome(written, tuple(project for project in chosen.projects if project.code not in codes))
