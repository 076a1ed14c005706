"""Run git, and find a repository's folders and what its index holds."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from goalgen.errors import Place, Problem
from goalgen.files.names import shown
from goalgen.files.programs import GIT, find_program


def run_git(folder: Path, *words: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run git in a folder and return what comes of it. Raises GoalgenError (R03, exit code 3) when git is missing."""
    program = find_program(GIT)
    if program is None:
        hint = "安装 git（https://git-scm.com），重开终端再试"
        raise Problem("R03", "这里没有 git", Place("git"), hint).error(3)
    environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    command = [program, "-C", str(folder), "-c", "core.quotepath=false", *words]
    try:
        return subprocess.run(command, input=data, capture_output=True, check=False, env=environment)
    except OSError as error:
        raise Problem("R03", "git 运行不起来", Place(program), "重新安装 git 再试").error(3) from error


def git_output(folder: Path, *words: str, data: bytes = b"") -> bytes:
    """Run git in a folder and return its output. Raises GoalgenError (R03, exit code 3) with git's words when it fails."""
    found = run_git(folder, *words, data=data)
    if found.returncode:
        said = " ".join(found.stderr.decode("utf-8", "replace").split())
        raise Problem("R03", f"git {words[0]} 没有完成：{said}", Place(shown(folder))).error(3)
    return found.stdout


def top_folder(folder: Path, hint: str = "在 git 仓库里运行；新仓库先 git init") -> Path:
    """Return the highest folder of the working tree that holds a folder.

    Raises GoalgenError: R01 with `hint` when there is none, R03 (exit code 3) when git is missing or refuses.
    """
    found = run_git(folder, "rev-parse", "--show-toplevel")
    said = found.stderr.decode("utf-8", "replace")
    if "dubious ownership" in said:
        safe = f"运行 git config --global --add safe.directory {folder.resolve().as_posix()}"
        raise Problem("R03", "git 不肯读别的用户的仓库", Place(shown(folder)), safe).error(3)
    if found.returncode:
        raise Problem("R01", "这里不是 git 仓库", Place(shown(folder)), hint).error()
    return Path(os.fsdecode(found.stdout.rstrip(b"\r\n"))).resolve()


@dataclass(frozen=True, slots=True)
class Repository:
    """Name the folders of a repository: `top` of its files, `own` of git itself (shared by all worktrees), its `hooks`."""

    top: Path
    own: Path
    hooks: Path

    def paths(self, *words: str) -> tuple[str, ...]:
        """Return the paths that a git command with `-z` prints, relative to `top`."""
        return tuple(filter(None, os.fsdecode(git_output(self.top, *words)).split("\0")))

    def staged(self) -> tuple[str, ...]:
        """Return the paths, relative to `top`, that the next commit changes, adds or removes."""
        return self.paths("diff", "--cached", "--name-only", "--no-renames", "--no-ext-diff", "-z")

    def tracked(self, *patterns: str) -> tuple[str, ...]:
        """Return the paths in the index that match any of these pathspecs."""
        return self.paths("ls-files", "-z", "--", *patterns)

    def export(self, paths: Iterable[str], folder: Path) -> None:
        """Write files, as the index holds them, below a folder."""
        names = os.fsencode("".join(f"{path}\0" for path in paths))
        git_output(self.top, "checkout-index", "-z", "--stdin", f"--prefix={folder.as_posix()}/", data=names)

    def includes(self, settings: str) -> bool:
        """Say whether the repository's settings include a file of git's own folder."""
        return f"include.path\n{settings}" in self.paths("config", "--local", "--list", "-z")

    def include(self, settings: str) -> None:
        """Make the repository's settings include a file of git's own folder."""
        git_output(self.top, "config", "--local", "--add", "include.path", settings)

    def exclude(self, settings: str) -> None:
        """Undo `include`."""
        git_output(self.top, "config", "--local", "--unset-all", "include.path", f"^{re.escape(settings)}$")

    def forget(self, reference: str) -> None:
        """Delete a reference, if it is there."""
        git_output(self.top, "update-ref", "-d", reference)


def find_repository(folder: Path) -> Repository:
    """Find the repository that holds a folder. Raises GoalgenError (R01; R03 with exit code 3)."""
    highest = top_folder(folder)

    def told(*words: str) -> Path:
        return highest / os.fsdecode(git_output(highest, "rev-parse", *words).rstrip(b"\r\n"))

    return Repository(highest, told("--git-common-dir").resolve(), told("--git-path", "hooks"))
