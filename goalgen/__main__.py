"""The command `goalgen`, and `python -m goalgen`: into the command line and out again without delay."""

import gc
import os
import sys
from contextlib import suppress
from typing import Final

GARBAGE: Final = 50_000
"""How many new objects make Python look for garbage: a run, its imports first, makes many that last and few that do not."""


def run() -> None:
    """Run the command line and leave at once.

    Taking the interpreter apart at the end would take as long as filling ten forms (mypy leaves the same way).
    """
    gc.set_threshold(GARBAGE)
    try:
        from goalgen.cli import main  # late: here Ctrl-C is no traceback

        main()
    except KeyboardInterrupt:
        sys.stderr.write("已中断\n")
        _leave(130)
    except SystemExit as ended:
        if "multiprocessing" in sys.modules:  # it has folders and processes to clear away
            raise
        _leave(ended.code if isinstance(ended.code, int) else 0)


def _leave(code: int) -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError, OSError, ValueError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    run()
