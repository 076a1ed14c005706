"""Work handed out in jobs: done here one after the other, or by any concurrent.futures executor, the results in order."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor

J = TypeVar("J")
R = TypeVar("R")

MOST: Final = 60
"""More processes than these Windows cannot wait for."""


def handed_out(executor: Executor | None, work: Callable[[J], R], jobs: Iterable[J]) -> Iterator[R]:
    """The results of `work` on each job, in the order of the jobs; without an executor done by this process.

    With an executor, work, jobs and results must be picklable. Raises GoalgenError (O03, exit code 3) when a worker
    process is lost.
    """
    return map(work, jobs) if executor is None else _pool().ahead(executor, work, jobs)


def processes(count: int) -> contextlib.AbstractContextManager[Executor | None]:
    """An executor of this many processes on this machine, none for one."""
    return contextlib.nullcontext() if count <= 1 else _pool().processes(count)


def _pool() -> ModuleType:
    """The door to executors, opened only by runs that use one: they take longer to load than sixteen forms to print."""
    return import_module("goalgen.pool")


def cores() -> int:
    """How many processors this process may use, at most MOST."""
    found = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(found or 1, MOST)
