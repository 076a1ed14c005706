"""Print and write a year: its forms and its bundle under the output folder, what is up to date left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.files import writing
from goalgen.files.locking import locked
from goalgen.files.names import safe_names, shown
from goalgen.printing.manifest import BUNDLE, FORMS, Due, Manifest, due
from goalgen.printing.printer import FormToPrint, Printed, Printer, PrintJob, print_forms
from goalgen.printing.volumes import Volumes
from goalgen.submission import Entry, Year
from goalgen.submission.executors import handed_out

if TYPE_CHECKING:
    from concurrent.futures import Executor

FORMS_A_JOB: Final = 64
"""How many forms make one job."""


class PublishedYear:
    """Say what became of one year under `folder` (`out/2020`).

    `forms` counts the forms asked for, `every` those of the whole year; `bundle` says whether a bundle was asked for.
    `written`, `unchanged` and `removed` are files, `planned` those that a dry run would make; `problems` is what went
    wrong, with `exit_code` 0 when all is done, else that of the worst.
    """

    def __init__(self, year: Year, chosen: Sequence[Entry], out: Path, bundle: bool) -> None:
        self.year = year.year
        self.folder = out / str(year.year)
        self.forms = len(chosen)
        self.every = len(year.entries)
        self.bundle = bundle
        self.written: list[Path] = []
        self.unchanged: list[Path] = []
        self.removed: list[Path] = []
        self.planned: list[Path] = []
        self.problems: list[Problem] = []
        self.exit_code = 0

    @property
    def volumes(self) -> list[Path]:
        """List the files of the bundle, written or left as they were."""
        return [path for path in (*self.written, *self.unchanged) if path.parent == self.folder]

    def note(self, error: GoalgenError) -> None:
        """Take in a failure and go on."""
        self.problems += error.problems
        self.exit_code = max(self.exit_code, error.exit_code)

    def took(self, path: Path, changed: bool) -> None:
        """Take in a file that is now as it should be."""
        (self.written if changed else self.unchanged).append(path)


def form_file_names(year: Year) -> dict[int, str]:
    """Name the file of each entry's form, by its number."""
    pairs = [(entry.name, entry.code) if entry.sound else (entry.path.stem, "") for entry in year.entries]
    return {entry.number: name for entry, name in zip(year.entries, safe_names(pairs), strict=True)}


def planned_year(year: Year, chosen: Sequence[Entry], out: Path, bundle: bool = True) -> PublishedYear:
    """Say what `publish_year` would make, up to date or not."""
    planned = PublishedYear(year, chosen, out, bundle)
    names = form_file_names(year)
    planned.planned += [planned.folder / FORMS / names[entry.number] for entry in chosen]
    planned.planned += [planned.folder / BUNDLE] if bundle else []
    return planned


def publish_year(
    year: Year,
    chosen: Sequence[Entry],
    out: Path,
    bundle: bool = True,
    *,
    executor: Executor | None = None,
    force: bool = False,
    progress: Callable[[int], object] = lambda count: None,
    waiting: Callable[[], object] = lambda: None,
) -> PublishedYear:
    """Print these entries of a year and write `out/<year>/forms/*.docx` and `out/<year>/bundle.docx`.

    A form that fails is reported and the others go on; the bundle is written only when it is complete. What is there
    already, made of the same record and template by the same goalgen, is left alone unless `force`. `progress` is told
    how many more forms are done; `waiting` is called once when another run is writing into the folder.
    """
    done = PublishedYear(year, chosen, out, bundle)
    try:
        printer = Printer(year.form)
        done.problems += printer.warnings
        with locked(done.folder, waiting):
            writing.sweep(done.folder)
            writing.sweep(done.folder / FORMS)
            _Run(year, printer, executor, force, done).write([entry for entry in chosen if entry.sound], progress)
    except GoalgenError as error:
        done.note(error)
    return done


class _Run:
    """Bring one year into its folder, which nobody else is writing meanwhile."""

    def __init__(
        self, year: Year, printer: Printer, executor: Executor | None, force: bool, done: PublishedYear
    ) -> None:
        self._year = year
        self._printer = printer
        self._executor = executor
        self._done = done
        self._names = {number: f"{FORMS}/{name}" for number, name in form_file_names(year).items()}
        self._manifest = Manifest(done.folder, forget=force)
        self._volumes: list[str] = []

    def write(self, chosen: Sequence[Entry], progress: Callable[[int], object]) -> None:
        """Bring the forms of these entries, and the bundle of them, up to date; leave the manifest to the next run."""
        found = due(chosen, self._names, self._printer.key, self._manifest, self._done.bundle)
        self._done.unchanged += [self._done.folder / name for name in found.idle]
        self._volumes = self._manifest.made_of(found.made_of[0]) if self._done.bundle and not found.bind else []
        wanted = [entry for entry in chosen if found.bind or entry.number in found.forms]
        progress(len(chosen) - len(wanted))
        self._print(wanted, found, progress)
        whole = self._done.forms == self._done.every
        if whole and not self._done.exit_code:
            self._remove_old()
        if not self._done.exit_code:
            self._keep(whole)

    def _print(self, wanted: Sequence[Entry], found: Due, progress: Callable[[int], object]) -> None:
        volumes = Volumes(self._printer.press.assembler, self._done.folder) if found.bind else None
        try:
            for made in handed_out(self._executor, print_forms, self._jobs(wanted, found)):
                for printed in made:
                    self._take(printed, found)
                    self._bind(printed, volumes)
                progress(len(made))
            if volumes and not self._done.exit_code:
                self._place(volumes, found.made_of[0])
        finally:
            if volumes:
                volumes.discard()

    def _jobs(self, wanted: Sequence[Entry], found: Due) -> Iterator[PrintJob]:
        for start in range(0, len(wanted), FORMS_A_JOB):
            forms = tuple(
                self._form(entry, entry.number in found.forms) for entry in wanted[start : start + FORMS_A_JOB]
            )
            yield PrintJob(self._printer.compiled, self._year.form, found.bind, forms)

    def _form(self, entry: Entry, write: bool) -> FormToPrint:
        path = self._done.folder / self._names[entry.number] if write else None
        return FormToPrint(entry.number, entry.code, self._year.record(entry), path)

    def _take(self, printed: Printed, found: Due) -> None:
        """Note what became of a form."""
        name = self._names[printed.number]
        if printed.error is not None:
            self._done.note(printed.error)
            self._manifest.drop(name)
        elif printed.changed is not None:
            self._done.took(self._done.folder / name, printed.changed)
            self._manifest.note(name, found.made_of[printed.number])

    def _bind(self, printed: Printed, volumes: Volumes | None) -> None:
        if volumes is None or printed.leaf is None or self._done.exit_code:
            return
        try:
            volumes.add(printed.leaf)
        except GoalgenError as error:
            self._done.note(error)

    def _place(self, volumes: Volumes, made_of: str) -> None:
        try:
            placed = volumes.place()
        except GoalgenError as error:
            self._done.note(error)
            return
        for name in self._manifest.made_of(made_of):
            self._manifest.drop(name)
        for path, changed in placed:
            self._done.took(path, changed)
            self._manifest.note(path.name, made_of)
        self._volumes = [path.name for path, _ in placed]

    def _remove_old(self) -> None:
        """Remove what an earlier run made and this one no longer makes (a project dropped or renamed, a volume)."""
        if self._manifest.unreadable:
            place = Place(shown(self._manifest.path))
            self._done.problems.append(Problem("O01", "上次的记录读不到", place, "删掉它再运行一次"))
            return
        names = [name.removeprefix(f"{FORMS}/") for name in self._names.values()]
        try:
            for path in self._manifest.replaced(names, self._volumes):
                self._done.removed += writing.remove(path.parent, [path.name])
        except GoalgenError as error:
            self._done.note(error)

    def _keep(self, whole: bool) -> None:
        """Leave the manifest to the next run: one that a whole run began, and that is goalgen's own."""
        if self._manifest.unreadable or not (whole or self._manifest.path.is_file()):
            return
        try:
            self._manifest.keep()
        except GoalgenError as error:
            self._done.note(error)
