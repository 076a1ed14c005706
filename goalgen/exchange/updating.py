"""Bring a project file up to a newer form: replace values where they stand, keep comments and key order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from goalgen import source
from goalgen.forms import Form
from goalgen.forms.blocks.free_rows import row_text
from goalgen.forms.project import Project
from goalgen.forms.values import written_values as values_of
from goalgen.source.editing import Edit, applied, is_block, line_break, line_end, line_start, scalars
from goalgen.source.writing import scalar


class ValueChange(NamedTuple):
    """Hold one value that an update replaced: its line in the file before, its path, what it was, what it is now."""

    line: int
    field: str
    old: str
    new: str


class Updated(NamedTuple):
    """Hold the text of an updated file, and what was changed in it."""

    text: str
    changes: tuple[ValueChange, ...]


def updated(
    text: str, root: source.Mapping, old: Project, new: Project, form: Form, notes: Sequence[str] = ()
) -> Updated:
    """Replace in the text of a project file the values in which `new` differs from what it holds (`old`).

    `text` and `root` are the file as `source` reads it, without problems. Indicators are compared by 二级指标: rows that stay
    keep their lines, changed rows are written anew, rows that are gone are taken out. `notes` that the file does not have yet
    become comments at its end. Returns the text and the values replaced.
    """
    work = _FileUpdate(text)
    before, after = values_of(old, form), values_of(new, form)
    for path, value in after.items():
        if value != before[path]:
            work.put(root, path, value)
            work.changes.append(ValueChange(_line(root, path), ".".join(path), _text(before[path]), _text(value)))
    for one in form.lists:
        rows = ([row_text(row, one.columns, one.name) for row in one.rows(side)] for side in (old, new))
        work.update_rows(root, one.keys, *rows)
    result = work.finished()
    missing = [note for note in notes if note not in text]
    newline = line_break(text)
    start = "" if result.text.endswith("\n") or not missing else newline
    return Updated(result.text + start + "".join(f"# {note}{newline}" for note in missing), result.changes)


Value = str | tuple[str, ...]


def _text(value: Value) -> str:
    return value if isinstance(value, str) else "、".join(value)


def _written(value: Value, flow: bool) -> str:
    if isinstance(value, str):
        return scalar(value, flow) if value else ""
    options = [scalar(option, True) for option in value]
    return f"[{', '.join(options)}]" if len(options) > 1 else "".join(options)


class _Leaf(NamedTuple):
    """Hold a value that a file does not have yet, written for braces (`flow`) and for lines of its own behind its key."""

    flow: str
    lines: tuple[str, ...]


Entries = list[tuple[tuple[str, ...], _Leaf]]
"""Values by their path below a mapping."""


def _leaf(value: Value) -> _Leaf:
    return _Leaf(_written(value, True), (f" {_written(value, False)}",))


def _listed(rows: Sequence[str]) -> _Leaf:
    return _Leaf(f"[{', '.join(rows)}]", ("", *(f"  - {row}" for row in rows)))


def _by_key(entries: Entries) -> dict[str, Entries]:
    found: dict[str, Entries] = {}
    for path, leaf in entries:
        found.setdefault(path[0], []).append((path[1:], leaf))
    return found


def _pairs(entries: Entries) -> str:
    """Write entries as they stand between braces."""
    pairs = []
    for key, inner in _by_key(entries).items():
        rest, leaf = inner[0]
        pairs.append(f"{key}: {{{_pairs(inner)}}}" if rest else f"{key}: {leaf.flow}")
    return ", ".join(pairs)


def _block(entries: Entries, indent: str) -> Iterator[str]:
    """Write entries on lines of their own."""
    for key, inner in _by_key(entries).items():
        rest, leaf = inner[0]
        first, *more = leaf.lines
        yield f"{indent}{key}:" if rest else f"{indent}{key}:{first}"
        yield from _block(inner, f"{indent}  ") if rest else (f"{indent}{line}" for line in more)


def _line(root: source.Mapping, path: Sequence[str]) -> int:
    node: source.Node = root
    for word in path:
        child = node.get(word) if isinstance(node, source.Mapping) else None
        if child is None:
            break
        node = child
    return node.line


@dataclass(slots=True)
class _FileUpdate:
    """Gather the edits of one text; keys it does not have yet go below the mapping or empty value that takes them, last of all."""

    text: str
    edits: list[Edit] = field(default_factory=list)
    opened: dict[int, tuple[source.Mapping, source.Node, Entries]] = field(default_factory=dict)
    added: dict[int, tuple[source.Mapping, Entries]] = field(default_factory=dict)
    changes: list[ValueChange] = field(default_factory=list)

    def put(self, root: source.Mapping, path: tuple[str, ...], value: Value) -> None:
        """Write one value at its path."""
        parent = self._parent(root, path, _leaf(value))
        node = parent.get(path[-1]) if parent else None
        if parent and node:
            self._replace(parent, node, value)

    def _parent(self, root: source.Mapping, path: tuple[str, ...], leaf: _Leaf) -> source.Mapping | None:
        """Find the mapping that holds the last key of a path; where there is none, note the leaf to be added and return None."""
        parent = root
        for depth, word in enumerate(path):
            child = parent.get(word)
            last = depth == len(path) - 1
            if child is None:
                self.added.setdefault(parent.start, (parent, []))[1].append((path[depth:], leaf))
                return None
            if not last and not (isinstance(child, source.Mapping) and child.entries):
                self.opened.setdefault(child.start, (parent, child, []))[2].append((path[depth + 1 :], leaf))
                return None
            if isinstance(child, source.Mapping):
                parent = child
        return parent

    def _replace(self, parent: source.Mapping, node: source.Node, value: Value) -> None:
        written = _written(value, self._flow(parent))
        if node.start == node.end:
            space = "" if self.text[node.start - 1] == " " else " "
            self.edits.append(Edit(node.start, node.start, space + written))
        else:
            block = isinstance(node, source.Scalar) and is_block(self.text, node)
            end = node.start + len(self.text[node.start : node.end].rstrip()) if block else node.end
            self.edits.append(Edit(node.start, end, written))

    def _flow(self, parent: source.Mapping) -> bool:
        return self.text[parent.start] == "{"

    def update_rows(self, root: source.Mapping, keys: tuple[str, ...], old: list[str], new: list[str]) -> None:
        """Bring the rows of one list up to the new ones."""
        if old == new:
            return
        parent = self._parent(root, keys, _listed(new))
        node = parent.get(keys[-1]) if parent else None
        line = node.line if node else root.line
        for text in [text for text in old if text not in new]:
            self.changes.append(ValueChange(line, ".".join(keys), text, ""))
        for text in [text for text in new if text not in old]:
            self.changes.append(ValueChange(line, ".".join(keys), "", text))
        if isinstance(node, source.Sequence) and node.items and self.text[node.start] != "[":
            self._rows(node, old, new)
        elif isinstance(node, source.Scalar) and parent and not self._flow(parent):
            self._below(parent, node, list(_listed(new).lines[1:]))
        elif node:
            space = " " if self.text[node.start - 1] == ":" else ""
            self.edits.append(Edit(node.start, node.end, f"{space}[{', '.join(new)}]"))

    def _below(self, parent: source.Mapping, node: source.Node, lines: Sequence[str]) -> None:
        """Put lines under a key of a block mapping that has no value yet, indented like that key."""
        indent = " " * (parent.column - 1)
        at = line_end(self.text, node.end)
        self.edits.append(Edit(at, at, "".join(f"{line_break(self.text)}{indent}{line}" for line in lines)))

    def _rows(self, node: source.Sequence, old: list[str], new: list[str]) -> None:
        """Write the new rows in their order; a row that stays keeps its lines with the comments above and behind it."""
        starts = [line_start(self.text, item.start) for item in node.items]
        end = line_end(self.text, max(s.end for s in scalars(node)))
        pieces = [self.text[a:b] for a, b in zip(starts, [*starts[1:], end], strict=True)]
        indent = self.text[starts[0] : node.items[0].start]
        newline = line_break(self.text)
        kept = dict(zip(old, pieces, strict=True)) if len(old) == len(pieces) else {}
        gone = [n for n, text in enumerate(old) if text not in new] if kept else []
        comments = [_comment_behind(pieces[n], node.items[n], starts[n]) for n in gone]
        lines = [kept.get(text, f"{indent}{text}").rstrip("\r\n") for text in new]
        lines += [f"{' ' * (len(indent) - 2)}{comment}" for comment in filter(None, comments)]
        self.edits.append(Edit(starts[0], end, newline.join(lines)))

    def finished(self) -> Updated:
        """Make every edit, add what the text did not have yet, and return it with the changes."""
        for parent, node, entries in self.opened.values():
            if isinstance(node, source.Scalar) and not self._flow(parent):
                self._below(parent, node, list(_block(entries, "  ")))
            else:
                space = " " if self.text[node.start - 1] == ":" else ""
                self.edits.append(Edit(node.start, node.end, f"{space}{{{_pairs(entries)}}}"))
        # where two mappings end on one line, what goes into the inner one comes first
        for parent, entries in sorted(self.added.values(), key=lambda added: -added[0].column):
            self._append(parent, entries)
        return Updated(applied(self.text, self.edits), tuple(self.changes))

    def _append(self, parent: source.Mapping, entries: Entries) -> None:
        """Put new keys behind the last one of a mapping."""
        if self._flow(parent):
            key, node = parent.entries[-1]
            last = max(node.end, key.end + 1)
            self.edits.append(Edit(last, last, f", {_pairs(entries)}"))
            return
        last = len(self.text[: max(s.end for s in scalars(parent))].rstrip())
        at = line_end(self.text, last)
        lines = _block(entries, " " * (parent.column - 1))
        self.edits.append(Edit(at, at, "".join(f"{line_break(self.text)}{line}".rstrip(" ") for line in lines)))


def _comment_behind(piece: str, item: source.Node, start: int) -> str:
    """Return the comment behind a row that is taken out."""
    behind = piece[item.end - start :].strip()
    return behind if behind.startswith("#") else ""
