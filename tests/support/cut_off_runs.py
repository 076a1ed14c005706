"""Commands cut off by SIGKILL just before they put their n-th file in its place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.support.places import ROOT

_SCRIPT = """
import os, signal, sys
left = int(sys.argv.pop(1))
real = os.replace
def replace(source, target):
    global left
    if "goalgen-" in os.path.basename(source):
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
    real(source, target)
os.replace = replace
sys.path.insert(0, {root!r})
from goalgen.cli import main
main()
"""


def cut_off(folder: Path, number: int, *words: str) -> bool:
    """Run a command in a folder that is killed at its n-th file; say whether it came to that."""
    command = [sys.executable, "-c", _SCRIPT.format(root=str(ROOT)), str(number), *words]
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == -9


def litter(folder: Path) -> list[str]:
    """The names of temporary files and locks anywhere below a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob(".goalgen*[pk]") if path.is_file())
