"""Plan where imported projects go in a submission: their 编号, their files, what they share in projects.yaml. Nothing is written."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from goalgen import source
from goalgen.authoring.new_files import AUTOMATIC_CODE, free_code
from goalgen.authoring.project_text import project_text
from goalgen.authoring.skeleton import PROJECT_SCHEMA, SCHEMA_MODELINE
from goalgen.errors import Place, Problem, Severity
from goalgen.exchange.filled_forms.imported import Imported, dated
from goalgen.exchange.filled_forms.labels import squeezed
from goalgen.exchange.shared_values import Shared, new_index
from goalgen.files.names import safe_name, shown
from goalgen.forms import Form
from goalgen.forms.project import Project
from goalgen.source.validating import Reader
from goalgen.submission import Entry
from goalgen.submission.index import INDEX
from goalgen.submission.index_shape import index_shape
from goalgen.submission.listing import index_with_file, index_with_units, index_with_year
from goalgen.submission.submission import Submission


@dataclass(frozen=True, slots=True)
class Filed:
    """Hold an imported project with its 编号, the file it goes to and its text; `there` is what that file holds already."""

    imported: Imported
    form: Form
    project: Project
    path: Path
    text: str
    there: tuple[Entry, Project] | None


@dataclass(frozen=True, slots=True)
class Filing:
    """Hold the project files of one year, and projects.yaml with them listed (None: it stays as it is).

    `problems` are warnings (K04); `new_submission` says that there was no projects.yaml yet.
    """

    files: tuple[Filed, ...]
    index: tuple[Path, str] | None
    problems: tuple[Problem, ...]
    new_submission: bool


def file_projects(
    found: Sequence[Imported], form: Form, year: int, folder: Path, submission: Submission | None
) -> Filing:
    """Decide where these projects of one year go, and make the texts of their files and of projects.yaml.

    `folder` takes the new files. A project that the submission has already (by 编号, or without one by name and 预算单位) keeps
    its file; its 编号 is also taken from another year. Raises GoalgenError (S06, G02) when projects.yaml cannot be added to.
    """
    found = [replace(item, project=dated(replace(item.project, year=year), form)) for item in found]
    there = _entries(submission, year)
    codes = _codes(submission)
    shared = Shared.of([item.project for item in found], form)
    index_text = _with_units(_index_text(submission), found, there, shared)
    forms = [form, *(one.form for one in (submission.years if submission else ()))]
    defaults = _defaults(index_text, year, shared, forms)
    modeline = f"{SCHEMA_MODELINE}{_schema(folder, submission)}"
    files: list[Filed] = []
    problems: list[Problem] = []
    taken = {entry.path.name for entry in there}
    number = max([0, *(int(m[0]) for name in taken if (m := re.match(r"\d+", name)))])
    for item in found:
        same = _same(item.project, there)
        code = same[1].code if same else _code(item.project, codes, found)
        project = replace(item.project, code=code, year=year)
        if same is None:
            number += 1
            name = item.project.name if AUTOMATIC_CODE.fullmatch(code) else code
            path = folder / f"{number:02d}-{safe_name(name).replace(' ', '-')}.yaml"
        else:
            path = same[0].path
        values = defaults.get(project.unit, defaults[""])
        omit = frozenset(key for key in _taken(form) if values.get(key) and values[key] == project.values.get(key))
        problems += _printed_anyway(item, project, values, form)
        text = project_text(project, form, modeline, omit, unplaced_notes(item))
        files.append(Filed(item, form, project, path, text, same))
    index = _index(index_text, files, form, year, shared, folder, submission)
    return Filing(tuple(files), index, tuple(problems), submission is None)


def _taken(form: Form) -> list[str]:
    """Return the keys that projects take from projects.yaml; the 预算单位 stands in every file, so that it can be read alone."""
    return [key for key in form.shared if key != form.unit_path]


def _entries(submission: Submission | None, year: int) -> tuple[Entry, ...]:
    years = submission.years if submission else ()
    return next((found.entries for found in years if found.year == year), ())


def _codes(submission: Submission | None) -> dict[tuple[str, str], str]:
    """Return 编号 by (name, unit) of every year; the latest year wins."""
    years = sorted(submission.years, key=lambda year: year.year) if submission else []
    return {_key(project): project.code for year in years for project in year.projects}


def _key(project: Project) -> tuple[str, str]:
    return squeezed(project.name), squeezed(project.unit)


def _same(project: Project, entries: Iterable[Entry]) -> tuple[Entry, Project] | None:
    """Find the entry that holds this project, and what it holds: by the same 编号, or without one by the same name and unit."""
    have = [(entry, entry.project) for entry in entries if entry.project]
    if project.code:
        return next((found for found in have if found[1].code == project.code), None)
    return next((found for found in have if _key(found[1]) == _key(project)), None)


def _code(project: Project, codes: dict[tuple[str, str], str], found: Iterable[Imported]) -> str:
    """Choose a 编号: the one a project was given, has in another year, or the next free `xm-<n>`; note it in `codes`."""
    key = _key(project)
    if project.code or key in codes:
        return codes.setdefault(key, project.code) if not project.code else project.code
    used = {*codes.values(), *(item.project.code for item in found)}
    code = free_code(used)
    codes[key] = code
    return code


def _schema(folder: Path, submission: Submission | None) -> str:
    root = submission.root if submission else folder.parent.parent
    return Path(os.path.relpath(root / PROJECT_SCHEMA, folder)).as_posix()


def _index_text(submission: Submission | None) -> str | None:
    if submission is None:
        return None
    return (submission.root / INDEX).read_bytes().decode("utf-8-sig")


def _with_units(index: str | None, found: Sequence[Imported], there: Sequence[Entry], shared: Shared) -> str | None:
    """Put the units of new projects among those of projects.yaml, where they are not known yet."""
    if index is None:
        return None
    new = {item.project.unit for item in found if _same(item.project, there) is None}
    return index_with_units(index, {unit: said for unit, said in shared.units.items() if unit in new})


def _defaults(index: str | None, year: int, shared: Shared, forms: Sequence[Form]) -> dict[str, Mapping[str, Any]]:
    """Return by 预算单位 (under "" for others) what projects.yaml will supply to a project of the year; `forms` are its years'."""
    if index is None:
        return {"": shared.everyone, **{unit: {**shared.everyone, **own} for unit, own in shared.units.items()}}
    root = source.parse(index, "").root
    values = Reader("").value(root, index_shape(forms)) if root is not None else {}
    own = (values.get("年度") or {}).get(str(year))
    common = {**_given(values.get("共用")), **(_given(own.get("共用")) if own else shared.everyone)}
    rows = {row["名称"]: _given({key: row.get(key) for key in _taken(forms[0])}) for row in values.get("单位") or ()}
    return {"": common, **{unit: {**common, **row} for unit, row in rows.items()}}


def _given(values: Mapping[str, Any] | None) -> dict[str, Any]:
    return {key: value for key, value in (values or {}).items() if value is not None}


def _printed_anyway(item: Imported, project: Project, values: Mapping[str, Any], form: Form) -> Iterator[Problem]:
    for key in _taken(form):
        if values.get(key) and key not in project.values:
            message = f"{item.where}：{project.name} 的{key}在表上是空的，projects.yaml 的“{values[key]}”会印上去"
            hint = "把它从 projects.yaml 移到用它的项目文件里"
            yield Problem("K04", message, Place(item.file), hint, Severity.WARNING, project.code, key)


def unplaced_notes(item: Imported) -> dict[str, list[str]]:
    """Return what found no place in a form as comments, by the path near which it stood."""
    found: dict[str, list[str]] = {}
    for lost in item.unplaced:
        text = " ".join(lost.text.split())
        found.setdefault(lost.path, []).append(f"没有归位（{Path(item.file).name} {lost.where}）：{text}")
    return found


def _index(
    text: str | None,
    files: Sequence[Filed],
    form: Form,
    year: int,
    shared: Shared,
    folder: Path,
    submission: Submission | None,
) -> tuple[Path, str] | None:
    """Make projects.yaml with the new files; None where every file is listed already."""
    root = submission.root if submission else folder.parent.parent
    path = root / INDEX
    names = [Path(os.path.relpath(f.path, path.parent)).as_posix() for f in files if f.there is None]
    if not names:
        return None
    if text is None:
        return path, new_index(form.id, year, shared, names)
    if submission and any(found.year == year for found in submission.years):
        for name in names:
            text = index_with_file(text, year, name, Place(shown(path)))
        return path, text
    return path, index_with_year(text, year, shared.block(form.id, year, names), Place(shown(path)))
