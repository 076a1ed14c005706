"""Work in other hands comes back in order, ends with its parent, and is told when it is lost."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import ProcessPoolExecutor
from pathlib import Path

import pytest

from goalgen.errors import GoalgenError
from goalgen.forms.pack import load_form
from goalgen.submission.executors import MAX_PROCESSES, cores, handed_out, processes


def lose(code: int) -> None:
    """What the system does to a process for which it has no memory left."""
    os._exit(code)


def test_a_lost_worker_is_told_in_one_line() -> None:
    with pytest.raises(GoalgenError) as caught, processes(2) as executor:
        list(handed_out(executor, lose, [1]))
    (problem,) = caught.value.problems
    assert (problem.code, caught.value.exit_code) == ("O03", 3)


def test_results_come_in_order_and_few_jobs_are_under_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goalgen.submission.executors.JOBS_AHEAD", 4)
    given = []

    def jobs() -> Iterator[int]:
        for number in range(50):
            given.append(number)
            yield number

    with ThreadPoolExecutor(3) as executor:
        results = handed_out(executor, str, jobs())
        assert next(results) == "0"
        assert len(given) <= 5
        assert [*results] == [str(number) for number in range(1, 50)]


def test_work_that_nobody_waits_for_any_more_is_not_begun() -> None:
    begun = []
    go_on = threading.Event()

    def work(number: int) -> int:
        begun.append(number)
        assert number == 0 or go_on.wait(60)
        return number

    with ThreadPoolExecutor(1) as executor:
        results = handed_out(executor, work, range(100))
        assert next(results) == 0
        results.close()  # type: ignore[attr-defined]
        go_on.set()
    assert begun in ([0], [0, 1])


def test_a_fault_in_a_worker_comes_back_as_it_was(tmp_path: Path) -> None:
    with pytest.raises(GoalgenError) as here:
        load_form(tmp_path / "没有.yaml")
    with pytest.raises(GoalgenError) as there, ProcessPoolExecutor(1) as executor:
        executor.submit(load_form, tmp_path / "没有.yaml").result()
    assert there.value.problems == here.value.problems
    assert [problem.code for problem in there.value.problems] == ["S05"]
    worse = pickle.loads(pickle.dumps(GoalgenError(here.value.problems, 3)))
    assert (worse.problems, worse.exit_code) == (here.value.problems, 3)


def test_as_many_workers_as_processors_but_no_more_than_windows_can_wait_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 1 <= cores() <= MAX_PROCESSES
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(500)), raising=False)
    assert cores() == MAX_PROCESSES
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores() == 1


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
def test_workers_end_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    """A killed run leaves no processes behind that hold the lock or memory."""
    script = (
        "import os, time\n"
        "from goalgen.submission.executors import processes\n"
        "if __name__ == '__main__':\n"
        "    with processes(2) as executor:\n"
        "        print(*{executor.submit(os.getpid).result() for _ in range(20)}, flush=True)\n"
        "        time.sleep(60)\n"
    )
    (tmp_path / "parent.py").write_text(script, encoding="utf-8")
    with subprocess.Popen([sys.executable, tmp_path / "parent.py"], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        workers = [int(word) for word in parent.stdout.readline().split()]
        assert workers
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        assert parent.stdout.read() == "", "the pipe closes only when the last worker has ended"


def test_one_process_is_none_and_more_are_processes() -> None:
    with processes(1) as executor:
        assert executor is None
    with processes(2) as executor:
        assert executor is not None
        assert executor.submit(os.getpid).result() != os.getpid()
