"""`goalgen render`: forms and bundle."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from goalgen.cli.chinese import ChineseCommand
from goalgen.cli.common import Console, console_options, locate, paths_argument, require_listed
from goalgen.cli.findings import warn
from goalgen.errors import GoalgenError, Problem, errors_in
from goalgen.paths import shown
from goalgen.publish import BUNDLE, FORMS, Outcome, planned, publish, select
from goalgen.submission import Entry, Submission, Year, load


@click.command("render", cls=ChineseCommand)
@paths_argument
@click.option(
    "--year", "years", type=int, multiple=True, metavar="年度", help="只做这个年度（可以写几次；不写就做全部）"
)
@click.option(
    "--only", multiple=True, metavar="项目", help="只做这些项目：编号、项目名称、预算单位（或简称）、文件名，可用 *"
)
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    help="写到这里，不写到 out",
)
@click.option("--bundle/--no-bundle", default=None, help="做不做合订本；用了 --only 时默认不做")
@click.option("--strict", is_flag=True, default=False, help="审核检查有错误就不生成")
@click.option("-n", "--dry-run", is_flag=True, default=False, help="只说会写哪些文件，不写")
@console_options
def command(
    paths: tuple[Path, ...],
    years: tuple[int, ...],
    only: tuple[str, ...],
    out: Path | None,
    bundle: bool | None,
    console: Console,
    **flags: bool,
) -> None:
    """生成申报表：每个项目一份 out/年度/forms/*.docx，全部项目一份 out/年度/bundle.docx。

    任何一个要生成的项目有错误，就一份也不写，先把所有问题说完。
    """
    root, files = locate(paths)
    submission = load(root, years)
    require_listed(files, submission)
    chosen = _chosen(submission, only, files)
    _stop_on_errors(submission, chosen, console)
    warn(submission, [entry for _, entries in chosen for entry in entries], flags["strict"], console)
    whole = not (only or files) if bundle is None else bundle
    out = out or root / "out"
    code = 0
    for year, entries in chosen:
        if flags["dry_run"]:
            for path in planned(year, entries, out, whole):
                console.result(shown(path))
        elif entries:
            code = max(code, _publish(year, entries, out, whole, console))
    if code:
        raise GoalgenError([], code)


def _chosen(submission: Submission, only: Sequence[str], files: Sequence[Path]) -> list[tuple[Year, tuple[Entry, ...]]]:
    """The entries of each year that a pattern names (all without one) and that are among the files, if there are any.

    Raises GoalgenError (S06) for a pattern that names nothing in any of the years.
    """
    named: dict[int, set[int]] = {year.year: set() for year in submission.years}
    for pattern in only:
        faults: list[Problem] = []
        for year in submission.years:
            try:
                named[year.year] |= {entry.number for entry in select(year, [pattern], submission.units)}
            except GoalgenError as error:
                faults += error.problems
        if len(faults) == len(submission.years):
            raise GoalgenError(faults)
    return [
        (year, tuple(e for e in year.entries if (not only or e.number in named[year.year]) and _among(e, files)))
        for year in submission.years
    ]


def _among(entry: Entry, files: Sequence[Path]) -> bool:
    return not files or entry.path.resolve() in files


def _stop_on_errors(submission: Submission, chosen: Sequence[tuple[Year, tuple[Entry, ...]]], console: Console) -> None:
    """Show the problems; stop when an error concerns what is to be made."""
    wanted = {entry.file for _, entries in chosen for entry in entries}
    others = {entry.file for year in submission.years for entry in year.entries} - wanted
    concerned = [problem for problem in submission.problems if problem.place.file not in others]
    aside: list[Problem] = [problem for problem in submission.problems if problem.place.file in others]
    console.problems(concerned)
    if aside:
        console.notice(
            f"另有 {len({problem.place.file for problem in aside})} 个没有选中的文件有问题，用 goalgen check 查看"
        )
    if errors_in(concerned):
        console.total(concerned)
        console.notice("什么都没有写；改好以后再运行一次")
        raise GoalgenError([])


def _publish(year: Year, entries: Sequence[Entry], out: Path, bundle: bool, console: Console) -> int:
    with console.progress(len(entries), f"{year.year} 年度") as bar:
        outcome = publish(
            year,
            entries,
            out,
            bundle,
            (lambda: bar.update(1)) if bar else lambda: None,
            lambda: console.notice(f"另一个 goalgen 正在写 {shown(out / str(year.year))}，等它写完"),
        )
    console.problems(outcome.problems)
    for path in outcome.removed:
        console.notice(f"已删除不再需要的 {shown(path)}")
    if console.verbose:
        for path in outcome.written:
            console.notice(f"已写 {shown(path)}")
    if not outcome.exit_code:
        console.result(_summary(year, entries, out, bundle, outcome))
    return outcome.exit_code


def _summary(year: Year, entries: Sequence[Entry], out: Path, bundle: bool, outcome: Outcome) -> str:
    folder = out / str(year.year)
    parts = [f"{year.year} 年度：{len(entries)} 份申报表在 {shown(folder / FORMS)}"]
    if bundle:
        parts.append(f"合订本 {shown(folder / BUNDLE)}")
    elif len(entries) < len(year.entries):
        parts.append("合订本没有重做")
    if outcome.unchanged:
        parts.append(f"{len(outcome.unchanged)} 个文件没有变化")
    return "，".join(parts)
