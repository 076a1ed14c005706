"""Work in other hands: by whatever executor forms are printed, the files are the same."""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from concurrent.futures.process import ProcessPoolExecutor
from pathlib import Path
from typing import Final

import pytest

from goalgen.errors import GoalgenError
from goalgen.forms.pack import load_form
from goalgen.printing import printer
from goalgen.printing import year as year_module
from goalgen.printing.year import publish_year
from goalgen.submission import executors, reading
from goalgen.submission.executors import MAX_PROCESSES, cores, handed_out, processes
from goalgen.submission.index import open_index
from tests.support.places import ROOT
from tests.support.publishing import publish_whole
from tests.support.year_2020 import copied


@contextlib.contextmanager
def dask() -> Iterator[Executor]:
    """The executor of a Dask cluster of two worker processes on this machine."""
    distributed = pytest.importorskip("distributed")
    cluster = distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, worker_dashboard_address=None
    )
    with cluster, distributed.Client(cluster) as client:
        yield client.get_executor()


Makers = dict[str, Callable[[], contextlib.AbstractContextManager[Executor]]]
EXECUTORS: Final[Makers] = {
    "threads": lambda: ThreadPoolExecutor(2),
    "processes": lambda: ProcessPoolExecutor(2, initializer=executors._end_with_parent),
    "dask": dask,
}


def made(out: Path, executor: Executor | None) -> dict[str, bytes]:
    """The project's own 2020 read and printed by an executor, file by file."""
    index = open_index(ROOT, [2020])
    with reading.read_year(index.years[0], ROOT, executor=executor, anew=True, hold=False) as year:
        assert year.problems == ()
        assert year.projects == ()
        outcome = publish_whole(year, out, executor, force=True)
    assert (outcome.exit_code, len(outcome.written)) == (0, 17)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", EXECUTORS)
@pytest.mark.filterwarnings("ignore")  # of Dask's own making
def test_any_executor_makes_the_same_files(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "FILES_A_JOB", 3)
    monkeypatch.setattr(year_module, "FORMS_A_JOB", 3)
    alone = made(tmp_path / "alone", None)
    with EXECUTORS[name]() as executor:
        assert made(tmp_path / name, executor) == alone


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


@pytest.mark.skipif(sys.platform == "win32", reason="process groups")
def test_an_interrupted_run_ends_in_one_line(tmp_path: Path) -> None:
    """Ctrl+C reaches every process of the terminal; only the command answers."""
    copied(tmp_path / "申报")
    command = [sys.executable, "-m", "goalgen", "render", "--force", "--jobs", "2"]
    script = f"import os, signal, goalgen.printing.year as p; from goalgen.cli import main; import sys; sys.argv = {command[2:]!r}\n"
    script += "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a job in the background ignores it
    script += "def interrupt(job): return os.killpg(0, signal.SIGINT) or []\n"
    script += "p.print_forms = interrupt\n"
    script += "main()\n"
    (tmp_path / "run.py").write_text(script, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, tmp_path / "run.py"],
        cwd=tmp_path / "申报",
        capture_output=True,
        encoding="utf-8",
        check=False,
        start_new_session=True,
    )
    assert "Traceback" not in run.stderr, run.stderr
    assert "已中断" in run.stderr
    assert run.returncode == 130


def test_one_process_is_none_and_more_are_processes() -> None:
    with processes(1) as executor:
        assert executor is None
    with processes(2) as executor:
        assert executor is not None
        assert executor.submit(os.getpid).result() != os.getpid()


def test_the_press_follows_the_template(tmp_path: Path) -> None:
    """A worker that prints one template after another takes neither for the other."""
    index = open_index(ROOT, [2020])
    with reading.read_year(index.years[0], ROOT) as year:
        first = publish_year(year, year.entries[:1], tmp_path / "a", bundle=False)
        press = printer._PRESSES[0]
        second = publish_year(year._replace(), year.entries[:1], tmp_path / "b", bundle=False)
    assert printer._PRESSES[0] is press, "an equal template is not made ready again"
    assert first.written[0].read_bytes() == second.written[0].read_bytes()
