"""Mend project files in place: the hygiene of their values and the order of their keys; every other byte stays."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from goalgen import source
from goalgen.errors import GoalgenError, Place, Problem
from goalgen.files import DISK, writing
from goalgen.files.refusals import unreadable
from goalgen.source.editing import Edit, applied, is_block, leaves, line_break
from goalgen.source.reading import MAX_YAML_BYTES, parsed_for_editing
from goalgen.submission.changing import outside
from goalgen.submission.comments import kept_lines
from goalgen.submission.index import Index
from goalgen.submission.selection import require_listed
from goalgen.text.typography import mended

_PLAIN_VALUE: Final = re.compile(r"[^\s!&*%@`?|>{}\[\]#\"',:-][^\n#:{}\[\],]*(?<!\s)")
"""A value that surely needs no quotes."""


class Mending(NamedTuple):
    """Tell one thing that was mended: where it stood, what it was and what it is; `old` is empty for a key that moved."""

    place: Place
    old: str
    new: str

    def __str__(self) -> str:
        shown = (json.dumps(text, ensure_ascii=False) for text in (self.old, self.new))
        return f"{self.place}: {' → '.join(shown)}" if self.old else f"{self.place}: {self.new}"


class MendedText(NamedTuple):
    """Hold the text of a file after mending, and every mending."""

    text: str
    mendings: tuple[Mending, ...]


class MendedFile(NamedTuple):
    """Hold a file as it is and as it would be, not written yet; or the problems for which it was left alone.

    `label` is its name to report, `data` its bytes, `before` the text in them.
    """

    path: Path
    label: str
    data: bytes
    before: str
    after: MendedText
    problems: tuple[Problem, ...] = ()

    @property
    def changed(self) -> bool:
        """Say whether there was anything to mend."""
        return self.after.text != self.before

    def write(self) -> None:
        """Write the mended text in the place of the old one. Raises GoalgenError (O01)."""
        writing.write(self.path, source.encode(self.after.text, self.data))


def mend_files(index: Index, chosen: Sequence[Path], must_be_listed: bool) -> Iterator[MendedFile]:
    """Read and mend the project files that projects.yaml names, in order, and yield what came of each; write nothing.

    `chosen` limits them to these files (none: all); with `must_be_listed`, GoalgenError (S06) is raised for one of these
    that projects.yaml does not name.
    """
    if must_be_listed:
        require_listed(chosen, index.root, [listed.path for year in index.years for listed in year.files])
    for year in index.years:
        order = list(year.shape.keys)
        for path, label in year.files:
            if not chosen or path.resolve() in chosen:
                yield _unless_outside(_mend_file(path, label, order), index.root)


def _mend_file(path: Path, label: str, order: Sequence[str]) -> MendedFile:
    try:
        data = DISK.read(path, MAX_YAML_BYTES + 1)
        text, root = parsed_for_editing(data, label)
    except OSError as error:
        return _left_alone(path, label, (unreadable(label, error),))
    except GoalgenError as error:
        return _left_alone(path, label, error.problems)
    return MendedFile(path, label, data, text, mend_text(text, root, label, order))


def _unless_outside(file: MendedFile, root: Path) -> MendedFile:
    """Leave a file alone that lies outside of the submission; nothing is said where there is nothing to mend."""
    fault = outside(root, file.path) if file.changed else None
    return _left_alone(file.path, file.label, (fault,)) if fault else file


def _left_alone(path: Path, label: str, problems: tuple[Problem, ...]) -> MendedFile:
    return MendedFile(path, label, b"", "", MendedText("", ()), problems)


def mend_text(text: str, root: source.Node, label: str, order: Sequence[str]) -> MendedText:
    """Mend the text of a project file (without byte order mark); a value in a block scalar stays as it is, and so does
    what `# goalgen: keep` keeps.

    `root` holds the nodes of the text as `source` reads it, without problems; `label` is the file's name to report,
    `order` the order of the top keys.
    """
    mendings, edits = [], []
    kept = kept_lines(text, root)
    if 0 in kept:
        return MendedText(text, ())
    for _, scalar in leaves(root):
        new = mended(scalar.text)
        if new != scalar.text and scalar.line not in kept and not is_block(text, scalar):
            edits.append(Edit(scalar.start, scalar.end, _written(text[scalar.start : scalar.end], scalar, new)))
            mendings.append(Mending(Place(label, scalar.line, scalar.column), scalar.text, new))
    changed = applied(text, edits)
    moved = _in_order(changed, source.parse(changed, label).root if edits else root, label, order)
    return MendedText(moved.text, (*mendings, *moved.mendings))


def _written(raw: str, scalar: source.Scalar, new: str) -> str:
    """Write a new text in the style of the old one (`raw`) where that can hold it, else in double quotes."""
    if scalar.plain:
        return new if _PLAIN_VALUE.fullmatch(new) else json.dumps(new, ensure_ascii=False)
    if raw[1:-1] == scalar.text and "\\" not in new and raw[0] not in new:
        return f"{raw[0]}{new}{raw[0]}"
    return json.dumps(new, ensure_ascii=False)


def _in_order(text: str, root: source.Node | None, label: str, order: Sequence[str]) -> MendedText:
    """Put the top keys in order, each with the comment lines right above it.

    The text stays as it is when a key is unknown, or when keys do not begin a line.
    """
    if not isinstance(root, source.Mapping):
        return MendedText(text, ())
    keys = [key for key, _ in root.entries]
    ranks = [order.index(key.text) if key.text in order else -1 for key in keys]
    if ranks == sorted(ranks) or -1 in ranks or any(key.column != 1 for key in keys):
        return MendedText(text, ())
    starts = [_with_comments(text, key.start) if n else key.start for n, key in enumerate(keys)]
    chunks = [text[start:end] for start, end in zip(starts, [*starts[1:], len(text)], strict=True)]
    newline = line_break(text)
    ended = chunks[-1].endswith("\n")
    chunks[-1] += "" if ended else newline
    sequence = sorted(range(len(chunks)), key=ranks.__getitem__)
    result = text[: starts[0]] + "".join(chunks[n] for n in sequence)
    moved = [keys[n] for at, n in enumerate(sequence) if at != n]
    mendings = (Mending(Place(label, key.line, key.column), "", f"键“{key.text}”按表上的次序移动") for key in moved)
    return MendedText(result if ended else result.removesuffix(newline), tuple(mendings))


def _with_comments(text: str, start: int) -> int:
    """Return where the comment lines right above a key begin; the key is not the first."""
    while text.startswith("#", above := text.rfind("\n", 0, start - 1) + 1):
        start = above
    return start
