"""Write out what the next commit will hold, as folders to read: the submissions it changes, from git's index."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from goalgen.files import git
from goalgen.submission.index import INDEX


@contextmanager
def submissions(folder: Path) -> Iterator[list[tuple[Path, list[Path]]]]:
    """Lend the submission folders that the next commit touches, each with the files below it that the commit touches.

    While it lasts, they lie in a folder of their own, which is the working folder, so that files are named as in the
    repository. Raises GoalgenError (R01, R03).
    """
    here = git.find_repository(folder)
    roots = [path.removesuffix(INDEX.as_posix()) for path in here.tracked(f":(glob)**/{INDEX.as_posix()}")]
    changed = {root: [path for path in here.staged() if _concerns(path, root)] for root in roots}
    touched = {root: paths for root, paths in changed.items() if paths}
    with TemporaryDirectory(prefix="goalgen-", ignore_cleanup_errors=True) as made:
        copy = Path(os.path.realpath(made))
        for root in touched:
            here.export(here.tracked(f":(top,literal){root}data", f":(top,literal){root}templates"), copy)
        with chdir(copy):
            yield [(copy / root, [copy / path for path in paths]) for root, paths in touched.items()]


def _concerns(path: str, root: str) -> bool:
    return path.startswith((f"{root}data/", f"{root}templates/"))
