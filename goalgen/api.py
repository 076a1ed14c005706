"""Publish what others may use: read a submission, check, print and compare it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

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

__all__ = ["bundle", "check", "compare", "load", "publish", "render"]


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
