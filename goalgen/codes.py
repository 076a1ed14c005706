"""编号 as the project files have them, held against each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from goalgen import source
from goalgen.characters import UNKNOWN
from goalgen.errors import Place, Problem


class WrittenCode(NamedTuple):
    """A 编号 as a file has it, right or wrong, and where."""

    text: str
    place: Place


def written_code(document: source.Document) -> WrittenCode | None:
    """The 编号 in a project file, also in one with other errors; None where there is none to compare."""
    code = document.root.get("编号") if isinstance(document.root, source.Mapping) else None
    if not isinstance(code, source.Scalar) or not code.text.strip() or UNKNOWN in code.text:
        return None
    return WrittenCode(code.text, Place(document.file, code.line, code.column))


def same_codes(codes: Iterable[WrittenCode | None]) -> list[Problem]:
    """编号 that an earlier file has already; upper and lower case count as one."""
    first: dict[str, Place] = {}
    problems = []
    for code in codes:
        if code is None:
            continue
        other = first.setdefault(code.text.casefold(), code.place)
        if other is not code.place:
            message = f"编号：{code.text[:64]} 与 {other} 重复"
            problems.append(Problem("S01", message, code.place, "改成别的编号", project=code.text, field="编号"))
    return problems
