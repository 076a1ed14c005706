"""Make filled forms (.docx) a side of a comparison; they are read as `import` does, and compared by what they print."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

from goalgen import source
from goalgen.diff.values import Side
from goalgen.errors import GoalgenError, Problem
from goalgen.exchange.filled_forms.folder import gather_files, read_forms, submission_folder
from goalgen.exchange.filled_forms.imported import Imported
from goalgen.exchange.filled_forms.panels import canonical
from goalgen.files.names import shown
from goalgen.forms import Form
from goalgen.forms.project import Project, Row, Value
from goalgen.source.nodes import Origin

_NOT_COMPARED_HINT: Final = "没有参加对照，请看原文件"


def side(path: Path) -> Side:
    """Read the filled forms in a file or folder as one side.

    The form pack is taken from the submission that one stands in, or else goalgen's own. Files that cannot be read are
    problems of the side. Raises GoalgenError when no file can be read.
    """
    files = gather_files([path])
    templates = submission_folder(None) / "templates"
    try:
        form, found = read_forms(files, None, templates)
        problems: tuple[Problem, ...] = ()
    except GoalgenError as error:
        bad = {problem.place.file for problem in error.problems}
        good = [file for file in files if shown(file) not in bad]
        if not good:
            raise
        problems = error.problems
        form, found = read_forms(good, None, templates)
    problems += tuple(problem._replace(hint=_NOT_COMPARED_HINT) for item in found for problem in item.problems)
    year = max(item.project.year for item in found)
    projects = tuple(map(_project, found))
    return Side(shown(path), year, form, projects, problems=problems, alone=len(projects) == 1, printed=True)


def _project(item: Imported) -> Project:
    return replace(item.project, origin=_origin(item.file))


def _origin(file: str) -> Origin:
    """Make the file itself the place of everything in it."""
    return Origin(file, source.Mapping((), 0, 0, 0, 0))


def as_printed(side: Side) -> Side:
    """Take from a side what a printed form does not show: white space, and which rows share an indicator.

    Where the indicators of a project stand in other rows in its file, the file is the only place it keeps.
    """
    return replace(side, projects=tuple(_printed(project, side.form) for project in side.projects))


def _printed(project: Project, form: Form) -> Project:
    same_rows = canonical(project, form)
    same = all(project.in_group(group) == same_rows.in_group(group) for group in form.all_groups)
    spaced = same_rows.with_values({path: _spaced(value) for path, value in project.values.items()})
    rows = {block: tuple(map(_row, own)) for block, own in same_rows.rows.items()}
    origin = project.origin if same or project.origin is None else _origin(project.origin.file)
    return replace(spaced, rows=rows, origin=origin)


def _row(row: Row) -> Row:
    return Row(row.group, " ".join(row.name.split()), {key: _spaced(value) for key, value in row.cells.items()})


def _spaced(value: Value) -> Value:
    return " ".join(value.split()) if isinstance(value, str) else value
