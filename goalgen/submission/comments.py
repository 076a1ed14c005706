"""Find what the comments of a YAML file say to goalgen: 待核 marks, silenced findings, words that were meant as values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from goalgen import source
from goalgen.errors import Place, Problem, Severity, errors_in
from goalgen.source.editing import is_comment, line_start, scalars
from goalgen.text.characters import line_and_column

MARK_WORD: Final = "待核"
_MARK: Final = rf"(?<![^\s#])#+[ \t]*{MARK_WORD}[ \t]*(?P<note>[^\r\n]*)"
_OLD_MARK: Final = rf"[ \t]*#[ \t]*(?:{MARK_WORD}[ \t]*)?上年：[^\r\n]*"
_IGNORE: Final = (
    r"(?m)(?P<before>^|\s)#\s*goalgen[:：]\s*ignore\s+(?P<codes>[A-Z]\d\d(?:[,，、\s]+[A-Z]\d\d)*)(?P<reason>[^\n\r]*)"
)
# A `#` with no blank after it, behind a value that is no quoted text or flow list; marks and goalgen's own stay quiet.
_SWALLOWED: Final = rf"""(?<=[^\s"'}}\]#])[ \t]+(?P<comment>#(?!{MARK_WORD}|上年：|goalgen)[^\s#!][^\r\n]*)"""
_KEEP: Final = r"(?m)(?:^|[ \t]+)#[ \t]*goalgen[:：][ \t]*keep\b(?:[^\r\n#]*[^\s#])?"
_MAY_BE_SWALLOWED: Final = re.compile(rb"[ \t]#[^\s#!]")
_MAY_BE_SAID: Final = (MARK_WORD.encode(), b"ignore")


class Mark(NamedTuple):
    """A 待核 mark says that a value must be decided again: where its `#` stands, and what stands after 待核 (may be "")."""

    place: Place
    note: str


class Ignore(NamedTuple):
    """A comment silences one code: on its line, or in the whole file (line 0); `place` is where the comment stands."""

    code: str
    line: int
    place: Place
    reason: str

    def hits(self, problem: Problem, file: str) -> bool:
        """Tell whether a finding of the project in `file` is silenced."""
        if problem.code != self.code:
            return False
        here = problem.place.file == self.place.file
        return here and problem.place.line == self.line if self.line else here or file == self.place.file


class Comments(NamedTuple):
    """Hold what the comments of one file say to goalgen."""

    marks: tuple[Mark, ...] = ()
    ignores: tuple[Ignore, ...] = ()


NO_COMMENTS: Final = Comments()


def comments_in(data: bytes, document: source.Document) -> Comments:
    """Find the marks and the ignores in a file; `data` is what the document was read from."""
    if not any(word in data for word in _MAY_BE_SAID):
        return NO_COMMENTS
    text = data.decode("utf-8-sig", "replace")
    return Comments(marks_in(text, document), ignores_in(text, document))


def marks_in(text: str, document: source.Document) -> tuple[Mark, ...]:
    """Find the marks among the comments of a file, top to bottom; a `# 待核` inside a value is no mark."""
    if MARK_WORD not in text:
        return ()
    spans = [(scalar.start, scalar.end) for scalar in scalars(document.root)] if document.root else []
    found = (match for match in re.finditer(_MARK, text) if is_comment(text, match.start(), spans))
    return tuple(Mark(_place(document.file, text, match.start()), match["note"].strip()) for match in found)


def ignores_in(text: str, document: source.Document) -> tuple[Ignore, ...]:
    """Find the ignores of a file: a comment after a value silences its line, one on a line of its own the whole file."""
    if "ignore" not in text:
        return ()
    spans = [(one.start, one.end) for one in scalars(document.root) if not one.plain] if document.root else []
    return tuple(_ignores(text, document.file, spans))


def _ignores(text: str, file: str, spans: list[tuple[int, int]]) -> Iterator[Ignore]:
    for match in re.finditer(_IGNORE, text):
        at = text.index("#", match.start())
        if not is_comment(text, at, spans):
            continue
        place = _place(file, text, at)
        alone = not text[line_start(text, at) : at].strip()
        reason = match["reason"].strip(" \t:：,，")
        for code in re.findall(r"[A-Z]\d\d", match["codes"]):
            yield Ignore(code, 0 if alone else place.line, place, reason)


def kept_lines(text: str, root: source.Node) -> frozenset[int]:
    """Find the lines that `goalgen fmt` leaves as they are: those that end in `# goalgen: keep 照原件`.

    Such a comment on a line of its own keeps the whole file: line 0.
    """
    found = (start for start, _ in keep_comments(text, root))
    return frozenset(line_and_column(text, at)[0] if text[line_start(text, at) : at].strip() else 0 for at in found)


def keep_comments(text: str, root: source.Node) -> list[tuple[int, int]]:
    """Find where the comments begin and end that tell `fmt` to keep something, the blanks before them included."""
    if "keep" not in text:
        return []
    spans = [(one.start, one.end) for one in scalars(root) if not one.plain]
    found = re.finditer(_KEEP, text)
    return [match.span() for match in found if is_comment(text, text.index("#", match.start()), spans)]


def swallowed(data: bytes, document: source.Document) -> tuple[Problem, ...]:
    """Warn (Y12) of each comment behind a value that begins without the usual blank, as `联系电话: #886`.

    `data` is what the document was read from; a document with errors is not judged.
    """
    if not _MAY_BE_SWALLOWED.search(data) or document.root is None or errors_in(document.problems):
        return ()
    text = re.sub("\r(?!\n)", "\n", data.decode("utf-8-sig"))  # as YAML counts lines
    spans = [(scalar.start, scalar.end) for scalar in scalars(document.root)]
    return tuple(
        _swallowed(document.file, text, match)
        for match in re.finditer(_SWALLOWED, text)
        if not any(start <= match.start("comment") < end for start, end in spans)
        and text[line_start(text, match.start()) : match.start()].strip()
    )


def _swallowed(file: str, text: str, match: re.Match[str]) -> Problem:
    said = match["comment"].rstrip()
    message = f"“{said[:20]}{'…' if len(said) > 20 else ''}”当成了注释，不会印在表上"
    hint = "要印出来就给整个值加引号；是注释就在 # 后面空一格"
    return Problem("Y12", message, _place(file, text, match.start("comment")), hint, Severity.WARNING)


def _place(file: str, text: str, at: int) -> Place:
    return Place(file, *line_and_column(text, at))


def mark_of(values: Iterable[tuple[str, str]]) -> str:
    """Write a mark for values to be decided again, (name, last year's text) pairs: `# 待核 上年：财政拨款 152.5`."""
    return f"# {MARK_WORD} 上年：" + "、".join(" ".join(f"{name} {text}".split()) for name, text in values)


def old_mark(text: str, start: int, end: int) -> int:
    """Find where an earlier roll's mark (or its 上年 note) begins between two offsets of a line; `end` if there is none."""
    match = re.compile(_OLD_MARK).search(text, start, end)
    return match.start() if match else end
