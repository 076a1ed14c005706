"""Print and write a year: its forms and its bundle under the output folder, what is up to date left alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from goalgen.errors import GoalgenError, Place, Problem, Severity
from goalgen.files import writing
from goalgen.files.locking import locked
from goalgen.files.names import safe_names, shown
from goalgen.printing.manifest import FORMS, MANIFEST, Due, Manifest, Redo, due, foretell
from goalgen.printing.printer import FormToPrint, Printed, Printer, PrintJob, print_forms
from goalgen.printing.volumes import BUNDLE, PARTIAL_BUNDLE, Volumes, volume_name
from goalgen.submission import Entry, Year
from goalgen.submission.executors import handed_out

if TYPE_CHECKING:
    from concurrent.futures import Executor

FORMS_A_JOB: Final = 64
"""How many forms make one job."""
_WAYS_ON: Final = "改动要留，用 goalgen import --update 收进项目文件；不留，加 --overwrite-edited 照 YAML 重做"


class PublishedYear:
    """Say what became of one year under `folder` (`out/2020`).

    `forms` counts the forms asked for, `every` those of the whole year; `bundle` says whether a bundle was asked for.
    `written`, `unchanged` and `removed` are files, `planned` those that a dry run would make; `edited` are files that
    somebody changed, or another made, and that were left alone. `problems` is what went wrong, with `exit_code` 0 when
    all is done, 1 when files were left alone, else that of the worst.
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
        self.edited: list[Path] = []
        self.problems: list[Problem] = []
        self.exit_code = 0

    @property
    def whole(self) -> bool:
        """Tell whether all forms of the year were asked for."""
        return self.forms == self.every

    @property
    def failed(self) -> bool:
        """Tell whether something could not be made."""
        return self.exit_code > 1

    @property
    def bundle_name(self) -> str:
        """Return the name of the bundle's first volume: one of its own where it holds some of the year's forms only."""
        return volume_name(1, self.bundle_stem)

    @property
    def bundle_stem(self) -> str:
        """Return the name of the bundle without its ending."""
        return BUNDLE if self.whole else PARTIAL_BUNDLE

    @property
    def volumes(self) -> list[Path]:
        """List the files of the bundle, written or left as they were."""
        return [path for path in (*self.written, *self.unchanged) if path.parent == self.folder]

    def leave(self, path: Path, problem: Problem) -> None:
        """Take in a file that is not goalgen's to change."""
        self.edited.append(path)
        self.problems.append(problem)
        self.exit_code = max(self.exit_code, 1)

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


def was_published(year: Year, out: Path) -> bool:
    """Say whether an earlier run wrote a year under `out`."""
    return (out / str(year.year) / MANIFEST).is_file()


def planned_year(year: Year, chosen: Sequence[Entry], out: Path, bundle: bool = True) -> PublishedYear:
    """Say what `publish_year` would make, up to date or not."""
    planned = PublishedYear(year, chosen, out, bundle)
    names = form_file_names(year)
    planned.planned += [planned.folder / FORMS / names[entry.number] for entry in chosen]
    planned.planned += [planned.folder / planned.bundle_name] if bundle else []
    return planned


def publish_year(
    year: Year,
    chosen: Sequence[Entry],
    out: Path,
    bundle: bool = True,
    *,
    executor: Executor | None = None,
    redo: Redo = Redo.NOTHING,
    progress: Callable[[int], object] = lambda count: None,
    waiting: Callable[[], object] = lambda: None,
) -> PublishedYear:
    """Print these entries of a year and write `out/<year>/forms/*.docx` and `out/<year>/bundle.docx`.

    A form that fails is reported and the others go on; the bundle is written only when it is complete. What is there
    already, made of the same record and template by the same goalgen, is left alone, and so is, and told, what
    goalgen did not write or somebody changed since; `redo` makes them anew. `progress` is told how many more forms are
    done; `waiting` is called once when another run is writing into the folder.
    """
    done = PublishedYear(year, chosen, out, bundle)
    try:
        printer = Printer(year.form)
        done.problems += printer.warnings
        with locked(done.folder, waiting):
            writing.sweep(done.folder)
            writing.sweep(done.folder / FORMS)
            run = _Run(year, printer, executor, Manifest(done.folder, redo), done)
            run.write([entry for entry in chosen if entry.sound], progress)
    except GoalgenError as error:
        done.note(error)
    return done


class _Run:
    """Bring one year into its folder, which nobody else is writing meanwhile."""

    def __init__(
        self,
        year: Year,
        printer: Printer,
        executor: Executor | None,
        manifest: Manifest,
        done: PublishedYear,
    ) -> None:
        self._year = year
        self._printer = printer
        self._executor = executor
        self._done = done
        self._names = {number: f"{FORMS}/{name}" for number, name in form_file_names(year).items()}
        self._manifest = manifest
        self._volumes: list[str] = []

    def write(self, chosen: Sequence[Entry], progress: Callable[[int], object]) -> None:
        """Bring the forms of these entries, and the bundle of them, up to date; leave the manifest to the next run."""
        found = due(chosen, self._names, self._printer.key, self._manifest, self._done.bundle)
        self._done.unchanged += [self._done.folder / name for name in found.idle]
        self._volumes = self._manifest.made_of(found.made_of[0]) if self._done.bundle and not found.bind else []
        wanted = [entry for entry in chosen if found.bind or entry.number in found.forms]
        progress(len(chosen) - len(wanted))
        self._print(wanted, found, progress)
        if self._done.whole and not self._done.failed:
            self._remove_old()
        self._keep()

    def _print(self, wanted: Sequence[Entry], found: Due, progress: Callable[[int], object]) -> None:
        folder, stem = self._done.folder, self._done.bundle_stem
        volumes = Volumes(self._printer.press.assembler, folder, stem) if found.bind else None
        try:
            for made in handed_out(self._executor, print_forms, self._jobs(wanted, found)):
                for printed in made:
                    self._take(printed, found)
                    self._bind(printed, volumes)
                progress(len(made))
            if volumes and not self._done.failed:
                self._place(volumes, found.made_of[0])
        finally:
            if volumes:
                volumes.discard()

    def _jobs(self, wanted: Sequence[Entry], found: Due) -> Iterator[PrintJob]:
        for start in range(0, len(wanted), FORMS_A_JOB):
            forms = tuple(
                self._form(entry, entry.number in found.forms) for entry in wanted[start : start + FORMS_A_JOB]
            )
            yield PrintJob(self._printer.compiled, self._year.form, found.bind, self._done.folder, forms)

    def _form(self, entry: Entry, write: bool) -> FormToPrint:
        name = self._names[entry.number]
        path = self._done.folder / name if write else None
        guarded = write and self._manifest.foreign(name)
        return FormToPrint(entry.number, entry.code, self._year.record(entry), path, guarded)

    def _take(self, printed: Printed, found: Due) -> None:
        """Note what became of a form."""
        name = self._names[printed.number]
        if printed.error is not None:
            self._done.note(printed.error)
        elif printed.changed is not None:
            self._done.took(self._done.folder / name, printed.changed)
            self._manifest.note(name, found.made_of[printed.number], printed.digest)
        elif printed.number in found.forms:
            self._leave(self._done.folder / name)

    def _leave(self, path: Path, what: str = "照 YAML 做的没有写") -> None:
        """Tell of a file that somebody changed by hand."""
        message = f"这个文件在 goalgen 写好以后改过（或者不是它写的），没有动它；{what}"
        self._done.leave(path, Problem("O04", message, Place(shown(path)), _WAYS_ON, Severity.WARNING))

    def _bind(self, printed: Printed, volumes: Volumes | None) -> None:
        if volumes is None or printed.leaf is None or self._done.failed:
            return
        try:
            volumes.add(printed.leaf)
        except GoalgenError as error:
            self._done.note(error)

    def _place(self, volumes: Volumes, made_of: str) -> None:
        """Put the bundle in its place, unless somebody changed what is there."""
        try:
            drafts = volumes.finished()
            edited = [draft.path for draft in drafts if draft.differs() and self._manifest.foreign(draft.path.name)]
            for path in edited:
                self._leave(path)
            if edited:
                return
            digests = {draft.path.name: draft.digest() for draft in drafts}
            foretell(self._done.folder, digests.values())
            for draft in drafts:
                self._done.took(draft.path, draft.place())
                self._manifest.note(draft.path.name, made_of, digests[draft.path.name])
        except GoalgenError as error:
            self._done.note(error)
            return
        self._volumes = [*digests]

    def _remove_old(self) -> None:
        """Remove what an earlier run made and this one no longer makes (a project dropped or renamed, a volume)."""
        if self._manifest.unreadable:
            place = Place(shown(self._manifest.path))
            self._done.problems.append(Problem("O01", "上次的记录读不到", place, "删掉它再运行一次"))
            return
        forms = [name.removeprefix(f"{FORMS}/") for name in self._names.values()]
        try:
            for path in self._manifest.replaced(forms, self._volumes):
                if self._manifest.foreign(path.relative_to(self._done.folder).as_posix()):
                    self._leave(path, "今年的表里已经没有它，也没有删")
                    (forms if path.parent.name == FORMS else self._volumes).append(path.name)
                else:
                    self._done.removed += writing.remove(path.parent, [path.name])
        except GoalgenError as error:
            self._done.note(error)
        else:
            self._manifest.settle(forms, self._volumes)

    def _keep(self) -> None:
        """Leave the manifest to the next run, if it is goalgen's own."""
        if self._manifest.unreadable:
            return
        try:
            self._manifest.keep()
        except GoalgenError as error:
            self._done.note(error)
