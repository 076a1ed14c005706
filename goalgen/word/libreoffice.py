"""Convert old .doc files to .docx by LibreOffice, where it is installed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Final

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.files.names import shown
from goalgen.files.programs import LIBREOFFICE, find_program
from goalgen.files.reading import read_whole
from goalgen.files.refusals import unreadable

_PATIENCE_SECONDS: Final = 180.0
"""How long one file may take; LibreOffice that hangs, or asks something where nobody sees it, is ended then."""
_LOOK_SECONDS: Final = 0.1
_HINT: Final = "用 Word 或 WPS 打开，另存为 .docx 再导入"


@contextmanager
def converted(paths: Sequence[Path]) -> Iterator[dict[Path, Path]]:
    """Give the path of a .docx for each of these .doc files, there while the context lasts.

    Raises GoalgenError (K06, exit code 3) when LibreOffice is missing, hangs, or does not convert one of them.
    """
    if not paths:
        yield {}
        return
    program = find_program(LIBREOFFICE)
    if program is None:
        raise _failed(paths, ".doc 要先转成 .docx，这里没有 LibreOffice")
    with tempfile.TemporaryDirectory(prefix="goalgen-doc-", ignore_cleanup_errors=True) as folder:
        made: dict[Path, Path] = {}
        for number, path in enumerate(paths):
            copy = Path(folder) / f"{number:04}.doc"
            copy.write_bytes(_content(path))
            made[path] = copy.with_suffix(".docx")
        try:
            hung = _run(program, Path(folder), list(made.values()))
        except OSError as error:
            raise _failed(paths, f"LibreOffice（{program}）运行不起来") from error
        failed = [path for path, result in made.items() if not result.is_file()]
        if failed and hung:
            raise _hung(failed)
        if failed:
            raise _failed(failed, "LibreOffice 转不了它")
        yield made


def _failed(paths: Sequence[Path], said: str) -> GoalgenError:
    return GoalgenError([Problem("K06", said, Place(shown(path)), _HINT) for path in paths], 3)


def _hung(paths: Sequence[Path]) -> GoalgenError:
    """Name the file at which LibreOffice hung, and those after it; it takes them one after the other."""
    first = _failed(paths[:1], f"LibreOffice 转了 {_PATIENCE_SECONDS:.0f} 秒也没有转完它，已经把它停下").problems
    others = _failed(paths[1:], f"还没有转：LibreOffice 停在前面的 {paths[0].name} 上").problems
    return GoalgenError([*first, *others], 3)


def _content(path: Path) -> bytes:
    try:
        return read_whole(path)
    except OSError as error:
        raise unreadable(shown(path), error).error() from error


def _run(program: str, folder: Path, results: Sequence[Path]) -> bool:
    """Convert the .doc files of these results; return True when LibreOffice hung at one of them and had to be ended.

    Raises OSError when it cannot be started.
    """
    words = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "docx"]
    files = [str(result.with_suffix(".doc")) for result in results]
    with (folder / "said").open("wb") as said:  # a file: a pipe would be held open by what a hanging program started
        process = _started([*words, "--outdir", str(folder), *files], said)
        try:
            return not _ended(process, results)
        finally:
            _end(process)


def _ended(process: subprocess.Popen[bytes], results: Sequence[Path]) -> bool:
    """Wait for the end; return False when no further file was done for too long."""
    done = -1
    while process.poll() is None:
        count = sum(result.is_file() for result in results)
        if count != done:
            done, until = count, time.monotonic() + _PATIENCE_SECONDS
        elif time.monotonic() >= until:
            return False
        with suppress(subprocess.TimeoutExpired):
            process.wait(_LOOK_SECONDS)
    return True


if sys.platform == "win32":  # pragma: no cover - processes as Windows has them

    def _started(words: Sequence[str], said: IO[bytes]) -> subprocess.Popen[bytes]:
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
        return subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=said, stderr=said, creationflags=flags)

    def _end(process: subprocess.Popen[bytes]) -> None:
        """End a process and all that it started."""
        if process.poll() is not None:
            return
        program = os.path.join(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")
        with suppress(OSError):
            subprocess.run([program, "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False)
        process.kill()
        process.wait()

else:

    def _started(words: Sequence[str], said: IO[bytes]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=said, stderr=said, start_new_session=True)

    def _end(process: subprocess.Popen[bytes]) -> None:
        """End a process and all that it started: they are one session, and one group of processes."""
        if process.poll() is not None:
            return
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
