"""`# goalgen: ignore F05 说明`: a finding silenced in the file, with its reason; read from the text, YAML drops comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from goalgen import source
from goalgen.errors import Place, Problem, Severity
from goalgen.source.editing import is_comment, scalars

_COMMENT: Final = re.compile(
    r"(?P<before>^|\s)#\s*goalgen[:：]\s*ignore\s+(?P<codes>[A-Z]\d\d(?:[,，、\s]+[A-Z]\d\d)*)(?P<reason>[^\n\r]*)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Ignore:
    """One code silenced: on one line, or in the whole file (line 0); `place` is where the comment stands."""

    code: str
    line: int
    place: Place
    reason: str

    def hits(self, problem: Problem, file: str) -> bool:
        """Whether a finding of the project in `file` is silenced."""
        if problem.code != self.code:
            return False
        here = problem.place.file == self.place.file
        return here and problem.place.line == self.line if self.line else here or file == self.place.file


def read(text: str, file: str) -> tuple[Ignore, ...]:
    """The ignores of a file: a comment after a value silences its line, one on a line of its own the whole file."""
    if "ignore" not in text:
        return ()
    root = source.parse(text, file).root
    spans = [(scalar.start, scalar.end) for scalar in scalars(root) if not scalar.plain] if root else []
    found = []
    for match in _COMMENT.finditer(text):
        at = text.index("#", match.start())
        if not is_comment(text, at, spans):
            continue
        line = text.count("\n", 0, at) + 1
        start = text.rfind("\n", 0, at) + 1
        alone = not text[start:at].strip()
        place = Place(file, line, at - start + 1)
        reason = match["reason"].strip(" \t:：,，")
        found += [
            Ignore(code, 0 if alone else line, place, reason) for code in re.findall(r"[A-Z]\d\d", match["codes"])
        ]
    return tuple(found)


def apply(
    problems: Iterable[Problem],
    ignores: Iterable[Ignore],
    files: Mapping[tuple[int, str], str],
    off: frozenset[str],
) -> list[Problem]:
    """The findings that are not silenced, and what is wrong with the ignores themselves.

    `files` holds by year and 编号 the file of the project; `off` the codes of rules that are switched off.
    """
    every = tuple(ignores)
    used: set[Ignore] = set()
    left = []
    for problem in problems:
        hits = [ignore for ignore in every if ignore.hits(problem, files.get((problem.year, problem.project), ""))]
        used.update(hits)
        if not hits:
            left.append(problem)
    return [*left, *_own(every, used, off)]


def _own(every: tuple[Ignore, ...], used: set[Ignore], off: frozenset[str]) -> list[Problem]:
    found = []
    for ignore in dict.fromkeys(every):
        if ignore not in used and ignore.code not in off:
            message = f"goalgen: ignore {ignore.code} 没有对上任何问题"
            found.append(_warning("C01", message, ignore, "问题已经改好或换了行；删掉这条注释"))
        elif not ignore.reason:
            message = f"goalgen: ignore {ignore.code} 没有写理由"
            found.append(_warning("C02", message, ignore, f"写成 # goalgen: ignore {ignore.code} 为什么"))
    return found


def _warning(code: str, message: str, ignore: Ignore, hint: str) -> Problem:
    return Problem(code, message, ignore.place, hint, Severity.WARNING, criterion="规范性")
