"""Find what imported projects have in common, and write it once, in projects.yaml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from goalgen.authoring.kit import PROJECTS_SCHEMA
from goalgen.authoring.skeleton import SCHEMA_MODELINE
from goalgen.forms import Form
from goalgen.forms.item import Kind
from goalgen.forms.project import Project, Value, said
from goalgen.source.writing import entry, scalar


@dataclass(frozen=True, slots=True)
class Shared:
    """Hold values that all projects have (`everyone`), those all of one 预算单位 have (`units`), and the commonest unit."""

    department: str
    everyone: Mapping[str, Any]
    units: Mapping[str, Mapping[str, Any]]

    @staticmethod
    def of(projects: Sequence[Project], form: Form) -> Shared:
        """Find what these projects share by their form; a value that one of them lacks is not shared."""
        units: dict[str, list[Project]] = {}
        for project in projects:
            units.setdefault(project.unit, []).append(project)
        shared = {key: cell.item.kind for key, cell in form.shared.items() if key != form.unit_path}
        everyone = {key: _same(key, projects) for key, kind in shared.items() if kind is not Kind.TEXT}
        people = {
            unit: {key: _same(key, own) for key, kind in shared.items() if kind is Kind.TEXT}
            for unit, own in units.items()
            if unit
        }
        most = Counter(project.unit for project in projects if project.unit).most_common(1)
        given = {unit: {k: v for k, v in row.items() if v} for unit, row in people.items()}
        return Shared(most[0][0] if most else "", {k: v for k, v in everyone.items() if v}, given)

    def block(self, form: str, year: int, names: Sequence[str]) -> str:
        """Return the lines of one year in projects.yaml, from its key on; `form` is the form's id, `names` its files."""
        lines = [f"{year}:", f"  表样: {scalar(form)}"]
        if self.everyone:
            lines += ["  共用:", *(f"    {entry(key, said(value))}" for key, value in self.everyone.items())]
        lines += ["  # 项目文件，按合订本的顺序", "  项目:", *(f"    - {scalar(name)}" for name in names)]
        return "\n".join(lines)


def _same(key: str, projects: Sequence[Project]) -> Value | None:
    """Return the value that all projects have under a key, None where they differ."""
    values = [project.values.get(key) for project in projects]
    return values[0] if values and all(value == values[0] for value in values) else None


def new_index(form: str, year: int, shared: Shared, names: Sequence[str]) -> str:
    """Return the text of a new projects.yaml for imported projects; `form` is the form's id, `names` the files of the year."""
    lines = [f"{SCHEMA_MODELINE}../{PROJECTS_SCHEMA}", entry("部门", shared.department), ""]
    if shared.units:
        lines += ["# 写在“单位”里的填报人、电话只用于该单位的项目；项目文件里写了的，以项目文件为准。", "单位:"]
    for unit, values in shared.units.items():
        lines += [f"  - {entry('名称', unit)}", *(f"    {entry(key, said(value))}" for key, value in values.items())]
    block = "\n".join(f"  {line}" for line in shared.block(form, year, names).split("\n"))
    return "\n".join([*lines, "", "年度:", block]) + "\n"
