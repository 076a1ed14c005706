"""Compare what the words of a command name, and keep of the differences what was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from goalgen.diff import filtering
from goalgen.diff.arguments import named_sides
from goalgen.diff.comparing import compare
from goalgen.diff.sides import pairs, read_sides
from goalgen.diff.values import Difference, Side
from goalgen.errors import GoalgenError, Problem


@dataclass(frozen=True, slots=True)
class Comparison:
    """Holds what came of a comparison: the difference of one year, and what else to tell.

    `problems` are those of both sides, whose faulty projects were not compared; `other_years` are years that differ too.
    """

    difference: Difference
    problems: tuple[Problem, ...]
    other_years: tuple[int, ...]


def compare_named(
    words: Sequence[str],
    folder: Path,
    year: int | None = None,
    only: Sequence[str] = (),
    fields: Sequence[str] = (),
    everything: bool = True,
) -> Comparison:
    """Compare the sides that somebody standing in `folder` names with these words, as after `goalgen diff`.

    Where the sides hold several years, `year` chooses one, else the latest that differs is taken. `only` keeps projects
    (by 编号, 名称, 单位, file name), `fields` parts of the form; without `everything` the changes that a new year always
    brings are only counted. Money is in the form's unit (万元).
    Raises GoalgenError: R04, S06, S07 and R01 to R03 for words that name no side, S06 and R05 for a pattern or field that
    names nothing, and the problems of a side that cannot be read at all.
    """
    found: list[tuple[Side, Side, Difference]] = []
    problems: list[Problem] = []
    for old, new in pairs(*read_sides(*named_sides(words, folder)), year):
        try:
            wanted = filtering.of_projects(compare(old, new), only, {**old.aliases, **new.aliases})
        except GoalgenError as error:  # another year may have such projects
            problems += error.problems
            continue
        wanted = filtering.of_fields(wanted, fields, new.form)
        found.append((old, new, wanted if everything else filtering.without_routine(wanted)))
    if not found:
        raise GoalgenError(dict.fromkeys(problems))
    old, new, difference = next((item for item in found if item[2]), found[0])
    others = tuple(side.year for _, side, other in found if other and other is not difference)
    return Comparison(difference, tuple(dict.fromkeys((*old.problems, *new.problems))), others)
