"""Publish a submission: read it, say what is wrong, print and write the years that were asked for."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from goalgen.errors import GoalgenError, Problem, errors_in
from goalgen.files.names import shown
from goalgen.forms import Form
from goalgen.printing.manifest import Redo
from goalgen.printing.printer import compiled
from goalgen.printing.year import PublishedYear, planned_year, publish_year, was_published
from goalgen.submission import Entry, Year
from goalgen.submission.executors import cores, processes
from goalgen.submission.index import Index, ListedYear, find_root, open_index
from goalgen.submission.outputs import refuse_source_folder
from goalgen.submission.reading import read_year
from goalgen.submission.selection import chosen_in_years, require_listed

if TYPE_CHECKING:
    from concurrent.futures import Executor

MAX_REVIEWED: Final = 400
"""Up to how many projects the review is run for the closing line, and projects stay in memory."""
MIN_PARALLEL: Final = 400
"""From how many projects on all processors work together, unless told otherwise: below, starting them costs more."""


class Watcher(Protocol):
    """Hear how the work goes."""

    def progress(self, count: int, label: str) -> AbstractContextManager[Callable[[int], object]]:
        """Follow `count` steps of work; gives what is told of steps done."""
        ...

    def notice(self, text: str) -> None:
        """Hear of something that happens meanwhile."""
        ...


class Unwatched:
    """Watch without looking."""

    @contextmanager
    def progress(self, count: int, label: str) -> Iterator[Callable[[int], object]]:
        """See Watcher."""
        yield lambda done: None

    def notice(self, text: str) -> None:
        """See Watcher."""


class Published(NamedTuple):
    """Say what became of a submission.

    `years` is empty when an error stopped the work; `problems` are what is wrong with what was to be printed, `aside`
    counts the files with problems that were not chosen. `findings` are the errors that the review finds in what was
    chosen, None when it was not run. `empty` are the years that list no projects yet, `unfilled` the chosen projects that
    nobody has filled yet. `exit_code` is 0 when all is done, 1 when `strict` stopped or files that somebody changed were
    left alone, 2 for errors in the files, 3 for the surroundings.
    """

    years: tuple[PublishedYear, ...]
    problems: tuple[Problem, ...] = ()
    aside: int = 0
    findings: tuple[Problem, ...] | None = None
    empty: tuple[int, ...] = ()
    exit_code: int = 0
    unfilled: tuple[Entry, ...] = ()


class _Means(NamedTuple):
    """Say how the work is done and told."""

    executor: Executor | None
    redo: Redo
    watcher: Watcher

    def read(self, root: Path, listed: ListedYear, hold: bool, stack: ExitStack) -> Year:
        """Read a year's project files; the stack gives the year back."""
        with self.watcher.progress(len(listed.files), f"读 {listed.year} 年度") as progress:
            lent = read_year(
                listed, root, executor=self.executor, anew=Redo.UNCHANGED in self.redo, hold=hold, progress=progress
            )
            return stack.enter_context(lent)

    def publish(self, year: Year, chosen: Sequence[Entry], out: Path, bundle: bool) -> PublishedYear:
        """Print and write one year."""
        told = f"另一个 goalgen 正在写 {shown(out / str(year.year))}，等它写完"
        with self.watcher.progress(len(chosen), f"{year.year} 年度") as progress:
            return publish_year(
                year,
                chosen,
                out,
                bundle,
                executor=self.executor,
                redo=self.redo,
                progress=progress,
                waiting=lambda: self.watcher.notice(told),
            )


def publish(
    folder: Path | str,
    years: Iterable[int] = (),
    *,
    only: Sequence[str] = (),
    files: Sequence[Path] = (),
    out: Path | None = None,
    bundle: bool | None = None,
    review: bool = True,
    strict: bool = False,
    jobs: int | None = None,
    redo: Redo = Redo.NOTHING,
    dry_run: bool = False,
    watcher: Watcher | None = None,
) -> Published:
    """Print the forms and bundles of the submission that holds a folder, and write them under `out` (`out/` in it).

    `years` limits which years are printed, `only` (patterns) and `files` which projects; `bundle` None makes a bundle
    when all are chosen. Nothing is written when a file to be printed has an error, or, with `strict`, when the review
    finds one; the review is run with `strict`, and with `review` for up to MAX_REVIEWED projects. `jobs` processes work.
    What is up to date, or was changed by somebody since it was written, is left alone; `redo` makes it anew.
    Raises GoalgenError when there is no submission, `years`, `only` or `files` name nothing in it, or `out` is among its
    sources (O05).
    """
    root = find_root(Path(folder))
    place = out or root / "out"
    refuse_source_folder(place, root)
    index = _opened(root, years, files)
    count = sum(len(year.files) for year in index.years)
    reviewed = strict or (review and count <= MAX_REVIEWED)
    with ExitStack() as stack:
        executor = stack.enter_context(processes(jobs or (cores() if count >= MIN_PARALLEL else 1)))
        means = _Means(executor, redo, watcher or Unwatched())
        read = [means.read(root, listed, reviewed, stack) for listed in index.years]
        chosen = chosen_in_years({year.year: year.entries for year in read}, only, files, index.units)
        judged = _judged(index, read, [entry for entries in chosen.values() for entry in entries], reviewed)
        if judged.exit_code or (strict and judged.findings):
            return judged._replace(exit_code=judged.exit_code or 1)
        bind = not (only or files) if bundle is None else bundle
        make = planned_year if dry_run else means.publish
        done = [make(year, chosen[year.year], place, bind) for year in read if _is_due(year, chosen, place, dry_run)]
    return judged._replace(years=tuple(done), exit_code=max((year.exit_code for year in done), default=0))


def _opened(root: Path, years: Iterable[int], files: Sequence[Path]) -> Index:
    """Open projects.yaml. Raises GoalgenError for a year or a file that is not in it."""
    index = open_index(root, years)
    require_listed(files, root, [file.path for year in index.years for file in year.files])
    return index


def _is_due(year: Year, chosen: Mapping[int, Sequence[Entry]], out: Path, dry_run: bool) -> bool:
    """Say whether there is something to make of a year, or to take away: files of projects that it no longer has."""
    return bool(chosen[year.year]) or (year.empty and not dry_run and was_published(year, out))


def _judged(index: Index, read: Sequence[Year], wanted: Collection[Entry], reviewed: bool) -> Published:
    """Say what is wrong with what is to be made, and what the review finds in it; with errors in the files, all else too."""
    others = {entry.file for year in read for entry in year.entries} - {entry.file for entry in wanted}
    every = [*index.problems, *(problem for year in read for problem in year.problems)]
    concerned = [problem for problem in every if problem.place.file not in others]
    aside = len({problem.place.file for problem in every if problem.place.file in others})
    findings = None
    if reviewed:
        try:
            findings = _findings(index, read, wanted)
        except GoalgenError as error:  # of the review profile
            concerned += error.problems
    if errors_in(concerned):
        concerned += [fault for year in read for fault in _template_faults(year.form)]
        return Published((), tuple(dict.fromkeys(concerned)), aside, exit_code=2)
    empty = tuple(year.year for year in read if year.empty)
    unfilled = tuple(entry for entry in wanted if entry.unfilled)
    return Published((), tuple(concerned), aside, findings, empty, unfilled=unfilled)


def _findings(index: Index, read: Sequence[Year], wanted: Iterable[Entry]) -> tuple[Problem, ...]:
    """Find the errors that the review sees in the projects of these entries, file by file.

    Raises GoalgenError for a bad profile.
    """
    from goalgen.checking.review import review  # late: the rules take longer to load than sixteen forms to print
    from goalgen.submission.submission import submission_of  # late: only for the review

    projects = {(entry.project.year, entry.project.code) for entry in wanted if entry.project}
    found = sorted(errors_in(review(submission_of(index, read))), key=lambda problem: (problem.place, problem.code))
    return tuple(problem for problem in found if (problem.year, problem.project) in projects)


def _template_faults(form: Form) -> Sequence[Problem]:
    """Find what is wrong with the template too, where the run ends before it would be used."""
    try:
        compiled(form)
    except GoalgenError as error:
        return error.problems
    return ()
