"""The published names: read a submission, print its projects, compare two years."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from goalgen.diff import comparing, sides
from goalgen.diff.values import Difference
from goalgen.forms import Form
from goalgen.forms.project import Project
from goalgen.printing.printer import Printer
from goalgen.submission import Submission, Year, submission
from goalgen.submission.index import find_root


def load(folder: Path | str, years: Iterable[int] = ()) -> Submission:
    """The submission that holds a folder; its `problems` tell what is wrong with the files.

    Raises GoalgenError when there is no submission or its projects.yaml cannot be used.
    """
    return submission.load(find_root(Path(folder)), years)


def render(project: Project, form: Form) -> bytes:
    """The form of one project as the bytes of a .docx. Raises GoalgenError when the template cannot be used."""
    printer = Printer(form)
    return printer.document(printer.fill(project))


def bundle(projects: Iterable[Project], form: Form) -> bytes:
    """The forms of projects in one .docx, each on a page of its own. Raises GoalgenError as `render` does."""
    printer = Printer(form)
    return printer.bundle(printer.fill(project) for project in projects)


def compare(old: Year, new: Year) -> Difference:
    """What is different between two years, of one submission or of two: projects by 编号, indicators by name.

    Money is in the form's unit (万元), exact. Changes that every new year brings are there too (`Change.routine`).
    """
    return comparing.compare(sides.of_year(old), sides.of_year(new))
