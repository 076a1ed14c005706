"""Writing that is cut off or meets another run: killed, refused, out of room, two at once; old or new files, never half."""

from __future__ import annotations

import builtins
import errno
import json
import os
import re
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any

import pytest

from goalgen.errors import GoalgenError
from goalgen.files import locking, windows_errors, writing
from goalgen.files.refusals import cannot_write
from goalgen.printing.year import publish_year
from goalgen.submission import Year
from goalgen.submission.submission import Submission
from tests.support.killed_runs import contents, variant
from tests.support.places import ROOT
from tests.support.publishing import publish_whole
from tests.support.year_2020 import copied

COMMAND = (sys.executable, "-m", "goalgen")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
posix = pytest.mark.skipif(sys.platform == "win32", reason="signals, limits and links as POSIX has them")


@pytest.fixture
def year(submission: Submission) -> Year:
    """Three projects of 2020."""
    return variant(submission.years[0], 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the submission."""
    return copied(tmp_path / "申报")


def render(folder: Path, *words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """`goalgen render` in a folder."""
    return subprocess.run(
        [*COMMAND, "render", *words],
        cwd=folder,
        env=ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
        check=False,
        **options,
    )


# ---- killed


@posix
def test_a_run_killed_at_any_line_leaves_old_or_new_files_and_the_next_one_no_litter(tmp_path: Path) -> None:
    words = [sys.executable, "-m", "tests.support.killed_runs", str(tmp_path), "100"]
    run = subprocess.run(words, env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
    states = json.loads(run.stdout)
    assert states.keys() == {"killed", "new", "old", "clean", "temporary"}
    assert states["killed"] > 90, "the points were well chosen"
    assert states["clean"] == 20


# ---- every step that may fail, in turn


class Failing:
    """The system calls that writing needs, of which the n-th raises an error and all others work."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int, error: OSError) -> None:
        self.calls = 0
        self.failed = ""
        self._at = at
        self._error = error
        for name in ("replace",) if error is GONE else ("replace", "unlink"):  # what is gone needs no removing
            self._wrap(monkeypatch, os, name)
        monkeypatch.setattr(builtins, "open", self._open(builtins.open))

    def _wrap(self, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
        real: Callable[..., Any] = getattr(owner, name)

        def wrapped(*args: Any, **kwargs: Any) -> Any:
            self._step(name)
            return real(*args, **kwargs)

        monkeypatch.setattr(owner, name, wrapped)

    def _open(self, real: Callable[..., Any]) -> Callable[..., Any]:
        def opened(path: Any, mode: str = "r", *args: Any, **kwargs: Any) -> Any:
            if mode[0] not in "wa":
                return real(path, mode, *args, **kwargs)
            self._step("open")
            file: IO[bytes] = real(path, mode, *args, **kwargs)
            return Written(file, self._step)

        return opened

    def _step(self, name: str) -> None:
        self.calls += 1
        if self.calls == self._at:
            self.failed = name
            raise self._error


class Written:
    """A file whose writes and flushes are counted, and half done when they fail."""

    def __init__(self, file: IO[bytes], step: Callable[[str], None]) -> None:
        self._file = file
        self._step = step

    def write(self, data: bytes) -> int:
        self._file.write(data[: len(data) // 2])
        self._step("write")
        return self._file.write(data[len(data) // 2 :])

    def flush(self) -> None:
        self._step("flush")
        self._file.flush()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> Written:
        return self

    def __exit__(self, *error: object) -> None:
        self._file.close()


FULL = OSError(errno.ENOSPC, "No space left on device")
OPEN_IN_WORD = PermissionError(errno.EACCES, "Permission denied")
GONE = FileNotFoundError(errno.ENOENT, "No such file or directory")


@pytest.fixture(scope="module")
def days(submission: Submission, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes], Year]:
    """An output folder as one day left it, and what the next day's run makes of it: a form fewer, the others changed."""
    folder = tmp_path_factory.mktemp("days")
    before, after = variant(submission.years[0], 1), variant(submission.years[0], 2)
    publish_whole(before, folder / "old")
    publish_whole(after, folder / "new")
    return folder / "old", contents(folder / "new"), after


@pytest.mark.parametrize(
    ("error", "remedy"),
    [(FULL, "腾出空间"), (OPEN_IN_WORD, "请先关闭"), (GONE, "再运行一次")],
    ids=["full", "open", "gone"],
)
def test_whichever_step_fails_files_are_old_or_new_and_the_others_are_done(
    days: tuple[Path, dict[str, bytes], Year],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: OSError,
    remedy: str,
) -> None:
    """As SQLite tests itself: fail the first step, then the second, … until a run needs no more steps than that."""
    source, new, year = days
    old = contents(source)
    failed = []
    for at in range(1, 100):
        out = tmp_path / str(at)
        shutil.copytree(source, out)
        with pytest.MonkeyPatch.context() as patch:
            failing = Failing(patch, at, error)
            outcome = publish_whole(year, out)
        left = contents(out)
        if not failing.failed:
            assert left == new
            break
        failed.append(failing.failed)
        left = {
            name: data for name, data in left.items() if not Path(name).name.startswith(".goalgen")
        }  # its own notes
        assert all(data in (old.get(name), new.get(name)) for name, data in left.items()), failed
        if any(left.get(name) != data for name, data in new.items() if name.endswith(".docx")):
            assert outcome.exit_code == 3
        for problem in outcome.problems:
            assert remedy in problem.hint
            assert not re.search("[A-Za-z]{4}", problem.message.replace("goalgen", ""))
        if at > 1:  # the first is the lock, without which nothing is written
            missed = [name for name, data in new.items() if "/forms/" in name and left.get(name) != data]
            assert len(missed) <= 1, "the others go on"
            assert len(outcome.problems) <= 1
        publish_whole(year, out)
        assert contents(out) == new, "the next run mends it"
    assert {"open", "write", "flush", "replace"} <= set(failed) <= {"open", "write", "flush", "replace", "unlink"}
    assert len(failed) >= 1 + 4 * 4, "the lock; then two forms, the bundle and the record"


def test_what_is_written_by_hand_waits_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A power cut must not lose what cannot be made again."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    seen = []
    monkeypatch.setattr(os, "fsync", lambda number: seen.append((path.read_bytes(), os.fstat(number).st_size)))
    assert writing.write(path, b"newer")
    assert seen == [(b"old", 5)]
    writing.write(path, b"newest", lasting=False)
    assert len(seen) == 1


@posix
def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"old")
    path.chmod(0o640)
    writing.write(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o640


class ReadOnly:
    """What Windows tells of a file with its read-only mark."""

    def __init__(self, about: os.stat_result) -> None:
        self._about = about
        self.st_file_attributes = stat.FILE_ATTRIBUTE_READONLY

    def __getattr__(self, name: str) -> Any:
        return getattr(self._about, name)


def test_a_file_that_windows_marks_read_only_is_left_alone_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"old")
    real = Path.stat
    monkeypatch.setattr(
        Path, "stat", lambda self, **how: ReadOnly(real(self, **how)) if self == path else real(self, **how)
    )
    monkeypatch.setattr(windows_errors, "WINDOWS", True)
    monkeypatch.setattr(windows_errors, "what_denies", lambda *_: windows_errors.READ_ONLY_FILE)
    with pytest.raises(GoalgenError, match=r"O01 写不了文件：这个文件是只读的；.*去掉“只读”"):
        writing.write(path, b"new")
    draft = writing.FileDraft(path)
    draft.file.write(b"new")
    draft.finish()
    with pytest.raises(GoalgenError, match="这个文件是只读的"):
        draft.place()
    draft.discard()
    assert contents(tmp_path) == {"a.docx": b"old"}


def test_a_temporary_file_that_took_over_a_read_only_mode_is_removed_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a share of Windows: the rename is refused, and what is read-only cannot be removed."""
    path = tmp_path / "a.docx"
    path.write_bytes(b"old")
    path.chmod(0o444)
    real = Path.unlink

    def unlink(self: Path, missing_ok: bool = False) -> None:
        if not self.stat().st_mode & stat.S_IWUSR:
            raise PermissionError(errno.EACCES, "Permission denied")
        real(self, missing_ok)

    def refused(*_: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(Path, "unlink", unlink)
    monkeypatch.setattr(os, "replace", refused)
    with pytest.raises(GoalgenError, match="O01"):
        writing.write(path, b"new")
    assert contents(tmp_path) == {"a.docx": b"old"}


def held_for(times: int, real: Callable[..., Any]) -> Callable[..., Any]:
    """A call of the system that another program, such as a virus scanner, holds up so many times."""
    left = [times]

    def call(*words: Any, **how: Any) -> Any:
        if left[0]:
            left[0] -= 1
            error = PermissionError(errno.EACCES, "Permission denied")
            error.winerror = 32  # type: ignore[attr-defined, unused-ignore]
            raise error
        return real(*words, **how)

    return call


def test_what_a_virus_scanner_holds_for_a_moment_is_written_and_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(b"old")
    monkeypatch.setattr(os, "replace", held_for(3, os.replace))
    assert writing.write(path, b"new")
    assert contents(tmp_path) == {"a.docx": b"new"}
    monkeypatch.setattr(Path, "unlink", held_for(3, Path.unlink))
    assert writing.remove(tmp_path, ["a.docx"]) == [path]
    assert contents(tmp_path) == {}


def test_a_lock_file_that_is_just_being_removed_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtins, "open", held_for(3, open))
    with locking.locked(tmp_path, patience=0):
        assert (tmp_path / locking.LOCK_FILE).exists()


# ---- the real thing


@posix
def test_a_disk_without_room_for_the_bundle(folder: Path) -> None:
    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

    run = render(folder, preexec_fn=limit)
    assert run.returncode == 3, run.stderr
    lines = [line for line in run.stderr.splitlines() if " 错误 " in line]
    assert lines == ["out/2020/bundle.docx: 错误 O01 写不了文件：文件太大，这个磁盘放不下；换一个磁盘，用 -o 写到那里"]
    assert len([*(folder / "out" / "2020" / "forms").iterdir()]) == 16
    assert render(folder).returncode == 0


@pytest.fixture
def unchangeable(tmp_path: Path) -> Iterator[Path]:
    """A folder in which not even root may write, with a file."""
    path = tmp_path / "fixed"
    (path / "2020" / "forms").mkdir(parents=True)
    forms = path / "2020" / "forms"
    if (
        not shutil.which("chattr")
        or subprocess.run(["chattr", "+i", forms], capture_output=True, check=False).returncode
    ):
        pytest.skip("needs chattr and a file system that knows it")
    yield path
    subprocess.run(["chattr", "-i", forms], check=True)


def test_a_folder_that_may_not_be_written_is_said_of_each_form_and_left_as_it_was(
    year: Year, unchangeable: Path
) -> None:
    outcome = publish_whole(year, unchangeable)
    assert outcome.exit_code == 3
    assert [problem.message for problem in outcome.problems] == ["写不了文件：没有权限"] * 3
    assert contents(unchangeable) == {}


def test_a_link_that_leads_nowhere(year: Year, tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to(tmp_path / "nowhere" / "at" / "all")
    outcome = publish_whole(year, tmp_path / "out")
    assert outcome.exit_code == 3
    assert [problem.code for problem in outcome.problems] == ["O01"]


def test_an_error_that_has_no_words_here_keeps_the_system_s() -> None:
    problem = cannot_write(Path("a"), OSError(errno.ENODEV, "No such device"))
    assert str(problem) == "a: 错误 O01 写不了文件：No such device；检查磁盘空间和文件夹"


# ---- two at once

HOLDER = """
import sys
from pathlib import Path
from goalgen.files.locking import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the folder `out/2020` until its input ends."""
    out = tmp_path / "out" / "2020"
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, out],
        env=ENVIRONMENT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    with process:
        process.wait()


def test_the_second_run_says_that_it_waits_and_goes_on_after_the_first(
    year: Year, tmp_path: Path, holder: subprocess.Popen[str]
) -> None:
    said = []

    def waiting() -> None:
        said.append(contents(tmp_path / "out").keys())
        assert holder.stdin is not None
        holder.stdin.close()

    outcome = publish_year(year, year.entries, tmp_path / "out", waiting=waiting)
    assert said == [{"2020/.goalgen.lock"}]
    assert (outcome.exit_code, len(outcome.written)) == (0, 4)


def test_a_run_that_waits_too_long_gives_up_in_one_line(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    assert holder.poll() is None
    with (
        pytest.raises(GoalgenError, match="O02 另一个 goalgen") as caught,
        locking.locked(tmp_path / "out" / "2020", patience=0),
    ):
        pass
    assert caught.value.exit_code == 3
    with locking.locked(tmp_path / "out" / "2021", patience=0):
        pass


@posix
def test_a_killed_holder_holds_no_longer(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    with locking.locked(tmp_path / "out" / "2020", patience=0):
        pass


def test_two_renders_at_once_both_do_their_work(folder: Path) -> None:
    processes = [
        subprocess.Popen(
            [*COMMAND, "render"],
            cwd=folder,
            env=ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for _ in range(2)
    ]
    for process in processes:
        out, err = process.communicate()
        assert (process.returncode, "16 份申报表" in out) == (0, True), err
    made = contents(folder / "out")
    assert render(folder, "-o", "别处").returncode == 0
    assert contents(folder / "别处") == made


def test_a_file_system_that_knows_no_locks_is_written_all_the_same(
    year: Year, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("goalgen.files.locking._take", unknown)
    assert publish_whole(year, tmp_path).exit_code == 0


@posix
def test_a_sweep_leaves_what_another_process_is_writing(tmp_path: Path) -> None:
    from goalgen.files.locking import grab

    live, dead = (tmp_path / f"{writing.TEMPORARY_PREFIX}{number}-0.tmp" for number in (1, 2))
    dead.write_bytes(b"half")
    with open(live, "wb") as file:
        assert grab(file)
        writing.sweep(tmp_path)
        assert [*tmp_path.iterdir()] == [live]
    writing.sweep(tmp_path)
    assert [*tmp_path.iterdir()] == []


def test_a_writer_whose_file_somebody_removes_writes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "forms" / "a.docx"
    real = os.replace
    calls = []

    def removed_first(source: Path, target: Path) -> None:
        calls.append(target)
        if len(calls) == 1:
            shutil.rmtree(tmp_path / "forms")
        real(source, target)

    monkeypatch.setattr(os, "replace", removed_first)
    assert writing.write(path, b"new")
    assert path.read_bytes() == b"new"
    assert [*path.parent.iterdir()] == [path]
