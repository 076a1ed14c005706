"""Write projects as YAML text, as a person would: keys in the form's order, no needless quotes, rows in one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from goalgen.forms import Form
from goalgen.forms.project import Project
from goalgen.forms.shape import NOTES_KEY
from goalgen.source.writing import entry, scalar

_END_OF_FILE: Final = "\0"
"""Stands for the path of comments that belong to no line."""


def project_text(
    project: Project,
    form: Form,
    modeline: str = "",
    omit: frozenset[str] = frozenset(),
    comments: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """Write the text of a project file.

    `modeline` is its first line, if any; `omit` names keys that projects.yaml supplies; `comments` are given by path
    (`项目概况.立项依据`, "" the head of the file), each put above the key it concerns.
    """
    body = list(_lines(project, form, omit))
    left = _by_line(comments or {}, {path for path, _, _ in body})
    lines = [modeline] if modeline else []
    lines += _comment_lines("", "", left)
    for path, indent, line in body:
        lines += _comment_lines(path, indent, left)
        lines.append(f"{indent}{line}")
    return "\n".join([*lines, *_comment_lines(_END_OF_FILE, "", left)]) + "\n"


def _by_line(comments: Mapping[str, Sequence[str]], paths: set[str]) -> dict[str, list[str]]:
    """Sort comments by the nearest path that has a line of its own; those of no line go to the end of the file."""
    gathered: dict[str, list[str]] = {}
    for path, texts in comments.items():
        at = path
        while at and at not in paths:
            at = at.rpartition(".")[0]
        gathered.setdefault(at if at or not path else _END_OF_FILE, []).extend(texts)
    return gathered


def _comment_lines(path: str, indent: str, comments: dict[str, list[str]]) -> list[str]:
    """Take the comments for a path out of `comments`, as lines."""
    return [f"{indent}# {line}" for text in comments.pop(path, ()) for line in text.split("\n")]


def _lines(project: Project, form: Form, omit: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Yield every line of a project file as (path, indentation, text)."""
    for block in form.blocks:
        yield from block.lines(project, omit)
    if project.notes:
        yield NOTES_KEY, "", entry(NOTES_KEY, project.notes.get("", ""))
        for path, text in project.notes.items():
            if path:
                yield f"{NOTES_KEY}.{path}", "  ", f"{scalar(path)}: {scalar(text)}"
