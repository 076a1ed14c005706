"""Run the command `goalgen`, also as `python -m goalgen`: into the command line and out again without delay."""

import gc
import os
import sys
from contextlib import suppress
from typing import Final

GARBAGE: Final = 50_000
"""How many new objects make Python look for garbage: a run, its imports first, makes many that last and few that do not."""


STACK_WORDS: Final = 8_192
"""How much room (words of 8 bytes) the frame of `run` asks for. Python takes the stack of frames in chunks of 16 KB, and a
call that goes back and forth over the end of one asks the system for a chunk each time; a frame this large makes its chunk
128 KB, with room for every frame above it. Where the reader of YAML lay on such an end that earned 6 ms of 80."""


def run() -> None:
    """Run the command line and leave at once.

    Taking the interpreter apart at the end would take as long as filling ten forms (mypy leaves the same way).
    """
    gc.set_threshold(GARBAGE)
    try:
        from goalgen.cli import main  # late: here Ctrl-C is no traceback

        main()
    except KeyboardInterrupt:
        sys.stderr.buffer.write("已中断\n".encode())  # the command line had no time to choose UTF-8
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


run.__code__ = run.__code__.replace(co_stacksize=STACK_WORDS)

if __name__ == "__main__":
    run()
