"""Read the project files of a year: the one road on which every command reads them, unchanged ones from what is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from goalgen.errors import Place, Problem, errors_in
from goalgen.files import DISK, Files, cache
from goalgen.files.refusals import unreadable
from goalgen.forms import Form
from goalgen.forms.project import Project
from goalgen.forms.values import project_in, record_of
from goalgen.source.nodes import Origin
from goalgen.source.reading import MAX_YAML_BYTES
from goalgen.submission.comments import NO_COMMENTS, Comments, Ignore, Mark
from goalgen.submission.executors import handed_out
from goalgen.submission.index import ListedYear
from goalgen.submission.project_file import ProjectReading, Setting, WrittenCode, read_project_file, same_codes
from goalgen.submission.store import Kept, ProjectStore

if TYPE_CHECKING:
    from concurrent.futures import Executor

FILES_A_JOB: Final = 32
"""How many files make one job."""


class Entry(NamedTuple):
    """Hold a project file named in projects.yaml, at its place in the bundle (`number`, from 1).

    `code`, `name` and `unit` are what is known of its project, `unfilled` is as in Project; of a file with an error only
    what stands in it. `digest`
    names all that its form prints, "" when the file has an error. `project` is None when the file has an error, and in
    a year that was read without holding its projects (see `read_year`).
    """

    number: int
    path: Path
    file: str
    project: Project | None
    code: str = ""
    name: str = ""
    unit: str = ""
    digest: str = ""
    comments: Comments = NO_COMMENTS
    unfilled: bool = False

    @property
    def sound(self) -> bool:
        """Tell whether the file has no error."""
        return bool(self.digest)


def entry_of(number: int, path: Path, file: str, project: Project, comments: Comments = NO_COMMENTS) -> Entry:
    """Make the entry of a project at hand."""
    digest = cache.digest_of(record_of(project))
    return Entry(
        number, path, file, project, project.code, project.name, project.unit, digest, comments, project.unfilled
    )


class Year(NamedTuple):
    """Hold one budget year as read: its form and its entries in bundle order; `problems` are of its list and its files.

    `gone` says by 编号 why an earlier project is none of them.
    """

    year: int
    form: Form
    entries: tuple[Entry, ...]
    gone: Mapping[str, str] = {}
    problems: tuple[Problem, ...] = ()
    records: Callable[[Entry], bytes] | None = None
    """Gives the records of a year that does not hold its projects."""

    @property
    def empty(self) -> bool:
        """Say whether the year lists no projects yet, which is no fault."""
        return not self.entries and not errors_in(self.problems)

    @property
    def unfilled(self) -> tuple[Entry, ...]:
        """Return the entries whose projects nobody has filled yet (`Project.unfilled`), in bundle order."""
        return tuple(entry for entry in self.entries if entry.unfilled)

    @property
    def projects(self) -> tuple[Project, ...]:
        """Return the projects that could be read, in bundle order."""
        return tuple(entry.project for entry in self.entries if entry.project is not None)

    def record(self, entry: Entry) -> bytes:
        """Return all that the form of a sound entry prints (see goalgen.forms.values.record_of)."""
        if entry.project is not None:
            return record_of(entry.project)
        if self.records is None:
            raise ValueError(f"{entry.file} has no project")
        return self.records(entry)


class Job(NamedTuple):
    """Hold project files for one worker: their numbers in the bundle, their keys in the store, their names, their bytes."""

    setting: Setting
    hold: bool
    files: tuple[tuple[int, str, str, bytes], ...]


class Read(NamedTuple):
    """Hold what a worker made of one file: its number and key, what was read (the project only if it is held), its record."""

    number: int
    key: str
    file: ProjectReading
    kept: Kept | None
    record: bytes


@contextmanager
def read_year(
    listed: ListedYear,
    root: Path,
    files: Files = DISK,
    *,
    executor: Executor | None = None,
    anew: bool = False,
    hold: bool = True,
    progress: Callable[[int], object] = lambda count: None,
) -> Iterator[Year]:
    """Read a year's project files, by an executor's workers where there is one, and lend the year.

    Unless `anew`, a file that is as it was when it was last read is not parsed again. `hold` keeps the projects in
    memory; without, their records lie on disk (`Year.record`) as long as the year is lent, so that a province takes
    hardly more memory than a department. `progress` is told how many more files are done.
    """
    place = cache.place(cache.name_of("projects", str(root), str(listed.year))) if files is DISK else None
    store = ProjectStore(place)
    try:
        reader = _YearReader(listed, store, files, anew, hold)
        done = 0
        for results in handed_out(executor, read_files, reader.jobs()):
            for result in results:
                reader.take(result)
            progress(len(results))
            done += len(results)
        progress(len(listed.files) - done)
        yield reader.year()
    finally:
        store.close()


def read_files(job: Job) -> list[Read]:
    """Read the files of a job: a worker's part."""
    return [_read(job, number, key, label, data) for number, key, label, data in job.files]


def _read(job: Job, number: int, key: str, label: str, data: bytes) -> Read:
    found = read_project_file(data, label, job.setting)
    project = found.project
    if project is None or found.code is None:
        return Read(number, key, found, None, b"")
    record = record_of(project)
    place, comments = found.code.place, found.comments
    kept = Kept(
        key,
        cache.digest_of(record),
        project.code,
        place.line,
        place.column,
        project.name,
        project.unit,
        dict(project.notes),
        list(project.origin.shared) if project.origin else [],
        [[mark.place.line, mark.place.column, mark.note] for mark in comments.marks],
        [[one.code, one.line, one.place.line, one.place.column, one.reason] for one in comments.ignores],
        project.unfilled,
    )
    return Read(number, key, found if job.hold else found._replace(project=None), kept, record)


def _comments_of(kept: Kept, file: str) -> Comments:
    """Return the comments of a file that was not parsed again."""
    if not kept.marks and not kept.ignores:
        return NO_COMMENTS
    marks = tuple(Mark(Place(file, line, column), note) for line, column, note in kept.marks)
    ignores = (Ignore(code, at, Place(file, line, column), why) for code, at, line, column, why in kept.ignores)
    return Comments(marks, tuple(ignores))


class _YearReader:
    """Follow a year's files on their way: found again among what is kept, or handed out to be read."""

    def __init__(self, listed: ListedYear, store: ProjectStore, files: Files, anew: bool, hold: bool) -> None:
        self._listed = listed
        self._setting = Setting(listed.year, listed.form, listed.shape, listed.defaults)
        self._store = store
        self._files = files
        self._anew = anew
        self._hold = hold
        self._keys: dict[int, str] = {}
        self._entries: dict[int, Entry] = {}
        self._codes: dict[int, WrittenCode | None] = {}
        self._problems: dict[int, tuple[Problem, ...]] = {}

    def jobs(self) -> Iterator[Job]:
        """Hand out the files that must be read."""
        fingerprint = self._setting.fingerprint.encode()
        files: list[tuple[int, str, str, bytes]] = []
        for number, (path, label) in enumerate(self._listed.files, 1):
            try:
                data = self._files.read(path, MAX_YAML_BYTES + 1)
            except OSError as error:
                self._fail(number, ProjectReading(None, (unreadable(label, error),)))
                continue
            key = cache.digest_of(data, fingerprint)
            kept = None if self._anew else self._store.find(key)
            if kept is not None:
                self._know(number, kept, _comments_of(kept, label), self._kept_project(kept, label, data))
                continue
            files.append((number, key, label, data))
            if len(files) == FILES_A_JOB:
                yield Job(self._setting, self._hold, tuple(files))
                files = []
        if files:
            yield Job(self._setting, self._hold, tuple(files))

    def _kept_project(self, kept: Kept, label: str, data: bytes) -> Project | None:
        """Make the project of a file that need not be parsed, if projects are held."""
        if not self._hold:
            return None
        places = self._setting.shared(kept.unit).places
        shared = {key: places[key] for key in kept.shared}
        origin = Origin(label, shared=shared, data=data)
        return project_in(self._store.record(kept.key), self._listed.form, kept.notes, origin)

    def take(self, read: Read) -> None:
        """Take in a file that was read."""
        if read.kept is None:
            self._fail(read.number, read.file)
            return
        self._store.add(read.kept, read.record, lasting=not read.file.problems)
        self._problems[read.number] = read.file.problems
        self._know(read.number, read.kept, read.file.comments, read.file.project)

    def _know(self, number: int, kept: Kept, comments: Comments, project: Project | None) -> None:
        path, label = self._listed.files[number - 1]
        self._keys[number] = kept.key
        self._codes[number] = WrittenCode(kept.code, Place(label, kept.line, kept.column))
        about = (kept.code, kept.name, kept.unit, kept.digest)
        self._entries[number] = Entry(number, path, label, project, *about, comments, kept.unfilled)

    def _fail(self, number: int, file: ProjectReading) -> None:
        path, label = self._listed.files[number - 1]
        self._codes[number] = file.code
        self._problems[number] = file.problems
        code = file.code.text if file.code else ""
        self._entries[number] = Entry(number, path, label, None, code, file.name, comments=file.comments)

    def year(self) -> Year:
        """Put the year together, its problems in bundle order."""
        numbers = range(1, len(self._listed.files) + 1)
        files = [problem for number in numbers for problem in self._problems.get(number, ())]
        twice = same_codes(self._codes[number] for number in numbers)
        problems = (*self._listed.problems, *files, *twice, *self._listed.unlisted)
        entries = tuple(self._entries[number] for number in numbers)
        year = Year(self._listed.year, self._listed.form, entries, self._listed.gone, problems)
        return year if self._hold else year._replace(records=self._record)

    def _record(self, entry: Entry) -> bytes:
        return self._store.record(self._keys[entry.number])
