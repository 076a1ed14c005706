"""Write projects as YAML text, as a person would: keys in the form's order, no needless quotes, rows in one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from goalgen.forms import Form
from goalgen.forms.form import Field
from goalgen.forms.project import HORIZONS, Indicator, Project
from goalgen.forms.shape import NOTES_KEY, project_shape
from goalgen.forms.values import written_values
from goalgen.source.writing import entry, scalar

_END_OF_FILE: Final = "\0"
"""Stands for the path of comments that belong to no line."""


def indicator_row(indicator: Indicator) -> str:
    """Write an indicator as `{指标: …, 中长期: …, 年度: …}`, without the sides that are not printed."""
    cells = [("指标", indicator.name)]
    cells += [(horizon.value, value) for horizon in HORIZONS if (value := indicator.value(horizon)) is not None]
    return "{" + ", ".join(f"{key}: {scalar(text, True)}" for key, text in cells) + "}"


def project_text(
    project: Project,
    form: Form,
    modeline: str = "",
    omit: frozenset[str] = frozenset(),
    comments: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """Write the text of a project file.

    `modeline` is its first line, if any; `omit` names keys that projects.yaml supplies; `comments` are given by path
    (`绩效指标.数量指标`, "" the head of the file), each put above the key it concerns.
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
    values = written_values(project, form)
    writers = {
        "项目概况": _overview_lines(project, form),
        "项目资金": _funding_lines(project, form),
        "总体目标": _goal_lines(project),
        "绩效指标": _indicator_lines(project, form),
    }
    if project.notes:
        writers[NOTES_KEY] = _note_lines(project)
    for key in project_shape(form).keys:
        if key == form.category.key:
            yield key, "", _choice(form.category, project.category)
        elif key in writers:
            whole = project.notes.get("", "") if key == NOTES_KEY else ""
            yield key, "", entry(key, whole)
            yield from writers[key]
        elif key not in (*omit, NOTES_KEY) and (values[(key,)] or key in ("编号", "项目名称", "预算单位")):
            yield key, "", entry(key, str(values[(key,)]))


def _choice(field: Field, chosen: Sequence[str]) -> str:
    """Write the chosen options of a field behind its key, several in brackets."""
    if len(chosen) > 1:
        return f"{field.key}: [{', '.join(scalar(option, True) for option in chosen)}]"
    return entry(field.key, chosen[0] if chosen else "")


def _overview_lines(project: Project, form: Form) -> Iterator[tuple[str, str, str]]:
    for line in form.overview:
        text = project.overview.get(line.key, "")
        written = _choice(line, text) if isinstance(text, tuple) else entry(line.key, text)
        yield f"项目概况.{line.key}", "  ", written


def _funding_lines(project: Project, form: Form) -> Iterator[tuple[str, str, str]]:
    for horizon in HORIZONS:
        amounts = project.funding.get(horizon, {})
        cells = ", ".join(f"{line.key}: {amounts[line.key].text}" for line in form.funding if line.key in amounts)
        yield f"项目资金.{horizon.value}", "  ", f"{horizon.value}: {{{cells}}}" if cells else f"{horizon.value}:"


def _goal_lines(project: Project) -> Iterator[tuple[str, str, str]]:
    for horizon in HORIZONS:
        yield f"总体目标.{horizon.value}", "  ", entry(horizon.value, project.goals.get(horizon, ""))


def _note_lines(project: Project) -> Iterator[tuple[str, str, str]]:
    for path, text in project.notes.items():
        if path:
            yield f"{NOTES_KEY}.{path}", "  ", f"{scalar(path)}: {scalar(text)}"


def _indicator_lines(project: Project, form: Form) -> Iterator[tuple[str, str, str]]:
    for group in form.all_groups:
        yield f"绩效指标.{group}", "  ", f"{group}:"
        for indicator in project.in_group(group):
            yield "", "    ", f"- {indicator_row(indicator)}"
