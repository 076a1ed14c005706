"""`python -m benchmarks.diff`: two loaded submissions compared, CPU seconds by number of projects.

The second year has every project changed in six places (both amounts, a goal, the name and both values of an
indicator), one in twenty gone, one in twenty new. Without 编号, as in filled forms, projects must be recognised by name
and likeness, and every tenth has another name. Each round has texts of its own, so that nothing is remembered.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from statistics import median
from typing import NamedTuple, TypeVar

from benchmarks.material import ROOT
from goalgen.diff.comparing import compare
from goalgen.diff.reports.terminal import text
from goalgen.diff.values import Difference, Side
from goalgen.forms.project import Project, Row
from goalgen.source.shapes import Amount
from goalgen.submission.submission import load
from tests.support.project_making import HORIZONS, goals, indicator, indicators, replace, side_of

T = TypeVar("T")


class Measure(NamedTuple):
    """CPU seconds of one comparison and of its report, and what was found."""

    compared: float
    written: float
    difference: Difference


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a table of CPU seconds, the median of the rounds."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.diff", description=__doc__.split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[16, 100, 1000])
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args(arguments)
    print("| 项目数 | 编号 | 对照，CPU 秒 | 文字报告，CPU 秒 | 找到 |\n|---|---|---|---|---|")
    for size in options.sizes:
        for codes in (True, False):
            runs = [_measured(size, codes, turn) for turn in range(options.rounds)]
            found = runs[0].difference
            told = f"改动 {len(found.changes)} 处，新增 {len(found.added)}，取消 {len(found.removed)}"
            times = f"{median(run.compared for run in runs):.2f} | {median(run.written for run in runs):.2f}"
            print(f"| {size} | {'有' if codes else '没有'} | {times} | {told} |")


def _measured(size: int, codes: bool, turn: int) -> Measure:
    old, new = _sides(size, codes, turn)
    compared, difference = _timed(lambda: compare(old, new))
    written, _ = _timed(lambda: text(difference))
    return Measure(compared, written, difference)


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def _sides(size: int, codes: bool, turn: int) -> tuple[Side, Side]:
    year = load(ROOT).years[0]
    before = [_numbered(year.projects[n % 16], n, turn) for n in range(size)]
    after = [_edited(project, n, turn) for n, project in enumerate(before) if n % 20 != 19]
    after += [replace(project, code=f"new-{n}", name=f"新增事项{n}") for n, project in enumerate(before) if n % 20 == 3]
    if not codes:
        before, after = ([replace(project, code="") for project in side] for side in (before, after))
    return Side("去年", 2020, year.form, tuple(before)), Side("今年", 2020, year.form, tuple(after))


def _numbered(project: Project, number: int, turn: int) -> Project:
    rows = tuple(_row(one, f"{turn}.{number}") for one in indicators(project))
    return replace(project, code=f"p-{number:06d}", name=f"{project.name}（{number}）", indicators=rows)


def _row(one: Row, mark: str) -> Row:
    values = (side_of(one, horizon) for horizon in HORIZONS)
    return indicator(one.group, one.name, *(f"{text}{mark}" if text else text for text in values))


def _edited(project: Project, number: int, turn: int) -> Project:
    first, *rest = (one._replace() for one in indicators(project))
    changed = indicator(first.group, f"{first.name}情况", f"不少于{3 * number}次", f"不少于{number}.{turn}次")
    return replace(
        project,
        name=f"新{project.name}" if number % 10 == 0 else project.name,
        funding={horizon: {"财政拨款": Amount(str(number), Decimal(number) / 8)} for horizon in HORIZONS},
        goals={horizon: f"{goal}，完成{number}件以上" for horizon, goal in goals(project).items()},
        indicators=(*rest, changed),
    )


if __name__ == "__main__":
    main()
