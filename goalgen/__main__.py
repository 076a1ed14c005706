"""The command `goalgen`, and `python -m goalgen`: into the command line and out again without delay."""

# ruff: noqa: E402
import gc

# How many new objects make Python look for garbage: a run, its imports first, makes many that last and few that do not.
gc.set_threshold(50_000)

import os
import sys
from contextlib import suppress

from goalgen.cli import main


def run() -> None:
    """Run the command line and leave at once.

    Taking the interpreter apart at the end would take as long as filling ten forms (mypy leaves the same way).
    """
    try:
        main()
    except SystemExit as ended:
        for stream in (sys.stdout, sys.stderr):
            with suppress(AttributeError, OSError, ValueError):
                stream.flush()
        if "multiprocessing" in sys.modules:  # it has folders and processes to clear away
            raise
        os._exit(ended.code if isinstance(ended.code, int) else 0)


if __name__ == "__main__":
    run()
