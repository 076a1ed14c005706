"""Change several files of a submission together: planned, told line by line, then made whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from goalgen import source
from goalgen.errors import GoalgenError
from goalgen.files import DISK, writing
from goalgen.files.git import find_repository
from goalgen.files.names import shown
from goalgen.source.editing import Edit, applied
from goalgen.source.reading import parsed_for_editing
from goalgen.submission.index import MAX_INDEX_BYTES


class Change(NamedTuple):
    """Hold what becomes of one file: the path it has, the path it will have (None: it goes), its bytes, and that in words."""

    old: Path
    new: Path | None
    data: bytes
    words: tuple[str, ...]


class Plan(NamedTuple):
    """Hold changes to be made together in this order, and lines for a person on what they leave as it is."""

    changes: tuple[Change, ...]
    notices: tuple[str, ...] = ()


class EditedText:
    """Gather the edits of one file, each with its words: `root` are its nodes as it is now."""

    def __init__(self, path: Path) -> None:
        """Read the file. Raises GoalgenError with its faults, and OSError when it cannot be read."""
        self.path = path
        self.data = DISK.read(path, MAX_INDEX_BYTES)
        self.text, self.root = parsed_for_editing(self.data, shown(path))
        self._edits: list[Edit] = []
        self._words: list[str] = []

    def edit(self, edits: Sequence[Edit], line: int, words: str) -> None:
        """Add edits that do one thing, at a line."""
        self._edits += edits
        self._words.append(f"{shown(self.path)}:{line}: {words}")

    def replace(self, scalar: source.Scalar, written: str, words: str) -> None:
        """Put another value in the place of one; `written` is how YAML says it."""
        self.edit([Edit(scalar.start, scalar.end, written)], scalar.line, words)

    def change(self, new: Path | None = None) -> Iterator[Change]:
        """Yield the change of the file, which may get another path; nothing when it stays as it is."""
        path = new or self.path
        if self._edits or path != self.path:
            words = [*self._words, *((f"{shown(self.path)} → {shown(path)}",) if path != self.path else ())]
            yield Change(self.path, path, source.encode(applied(self.text, self._edits), self.data), tuple(words))


def make(plan: Plan) -> None:
    """Make every change of a plan, or none: what was changed is put back when one cannot be made.

    New files come first and old ones go last, so that a run that is killed leaves nothing listed that is not there.
    Raises GoalgenError (O01).
    """
    before = {change.old: change.old.read_bytes() for change in plan.changes}
    made: list[Path] = []
    try:
        for change in plan.changes:
            if change.new is not None:
                made.append(change.new)
                writing.write(change.new, change.data)
        for change in plan.changes:
            if change.new != change.old:
                writing.remove(change.old.parent, [change.old.name])
    except BaseException:
        _put_back(before, made)
        raise


def _put_back(before: dict[Path, bytes], made: Sequence[Path]) -> None:
    for path, data in before.items():
        writing.write(path, data)
    for path in made:
        if path not in before:
            writing.remove(path.parent, [path.name])


def not_in_git(root: Path, paths: Sequence[Path]) -> str:
    """Say in words why git could not bring these files back as they are now; "" when it could."""
    try:
        here = find_repository(root)
    except GoalgenError:
        return "这个文件夹不在 git 里，删了就找不回来"
    names = [
        path.resolve().relative_to(here.top).as_posix() for path in paths if path.resolve().is_relative_to(here.top)
    ]
    changed = here.paths("status", "--porcelain", "-z", "--", *names) if names else ()
    return f"有 {len(changed)} 个文件还没有提交到 git，删了就找不回来" if changed else ""
