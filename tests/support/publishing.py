"""A year that was read whole, published as the command does it."""

from concurrent.futures import Executor
from pathlib import Path
from typing import Any

from goalgen.printing.manifest import Redo
from goalgen.printing.year import PublishedYear, publish_year
from goalgen.submission import Entry, Year
from goalgen.submission.reading import entry_of
from tests.support.project_making import replace


def publish_whole(year: Year, out: Path, executor: Executor | None = None, redo: Redo = Redo.NOTHING) -> PublishedYear:
    """Print every project of a year, and the bundle, under a folder."""
    return publish_year(year, year.entries, out, executor=executor, redo=redo)


def changed(entry: Entry, **values: Any) -> Entry:
    """The entry with its project changed."""
    assert entry.project
    return entry_of(entry.number, entry.path, entry.file, replace(entry.project, **values))
