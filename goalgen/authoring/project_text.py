"""Projects as YAML text of the kind a person would write: keys in the form's order, no needless quotes, rows in one line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from goalgen.forms import Form
from goalgen.forms.form import Field
from goalgen.forms.project import HORIZONS, Indicator, Project
from goalgen.forms.shape import NOTES_KEY, project_shape
from goalgen.forms.values import written_values
from goalgen.source.writing import entry, scalar

_END: Final = "\0"


def indicator_row(indicator: Indicator) -> str:
    """`{指标: …, 中长期: …, 年度: …}`, the sides that are not printed left out."""
    cells = [("指标", indicator.name)]
    cells += [(h.value, value) for h in HORIZONS if (value := indicator.value(h)) is not None]
    return "{" + ", ".join(f"{key}: {scalar(text, True)}" for key, text in cells) + "}"


def project_text(
    value: Project,
    form: Form,
    modeline: str = "",
    omit: frozenset[str] = frozenset(),
    notes: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """The text of a project file.

    `omit` names keys that projects.yaml supplies; `notes` are comments by path (`绩效指标.数量指标`, "" the head of
    the file), each put above the key it concerns.
    """
    body = list(_lines(value, form, omit))
    left = _gathered(notes or {}, {path for path, _, _ in body})
    lines = [modeline] if modeline else []
    lines += _noted("", "", left)
    for path, indent, line in body:
        lines += _noted(path, indent, left)
        lines.append(f"{indent}{line}")
    return "\n".join([*lines, *_noted(_END, "", left)]) + "\n"


def _gathered(notes: Mapping[str, Sequence[str]], paths: set[str]) -> dict[str, list[str]]:
    """Comments by the nearest path that has a line of its own; those of no line go to the end of the file."""
    gathered: dict[str, list[str]] = {}
    for path, texts in notes.items():
        at = path
        while at and at not in paths:
            at = at.rpartition(".")[0]
        gathered.setdefault(at if at or not path else _END, []).extend(texts)
    return gathered


def _noted(path: str, indent: str, notes: dict[str, list[str]]) -> list[str]:
    """The comments for a path, taken out of `notes`."""
    return [f"{indent}# {line}" for text in notes.pop(path, ()) for line in text.split("\n")]


def _lines(value: Project, form: Form, omit: frozenset[str]) -> Iterator[tuple[str, str, str]]:
    """Every line of a project file as (path, indentation, text)."""
    values = written_values(value, form)
    writers = {
        "项目概况": _overview(value, form),
        "项目资金": _funding(value, form),
        "总体目标": _goals(value),
        "绩效指标": _indicators(value, form),
    }
    if value.notes:
        writers[NOTES_KEY] = _notes(value)
    for key in project_shape(form).keys:
        if key == form.category.key:
            yield key, "", _choice(form.category, value.category)
        elif key in writers:
            whole = value.notes.get("", "") if key == NOTES_KEY else ""
            yield key, "", entry(key, whole)
            yield from writers[key]
        elif key not in (*omit, NOTES_KEY) and (values[(key,)] or key in ("编号", "项目名称", "预算单位")):
            yield key, "", entry(key, str(values[(key,)]))


def _choice(line: Field, chosen: Sequence[str]) -> str:
    if len(chosen) > 1:
        return f"{line.key}: [{', '.join(scalar(option, True) for option in chosen)}]"
    return entry(line.key, chosen[0] if chosen else "")


def _overview(value: Project, form: Form) -> Iterator[tuple[str, str, str]]:
    for line in form.overview:
        text = value.overview.get(line.key, "")
        written = _choice(line, text) if isinstance(text, tuple) else entry(line.key, text)
        yield f"项目概况.{line.key}", "  ", written


def _funding(value: Project, form: Form) -> Iterator[tuple[str, str, str]]:
    for horizon in HORIZONS:
        amounts = value.funding.get(horizon, {})
        cells = ", ".join(f"{line.key}: {amounts[line.key].text}" for line in form.funding if line.key in amounts)
        yield f"项目资金.{horizon.value}", "  ", f"{horizon.value}: {{{cells}}}" if cells else f"{horizon.value}:"


def _goals(value: Project) -> Iterator[tuple[str, str, str]]:
    for horizon in HORIZONS:
        yield f"总体目标.{horizon.value}", "  ", entry(horizon.value, value.goals.get(horizon, ""))


def _notes(value: Project) -> Iterator[tuple[str, str, str]]:
    for path, text in value.notes.items():
        if path:
            yield f"{NOTES_KEY}.{path}", "  ", f"{scalar(path)}: {scalar(text)}"


def _indicators(value: Project, form: Form) -> Iterator[tuple[str, str, str]]:
    for group in form.all_groups:
        yield f"绩效指标.{group}", "  ", f"{group}:"
        for indicator in value.in_group(group):
            yield "", "    ", f"- {indicator_row(indicator)}"
