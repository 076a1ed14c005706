"""Read a filled form, as Word or WPS saved it, back into projects; nothing that stands in it is dropped."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from goalgen.errors import Place, Problem, Severity
from goalgen.exchange.filled_forms.labels import squeezed
from goalgen.exchange.filled_forms.outline import split_forms
from goalgen.exchange.filled_forms.panels import joined
from goalgen.exchange.filled_forms.reading import FormReader, FormTexts, Unplaced, simple_fields
from goalgen.files.names import shown
from goalgen.files.reading import read_whole
from goalgen.files.refusals import unreadable, unreadable_template, unusable_template
from goalgen.forms import Form
from goalgen.forms.blocks.block import Cell
from goalgen.forms.blocks.indicator_table import IndicatorTable
from goalgen.forms.item import Kind
from goalgen.forms.project import Project, Row, Value
from goalgen.source.shapes import Amount, Window
from goalgen.word.lines import Line, lines, text_lines
from goalgen.word.zip_reading import PackageError

__all__ = ["Imported", "count_labels", "document_lines", "read_docx", "read_lines"]


_TAG_PATTERN: Final = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Imported:
    """Hold a project read from a filled form; its 编号 is "" until it is given one, its year 0 where none is printed.

    `file` and `where` say where it stood, `unplaced` what could not be understood of it.
    """

    project: Project
    file: str
    where: str
    unplaced: tuple[Unplaced, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Return a warning (K03) for every text that found no place."""
        return tuple(
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
    goals = (cell.label for cell in form.goals.values())
    known = dict.fromkeys([*simple_fields(form), *goals, *form.all_groups])
    word = squeezed(text)
    return sum(squeezed(label) in word for label in known)


def count_labels(found: Sequence[Line], form: Form) -> int:
    """Count the labels of a form that the lines hold; the form with most is the best match."""
    whole = "".join(cell.text for line in found for cell in line.cells)
    return _labels_in(whole, form)


def read_lines(found: Sequence[Line], form: Form, file: str) -> list[Imported]:
    """Read the projects in the lines of a file. Raises GoalgenError (K02) when there is no form in them."""
    printed = _printed(form)
    imported = []
    for part in split_forms(found, form):
        reader = FormReader(form, printed, part[0].where)
        for line in part:
            reader.take(line)
        imported.append(Imported(_project(reader.texts, form), file, part[0].where, tuple(reader.texts.unplaced)))
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


def _project(texts: FormTexts, form: Form) -> Project:
    values: dict[str, Value] = {}
    for cell in form.cells:
        value = texts.choices.get(cell.path) or _value(texts, cell)
        if value is not None:
            values[cell.path] = value
    if form.unit_path and texts.unit:
        values.setdefault(form.unit_path, texts.unit)
    window = values.get(form.window_path)
    year = texts.year or (window.first if isinstance(window, Window) else 0)
    rows = {table.key: _indicators(texts, table) for table in form.indicator_tables}
    project = Project(form, year, "", values, {key: own for key, own in rows.items() if own})
    return dated(project, form) if year else project


def dated(project: Project, form: Form) -> Project:
    """Give a project the 中长期 years that follow from its budget year, where none were printed."""
    if not form.window_path or form.window_path in project.values:
        return project
    return project.with_values({form.window_path: form.window(project.year)})


def _value(texts: FormTexts, cell: Cell) -> Value | None:
    """Turn the text read for a cell into its value; None where there is none, or it is wrong and kept as unplaced."""
    text = texts.values.get(cell.path, "")
    if not text:
        return None
    if cell.item.kind.is_number:
        return Amount(text, Decimal(text))
    if cell.item.kind is Kind.YEARS:
        return _window(texts, cell.path, text)
    return _date(texts, cell.path, text) if cell.item.kind is Kind.DATE else text


def _window(texts: FormTexts, path: str, text: str) -> Window | None:
    """Read `2024-2026` or, as a form prints it, `2024年-2026年`; what is no span is kept as unplaced."""
    years = [int(year) for year in re.findall(r"\d{4}", text)]
    if len(years) == 2 and years[0] <= years[1]:
        return Window(*years)
    texts.unplaced.append(Unplaced(path, text, texts.where))
    return None


def _date(texts: FormTexts, path: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        texts.unplaced.append(Unplaced(path, text, texts.where))
        return None


def _indicators(texts: FormTexts, table: IndicatorTable) -> tuple[Row, ...]:
    columns = [panel.key for panel in table.panels]
    sides = {group: {key: texts.sides.get((group, key), []) for key in columns} for group in table.groups}
    return tuple(row for group, own in sides.items() for row in joined(group, own))
