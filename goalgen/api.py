"""Publish what others may use: read a submission, check, print and compare it; read filled forms, write projects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from goalgen.checking.check import Review
from goalgen.checking.check import check as checked
from goalgen.diff import comparing, sides
from goalgen.diff.values import Difference
from goalgen.forms import Form
from goalgen.forms.project import Project
from goalgen.printing.printer import Printer
from goalgen.printing.publish import publish
from goalgen.submission import Year, submission
from goalgen.submission.index import find_root
from goalgen.submission.submission import Submission

if TYPE_CHECKING:
    from goalgen.exchange.filled_forms.imported import Imported
    from goalgen.exchange.project_files import Mode, Written

__all__ = ["bundle", "check", "compare", "load", "publish", "read_docx", "render", "write"]


def load(folder: Path | str, years: Iterable[int] = ()) -> Submission:
    """Read the submission that holds a folder; its `problems` tell what is wrong with the files.

    Raises GoalgenError when there is no submission or its projects.yaml cannot be used.
    """
    return submission.load(find_root(Path(folder)), years)


def check(read: Submission) -> Review:
    """Find all that is wrong with a submission: what keeps its files from being read, and what a reviewer would send back."""
    return checked(read)


def render(project: Project, form: Form) -> bytes:
    """Print one project: the bytes of its form as a .docx. Raises GoalgenError when the template cannot be used."""
    printer = Printer(form)
    return printer.document(printer.fill(project))


def bundle(projects: Iterable[Project], form: Form) -> bytes:
    """Print projects into one .docx, each on a page of its own. Raises GoalgenError as `render` does."""
    printer = Printer(form)
    return printer.bundle(printer.fill(project) for project in projects)


def compare(old: Year, new: Year) -> Difference:
    """Compare two years, of one submission or of two: projects by 编号, indicators by name.

    Money is in the form's unit (万元), exact. Changes that every new year brings are there too (`Change.routine`).
    """
    return comparing.compare(sides.of_year(old), sides.of_year(new))


def read_docx(path: Path | str, form: Form) -> list[Imported]:
    """Read the projects in a filled .docx (one form or many), top to bottom, by the labels of a form; money is in 万元.

    Each comes with its `problems`: a warning (K03) for every text that has no place in a project. Raises GoalgenError
    when the file cannot be read or holds no form.
    """
    from goalgen.exchange.filled_forms import imported  # late: lxml is for Word files only

    return imported.read_docx(Path(path), form)


def write(
    folder: Path | str,
    projects: Sequence[Project | Imported],
    form: Form | None = None,
    *,
    mode: Mode = "new",
    dry_run: bool = False,
) -> Written:
    """Write projects, or what `read_docx` gave, as YAML files of the submission in a folder; tell what was written.

    With a `form` data/projects.yaml is made where there is none. A project that the submission has already keeps its
    file and its 编号; `mode` says what becomes of that file: "new" refuses it, "update" replaces only values that differ
    and keeps comments and key order, "force" overwrites it. `dry_run` writes nothing. Raises GoalgenError when something
    keeps a project from being filed or written.
    """
    from goalgen.exchange.project_files import write_projects  # late: it comes with lxml

    return write_projects(folder, projects, form, mode=mode, dry_run=dry_run)
