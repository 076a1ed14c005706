"""Read a filled form, as Word or WPS saved it, back into projects; nothing that stands in it is dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from goalgen.errors import Place, Problem, Severity
from goalgen.exchange.filled_forms.labels import squeezed
from goalgen.exchange.filled_forms.outline import split_forms
from goalgen.exchange.filled_forms.panels import joined, without_computed
from goalgen.exchange.filled_forms.reading import FormReader
from goalgen.exchange.filled_forms.texts import FormTexts, Unplaced
from goalgen.files.names import shown
from goalgen.files.reading import read_whole
from goalgen.files.refusals import unreadable, unreadable_template, unusable_template
from goalgen.forms import Form
from goalgen.forms.blocks.indicator_table import IndicatorTable
from goalgen.forms.form import in_unit
from goalgen.forms.item import Kind
from goalgen.forms.layout import context
from goalgen.forms.project import CODE_KEY, Project, Row, Value, said
from goalgen.forms.quantity import decimal_text
from goalgen.source.shapes import Amount, Window
from goalgen.word.lines import Line, lines, text_lines
from goalgen.word.zip_reading import PackageError

__all__ = ["Imported", "count_labels", "document_lines", "read_docx", "read_lines"]


_TAG_PATTERN: Final = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Imported:
    """Hold a project read from a filled form; its 编号 and its year are "" and 0 where none is printed, until they are given.

    `file` and `where` say where it stood, `unplaced` what could not be understood of it, `units` the units of money that
    its form states, where they are not the one of its spec: money in one other unit was converted.
    """

    project: Project
    file: str
    where: str
    unplaced: tuple[Unplaced, ...]
    units: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return a warning for every text that found no place (K03), and for money in another unit (K07)."""
        lost = tuple(
            Problem(
                "K03",
                f"{lost.where}：“{' '.join(lost.text.split())[:60]}”没有归位",
                Place(self.file),
                "已作为注释写在项目文件里，请手工移到该在的地方",
                Severity.WARNING,
                field=lost.path,
            )
            for lost in self.unplaced
        )
        return (*lost, *self._units)

    @property
    def _units(self) -> Iterator[Problem]:
        unit = self.project.form.money_unit
        if len(self.units) == 1:
            told = f"{self.where}：表上写的金额单位是{self.units[0]}，表样是{unit}，金额已换算成{unit}"
            yield Problem("K07", told, Place(self.file), "核对换算后的金额", Severity.WARNING)
        elif self.units:
            told = f"{self.where}：表上写了几种金额单位（{'、'.join(self.units)}），金额没有换算"
            yield Problem("K07", told, Place(self.file), f"核对金额是不是{unit}", Severity.WARNING)


def read_docx(path: Path, form: Form) -> list[Imported]:
    """Read the projects in a filled .docx (one form or many), top to bottom, by the labels of `form`; amounts are in 万元.

    Each comes with its `problems`: a warning (K03) for every text that has no place in a project. Raises GoalgenError: Y01
    when the file cannot be read, K01 when it cannot be opened as a Word document, K02 when no form is found in it, D01 when
    the form's template cannot be opened.
    """
    return read_lines(document_lines(path, form), form, shown(path))


def document_lines(path: Path, form: Form) -> list[Line]:
    """Read the lines of a .docx, or of the plain text (.txt) of a text extractor. Raises GoalgenError (Y01, K01)."""
    name = shown(path)
    try:
        data = read_whole(path)
    except OSError as error:
        raise unreadable(name, error).error() from error
    if path.suffix.lower() == ".txt":
        return text_lines(_decoded(data))
    try:
        return lines(data, lambda text: _labels_in(text, form) > 2)
    except PackageError as error:
        hint = "用 Word 或 WPS 打开，另存为 .docx" if not data.startswith(b"PK") else "用 Word 或 WPS 打开检查"
        raise Problem("K01", str(error), Place(name), hint).error() from error


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", "replace")


def _labels_in(text: str, form: Form) -> int:
    word = squeezed(text)
    return sum(squeezed(label) in word for label in _labels(form))


def _labels(form: Form) -> list[str]:
    """List the words by which a form is known."""
    cells = (cell.label for cell in form.cells if cell.item.printed and cell.path != CODE_KEY)
    columns = (column.label() for table in form.detail_tables for column in table.columns if column.printed)
    return list(dict.fromkeys([*cells, *columns, *form.all_groups, form.title]))


def count_labels(found: Sequence[Line], form: Form) -> int:
    """Count the labels of a form that the lines hold; the form with most is the best match.

    A title counts for more than all labels, and a form that is all there for more than one of which that much is there.
    """
    whole = "".join(cell.text for line in found for cell in line.cells)
    titled = any(squeezed(form.title) == squeezed("".join(cell.text for cell in line.cells)) for line in found)
    count = _labels_in(whole, form)
    return 100_000 * titled + 2 * count + (count == len(_labels(form)))


def read_lines(found: Sequence[Line], form: Form, file: str) -> list[Imported]:
    """Read the projects in the lines of a file. Raises GoalgenError (K02) when there is no form in them."""
    printed = _printed(form)
    imported = []
    for part in split_forms(found, form):
        reader = FormReader(form, printed, part[0].where)
        for line, below in zip_longest(part, part[1:]):
            reader.take(line, below)
        imported.append(_imported(reader.texts, file))
    if not imported:
        hint = "没有“项目名称”这一行；是别的表就用 --form 指明表样"
        raise Problem("K02", f"里面找不到{form.title}", Place(file), hint).error()
    return imported


def _printed(form: Form) -> frozenset[str]:
    """Return the texts of the empty form, squeezed: the template without its tags."""
    try:
        found = lines(read_whole(form.template), lambda text: False)
    except OSError as error:
        raise unreadable_template(shown(form.template), error).error() from error
    except PackageError as error:
        raise unusable_template(shown(form.template), str(error)).error() from error
    texts = [_TAG_PATTERN.sub("", cell.text) for line in found for cell in line.cells]
    pieces = [piece for text in texts for piece in re.split(r"[\t\n]", text)]
    return frozenset(filter(None, map(squeezed, [*texts, *pieces])))


def _imported(texts: FormTexts, file: str) -> Imported:
    """Make the project of what was read of a form, hold what it computes against what stood there, count money in its unit."""
    form = texts.form
    values = dict(texts.values)
    if form.unit_path and texts.unit:
        values.setdefault(form.unit_path, texts.unit)
    window = values.get(form.window_path)
    year = texts.year or (window.first if isinstance(window, Window) else 0)
    rows = {table.key: _indicators(texts, table) for table in form.indicator_tables}
    rows |= {block: tuple(own) for block, own in texts.rows.items()}
    code = values.pop(CODE_KEY, "")
    project = Project(form, year, said(code), values, {key: own for key, own in rows.items() if own})
    unplaced = [*texts.unplaced, *_wrongly_computed(texts, project)]
    project, stated = without_computed(project, form), [unit for unit in texts.units if unit != form.money_unit]
    if len(texts.units) == 1 and stated:
        project = _converted(project, stated[0])
    project = dated(project, form) if year else project
    return Imported(project, file, texts.where, tuple(unplaced), tuple(texts.units) if stated else ())


def dated(project: Project, form: Form) -> Project:
    """Give a project the 中长期 years that follow from its budget year, where none were printed."""
    if not form.window_path or form.window_path in project.values:
        return project
    return project.with_values({form.window_path: form.window(project.year)})


def _wrongly_computed(texts: FormTexts, project: Project) -> Iterator[Unplaced]:
    """Tell of the cells that goalgen computes where something else stands."""
    printed = context(project, texts.form) if texts.computed else {}
    for keys, text, where in texts.computed:
        value: Any = printed
        for key in keys:
            value = value.get(key, "") if isinstance(value, Mapping) else ""
        if squeezed(text) not in ("", "-", "—", squeezed(str(value))):
            yield Unplaced(keys[0], f"{'.'.join(keys[1:])}：{text}", where)


def _converted(project: Project, unit: str) -> Project:
    """Count a project's money, which stands on its form in another unit, in the unit of the form's spec."""
    form = project.form
    money = {cell.path for cell in form.cells if cell.unit}
    columns = {(one.block, column.key) for one in form.lists for column in one.columns if column.kind is Kind.MONEY}
    values = {path: _counted(value, unit, form) if path in money else value for path, value in project.values.items()}
    rows = {
        block: tuple(
            row._replace(
                cells={k: _counted(v, unit, form) if (block, k) in columns else v for k, v in row.cells.items()}
            )
            for row in own
        )
        for block, own in project.rows.items()
    }
    return replace(project, values=values, rows=rows)


def _counted(value: Value, unit: str, form: Form) -> Value:
    if not isinstance(value, Amount):
        return value
    number = in_unit(value.value, unit, form.money_unit)
    return Amount(decimal_text(number), number)


def _indicators(texts: FormTexts, table: IndicatorTable) -> tuple[Row, ...]:
    columns = [panel.key for panel in table.panels]
    sides = {group: {key: texts.sides.get((table.key, group, key), []) for key in columns} for group in table.groups}
    return tuple(row for group, own in sides.items() for row in joined(group, own))
