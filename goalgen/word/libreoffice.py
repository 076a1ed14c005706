"""Convert old .doc files to .docx by LibreOffice, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.files.names import shown
from goalgen.files.reading import read_whole
from goalgen.files.refusals import unreadable

_TIMEOUT_SECONDS: Final = 180


@contextmanager
def converted(paths: Sequence[Path]) -> Iterator[dict[Path, Path]]:
    """Give the path of a .docx for each of these .doc files, there while the context lasts.

    Raises GoalgenError (K06, exit code 3) when LibreOffice is missing or does not convert one of them.
    """
    if not paths:
        yield {}
        return
    program = shutil.which("soffice") or shutil.which("libreoffice")
    hint = "用 Word 或 WPS 打开，另存为 .docx 再导入"
    if program is None:
        raise GoalgenError(
            [Problem("K06", ".doc 要先转成 .docx，这里没有 LibreOffice", Place(shown(path)), hint) for path in paths], 3
        )
    with tempfile.TemporaryDirectory(prefix="goalgen-doc-") as folder:
        made: dict[Path, Path] = {}
        for number, path in enumerate(paths):
            copy = Path(folder) / f"{number}.doc"
            copy.write_bytes(_content(path))
            made[path] = copy.with_suffix(".docx")
        _run(program, Path(folder))
        failed = [path for path, result in made.items() if not result.is_file()]
        if failed:
            raise GoalgenError([Problem("K06", "LibreOffice 转不了它", Place(shown(path)), hint) for path in failed], 3)
        yield made


def _content(path: Path) -> bytes:
    try:
        return read_whole(path)
    except OSError as error:
        raise unreadable(shown(path), error).error() from error


def _run(program: str, folder: Path) -> None:
    words = [program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "docx"]
    files = [str(path) for path in sorted(folder.glob("*.doc"))]
    try:
        subprocess.run(
            [*words, "--outdir", str(folder), *files], capture_output=True, timeout=_TIMEOUT_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Problem("K06", f"LibreOffice 没有完成：{error}", Place(program)).error(3) from error
