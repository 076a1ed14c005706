"""Find other programs by absolute path: on PATH, then where their installers put them; never in the working folder.

A submission may come by mail, with a `git.exe` beside its forms. Windows itself would run that one first.
"""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

ENDINGS: Final = (".com", ".exe") if os.name == "nt" else ("",)
"""How the file of a program ends; `soffice.com` waits for its end and prints, `soffice.exe` need not."""


@dataclass(frozen=True, slots=True)
class Program:
    """Name a program: what it is called on PATH, what Windows' registry knows of it, and where else it may be.

    `registered` has keys, values and what has to be added to them; `places` are patterns with variables (`%NAME%`), the
    latest version last.
    """

    names: tuple[str, ...]
    registered: tuple[tuple[str, str, str], ...]
    places: tuple[str, ...]


GIT: Final = Program(
    ("git",),
    ((r"SOFTWARE\GitForWindows", "InstallPath", r"\cmd\git.exe"),),
    (
        r"%PROGRAMFILES%\Git\cmd\git.exe",
        r"%PROGRAMW6432%\Git\cmd\git.exe",
        r"%PROGRAMFILES(X86)%\Git\cmd\git.exe",
        r"%LOCALAPPDATA%\Programs\Git\cmd\git.exe",
    ),
)
LIBREOFFICE: Final = Program(
    ("soffice", "libreoffice"),
    ((r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\soffice.exe", "", ""),),
    (
        r"%PROGRAMFILES%\LibreOffice*\program\soffice.com",
        r"%PROGRAMW6432%\LibreOffice*\program\soffice.com",
        r"%PROGRAMFILES(X86)%\LibreOffice*\program\soffice.com",
        "/opt/libreoffice*/program/soffice",
        "/Applications/LibreOffice*.app/Contents/MacOS/soffice",
        "%HOME%/Applications/LibreOffice*.app/Contents/MacOS/soffice",
    ),
)


def find_program(program: Program) -> str | None:
    """Return the absolute path of a program, None when it is not installed."""
    return next(filter(_is_program, _candidates(program)), None)


def _candidates(program: Program) -> Iterator[str]:
    folders = [
        folder for folder in map(_unquoted, os.get_exec_path()) if os.path.isabs(folder) and not _is_here(folder)
    ]
    for name in program.names:
        for folder in folders:
            yield from (os.path.join(folder, name + ending) for ending in ENDINGS)
    yield from _from_registry(program.registered)
    for place in program.places:
        yield from sorted(glob.glob(_filled_in(place)), reverse=True)


def _unquoted(folder: str) -> str:
    """Return a folder of PATH without the quotes that people put around one on Windows."""
    return folder.strip('"')


def _is_here(folder: str) -> bool:
    """Say whether a folder is the working folder, however it is written."""
    with suppress(OSError, ValueError):
        return os.path.samefile(folder, os.curdir)
    return False


def _is_program(path: str) -> bool:
    return os.path.isabs(path) and os.path.isfile(path) and os.access(path, os.X_OK)


def _filled_in(place: str) -> str:
    """Put the environment's values for `%NAME%`; return "" where one of them is not set or would be a pattern itself."""
    first, *variable = place.split("%")
    if not variable:
        return place
    value = os.environ.get(variable[0], "")
    return f"{first}{glob.escape(value)}{variable[1]}" if value else ""


if sys.platform == "win32":  # pragma: no cover - winreg is a module of Python on Windows only
    import winreg

    def _from_registry(entries: Iterable[tuple[str, str, str]]) -> Iterator[str]:
        for key, value, rest in entries:
            for root in (winreg.HKEY_CURRENT_USER, winreg.HKEY_LOCAL_MACHINE):
                for view in (winreg.KEY_WOW64_64KEY, winreg.KEY_WOW64_32KEY):
                    with suppress(OSError), winreg.OpenKey(root, key, 0, winreg.KEY_READ | view) as opened:
                        yield _unquoted(str(winreg.QueryValueEx(opened, value)[0])) + rest

else:

    def _from_registry(entries: Iterable[tuple[str, str, str]]) -> Iterator[str]:
        """Find nothing: only Windows has a registry."""
        yield from ()
