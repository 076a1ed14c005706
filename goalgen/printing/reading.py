"""Project files read for printing: each one checked, its texts laid aside on disk, unchanged ones not read again.

Only what tells a project from the others stays in memory, so that a province takes no more of it than a department.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Final, NamedTuple

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.files import DISK, cache
from goalgen.files.names import shown
from goalgen.files.refusals import unreadable
from goalgen.forms import Form
from goalgen.forms.profile import Profile, load_profile
from goalgen.forms.project import Unit
from goalgen.printing.edition import Edition, Item, Title, texts_of
from goalgen.printing.executors import handed_out
from goalgen.printing.text_store import Head, TextStore
from goalgen.source.reading import MAX_YAML_BYTES
from goalgen.source.shapes import Table
from goalgen.submission.index import INDEX, MAX_INDEX_BYTES, Index, ListedFile, ListedYear
from goalgen.submission.project_file import Defaults, WrittenCode, convert, read_data, same_codes, written_code

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from goalgen.checking.ignores import Ignore


FILES_A_JOB: Final = 32
"""How many files make one job."""


class Review(NamedTuple):
    """By what the errors that `check` would find are counted: `ignored` is what projects.yaml silences."""

    profile: Profile
    units: tuple[Unit, ...]
    ignored: "tuple[Ignore, ...]"

    def key(self) -> str:
        """What tells this review from any other that would count otherwise."""
        return cache.key(repr(tuple(self)))


class Setting(NamedTuple):
    """Everything besides a project file that decides what is made of it; without `review` its errors are not counted."""

    year: int
    form: Form
    kind: Table
    defaults: Mapping[str, Defaults]
    review: Review | None

    def key(self) -> str:
        """What tells this setting from any other that would make other texts of a file."""
        form = replace(self.form, folder=Path(), template=Path())
        shared = {unit: dict(defaults.values) for unit, defaults in self.defaults.items()}
        return cache.key(repr((self.year, form, shared)))


class Reading(NamedTuple):
    """What was made of one project file: its problems, or how its project is known and what its form prints.

    `faults` is how many errors `check` would find in it, `funds` its 年度 money in the form's unit.
    """

    code: WrittenCode | None
    problems: tuple[Problem, ...] = ()
    title: Title | None = None
    texts: bytes = b""
    faults: int = 0
    funds: Decimal = Decimal(0)


class Job(NamedTuple):
    """Project files for one worker: their numbers in the bundle, their names to report, their bytes."""

    setting: Setting
    files: tuple[tuple[int, str, bytes], ...]


class ReadYear(NamedTuple):
    """A year's project files read: what to print and what is wrong.

    `together` says that rules across projects may find errors, which only a review of all of them can count.
    """

    edition: Edition
    problems: tuple[Problem, ...]
    together: bool
    kept: TextStore

    def close(self) -> None:
        """Leave the texts to the next run, when all is printed."""
        self.kept.close()


def read_year(
    index: Index,
    year: ListedYear,
    executor: "Executor | None" = None,
    anew: bool = False,
    count: bool = True,
    progress: Callable[[int], object] = lambda count: None,
) -> ReadYear:
    """A year's project files, read by an executor's workers where there is one.

    `anew` reads unchanged ones too; `count` counts the errors that `check` would find, else `faults` is 0; `progress` is
    told how many more files are done.
    """
    review, faults = _review(index, year) if count else (None, ())
    setting = Setting(year.year, year.form, year.kind, year.defaults, review)
    kept = TextStore(cache.place(cache.name_of("texts", str(index.root), str(year.year))))
    desk = _Desk(setting, year.files, kept, anew)
    done = 0
    for readings in handed_out(executor, read_files, desk.jobs()):
        for number, reading in readings:
            desk.take(number, reading)
        progress(len(readings))
        done += len(readings)
    progress(len(year.files) - done)
    problems = (*year.problems, *faults, *desk.problems(), *year.unlisted)
    edition = Edition(year.year, year.form, desk.items(), lambda item: kept.texts(desk.sources[item.number]))
    return ReadYear(edition, problems, _together(setting, desk.heads.values()), kept)


def read_files(job: Job) -> list[tuple[int, Reading]]:
    """A worker's part: the files of a job, each with its number."""
    return [(number, _read(job.setting, label, data)) for number, label, data in job.files]


def _read(setting: Setting, label: str, data: bytes) -> Reading:
    document = read_data(data, label)
    project, problems = convert(document, setting.form, setting.year, setting.defaults, setting.kind)
    code = written_code(document)
    if project is None:
        return Reading(code, problems)
    title = Title(project.code, project.name, project.unit)
    faults, funds = _tally().tally(project, setting.form, *setting.review, data) if setting.review else (0, Decimal(0))
    return Reading(code, problems, title, texts_of(project, setting.form), faults, funds)


def _tally() -> ModuleType:
    """The door to the review rules, opened only when a file has changed: they take longer to load than to run."""
    from goalgen.checking import tally  # late: only when errors are counted

    return tally


def _review(index: Index, year: ListedYear) -> tuple[Review | None, tuple[Problem, ...]]:
    """By what the errors of a year are counted, or what is wrong with the review profile."""
    text = DISK.read(index.root / INDEX, MAX_INDEX_BYTES).decode("utf-8-sig", "replace")
    label = shown(index.root / INDEX)
    from goalgen.checking import ignores  # late: only when errors are counted

    ignored = ignores.read(text, label)
    try:
        return Review(load_profile(year.form.folder, index.review), index.units, ignored), ()
    except GoalgenError as error:
        return None, error.problems


def _together(setting: Setting, heads: Collection[Head]) -> bool:
    review = setting.review
    twins = len({(head.unit, head.name) for head in heads}) < len(heads)
    if not review or not (twins or review.profile.levels or any(setting.year in unit.budget for unit in review.units)):
        return False
    spending = [(head.unit, Decimal(head.funds)) for head in heads]
    found: bool = _tally().errors_together(review.profile, review.units, setting.year, spending, twins)
    return found


class _Desk:
    """A year's files on their way: found again among the texts of the last run, or handed out to be read."""

    def __init__(self, setting: Setting, files: tuple[ListedFile, ...], kept: TextStore, anew: bool) -> None:
        self.sources: dict[int, str] = {}
        self.heads: dict[int, Head] = {}
        self._setting = setting
        self._kept = kept
        self._files = files
        self._anew = anew
        self._failed: dict[int, Reading] = {}
        self._told: dict[int, tuple[Problem, ...]] = {}
        self._review = setting.review.key() if setting.review else ""

    def jobs(self) -> Iterator[Job]:
        """The files that must be read."""
        key = self._setting.key().encode()
        files: list[tuple[int, str, bytes]] = []
        for number, (path, label) in enumerate(self._files, 1):
            try:
                data = DISK.read(path, MAX_YAML_BYTES + 1)
            except OSError as error:
                self.take(number, Reading(None, (unreadable(label, error),)))
                continue
            self.sources[number] = cache.digest_of(data, key)
            head = None if self._anew else self._kept.find(self.sources[number], self._review)
            if head is not None:
                self.heads[number] = head
                continue
            files.append((number, label, data))
            if len(files) == FILES_A_JOB:
                yield Job(self._setting, tuple(files))
                files = []
        if files:
            yield Job(self._setting, tuple(files))

    def take(self, number: int, reading: Reading) -> None:
        """A file that was read."""
        if reading.title is None or reading.code is None:
            self._failed[number] = reading
            self._told[number] = reading.problems
            return
        place = reading.code.place
        about = (cache.digest_of(reading.texts), reading.code.text, place.line, place.column, *reading.title[1:])
        head = Head(self.sources[number], *about, reading.faults, str(reading.funds), self._review)
        self.heads[number] = head
        self._kept.add(head, reading.texts, lasting=not reading.problems)
        self._told[number] = reading.problems

    def items(self) -> tuple[Item, ...]:
        """The files in bundle order."""
        return tuple(
            Item(number, path, label, Title(head.code, head.name, head.unit), head.digest, head.faults)
            if (head := self.heads.get(number))
            else Item(number, path, label, None)
            for number, (path, label) in enumerate(self._files, 1)
        )

    def problems(self) -> Iterator[Problem]:
        """What is wrong with the files, in bundle order, and 编号 used twice."""
        for number in sorted(self._told):
            yield from self._told[number]
        yield from same_codes(self._code(number, label) for number, (_, label) in enumerate(self._files, 1))

    def _code(self, number: int, label: str) -> WrittenCode | None:
        head = self.heads.get(number)
        if head is None:
            return self._failed[number].code
        return WrittenCode(head.code, Place(label, head.line, head.column))
