"""The I/O edge of rendering: a year's edition printed and written under the output folder, what is up to date left alone."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.files import locking, writing
from goalgen.files.names import safe_names, shown
from goalgen.files.reading import read_whole
from goalgen.printing.edition import Edition, Item
from goalgen.printing.executors import handed_out
from goalgen.printing.printer import FormToPrint, Printed, Printer, PrintJob, print_forms
from goalgen.printing.up_to_date import Due, Stamps, due
from goalgen.printing.volumes import Volumes, volume_name

if TYPE_CHECKING:
    from concurrent.futures import Executor


FORMS: Final = "forms"
BUNDLE: Final = volume_name(1)
RECORD: Final = ".goalgen.json"
"""In each year's output folder: the names of the files goalgen wrote there, so that it removes only its own."""
FORMS_A_JOB: Final = 64
"""How many forms make one job."""


class Outcome:
    """What became of one year: files written, files that already were as they should be, files removed, problems."""

    def __init__(self) -> None:
        self.written: list[Path] = []
        self.unchanged: list[Path] = []
        self.removed: list[Path] = []
        self.problems: list[Problem] = []
        self.exit_code = 0

    def note(self, error: GoalgenError) -> None:
        """Take in a failure and go on."""
        self.problems += error.problems
        self.exit_code = max(self.exit_code, error.exit_code)

    def took(self, path: Path, changed: bool) -> None:
        """A file is now as it should be."""
        (self.written if changed else self.unchanged).append(path)


class Options(NamedTuple):
    """How to publish: by whom, whether also what is up to date, whom to tell.

    `progress` is told how many more forms are done; `waiting` is called once when another run is writing into the
    folder and is waited for.
    """

    executor: Executor | None = None
    force: bool = False
    progress: Callable[[int], object] = lambda count: None
    waiting: Callable[[], object] = lambda: None


def form_names(edition: Edition) -> dict[int, str]:
    """The file name of each item's form, by its number."""
    pairs = [(item.project.name, item.project.code) if item.project else (item.path.stem, "") for item in edition.items]
    return {item.number: name for item, name in zip(edition.items, safe_names(pairs), strict=True)}


def planned(edition: Edition, chosen: Sequence[Item], out: Path, bundle: bool) -> list[Path]:
    """The files that `publish` would make, up to date or not."""
    folder = out / str(edition.year)
    names = form_names(edition)
    forms = [folder / FORMS / names[item.number] for item in chosen]
    return [*forms, folder / BUNDLE] if bundle else forms


def publish(
    edition: Edition, chosen: Sequence[Item], out: Path, bundle: bool = True, how: Options | None = None
) -> Outcome:
    """Print these items of a year and write `out/<year>/forms/*.docx` and `out/<year>/bundle.docx`.

    A form that fails is reported and the others go on; the bundle is written only when it is complete. What is there
    already, made of the same texts and template by the same goalgen, is left alone unless forced.
    """
    how = how or Options()
    outcome = Outcome()
    folder = out / str(edition.year)
    try:
        printer = Printer(edition.form)
        outcome.problems += printer.warnings
        with locking.locked(folder, how.waiting):
            writing.sweep(folder)
            writing.sweep(folder / FORMS)
            run = _Run(edition, folder, printer, how, outcome)
            run.write([item for item in chosen if item.project], bundle)
            if not outcome.exit_code and len(chosen) == len(edition.items):
                run.forget_old()
    except GoalgenError as error:
        outcome.note(error)
    return outcome


class _Run:
    """One year on its way into its folder, which nobody else is writing meanwhile."""

    def __init__(self, edition: Edition, folder: Path, printer: Printer, how: Options, outcome: Outcome) -> None:
        self._edition = edition
        self._folder = folder
        self._printer = printer
        self._how = how
        self._outcome = outcome
        self._names = {number: f"{FORMS}/{name}" for number, name in form_names(edition).items()}
        self._stamps = Stamps(folder, empty=how.force)
        self._volumes: list[str] = []

    def write(self, chosen: Sequence[Item], bundle: bool) -> None:
        """Bring the forms of these items, and the bundle of them, up to date."""
        found = due(chosen, self._names, self._printer.key, self._stamps, bundle)
        self._outcome.unchanged += [self._folder / name for name in found.idle]
        self._volumes = self._stamps.made_of(found.made_of[0]) if bundle and not found.bind else []
        wanted = [item for item in chosen if found.bind or item.number in found.forms]
        self._how.progress(len(chosen) - len(wanted))
        volumes = Volumes(self._printer.press.assembler, self._folder) if found.bind else None
        try:
            for made in handed_out(self._how.executor, print_forms, self._jobs(wanted, found)):
                for printed in made:
                    self._take(printed, found)
                    self._bind(printed, volumes)
                self._how.progress(len(made))
            if volumes and not self._outcome.exit_code:
                self._place(volumes, found.made_of[0])
        finally:
            if volumes:
                volumes.discard()
            self._stamps.keep()

    def _jobs(self, wanted: Sequence[Item], found: Due) -> Iterator[PrintJob]:
        for start in range(0, len(wanted), FORMS_A_JOB):
            sheets = tuple(
                self._sheet(item, item.number in found.forms) for item in wanted[start : start + FORMS_A_JOB]
            )
            yield PrintJob(self._printer.compiled, found.bind, sheets)

    def _sheet(self, item: Item, write: bool) -> FormToPrint:
        path = self._folder / self._names[item.number] if write else None
        return FormToPrint(item.number, item.project.code if item.project else "", self._edition.texts(item), path)

    def _take(self, printed: Printed, found: Due) -> None:
        """Note what became of a form."""
        name = self._names[printed.number]
        if printed.error is not None:
            self._outcome.note(printed.error)
            self._stamps.drop(name)
        elif printed.changed is not None:
            self._outcome.took(self._folder / name, printed.changed)
            self._stamps.note(name, found.made_of[printed.number])

    def _bind(self, printed: Printed, volumes: Volumes | None) -> None:
        if volumes is None or printed.leaf is None or self._outcome.exit_code:
            return
        try:
            volumes.add(printed.leaf)
        except GoalgenError as error:
            self._outcome.note(error)

    def _place(self, volumes: Volumes, made_of: str) -> None:
        try:
            placed = volumes.place()
        except GoalgenError as error:
            self._outcome.note(error)
            return
        for name in self._stamps.made_of(made_of):
            self._stamps.drop(name)
        for path, changed in placed:
            self._outcome.took(path, changed)
            self._stamps.note(path.name, made_of)
        self._volumes = [path.name for path, _ in placed]

    def forget_old(self) -> None:
        """Remove what an earlier run made and this one no longer makes (a project dropped or renamed, a volume)."""
        record = self._folder / RECORD
        names = [name.removeprefix(f"{FORMS}/") for name in self._names.values()]
        try:
            before = _recorded(record)
            self._outcome.removed += writing.remove(self._folder / FORMS, sorted(before[FORMS] - {*names}))
            volumes = self._volumes or sorted(before[BUNDLE])
            self._outcome.removed += writing.remove(self._folder, sorted(before[BUNDLE] - {*volumes}))
            text = json.dumps({FORMS: names, BUNDLE: volumes}, ensure_ascii=False, indent=1)
            writing.write(record, text.encode("utf-8"), lasting=False)
        except GoalgenError as error:
            self._outcome.note(error)
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            fault = Problem("O01", "上次的记录读不到", Place(shown(record)), "删掉它再运行一次")
            self._outcome.problems.append(fault)


def _recorded(record: Path) -> dict[str, set[str]]:
    """The names of the files that the last whole run made, by what they are.

    Raises OSError, ValueError, TypeError, AttributeError or RecursionError for what goalgen did not write.
    """
    found = json.loads(read_whole(record)) if record.is_file() else {}
    return {kind: {name for name in found.get(kind, []) if _is_name(name)} for kind in (FORMS, BUNDLE)}


def _is_name(name: object) -> bool:
    """Whether this names a file of the folder, and nothing outside it."""
    return isinstance(name, str) and Path(name).name == name and name != ".."
