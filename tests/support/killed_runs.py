"""Runs of goalgen killed with SIGKILL at random lines, in children of this process; prints what was left behind.

    python -m tests.support.killed_runs FOLDER KILLS

A child traces the lines it runs in the modules that write, and kills itself at the chosen one: no clock, so that the
same seed tries the same points again.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, Final

from goalgen.files import locking, writing
from goalgen.printing import manifest, printer, volumes, year
from goalgen.submission import Year
from goalgen.submission.submission import load
from tests.support.places import ROOT
from tests.support.publishing import changed, publish_whole

TRACED: Final = {module.__file__ for module in (locking, writing, manifest, printer, volumes, year)}


def variant(whole: Year, number: int) -> Year:
    """Two or three projects with another 填报人 each time, so that every file changes and one comes or goes."""
    kept = whole.entries[: 2 + number % 2]
    entries = [changed(e, filler=f"第{number}人") for e in kept]
    return whole._replace(entries=tuple(entries))


def traced(year: Year, out: Path, at: Callable[[int], object]) -> None:
    """Publish, calling `at` with the count of lines run so far."""
    lines = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal lines
        if frame.f_code.co_filename not in TRACED:
            return None
        if event == "line":
            lines += 1
            at(lines)
        return trace

    sys.settrace(trace)
    publish_whole(year, out)
    sys.settrace(None)


def killed(year: Year, out: Path, line: int) -> bool:
    """Whether a child that publishes was killed at its n-th line."""
    child = os.fork()
    if child == 0:
        traced(year, out, lambda now: os.kill(os.getpid(), signal.SIGKILL) if now == line else None)
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def contents(folder: Path) -> dict[str, bytes]:
    """Every file under a folder by its path, hidden ones too."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def main(folder: Path, kills: int) -> None:
    """Print as JSON how many runs were killed, and the states that files were in afterwards."""
    year = load(ROOT).years[0]
    states: Counter[str] = Counter()
    counts: list[int] = []
    traced(variant(year, 0), folder / "count", counts.append)
    chance = random.Random(7)
    for number, line in enumerate(chance.sample(range(1, len(counts)), kills), 1):
        changed = variant(year, number)
        before = contents(folder / "out")
        publish_whole(changed, folder / f"new{number}")
        new = contents(folder / f"new{number}")
        states["killed"] += killed(changed, folder / "out", line)
        for name, data in contents(folder / "out").items():
            states[state(name, data, before, new)] += 1
        if number % 5 == 0:
            publish_whole(changed, folder / "out")
            states["clean"] += contents(folder / "out") == new
    print(json.dumps(states))


def state(name: str, data: bytes, before: dict[str, bytes], new: dict[str, bytes]) -> str:
    """What a file that a killed run left behind is."""
    if name.endswith(locking.LOCK_FILE) or Path(name).name.startswith(writing.TEMPORARY_PREFIX):
        return "temporary"
    if data == new.get(name):
        return "new"
    return "old" if data == before.get(name) else f"half: {name}"


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
