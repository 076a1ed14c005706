"""Say what stands in which column of the workbook: one table for writing and reading."""

from __future__ import annotations

from typing import Final, NamedTuple

from goalgen.forms import Form
from goalgen.forms.project import Project
from goalgen.forms.shape import INDICATOR_SHAPE, NOTES_KEY, project_shape
from goalgen.forms.values import written_values
from goalgen.source.shapes import Choice, Key, Table

PROJECTS_SHEET: Final = "项目"
INDICATORS_SHEET: Final = "指标"
NOTES_SHEET: Final = "说明"
EMPTY_SIDE: Final = "（空）"
"""A side that prints the indicator with an empty value; an empty cell means that the side does not print it."""
OPTIONS_JOINT: Final = "、"


class Column(NamedTuple):
    """Describe a column: its heading, the path of its value in a project file, what goes there, the options to choose from."""

    title: str
    path: tuple[str, ...]
    help: str
    options: tuple[str, ...] = ()
    many: bool = False


def project_columns(form: Form) -> list[Column]:
    """Return the columns of the sheet 项目, 编号 first; 变更说明 stays with the project file."""
    table = project_shape(form)
    keys = {key: value for key, value in table.keys.items() if key not in ("绩效指标", NOTES_KEY)}
    return [column for name, key in keys.items() for column in _columns((name,), key)]


def _columns(path: tuple[str, ...], key: Key) -> list[Column]:
    if isinstance(key.shape, Table):
        return [column for name, inner in key.shape.keys.items() for column in _columns((*path, name), inner)]
    options = key.shape.options if isinstance(key.shape, Choice) else ()
    many = isinstance(key.shape, Choice) and key.shape.many
    note = f"{key.help}。例：{key.example}" if key.example else key.help
    return [Column(".".join(path[1:] or path), path, note, options, many)]


def indicator_columns(form: Form) -> list[Column]:
    """Return the columns of the sheet 指标: 编号, 二级指标, and the keys of an indicator."""
    rows = [Column(name, (name,), key.help) for name, key in INDICATOR_SHAPE.keys.items()]
    code = Column("编号", ("编号",), "“项目”表里的编号；新项目写它的项目名称")
    return [code, Column("二级指标", ("二级指标",), "从表上的二级指标里选", form.all_groups), *rows]


def cell_texts(project: Project, form: Form) -> dict[tuple[str, ...], str]:
    """Return the texts of a project by path, "" where there is none; several options are joined by 、."""
    found = written_values(project, form).items()
    return {path: value if isinstance(value, str) else OPTIONS_JOINT.join(value) for path, value in found}


def side_cell(value: str | None) -> str:
    """Return the cell for one side of an indicator; None, a side that is not printed, is an empty cell."""
    if value is None:
        return ""
    return f"{EMPTY_SIDE}{value}" if not value or value.startswith(EMPTY_SIDE) else value


def side_value(cell: str) -> str:
    """Return the value of an indicator's side that a cell with text stands for."""
    return cell.removeprefix(EMPTY_SIDE)
