"""The I/O edge of rendering: a year of a submission printed and written under the output folder."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from goalgen import delivery
from goalgen.errors import GoalgenError, Place, Problem
from goalgen.model import Project, Unit
from goalgen.paths import shown
from goalgen.printing import Printer
from goalgen.schema import suggest
from goalgen.submission import Entry, Year
from goalgen.template.compiled import Filled

FORMS: Final = "forms"
BUNDLE: Final = "bundle.docx"
RECORD: Final = ".goalgen.json"
"""In each year's output folder: the names of the forms goalgen wrote there, so that it removes only its own."""


@dataclass(slots=True)
class Outcome:
    """What became of one year: files written, files that already were as they should be, files removed, problems."""

    written: list[Path] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)
    removed: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    exit_code: int = 0

    def note(self, error: GoalgenError) -> None:
        """Take in a failure and go on."""
        self.problems += error.problems
        self.exit_code = max(self.exit_code, error.exit_code)


def select(year: Year, only: Sequence[str], units: Iterable[Unit] = ()) -> tuple[Entry, ...]:
    """The entries that any of the patterns names: by 编号, 预算单位 (or its 简称), 项目名称 or file name, `*` allowed.

    All entries when there is no pattern. Raises GoalgenError (S06) for a pattern that names nothing.
    """
    if not only:
        return year.entries
    full = {alias: unit.name for unit in units for alias in unit.aliases}
    chosen: set[int] = set()
    for pattern in only:
        found = {entry.number for entry in year.entries if _matches(entry, full.get(pattern, pattern))}
        if not found:
            raise GoalgenError([_no_match(pattern, year)])
        chosen |= found
    return tuple(entry for entry in year.entries if entry.number in chosen)


def _matches(entry: Entry, pattern: str) -> bool:
    words = [entry.path.name, entry.path.stem]
    if entry.project:
        words += [entry.project.code, entry.project.unit, entry.project.name]
    return any(fnmatchcase(word, pattern) for word in words)


def _no_match(pattern: str, year: Year) -> Problem:
    words = {word for p in year.projects for word in (p.code, p.name, p.unit)}
    return Problem("S06", f"{year.year} 年度没有项目符合“{pattern}”", Place("--only"), suggest(pattern, sorted(words)))


def file_names(year: Year) -> dict[int, str]:
    """The file name of each entry's form, by its number."""
    pairs = [
        (entry.project.name, entry.project.code) if entry.project else (entry.path.stem, "") for entry in year.entries
    ]
    return {entry.number: name for entry, name in zip(year.entries, delivery.file_names(pairs), strict=True)}


def planned(year: Year, entries: Sequence[Entry], out: Path, bundle: bool) -> list[Path]:
    """The files that `publish` would write."""
    folder = out / str(year.year)
    names = file_names(year)
    forms = [folder / FORMS / names[entry.number] for entry in entries]
    return [*forms, folder / BUNDLE] if bundle else forms


def publish(
    year: Year,
    entries: Sequence[Entry],
    out: Path,
    bundle: bool = True,
    progress: Callable[[], object] = lambda: None,
    waiting: Callable[[], object] = lambda: None,
) -> Outcome:
    """Print these entries of a year and write `out/<year>/forms/*.docx` and `out/<year>/bundle.docx`.

    A form that fails is reported and the others go on; the bundle is written only when it is complete. `progress` is
    called after each form, `waiting` once when another run is writing into the folder and is waited for.
    """
    outcome = Outcome()
    try:
        printer = Printer(year.form)
    except GoalgenError as error:
        outcome.note(error)
        return outcome
    outcome.problems += printer.warnings
    folder = out / str(year.year)
    try:
        with delivery.locked(folder, waiting):
            _write(printer, year, entries, folder, bundle, progress, outcome)
    except GoalgenError as error:
        outcome.note(error)
    return outcome


def _write(
    printer: Printer,
    year: Year,
    entries: Sequence[Entry],
    folder: Path,
    bundle: bool,
    progress: Callable[[], object],
    outcome: Outcome,
) -> None:
    delivery.sweep(folder)
    delivery.sweep(folder / FORMS)
    names = file_names(year)
    filled: list[Filled] = []
    for entry in entries:
        if entry.project is not None:
            _print(printer, entry.project, folder / FORMS / names[entry.number], filled, outcome)
        progress()
    complete = not outcome.exit_code
    if bundle and complete:
        _deliver(folder / BUNDLE, printer.bundle(filled), outcome)
    if complete and len(entries) == len(year.entries):
        _forget_old(folder, list(names.values()), outcome)


def _print(printer: Printer, project: Project, path: Path, filled: list[Filled], outcome: Outcome) -> None:
    try:
        filled.append(printer.fill(project))
        data = printer.document(filled[-1])
    except GoalgenError as error:
        outcome.note(GoalgenError([_of(project, problem) for problem in error.problems], error.exit_code))
        return
    _deliver(path, data, outcome)


def _of(project: Project, problem: Problem) -> Problem:
    message = f"{problem.message}（项目 {project.code}）"
    return Problem(problem.code, message, problem.place, problem.hint, problem.severity, project.code)


def _deliver(path: Path, data: bytes, outcome: Outcome) -> None:
    try:
        changed = delivery.write(path, data, lasting=False)
    except GoalgenError as error:
        outcome.note(error)
    else:
        (outcome.written if changed else outcome.unchanged).append(path)


def _forget_old(folder: Path, names: list[str], outcome: Outcome) -> None:
    """Remove the forms of an earlier run that this one no longer makes (a project dropped or renamed)."""
    record = folder / RECORD
    try:
        before = json.loads(record.read_text(encoding="utf-8")).get(FORMS, []) if record.is_file() else []
        old = [name for name in before if isinstance(name, str) and name not in names and Path(name).name == name]
        outcome.removed += delivery.remove(folder / FORMS, old)
        text = json.dumps({FORMS: names}, ensure_ascii=False, indent=1)
        delivery.write(record, text.encode("utf-8"), lasting=False)
    except GoalgenError as error:
        outcome.note(error)
    except (OSError, ValueError, AttributeError):
        outcome.problems.append(Problem("O01", "上次的记录读不到", Place(shown(record)), "删掉它再运行一次"))
