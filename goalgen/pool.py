"""Jobs in the hands of a concurrent.futures executor: a window of them under way, worker processes that end with theirs."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from multiprocessing import parent_process
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from typing import Final, TypeVar, cast

from goalgen.errors import GoalgenError, Place, Problem

J = TypeVar("J")
R = TypeVar("R")

AHEAD: Final = 16
"""How many jobs an executor has at a time: enough to keep its workers busy, few enough to keep memory flat."""


def ahead(executor: Executor, work: Callable[[J], R], jobs: Iterable[J]) -> Iterator[R]:
    """The results of `work` on each job, in the order of the jobs. Raises GoalgenError (O03) for a lost worker."""
    under_way: deque[Future[R]] = deque()
    try:
        for job in jobs:
            under_way.append(executor.submit(work, job))
            if len(under_way) >= AHEAD:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    except BrokenExecutor as error:
        hint = "多半是内存不够；加 --jobs 1 再运行一次"
        raise GoalgenError([Problem("O03", "干活的进程意外结束了", Place("--jobs"), hint)], 3) from error
    finally:
        for future in under_way:
            future.cancel()


def processes(count: int) -> ProcessPoolExecutor:
    """An executor of this many processes on this machine (Windows allows 61)."""
    return ProcessPoolExecutor(count, initializer=_end_with_parent)


def _end_with_parent() -> None:
    """Ctrl+C is for the parent, which then ends its workers; one whose parent was killed would wait for ever."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = cast(BaseProcess, parent_process())  # only a worker runs this
    threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
