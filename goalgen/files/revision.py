"""Read a git revision as a file system, through `git` itself and without touching the working tree."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from goalgen.errors import Place, Problem
from goalgen.files.git import git_output, run_git, top_folder
from goalgen.files.names import shown

_PLAIN_FILE_MODES: Final = ("100644", "100755")


def commit_of(folder: Path, revision: str) -> str | None:
    """Return the commit that a revision names (`HEAD~3`, `v1`, `main@{yesterday}`), None when there is none."""
    found = run_git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return found.stdout.decode("ascii", "replace").strip() or None if found.returncode == 0 else None


def files_of(folder: Path, revision: str) -> Revision:
    """Return the files of a revision of the repository that holds a folder.

    Raises GoalgenError: R02 when there is no such revision, R01 and R03 as `top_folder` does.
    """
    root = top_folder(folder, "写年度、文件夹或文件；要对照以前的版本，先用 git init 建仓库并提交")
    commit = commit_of(root, revision)
    if commit is None:
        empty = commit_of(root, "HEAD") is None
        hint = "这个仓库还没有提交过" if empty else "git log --oneline 列出有哪些版本；浅克隆里没有旧版本"
        raise Problem("R02", f"没有 {revision} 这个版本", Place(shown(root)), hint).error()
    listed = git_output(root, "ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")
    return Revision(root, revision, dict(map(_entry, filter(_is_file, listed))))


def _is_file(line: bytes) -> bool:
    return line[:6].decode("ascii", "replace") in _PLAIN_FILE_MODES


def _entry(line: bytes) -> tuple[str, str]:
    """Read `100644 blob 5f3a…`, a tab, `data/2020/01.yaml` as the path and git's name for the content."""
    head, _, path = line.partition(b"\t")
    return os.fsdecode(path), head.split()[2].decode("ascii")


@dataclass(slots=True)
class Revision:
    """Hold the files of one revision, in the place of the disk (see goalgen.files.Files).

    `blobs` has git's name for the content by path; those of one kind in one folder are read together.
    """

    root: Path
    name: str
    blobs: dict[str, str]
    contents: dict[str, bytes] = field(default_factory=dict)

    def read(self, path: Path, most: int = -1) -> bytes:
        """Return the bytes of a file, not more than `most`. Raises FileNotFoundError when the revision does not have it."""
        own = self._own(path)
        if own not in self.blobs:
            raise FileNotFoundError(errno.ENOENT, f"{self.name} 里没有这个文件")
        if own not in self.contents:
            self._fetch([own, *self._like(own)])
        return self.contents[own] if most < 0 else self.contents[own][:most]

    def is_file(self, path: Path) -> bool:
        """Say whether the revision has a file of this name."""
        return self._own(path) in self.blobs

    def is_folder(self, path: Path) -> bool:
        """Say whether the revision has files under this name."""
        return any(name.startswith(f"{self._own(path)}/") for name in self.blobs)

    def matching(self, folder: Path, pattern: str) -> list[Path]:
        """Return the files under a folder that a glob pattern fits (`*` never across folders), sorted."""
        own = f"{self._own(folder)}/"
        depth = pattern.count("/")
        names = (name for name in self.blobs if name.startswith(own))
        inside = ((name, name.removeprefix(own)) for name in names)
        fitting = (name for name, rest in inside if rest.count("/") == depth and fnmatchcase(rest, pattern))
        return sorted(self.root / name for name in fitting)

    def shown(self, path: Path) -> str:
        """Return `v1:data/2020/01-….yaml`, as git itself names the file."""
        return f"{self.name}:{self._own(path)}"

    def _own(self, path: Path) -> str:
        return Path(os.path.relpath(path, self.root)).as_posix()

    def _like(self, name: str) -> list[str]:
        """Return the files beside one, of the same kind, that have not been read: they will be asked for as well."""
        folder, _, file = name.rpartition("/")
        ending = os.path.splitext(file)[1]
        return [
            other
            for other in self.blobs
            if other != name
            and other not in self.contents
            and other.rpartition("/")[0] == folder
            and other.endswith(ending)
        ]

    def _fetch(self, names: Sequence[str]) -> None:
        """Read these files; git answers for each a line `name blob size`, the content, and a line end."""
        asked = "".join(f"{self.blobs[name]}\n" for name in names)
        answer = git_output(self.root, "cat-file", "--batch", data=asked.encode("ascii"))
        at = 0
        for name in names:
            start = answer.index(b"\n", at) + 1
            size = answer[at:start].split()[-1]
            if not size.isdigit():
                raise Problem("R03", "git 仓库里缺这个文件的内容", Place(f"{self.name}:{name}")).error(3)
            end = start + int(size)
            self.contents[name] = answer[start:end]
            at = end + 1
