"""Turn a project file or projects.yaml of one year into that of the next: move windows, clear dates, mark figures 待核."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from posixpath import normpath
from typing import Final, NamedTuple

from goalgen import source
from goalgen.errors import Place, Problem
from goalgen.forms import Form
from goalgen.forms.blocks.block import Next
from goalgen.forms.shape import NOTES_KEY
from goalgen.source.editing import (
    Edit,
    applied,
    block_end,
    comment_point,
    is_block,
    leaves,
    line_break,
    line_end,
    line_start,
    scalars,
)
from goalgen.source.shapes import YEAR_SPAN, Window
from goalgen.submission.comments import keep_comments, mark_of, old_mark
from goalgen.submission.listing import year_edit

_DIGIT: Final = re.compile(r"\d")
_DOCUMENT_YEAR: Final = re.compile(r"[〔［\[﹝（(【]\s*\d{4}\s*[〕］\]﹞）)】]")
"""The year in the number of a document, as in 衡财行〔2017〕12号."""


class Rewrite(NamedTuple):
    """Tell what became of one value: its line, its path, what it was, what it is now, and whether it is 待核."""

    line: int
    field: str
    old: str
    new: str
    pending: bool


class Rewritten(NamedTuple):
    """Hold the new text of a file, and every value that became another."""

    text: str
    changes: tuple[Rewrite, ...]


@dataclass(slots=True)
class _Rolling:
    """Gather the edits and marks of one text; `spans` are its scalars, `window` is the project's own in the year `old`.

    `form` says what next year does with each value.
    """

    form: Form
    text: str
    spans: list[source.Scalar]
    delta: int
    old: int
    window: Window | None
    edits: list[Edit] = field(default_factory=list)
    pending: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    changes: list[Rewrite] = field(default_factory=list)

    def visit(self, path: tuple[str, ...], scalar: source.Scalar, above: tuple[str, ...] = ()) -> None:
        """Do to one value what the form says; `path` are its keys in a project file, `above` those it has over them here."""
        if not scalar.text or path[0] == NOTES_KEY:
            return
        way, path = self.form.next_year(path), (*above, *path)
        if way is Next.CLEAR:
            self.clear(path, scalar)
        elif way is Next.MOVE:
            self.move(path, scalar, every=True)
        elif way is Next.MARK:
            self.mark(path, scalar)
        elif way is not Next.KEEP:
            rest = self.move(path, scalar, every=False)
            if way is Next.FIGURES:
                again = bool(_DIGIT.search(rest))
            else:
                again = bool(re.search(rf"(?<!\d){self.old}(?!\d)", _DOCUMENT_YEAR.sub("", rest)))
            if again:
                self.mark(path, scalar)

    def move(self, path: tuple[str, ...], scalar: source.Scalar, every: bool) -> str:
        """Shift the spans of years of a value (only the project's own window unless `every`); return its text without them."""

        def moved(match: re.Match[str]) -> str:
            return self._moved(match, every)

        written = self.text[scalar.start : scalar.end]
        if (rewritten := re.sub(YEAR_SPAN, moved, written)) != written:
            self.edits.append(Edit(scalar.start, scalar.end, rewritten))
            now = re.sub(YEAR_SPAN, moved, scalar.text)
            self.changes.append(Rewrite(scalar.line, ".".join(path), scalar.text, now, False))
        return re.sub(YEAR_SPAN, lambda match: match[0] if moved(match) == match[0] else "", scalar.text)

    def _moved(self, match: re.Match[str], every: bool) -> str:
        span = Window(int(match.group(1)), int(match.group(3)))
        if not (self._to_move(span) if every else span == self.window):
            return match.group()
        return _shifted(match, self.delta)

    def _to_move(self, span: Window) -> bool:
        """Say whether a span of years moves; one approved for longer than the project's next window stays."""
        later = self.window and Window(self.window.first + self.delta, self.window.last + self.delta)
        return later is None or span == later or not (span.first <= later.first and span.last >= later.last)

    def clear(self, path: tuple[str, ...], scalar: source.Scalar) -> None:
        """Take a value out, and keep it in a mark."""
        start = scalar.start
        if self.text[scalar.end : scalar.end + 1] not in (",", "}", "]"):
            while self.text[start - 1 : start] in (" ", "\t"):
                start -= 1
        self.edits.append(Edit(start, scalar.end, ""))
        self._note(path, scalar, "")

    def forget(self, root: source.Mapping) -> None:
        """Empty 变更说明, which said why the old year was not like the one before it."""
        found = next(((key, node) for key, node in root.entries if key.text == NOTES_KEY), None)
        if found is None or found[1].start == found[1].end:
            return
        key, node = found
        block = isinstance(node, source.Mapping) and self.text[node.start] != "{"
        start, end = self.text.index(":", key.end) + 1, block_end(self.text, node, key.column) if block else node.end
        end = start + len(self.text[start:end].rstrip())
        self.edits.append(Edit(start, end, " " if self.text[end : end + 1] in (",", "}") else ""))
        self.changes.append(Rewrite(key.line, NOTES_KEY, "；".join(s.text for s in scalars(node)), "", False))

    def mark(self, path: tuple[str, ...], scalar: source.Scalar) -> None:
        """Leave a value as it is, with a mark beside it."""
        self._note(path, scalar, scalar.text)

    def _note(self, path: tuple[str, ...], scalar: source.Scalar, new: str) -> None:
        at = comment_point(self.text, scalar, self.spans)
        self.pending.setdefault(at, []).append((path[-1], scalar.text))
        self.changes.append(Rewrite(scalar.line, ".".join(path), scalar.text, new, True))

    def release(self, root: source.Mapping) -> None:
        """Take out the comments that keep what was signed as it was: the new year is not signed yet."""
        self.edits += (Edit(start, end, "") for start, end in keep_comments(self.text, root))

    def finished(self) -> Rewritten:
        """Return the text with every edit and mark in place; a mark of an earlier roll gives way to the new one."""
        for at, values in self.pending.items():
            begin = line_start(self.text, at)
            ends = (s.end for s in self.spans if begin <= s.end <= at and not is_block(self.text, s))
            start = old_mark(self.text, max(ends, default=begin), at)
            self.edits.append(Edit(start, at, f"  {mark_of(values)}"))
        return Rewritten(applied(self.text, self.edits), tuple(self.changes))


def _shifted(match: re.Match[str], delta: int) -> str:
    """Return a span of years that YEAR_SPAN matched, `delta` years later, written as it was."""
    return f"{int(match[1]) + delta}{match[2]}{int(match[3]) + delta}"


def rolled_project(text: str, root: source.Mapping, form: Form, window: Window | None, old: int, new: int) -> Rewritten:
    """Turn a project file of the year `old` into that of the year `new`.

    `text` and `root` are the file as `source` reads it, without problems; `form` is that of the old year, `window` the
    project's 中长期年限 in it. What becomes of a value its form says (Block.next_year): windows and periods move by the
    years between; 填报日期 is emptied; amounts, and 目标 and 指标值 with a figure in
    them, get a 待核 mark with last year's value; so does a text that names the old year. 变更说明 is emptied: it spoke of
    the year before. All else stays byte for byte.
    """
    rolling = _Rolling(form, text, list(scalars(root)), new - old, old, window)
    for path, scalar in leaves(root):
        rolling.visit(path, scalar)
    rolling.forget(root)
    rolling.release(root)
    return rolling.finished()


def next_name(name: str, old: int, new: int) -> str:
    """Return where a project file named in projects.yaml lies in the next year: `2020/01-x.yaml` → `2021/01-x.yaml`."""
    parts = name.split("/")
    return "/".join([str(new), *(parts[1:] if parts[0] == str(old) else parts[-1:])])


def rolled_index(text: str, root: source.Mapping, form: Form, old: int, new: int, keep: Mapping[str, str]) -> Rewritten:
    """Add the year `new` to projects.yaml in its order, written like the year `old`; the rest stays as it was.

    `text` and `root` are the file as `source` reads it, without problems, `form` is that of the old year; `keep` gives for
    every listed file that goes on its name in the new year, others are left out. Lines of the changes are those of the year `old`. Raises
    GoalgenError (G02) when the years are not written as blocks.
    """
    years = root.get("年度")
    found = _year_block(text, years, old) if isinstance(years, source.Mapping) else None
    if found is None or not isinstance(years, source.Mapping):
        raise _not_in_lines(root).error()
    key, node = found
    begin, end = line_start(text, key.start), block_end(text, node, key.column)
    rolling = _Rolling(form, text, [key, *scalars(node)], new - old, old, None)
    rolling.edits.append(Edit(key.start, key.end, text[key.start : key.end].replace(str(old), str(new))))
    rolling.forget(node)
    shared = node.get("共用")
    for path, scalar in leaves(shared) if shared is not None else ():
        rolling.visit(path, scalar, ("年度", str(new), "共用"))
    rolling.edits += _list_edits(text, node.get("项目"), keep, root)
    if form.window_path:
        rolling.edits += _window_edits(text, root, node, form.window_path, new - old)
    whole = rolling.finished().text
    inside = whole[begin : len(whole) - len(text) + end]
    return Rewritten(applied(text, [year_edit(text, years, new, inside)]), tuple(rolling.changes))


def shared_edits(text: str, root: source.Mapping, form: Form, old: int, new: int) -> Iterator[Edit]:
    """Edit 共用 of the year `new`, there already in projects.yaml: give it what the year `old` shares and it does not say.

    `form` is that of the old year. Windows move by the years between; 填报日期 is left out.
    """
    years = root.get("年度")
    before, now = (years.get(str(year)) if isinstance(years, source.Mapping) else None for year in (old, new))
    theirs = before.get("共用") if isinstance(before, source.Mapping) else None
    if not isinstance(theirs, source.Mapping) or not isinstance(now, source.Mapping):
        return
    own = now.get("共用")
    missing: list[str] = []
    for key, value in theirs.entries:
        way = form.next_year((key.text,))
        if way is Next.CLEAR or not isinstance(value, source.Scalar) or not value.text:
            continue
        written = text[value.start : value.end]
        if way is Next.MOVE:
            written = _moved_on(written, new - old)
        there = own.get(key.text) if isinstance(own, source.Mapping) else None
        if there is None:
            missing.append(f"{key.text}: {written}")
        elif isinstance(there, source.Scalar) and not there.text:
            yield Edit(there.start, there.end, f" {written}")
    for added in missing if isinstance(own, source.Mapping) else filter(None, [", ".join(missing)]):
        yield _shared_entry(text, now, added)


def _moved_on(written: str, delta: int) -> str:
    return re.sub(YEAR_SPAN, lambda match: _shifted(match, delta), written)


def _not_in_lines(root: source.Mapping) -> Problem:
    hint = "每个年度另起一行，项目一行一个，照 goalgen init 生成的样子写"
    return Problem(
        "G02", "年度不是一行一行写的，不能自动加一年", Place("data/projects.yaml", root.line, root.column), hint
    )


def _year_block(text: str, years: source.Mapping, old: int) -> tuple[source.Scalar, source.Mapping] | None:
    """Find the key and block of a year; None unless every year begins on a line of its own and is a block mapping."""
    blocks = [(key, node) for key, node in years.entries if isinstance(node, source.Mapping)]
    for key, node in blocks:
        if text[line_start(text, key.start) : key.start].strip() or text[node.start] == "{":
            return None
    return next(((key, node) for key, node in blocks if key.text == str(old)), None)


def _list_edits(text: str, items: source.Node | None, keep: Mapping[str, str], root: source.Mapping) -> Iterator[Edit]:
    """Edit the list of project files: give new names, take out the lines of files that do not go on. Raises GoalgenError (G02)."""
    listed = items.items if isinstance(items, source.Sequence) else ()
    for item in (item for item in listed if isinstance(item, source.Scalar)):
        begin, end = line_start(text, item.start), line_end(text, item.end)
        if not re.fullmatch(r"[ \t]*-[ \t]+", text[begin : item.start]):
            raise _not_in_lines(root).error()
        name = keep.get(normpath(item.text))
        if name:
            yield Edit(item.start, item.end, text[item.start : item.end].replace(item.text, name))
        else:
            yield Edit(line_end(text, line_start(text, begin - 1)), end, "")


def _window_edits(text: str, root: source.Mapping, node: source.Mapping, key: str, delta: int) -> Iterator[Edit]:
    """Give the new year a 中长期年限 of its own where the old year took that of all years, which must not change."""
    everywhere, own = root.get("共用"), node.get("共用")
    window = everywhere.get(key) if isinstance(everywhere, source.Mapping) else None
    if not isinstance(window, source.Scalar) or not window.text:
        return
    if not isinstance(own, source.Mapping) or own.get(key) is None:
        yield _shared_entry(text, node, f"{key}: {_moved_on(window.text, delta)}")


def _shared_entry(text: str, year: source.Mapping, added: str) -> Edit:
    """Return the edit that adds an entry to 共用 of a year in projects.yaml, which may have none yet."""
    own = year.get("共用")
    if not isinstance(own, source.Mapping):
        at = own.start if own else year.entries[0][0].start
        return Edit(at, at, f" {{{added}}}" if own else f"共用: {{{added}}}{_separator(text, at)}")
    at = own.entries[0][0].start if own.entries else own.start + 1
    return Edit(at, at, added + (_separator(text, at) if own.entries else ""))


def _separator(text: str, at: int) -> str:
    """Return what parts a new entry from the one that begins at an offset: a comma in a flow mapping, else a new line."""
    indent = text[line_start(text, at) : at]
    return ", " if indent.strip() else f"{line_break(text)}{indent}"
