"""Check a form pack: its spec, its template, what of the review is idle on it, what import cannot read back."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final, NamedTuple

from goalgen import source
from goalgen.checking.review import catalogue
from goalgen.checking.rule import several
from goalgen.errors import GoalgenError, Place, Problem, Severity
from goalgen.exchange.filled_forms.imported import read_docx
from goalgen.files.names import shown
from goalgen.files.reading import read_whole
from goalgen.forms import Form
from goalgen.forms.blocks.block import Block
from goalgen.forms.item import Item, Kind, Role
from goalgen.forms.pack import load_form
from goalgen.forms.project import Project, Row, Value
from goalgen.printing.printer import Printer
from goalgen.source.nodes import Origin
from goalgen.source.shapes import Amount, Window
from goalgen.word.template.checking import unused
from goalgen.word.template.compiling import prepare

_YEAR: Final = 2024
_CODE: Final = "xm-1"
_LEVELS: Final = ("D01", "D02")
"""What is wrong with a template whatever the form offers."""


class Checked(NamedTuple):
    """Hold what was found of a pack: the form (None where its spec cannot be read), and every problem."""

    form: Form | None
    problems: tuple[Problem, ...]


def check_pack(spec: Path) -> Checked:
    """Check the pack of a spec; every fault of spec and template comes in one go."""
    label = shown(spec)
    try:
        form = load_form(spec, label)
    except GoalgenError as error:
        return Checked(None, (*error.problems, *_template_alone(spec.with_suffix(".docx"))))
    found = [*_wrong_name(form, spec, label)]
    try:
        printer = Printer(form)
    except GoalgenError as error:
        return Checked(form, (*found, *error.problems, *idle(form, label)))
    found += _compulsory(form, printer)
    return Checked(form, (*found, *idle(form, label), *lost(printer, spec, label)))


def _template_alone(path: Path) -> tuple[Problem, ...]:
    """Tell what is wrong with a template when nobody knows which names it may use."""
    try:
        prepare(read_whole(path), shown(path), (), (), {})
    except GoalgenError as error:
        return tuple(problem for problem in error.problems if problem.code in _LEVELS)
    except OSError:
        pass  # the spec may name another template
    return ()


def _wrong_name(form: Form, spec: Path, label: str) -> Iterator[Problem]:
    if form.id != spec.stem:
        hint = f"写成 表样: {spec.stem}，或给文件改名"
        yield Problem("D05", f"表样叫“{form.id}”，文件名却是 {spec.name}", _places(spec, label).place("表样"), hint)


def _compulsory(form: Form, printer: Printer) -> Iterator[Problem]:
    """Tell what the template does not print; that a compulsory field is missing is an error."""
    needed = {unused(cell.path) for cell in form.cells if cell.item.required and cell.item.printed}
    for problem in printer.warnings:
        if problem.message in needed:
            message = problem.message.replace("写在项目文件里也印不出来", "这一项是必填的")
            yield problem._replace(message=message, severity=Severity.ERROR)
        else:
            yield problem


def idle(form: Form, label: str) -> Iterator[Problem]:
    """Tell what is marked nowhere on a form, with the review rules that do not run for want of it."""
    rules: dict[str, list[str]] = {}
    for rule in catalogue():
        for words in rule.lacks(form):
            rules.setdefault(words, []).append(rule.code)
    for words, codes in rules.items():
        message = f"没有{words}，不查 {len(codes)} 条规则：{'、'.join(codes)}"
        yield Problem("L04", message, Place(label), "表上有这一项的，给它写上角色", Severity.INFO)


def lost(printer: Printer, spec: Path, label: str) -> Iterator[Problem]:
    """Tell what does not come back when a filled form is imported: a project with something in every cell is printed and read."""
    project = _probe(printer.form)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "表.docx"
        path.write_bytes(printer.document(printer.fill(project)))
        try:
            back = read_docx(path, printer.form)[0].project
        except GoalgenError as error:
            message = f"填好的表导入不了：{error.problems[0].message}"
            yield Problem("L05", message, Place(label), "看 docs/forms.md", Severity.INFO)
            return
    origin = _places(spec, label)
    for block in printer.form.blocks:
        names = [*_lost_cells(block, project, back), *_lost_columns(block, project, back)]
        if names:
            message = f"填好的表导入时读不回 {len(names)} 项：{several(names)}"
            place = origin.place(f"块.{block.key}")
            yield Problem("L05", message, place, "导入以后手工补上", Severity.INFO, field=block.key)


def _places(spec: Path, label: str) -> Origin:
    root = source.read(spec.read_bytes(), label).root
    assert isinstance(root, source.Mapping)
    return Origin(label, root)


def _probe(form: Form) -> Project:
    """Return a project with something of its own in every cell that a project file fills, and a row in every list."""
    cells = [cell for cell in form.cells if not cell.item.formula and cell.item.printed]
    values = {cell.path: value for n, cell in enumerate(cells, 1) if (value := _value(cell.item, n)) is not None}
    rows: dict[str, list[Row]] = {}
    for n, one in enumerate(form.lists, 1):
        own = {column.key: value for column in one.columns if (value := _value(column, n)) is not None}
        rows.setdefault(one.block, []).append(Row(one.group, f"第{n}个" if one.name else "", own))
    return Project(form, _YEAR, _CODE, values, {key: tuple(own) for key, own in rows.items()})


def _value(item: Item, number: int) -> Value | None:
    """Return a value of an item's kind, unlike those of other numbers where it can be; None for a 编号."""
    if item.kind.is_ticked:
        return (item.options[0],)
    if item.kind.is_number:
        return Amount(str(number), Decimal(number))
    if item.role is Role.PERIOD and item.kind is Kind.TEXT:
        return str(Window(_YEAR, _YEAR + 2))
    values: dict[Kind, Value] = {
        Kind.DATE: date(_YEAR, 6, 30),
        Kind.YEARS: Window(_YEAR, _YEAR + 2),
        Kind.TARGET: f"≥{number}%",
        Kind.TEXT: f"第{number}项",
    }
    return values.get(item.kind)


def _lost_cells(block: Block, project: Project, back: Project) -> Iterator[str]:
    """Yield what a person calls the cells of a block that did not come back as they were."""
    for cell in block.cells(project.form.money_unit):
        value = project.values.get(cell.path)
        if value is not None and cell.item.printed and back.values.get(cell.path) != value:
            yield cell.name


def _lost_columns(block: Block, project: Project, back: Project) -> Iterator[str]:
    """Yield the columns of a block's free rows that did not come back as they were."""
    mine, theirs = project.table(block.key), back.table(block.key)
    for key in dict.fromkeys(column.key for one in block.lists() for column in one.columns):
        written = [row.cells[key] for row in mine if key in row.cells]
        if written != [row.cells[key] for row in theirs if key in row.cells]:
            yield key
