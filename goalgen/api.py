"""The published names: read a submission, print its projects."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from goalgen import submission
from goalgen.forms import Form
from goalgen.listing import find_root
from goalgen.model import Project
from goalgen.printing import Printer
from goalgen.submission import Submission


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
