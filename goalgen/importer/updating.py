"""A project file brought up to a newer form: values replaced where they stand, comments and key order kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from goalgen import source
from goalgen.edits import Edit, applied, is_block, line_break, line_end, line_start, scalars
from goalgen.forms import Form
from goalgen.model import Project
from goalgen.project_file import written as values_of
from goalgen.roll import Change, Rolled
from goalgen.yaml_text import row, scalar


def updated(
    text: str, root: source.Mapping, old: Project, new: Project, form: Form, notes: Sequence[str] = ()
) -> Rolled:
    """The text of a project file with the values of `new` where they differ from those it holds (`old`).

    `text` and `root` are the file as `source` reads it, without problems. Indicators are compared by 二级指标: rows
    that stay keep their lines, changed rows are written anew, rows that are gone are taken out. `notes` that the file
    does not have yet become comments at its end.
    """
    work = _Work(text)
    before, after = values_of(old, form), values_of(new, form)
    for path, value in after.items():
        if value != before[path]:
            work.put(root, path, value)
            work.changes.append(Change(_line(root, path), ".".join(path), _text(before[path]), _text(value), False))
    for group in form.all_groups:
        work.group(root, group, [row(i) for i in old.in_group(group)], [row(i) for i in new.in_group(group)])
    result = work.finished()
    missing = [note for note in notes if note not in text]
    newline = line_break(text)
    start = "" if result.text.endswith("\n") or not missing else newline
    return Rolled(result.text + start + "".join(f"# {note}{newline}" for note in missing), result.changes)


Value = str | tuple[str, ...]


def _text(value: Value) -> str:
    return value if isinstance(value, str) else "、".join(value)


def _written(value: Value, flow: bool) -> str:
    if isinstance(value, str):
        return scalar(value, flow) if value else ""
    options = [scalar(option, True) for option in value]
    return f"[{', '.join(options)}]" if len(options) > 1 else "".join(options)


def _line(root: source.Mapping, path: Sequence[str]) -> int:
    node: source.Node = root
    for word in path:
        child = node.get(word) if isinstance(node, source.Mapping) else None
        if child is None:
            break
        node = child
    return node.line


@dataclass(slots=True)
class _Work:
    """Edits gathered for one text; `opened` are mappings to be begun at an empty value, by offset."""

    text: str
    edits: list[Edit] = field(default_factory=list)
    opened: dict[int, list[str]] = field(default_factory=dict)
    added: list[tuple[tuple[str, ...], str]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)

    def put(self, root: source.Mapping, path: tuple[str, ...], value: Value) -> None:
        """Write one value at its path."""
        parent: source.Mapping = root
        for depth, word in enumerate(path[:-1]):
            child = parent.get(word)
            if isinstance(child, source.Mapping) and child.entries:
                parent = child
                continue
            rest = [f"{key}: {{" for key in path[depth + 1 : -1]]
            written = "".join(rest) + f"{path[-1]}: {_written(value, True)}" + "}" * len(rest)
            if child is None:
                self.added.append((path[: depth + 1], written))
            else:
                start = child.start if isinstance(child, source.Scalar) else child.start + 1
                self.opened.setdefault(start, []).append(written)
            return
        self._leaf(parent, path, value)

    def _leaf(self, parent: source.Mapping, path: tuple[str, ...], value: Value) -> None:
        flow = self.text[parent.start] == "{"
        node = parent.get(path[-1])
        written = _written(value, flow)
        if node is None:
            self._entry(parent, f"{path[-1]}: {written}", flow)
        elif node.start == node.end:
            space = "" if self.text[node.start - 1] == " " else " "
            self.edits.append(Edit(node.start, node.start, space + written))
        else:
            block = isinstance(node, source.Scalar) and is_block(self.text, node)
            end = node.start + len(self.text[node.start : node.end].rstrip()) if block else node.end
            self.edits.append(Edit(node.start, end, written))

    def _entry(self, parent: source.Mapping, written: str, flow: bool) -> None:
        """A key that the mapping does not have yet, behind its last one."""
        last = max(parent.entries[-1][1].end, parent.entries[-1][0].end + 1)
        if flow:
            self.edits.append(Edit(last, last, f", {written}"))
            return
        key = parent.entries[0][0]
        end = line_end(self.text, max(s.end for s in scalars(parent)))
        indent = self.text[line_start(self.text, key.start) : key.start]
        self.edits.append(Edit(end, end, f"{line_break(self.text)}{indent}{written}".rstrip(" ")))

    def group(self, root: source.Mapping, name: str, old: list[str], new: list[str]) -> None:
        """The rows of one 二级指标."""
        if old == new:
            return
        table = root.get("绩效指标")
        node = table.get(name) if isinstance(table, source.Mapping) else None
        line = node.line if node else root.line
        for text in [text for text in old if text not in new]:
            self.changes.append(Change(line, f"绩效指标.{name}", text, "", False))
        for text in [text for text in new if text not in old]:
            self.changes.append(Change(line, f"绩效指标.{name}", "", text, False))
        if isinstance(node, source.Sequence) and node.items and self.text[node.start] != "[":
            self._rows(node, old, new)
        elif isinstance(node, source.Scalar):
            lines = "".join(f"{line_break(self.text)}{' ' * 4}- {text}" for text in new)
            at = line_end(self.text, node.end)
            self.edits.append(Edit(at, at, lines))
        elif node is not None:
            self.edits.append(Edit(node.start, node.end, f"[{', '.join(new)}]"))
        else:
            self.added.append((("绩效指标", name), ", ".join(new)))

    def _rows(self, node: source.Sequence, old: list[str], new: list[str]) -> None:
        """New rows in their order; a row that stays keeps its lines with the comments above and behind it."""
        starts = [line_start(self.text, item.start) for item in node.items]
        end = line_end(self.text, max(s.end for s in scalars(node)))
        pieces = [self.text[a:b] for a, b in zip(starts, [*starts[1:], end], strict=True)]
        indent = self.text[starts[0] : node.items[0].start]
        newline = line_break(self.text)
        kept = dict(zip(old, pieces, strict=True)) if len(old) == len(pieces) else {}
        gone = [n for n, text in enumerate(old) if text not in new] if kept else []
        comments = [_comments(pieces[n], node.items[n], starts[n]) for n in gone]
        lines = [kept.get(text, f"{indent}{text}").rstrip("\r\n") for text in new]
        lines += [f"{' ' * (len(indent) - 2)}{comment}" for comment in filter(None, comments)]
        self.edits.append(Edit(starts[0], end, newline.join(lines)))

    def finished(self) -> Rolled:
        """The text with every edit made; sections that the file did not have come at its end."""
        for at, entries in self.opened.items():
            inside = self.text[at - 1] == "{"
            self.edits.append(Edit(at, at, ", ".join(entries) if inside else f" {{{', '.join(entries)}}}"))
        text = applied(self.text, self.edits)
        return Rolled("".join([text, *self._sections(text)]), tuple(self.changes))

    def _sections(self, text: str) -> Iterator[str]:
        newline = line_break(text)
        if self.added and not text.endswith("\n"):
            yield newline
        sections: dict[str, list[str]] = {}
        for path, written in self.added:
            entry = f"{path[1]}: [{written}]" if path[0] == "绩效指标" else written
            sections.setdefault(path[0], []).append(entry)
        for name, entries in sections.items():
            yield f"{name}: {{{', '.join(entries)}}}{newline}"


def _comments(piece: str, item: source.Node, start: int) -> str:
    """The comment behind a row that is taken out."""
    behind = piece[item.end - start :].strip()
    return behind if behind.startswith("#") else ""
