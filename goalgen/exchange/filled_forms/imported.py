"""Read a filled form, as Word or WPS saved it, back into projects; nothing that stands in it is dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final

from goalgen.errors import Place, Problem, Severity
from goalgen.exchange.filled_forms.labels import squeezed
from goalgen.exchange.filled_forms.outline import split_forms
from goalgen.exchange.filled_forms.panels import joined
from goalgen.exchange.filled_forms.reading import FormReader, FormTexts, Unplaced
from goalgen.files.names import shown
from goalgen.files.reading import read_whole
from goalgen.files.refusals import unreadable, unreadable_template, unusable_template
from goalgen.forms import Form
from goalgen.forms.project import HORIZONS, Horizon, Indicator, Project
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
    known = [line.label for line in form.overview] + ["项目名称", "预算单位", *form.goals.values(), *form.all_groups]
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
    window = _window(texts.values.get("中长期年限", ""))
    year = texts.year or (window.first if window else 0)
    return Project(
        year=year,
        code="",
        name=texts.values.get("项目名称", ""),
        unit=texts.values.get("预算单位") or texts.values.get("填报单位", ""),
        category=texts.choices.get(form.category.key, ()),
        overview={
            line.key: texts.choices.get(f"项目概况.{line.key}", ())
            if line.options
            else texts.values.get(f"项目概况.{line.key}", "")
            for line in form.overview
        },
        funding={horizon: _amounts(texts, horizon, form) for horizon in HORIZONS},
        goals={horizon: texts.values.get(f"总体目标.{horizon.value}", "") for horizon in HORIZONS},
        indicators=tuple(_indicators(texts, form)),
        window=window or Window(year, year + form.medium_years - 1),
        filler=texts.values.get("填报人", ""),
        phone=texts.values.get("联系电话", ""),
        filed=_date(texts),
    )


def _window(text: str) -> Window | None:
    first, _, last = text.partition("-")
    return Window(int(first), int(last)) if first and int(first) <= int(last) else None


def _date(texts: FormTexts) -> date | None:
    text = texts.values.get("填报日期", "")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        texts.unplaced.append(Unplaced("填报日期", text, texts.where))
        return None


def _amounts(texts: FormTexts, horizon: Horizon, form: Form) -> dict[str, Amount]:
    found = {line.key: texts.values.get(f"项目资金.{horizon.value}.{line.key}", "") for line in form.funding}
    return {key: Amount(text, Decimal(text)) for key, text in found.items() if text}


def _indicators(texts: FormTexts, form: Form) -> Iterable[Indicator]:
    for group in form.all_groups:
        medium, annual = (texts.sides.get((group, horizon), []) for horizon in HORIZONS)
        yield from joined(group, medium, annual)
