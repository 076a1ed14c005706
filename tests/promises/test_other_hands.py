"""By whatever executor forms are printed, the files are the same; an interrupted run ends in one line."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from concurrent.futures.process import ProcessPoolExecutor
from pathlib import Path
from typing import Final

import pytest

from goalgen.printing import year as year_module
from goalgen.printing.manifest import Redo
from goalgen.submission import executors, reading
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
        outcome = publish_whole(year, out, executor, redo=Redo.UNCHANGED)
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
