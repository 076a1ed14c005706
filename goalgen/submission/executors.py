"""Hand work out in jobs: done here one after the other, or by any concurrent.futures executor, the results in order."""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final, TypeVar, cast

from goalgen.errors import Place, Problem

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future
    from multiprocessing.process import BaseProcess

Job = TypeVar("Job")
Result = TypeVar("Result")

MAX_PROCESSES: Final = 60
"""More processes than these Windows cannot wait for."""
JOBS_AHEAD: Final = 16
"""How many jobs an executor has at a time: enough to keep its workers busy, few enough to keep memory flat."""


def handed_out(executor: Executor | None, work: Callable[[Job], Result], jobs: Iterable[Job]) -> Iterator[Result]:
    """Return the results of `work` on each job, in the order of the jobs; without an executor done by this process.

    With an executor, work, jobs and results must be picklable. Raises GoalgenError (O03, exit code 3) when a worker
    process is lost.
    """
    return map(work, jobs) if executor is None else _ahead(executor, work, jobs)


def _ahead(executor: Executor, work: Callable[[Job], Result], jobs: Iterable[Job]) -> Iterator[Result]:
    from concurrent.futures import BrokenExecutor  # late: executors take longer to load than sixteen forms to print

    under_way: deque[Future[Result]] = deque()
    try:
        for job in jobs:
            under_way.append(executor.submit(work, job))
            if len(under_way) >= JOBS_AHEAD:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    except BrokenExecutor as error:
        hint = "多半是内存不够；加 --jobs 1 再运行一次"
        raise Problem("O03", "干活的进程意外结束了", Place("--jobs"), hint).error(3) from error
    finally:
        for future in under_way:
            future.cancel()


def processes(count: int) -> contextlib.AbstractContextManager[Executor | None]:
    """Start an executor of this many processes on this machine; none for one."""
    if count <= 1:
        return contextlib.nullcontext()
    from concurrent.futures import ProcessPoolExecutor  # late: as above, one slip

    return ProcessPoolExecutor(count, initializer=_end_with_parent)


def _end_with_parent() -> None:
    """Leave Ctrl+C to the parent, which then ends its workers; a worker whose parent was killed would wait for ever."""
    import signal  # late: only a worker process needs these
    import threading
    from multiprocessing import parent_process

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = cast("BaseProcess", parent_process())  # only a worker runs this
    threading.Thread(target=_watch, args=(parent.sentinel,), daemon=True).start()


def _watch(sentinel: int) -> None:
    """End this process when its parent ends."""
    from multiprocessing.connection import wait  # late: only a worker process needs it

    wait([sentinel])
    os._exit(1)


def cores() -> int:
    """Count the processors that this process may use, at most MAX_PROCESSES."""
    found = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(found or 1, MAX_PROCESSES)
