"""Change the files of a submission: one run at a time, never outside its folder; what a killed run left is swept."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.files import writing
from goalgen.files.locking import locked, sweep_lock
from goalgen.files.names import shown
from goalgen.submission.index import INDEX

_WRITTEN_FOLDERS: Final = (".", "templates", "schema", ".vscode", INDEX.parent.as_posix())


@contextmanager
def changing(root: Path, waiting: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Keep other runs from changing the sources of the submission in `root`, from before they are read until they are written.

    Without it two runs that read projects.yaml at once would each write it without the other's line. `waiting` is called
    once when another run is at it. Raises GoalgenError (O01, O02; exit code 3).
    """
    data = root / INDEX.parent
    is_new = not data.exists()
    try:
        with locked(data, waiting):
            sweep_sources(root)
            yield
    finally:
        if is_new:
            with suppress(OSError):
                data.rmdir()  # made for the lock alone


def sweep_sources(root: Path) -> None:
    """Remove the temporary files that a killed run left anywhere among the sources of a submission."""
    sweep_lock(root / INDEX.parent)
    for name in _WRITTEN_FOLDERS:
        writing.sweep(root / name)
    with suppress(OSError), os.scandir(root / INDEX.parent) as entries:
        for entry in entries:
            if entry.is_dir():
                writing.sweep(Path(entry.path))


def outside(root: Path, path: Path) -> Problem | None:
    """Return the problem (O06) of a file that lies outside of a submission, by `..` or through a link; else None.

    A `data` folder that as a whole is a link to another disk belongs to the submission.
    """
    real = Path(os.path.realpath(path))
    homes = (os.path.realpath(root), os.path.realpath(root / INDEX.parent))
    if any(real.is_relative_to(home) for home in homes):
        return None
    where = f"，在 {shown(real)}" if path.is_symlink() else ""
    hint = "把文件放进申报文件夹，再运行一次"
    return Problem("O06", f"这个文件其实在申报文件夹以外{where}，没有动它", Place(shown(path)), hint)


def refuse_outside(root: Path, paths: Iterable[Path]) -> None:
    """Raise GoalgenError (O06) with each of these files that lies outside of a submission."""
    faults = [fault for path in paths if (fault := outside(root, path))]
    if faults:
        raise GoalgenError(faults)
