"""`goalgen render`: forms and bundle."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from goalgen.cli.chinese import ChineseCommand
from goalgen.cli.common import Console, console_options, locate, paths_argument, require_listed
from goalgen.cli.findings import warn
from goalgen.errors import GoalgenError, Problem, errors_in
from goalgen.files.names import shown
from goalgen.forms import Form
from goalgen.forms.project import Unit
from goalgen.printing.edition import Edition, Item
from goalgen.printing.executors import MAX_PROCESSES, cores, processes
from goalgen.printing.printer import compiled
from goalgen.printing.publish import BUNDLE, FORMS, Options, Outcome, planned, publish
from goalgen.printing.reading import ReadYear, read_year
from goalgen.submission.index import Index, open_index
from goalgen.submission.selection import select_in_years

if TYPE_CHECKING:
    from concurrent.futures import Executor


PARALLEL: Final = 400
"""From how many forms on all processors work together, unless --jobs says otherwise: below, starting them costs more."""


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
@click.option(
    "-j", "--jobs", type=click.IntRange(1, MAX_PROCESSES), metavar="个数", help="用几个处理器；不写就看表的多少"
)
@click.option("--force", is_flag=True, default=False, help="没有变化的也重读、重做")
@click.option("-n", "--dry-run", is_flag=True, default=False, help="只说会写哪些文件，不写")
@console_options
def command(
    paths: tuple[Path, ...],
    years: tuple[int, ...],
    only: tuple[str, ...],
    out: Path | None,
    console: Console,
    **how: Any,
) -> None:
    """生成申报表：每个项目一份 out/年度/forms/*.docx，全部项目一份 out/年度/bundle.docx。

    任何一个要生成的项目有错误，就一份也不写，先把所有问题说完。没有变化的不重做。
    """
    root, files = locate(paths)
    index = open_index(root, years)
    require_listed(files, root, [file.path for year in index.years for file in year.files])
    jobs = how["jobs"] or (cores() if sum(len(year.files) for year in index.years) >= PARALLEL else 1)
    with ExitStack() as stack:
        count = how["strict"] or not console.quiet
        task = _Task(index, stack.enter_context(processes(jobs)), how["force"], count, console)
        read = [stack.enter_context(closing(task.read(number))) for number in range(len(index.years))]
        chosen = _chosen(read, only, files, index.units)
        _stop_on_errors(index, read, [item.file for items in chosen.values() for item in items], console)
        warn(index, read, chosen, how["strict"], console)
        whole = not (only or files) if how["bundle"] is None else how["bundle"]
        for year in read:
            items = chosen[year.edition.year]
            task.make(year.edition, items, out or root / "out", whole, how["dry_run"])
    if task.exit_code:
        raise GoalgenError([], task.exit_code)


def _chosen(
    read: Sequence[ReadYear], only: Sequence[str], files: Sequence[Path], units: Sequence[Unit]
) -> dict[int, tuple[Item, ...]]:
    """By year the items that a pattern names and that are among the files, if there are any."""
    found = select_in_years({year.edition.year: year.edition.items for year in read}, only, units)
    return {
        year: tuple(item for item in items if not files or item.path.resolve() in files)
        for year, items in found.items()
    }


def _stop_on_errors(index: Index, read: Sequence[ReadYear], chosen: Sequence[str], console: Console) -> None:
    """Show the problems; stop when an error concerns what is to be made."""
    every = [*index.problems, *(problem for year in read for problem in year.problems)]
    problems = [*dict.fromkeys(every)]  # years share a review profile
    others = {item.file for year in read for item in year.edition.items} - {*chosen}
    concerned = [problem for problem in problems if problem.place.file not in others]
    aside: list[Problem] = [problem for problem in problems if problem.place.file in others]
    console.problems(concerned)
    if aside:
        console.notice(
            f"另有 {len({problem.place.file for problem in aside})} 个没有选中的文件有问题，用 goalgen check 查看"
        )
    if errors_in(concerned):
        faults = [*dict.fromkeys(problem for year in read for problem in _template_faults(year.edition.form))]
        console.problems(faults)
        concerned += faults
        console.total(concerned)
        console.notice("什么都没有写；改好以后再运行一次")
        raise GoalgenError([])


def _template_faults(form: Form) -> Sequence[Problem]:
    """What is wrong with the template too, where the run ends before it would be used."""
    try:
        compiled(form)
    except GoalgenError as error:
        return error.problems
    return ()


class _Task:
    """One run of the command: by whom the work is done, how it is told, and how it ended."""

    def __init__(self, index: Index, executor: Executor | None, force: bool, count: bool, console: Console) -> None:
        self.index = index
        self.executor = executor
        self.force = force
        self.count = count
        self.console = console
        self.exit_code = 0

    def read(self, number: int) -> ReadYear:
        """A year of projects.yaml with its project files."""
        year = self.index.years[number]
        with self.console.progress(len(year.files), f"读 {year.year} 年度") as progress:
            return read_year(self.index, year, self.executor, self.force, self.count, progress)

    def make(self, edition: Edition, items: Sequence[Item], out: Path, bundle: bool, dry_run: bool) -> None:
        """Make the forms of these items, or say which."""
        if dry_run:
            for path in planned(edition, items, out, bundle):
                self.console.result(shown(path))
        elif items:
            outcome = self._publish(edition, items, out, bundle)
            self.exit_code = max(self.exit_code, outcome.exit_code)

    def _publish(self, edition: Edition, items: Sequence[Item], out: Path, bundle: bool) -> Outcome:
        console = self.console
        with console.progress(len(items), f"{edition.year} 年度") as progress:
            told = f"另一个 goalgen 正在写 {shown(out / str(edition.year))}，等它写完"
            how = Options(self.executor, self.force, progress, lambda: console.notice(told))
            outcome = publish(edition, items, out, bundle, how)
        console.problems(outcome.problems)
        for path in outcome.removed:
            console.notice(f"已删除不再需要的 {shown(path)}")
        if console.verbose:
            for path in outcome.written:
                console.notice(f"已写 {shown(path)}")
        if not outcome.exit_code:
            console.result(_summary(edition, items, out, bundle, outcome))
        return outcome


def _summary(edition: Edition, items: Sequence[Item], out: Path, bundle: bool, outcome: Outcome) -> str:
    folder = out / str(edition.year)
    parts = [f"{edition.year} 年度：{len(items)} 份申报表在 {shown(folder / FORMS)}"]
    if bundle:
        volumes = sum(path.parent == folder for path in (*outcome.written, *outcome.unchanged))
        parts.append(f"合订本 {shown(folder / BUNDLE)}" + (f"等 {volumes} 册" if volumes > 1 else ""))
    elif len(items) < len(edition.items):
        parts.append("合订本没有重做")
    if outcome.unchanged:
        parts.append(f"{len(outcome.unchanged)} 个文件没有变化")
    return "，".join(parts)
