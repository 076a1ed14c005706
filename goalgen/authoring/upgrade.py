"""Bring what goalgen put into a submission folder up to this version: files as goalgen wrote them; what a person changed stays."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from difflib import unified_diff
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final, NamedTuple

from goalgen.authoring import git_setup
from goalgen.authoring.git_setup import FileChange, SettingsChange
from goalgen.authoring.kit import kit, pack_files, schemas
from goalgen.errors import GoalgenError, Place, Problem
from goalgen.files import writing
from goalgen.files.git import find_repository
from goalgen.forms.pack import BUILT_IN_FOLDERS, find_spec, load_form
from goalgen.submission.index import Index, open_index
from goalgen.text.likeness import suggest
from goalgen.word.plain_text import rows

RECORD: Final = ".goalgen-kit.json"
"""The file in a submission folder that knows, by digests, what goalgen put there."""
MOST_LINES: Final = 40
"""How many lines of a difference are shown."""
_LINE_FILES: Final = (".gitignore", ".gitattributes")
"""Files of single lines that others write too: lines are added to them, none is taken away."""


class Update(NamedTuple):
    """Hold a file of the kit as it is (`old`, None: not there) and as this version writes it.

    `kept` says that a person changed it and nobody asked for it to be replaced, so that it stays.
    """

    path: Path
    name: str
    old: bytes | None
    new: bytes
    kept: bool


class Upgrade(NamedTuple):
    """Hold what an upgrade of a folder would write: files of the kit that are not up to date, and what git was told."""

    root: Path
    updates: tuple[Update, ...]
    git: tuple[FileChange | SettingsChange, ...]
    record: bytes


def record_text(before: Mapping[str, str], files: Mapping[str, bytes]) -> bytes:
    """Write the record of what goalgen put into a folder: what it said before, with these files in it."""
    digests = {**before, **{name: _digest(data) for name, data in files.items()}}
    said = {
        "说明": "goalgen 写进这个文件夹的文件；goalgen upgrade 靠它认出哪些是你改过的",
        "files": dict(sorted(digests.items())),
    }
    return (json.dumps(said, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def plan_upgrade(root: Path, replace: Sequence[str], python: Path) -> Upgrade:
    """Find what is not as this version of goalgen writes it in the submission at `root`; nothing is written.

    `replace` are paths (`*` allowed) of files to be replaced though a person changed them; `python` runs goalgen in git's
    hook. Raises GoalgenError when projects.yaml cannot be used, and for a path that is none of the kit's (S06).
    """
    index = open_index(root)
    if not index.years:
        raise GoalgenError(index.problems)
    before = _record(root)
    packs = _packs(index)
    updates = [_update(root, name, new, before, replace) for name, new in packs.items()]
    stale = {update.name for update in updates if update.kept}
    others = _others(index, packs, stale)
    updates += [_update(root, name, new, before, replace) for name, new in others.items()]
    _refuse_strange(replace, [*packs, *others])
    sound = {update.name: update.new for update in updates if not update.kept}
    needed = tuple(update for update in updates if update.old != update.new)
    return Upgrade(root, needed, tuple(_git_changes(root, python)), record_text(before, sound))


def apply_upgrade(plan: Upgrade) -> None:
    """Write what a plan holds, and the record of it. Raises GoalgenError (O01)."""
    for update in plan.updates:
        if not update.kept:
            writing.write(update.path, update.new)
    for change in plan.git:
        change.make()
    writing.write(plan.root / RECORD, plan.record)


def note_written(root: Path, paths: Iterable[Path]) -> None:
    """Note in the record, where there is one, that goalgen wrote these files of the folder anew. Raises GoalgenError (O01)."""
    if (root / RECORD).is_file():
        files = {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
        writing.write(root / RECORD, record_text(_record(root), files))


def _packs(index: Index) -> dict[str, bytes]:
    """Return by path what goalgen's own form packs hold, as far as the years use them."""
    specs = (find_spec(year.form.id, BUILT_IN_FOLDERS[0]) for year in index.years)
    own = {spec for spec in specs if spec and spec.parent in BUILT_IN_FOLDERS}
    return {name: data for spec in sorted(own) for name, data in pack_files(load_form(spec)).items()}


def _others(index: Index, packs: Mapping[str, bytes], stale: set[str]) -> dict[str, bytes]:
    """Return the rest of the kit by path; schemas are of the form that the latest year will have when all is done."""
    latest = max(index.years, key=lambda year: year.year)
    name = f"templates/{latest.form.id}.yaml"
    renewed = find_spec(latest.form.id, BUILT_IN_FOLDERS[0]) if name in packs and name not in stale else None
    form = load_form(renewed) if renewed else latest.form
    others = [year.form for year in index.years]
    rest = {path: data for path, data in kit(form, latest.year).items() if not path.startswith("templates/")}
    return rest | {path: text.encode("utf-8") for path, text in schemas(form, latest.year, others).items()}


def _update(root: Path, name: str, new: bytes, before: Mapping[str, str], replace: Sequence[str]) -> Update:
    path = root / name
    old = path.read_bytes() if path.is_file() else None
    if old is not None and name in _LINE_FILES:
        return Update(path, name, old, _with_lines(old, new), False)
    touched = old not in (None, new) and before.get(name) != _digest(old or b"")
    return Update(path, name, old, new, touched and not any(fnmatchcase(name, pattern) for pattern in replace))


def _with_lines(old: bytes, new: bytes) -> bytes:
    """Return a file with the rules that it lacks at its end; comments alone are nothing that it could lack."""
    there = {line.strip() for line in old.splitlines()}
    missing = [line for line in new.splitlines() if line.strip() not in there and not line.startswith(b"#")]
    if not missing:
        return old
    newline = b"\r\n" if b"\r\n" in old else b"\n"
    return old + (b"" if old.endswith(b"\n") or not old else newline) + b"".join(line + newline for line in missing)


def _refuse_strange(replace: Sequence[str], names: Sequence[str]) -> None:
    strange = [pattern for pattern in replace if not any(fnmatchcase(name, pattern) for name in names)]
    if strange:
        place = Place("--replace")
        raise GoalgenError(
            [Problem("S06", f"“{one}”不是 goalgen 写的文件", place, suggest(one, names)) for one in strange]
        )


def _git_changes(root: Path, python: Path) -> Iterator[FileChange | SettingsChange]:
    """Find what `git-setup` of this version would write otherwise, where it was run in the folder's repository."""
    with suppress(GoalgenError):  # no repository, or no git: nothing was set up
        here = find_repository(root)
        if git_setup.is_set_up(here):
            yield from (
                change for change in git_setup.installation(here, python, git_setup.is_strict(here)) if change.needed
            )


def _record(root: Path) -> dict[str, str]:
    """Read the record of a folder; empty where there is none that can be read."""
    with suppress(OSError, ValueError, AttributeError):
        files = json.loads((root / RECORD).read_bytes()).get("files")
        return {str(name): str(digest) for name, digest in files.items()}
    return {}


def _digest(data: bytes) -> str:
    return hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def difference(update: Update) -> list[str]:
    """Return what an update changes as lines, `-` what is there now and `+` what is new; nothing for a new file."""
    if update.old is None:
        return []
    before, after = _text(update.old, update.path), _text(update.new, update.path)
    if before == after:
        return ["文字没有不同，字体、行高这样的样子不同"]
    lines = [
        line for line in unified_diff(before, after, lineterm="", n=0) if not line.startswith(("---", "+++", "@@"))
    ]
    rest = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], f"……还有 {rest} 行"] if rest > 0 else lines


def _text(data: bytes, path: Path) -> list[str]:
    """Return a file as lines to compare; of a Word file the rows of its text."""
    if path.suffix != ".docx":
        return data.decode("utf-8", "replace").splitlines()
    from goalgen.word.lines import lines  # late: lxml is for Word files only
    from goalgen.word.zip_reading import PackageError  # late: it comes with it

    try:
        return list(rows(lines(data, lambda text: False)))
    except PackageError:
        return ["（打不开）"]
