"""Leave out the findings that `# goalgen: ignore F05 说明` silences, and judge those comments themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from goalgen.errors import Problem, Severity
from goalgen.submission.comments import Ignore


def ignored(
    problems: Iterable[Problem],
    ignores: Iterable[Ignore],
    files: Mapping[tuple[int, str], str],
    off: frozenset[str],
) -> list[Problem]:
    """Return the findings that are not silenced, and what is wrong with the ignores themselves.

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
