"""The door to git: a repository's folders, and what its index holds."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from goalgen.errors import GoalgenError, Place, Problem
from goalgen.paths import shown


def git(folder: Path, *words: str, data: bytes = b"") -> bytes:
    """What `git words` prints when run in a folder with `data` as its input.

    Raises GoalgenError: V01 (exit code 3) when git is not installed, V02 with git's own words when it fails.
    """
    program = shutil.which("git")
    if program is None:
        hint = "装上 git（https://git-scm.com），重开终端再试"
        raise GoalgenError([Problem("V01", "这台电脑上找不到 git", Place("git"), hint)], 3)
    done = subprocess.run(
        [program, "-c", "core.quotepath=false", *words], cwd=folder, input=data, capture_output=True, check=False
    )
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split()) or f"退出码 {done.returncode}"
        message = f"git {words[0]} 没有做成：{said}"
        raise GoalgenError([Problem("V02", message, Place(shown(folder)), "在 git 仓库里运行；新仓库先 git init")])
    return done.stdout


@dataclass(frozen=True, slots=True)
class Repository:
    """A git repository: the folder its files lie in, git's own folder (shared by all worktrees), and that of its hooks."""

    top: Path
    own: Path
    hooks: Path

    def paths(self, *words: str) -> tuple[str, ...]:
        """The paths that a git command with `-z` prints, relative to `top`."""
        return tuple(filter(None, git(self.top, *words).decode("utf-8", "surrogateescape").split("\0")))

    def staged(self) -> tuple[str, ...]:
        """The paths, relative to `top`, that the next commit changes, adds or removes."""
        return self.paths("diff", "--cached", "--name-only", "--no-renames", "--no-ext-diff", "-z")

    def tracked(self, *patterns: str) -> tuple[str, ...]:
        """The paths in the index that match any of these pathspecs."""
        return self.paths("ls-files", "-z", "--", *patterns)

    def export(self, paths: Iterable[str], folder: Path) -> None:
        """Write files as the index holds them below a folder."""
        names = "".join(f"{path}\0" for path in paths).encode("utf-8", "surrogateescape")
        git(self.top, "checkout-index", "-z", "--stdin", f"--prefix={folder.as_posix()}/", data=names)

    def includes(self, settings: str) -> bool:
        """Whether the repository's settings include a file of git's own folder."""
        return f"include.path\n{settings}" in self.paths("config", "--local", "--list", "-z")

    def include(self, settings: str) -> None:
        """Have the repository's settings include a file of git's own folder."""
        git(self.top, "config", "--local", "--add", "include.path", settings)

    def exclude(self, settings: str) -> None:
        """Undo `include`."""
        git(self.top, "config", "--local", "--unset-all", "include.path", f"^{re.escape(settings)}$")

    def forget(self, reference: str) -> None:
        """Delete a reference, if it is there."""
        git(self.top, "update-ref", "-d", reference)


def find(folder: Path) -> Repository:
    """The repository that holds a folder. Raises GoalgenError (V01, V02)."""

    def told(place: Path, *words: str) -> Path:
        return place / git(place, "rev-parse", *words).decode("utf-8", "surrogateescape").rstrip("\r\n")

    top = told(folder, "--show-toplevel").resolve()
    return Repository(top, told(top, "--git-common-dir").resolve(), told(top, "--git-path", "hooks"))
