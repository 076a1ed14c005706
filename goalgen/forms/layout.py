"""Lay a project out on a form: the rows and words that the form prints, as plain text for the template."""

from __future__ import annotations

from typing import Any

from goalgen.forms import formulas
from goalgen.forms.form import Form
from goalgen.forms.project import CODE_KEY, Project
from goalgen.source.shapes import Window


def context(project: Project, form: Form) -> dict[str, Any]:
    """Return what a template may print of a project: texts, nested by the form's words; nothing missing, empty is ""."""
    look = form.look
    points = formulas.total(block.points(project, look) for block in form.blocks) if form.scores else None
    found: dict[str, Any] = {"年度": str(project.year), CODE_KEY: project.code}
    for block in form.blocks:
        found.update(block.context(project, look, points))
    return found


def blank_context(form: Form) -> dict[str, Any]:
    """Return the context of a project with nothing written in it: every name a template may use, one row per 二级指标."""
    window = {form.window_path: Window(2020, 2020)} if form.window_path else {}
    return context(Project(form, 2020, "", window, {}), form)
