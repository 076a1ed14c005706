"""Forms other than that of 2020, made of their specs, and projects that fill them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from goalgen import source
from goalgen.errors import GoalgenError, Problem
from goalgen.forms import Form
from goalgen.forms.item import Item
from goalgen.forms.pack import load_form
from goalgen.forms.project import Project
from goalgen.forms.spec import form_of, spec_values
from goalgen.submission.project_file import Setting, convert
from tests.support.places import ROOT

CASES: Final = ROOT / "tests" / "forms" / "cases"
REVIEWED: Final = ROOT / "tests" / "checking" / "forms"
"""Clean projects of forms, and forms that goalgen does not bring along (see tests/checking/rules/test_by_role.py)."""
NAMES: Final = ("xiangmu_88", "hexin_101", "ziping_10", "everything")
"""Every form that has a project among the cases."""


def spec_of(name: str) -> Path:
    """The spec of a form of goalgen's own, or else of the cases."""
    places = (folder / f"{name}.yaml" for folder in (ROOT / "templates", CASES, REVIEWED))
    return next(spec for spec in places if spec.is_file())


@cache
def form_named(name: str) -> Form:
    """A form of goalgen's own, or else of the cases."""
    return load_form(spec_of(name))


@cache
def project_text_of(name: str) -> str:
    return (CASES / f"{name}.project.yaml").read_text(encoding="utf-8")


def project_named(name: str, year: int = 2024) -> Project:
    """The project of the cases that fills a form."""
    return filled(form_named(name), project_text_of(name), year)


def filled(form: Form, text: str, year: int = 2024) -> Project:
    """The project that a project file under a form says."""
    project, problems = read(form, text, year)
    assert project is not None, problems
    return project


def read(form: Form, text: str, year: int = 2024) -> tuple[Project | None, tuple[Problem, ...]]:
    return convert(source.read(text.encode(), "x.yaml"), Setting.alone(form, year), text.encode())


def without_examples(form: Form) -> Form:
    """The form with not one example in its spec."""
    return replace(form, note_example="", blocks=tuple(_plain(block) for block in form.blocks))


def _plain(part: Any) -> Any:
    """The part of a form, and what it holds, without examples."""
    if isinstance(part, Item):
        return part._replace(examples={})
    if isinstance(part, tuple) and not hasattr(part, "_fields"):
        return tuple(_plain(one) for one in part)
    if isinstance(part, tuple):
        return part._replace(**{name: _plain(getattr(part, name)) for name in part._fields})  # type: ignore[attr-defined]
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{one.name: _plain(getattr(part, one.name)) for one in fields(part) if one.init})
    return part


def form_of_text(text: str) -> Form:
    """The form that a spec describes."""
    return form_of(spec_values(text.encode(), "x.yaml"), Path())


def faults(text: str) -> list[str]:
    """What is wrong with a spec, a line a fault: `line:column message`."""
    try:
        spec_values(text.encode(), "x.yaml")
    except GoalgenError as error:
        return [f"{one.place.line}:{one.place.column} {one.message}" for one in error.problems]
    return []
