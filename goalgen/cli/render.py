"""Run `goalgen render`: print forms and bundle."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from goalgen.cli.chinese import ChineseCommand
from goalgen.cli.common import Console, console_options, meant, only_option, projects_argument
from goalgen.errors import GoalgenError
from goalgen.files.names import shown
from goalgen.printing.manifest import FORMS, Redo
from goalgen.printing.publish import Published, publish
from goalgen.printing.year import PublishedYear
from goalgen.submission.executors import MAX_PROCESSES

_EDITED_TOLD: Final = 3
"""How many files that were left alone get a line of their own."""
MOST_NAMED: Final = 3
"""How many projects that are not filled yet are named."""


@click.command("render", cls=ChineseCommand)
@projects_argument
@click.option(
    "--year", "years", type=int, multiple=True, metavar="年度", help="只做这个年度（可以写几次；不写就做全部）"
)
@only_option
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
@click.option("--overwrite-edited", is_flag=True, default=False, help="手工改过的表也照 YAML 重做，改动不留")
@click.option("-n", "--dry-run", is_flag=True, default=False, help="只说会写哪些文件，不写")
@console_options
def command(
    paths: tuple[Path, ...],
    years: tuple[int, ...],
    only: tuple[str, ...],
    out: Path | None,
    bundle: bool | None,
    strict: bool,
    jobs: int | None,
    force: bool,
    overwrite_edited: bool,
    dry_run: bool,
    console: Console,
) -> None:
    """生成申报表：每个项目一份 out/年度/forms/*.docx，全部项目一份 out/年度/bundle.docx。

    任何一个要生成的项目有错误，就一份也不写，先把所有问题说完。没有变化的不重做；写好以后有人手工改过的不动，说一声。
    """
    root, files, only = meant(paths, only)
    done = publish(
        root,
        years,
        only=only,
        files=files,
        out=out,
        bundle=bundle,
        review=not console.quiet,
        strict=strict,
        jobs=jobs,
        redo=(Redo.UNCHANGED if force else Redo.NOTHING) | (Redo.EDITED if overwrite_edited else Redo.NOTHING),
        dry_run=dry_run,
        watcher=console,
    )
    _tell_problems(done, console)
    if done.exit_code == 2 and not done.years:
        console.total(done.problems)
        console.notice("什么都没有写；改好以后再运行一次")
        raise GoalgenError([])
    _tell_findings(done, strict, console)
    _tell_years(done, console)
    if done.exit_code:
        raise GoalgenError([], done.exit_code)


def _tell_problems(done: Published, console: Console) -> None:
    console.folded(done.problems)
    console.no_projects(done.empty)
    if done.aside:
        console.notice(f"另有 {done.aside} 个没有选中的文件有问题，用 goalgen check 查看")


def _tell_findings(done: Published, strict: bool, console: Console) -> None:
    """Say in one line how many errors the review finds; when they stop the work, list them."""
    if done.findings is None:
        console.notice("项目多，没有做审核检查；用 goalgen check 查看")
    elif done.findings:
        if strict:
            console.folded(done.findings)
        console.notice(f"审核检查会发现 {len(done.findings)} 个错误，用 goalgen check 查看")
        if strict:
            console.notice("什么都没有写（--strict）；改好以后再运行一次")


def _tell_years(done: Published, console: Console) -> None:
    """Say what was made of each year, and which forms are printed empty because nobody has filled their projects yet."""
    for year in done.years:
        _tell_year(year, console)
    names = [entry.name for entry in done.unfilled]
    if names:
        more = (
            f"等 {len(names)} 个项目" if len(names) > MOST_NAMED else f" {len(names)} 个项目" if len(names) > 1 else ""
        )
        console.notice(f"{'、'.join(names[:MOST_NAMED])}{more}还没有填，印出来是空表")


def _tell_year(year: PublishedYear, console: Console) -> None:
    for path in year.planned:
        console.result(shown(path))
    if year.planned:
        return
    _tell_year_problems(year, console)
    for path in year.removed:
        console.notice(f"已删除不再需要的 {shown(path)}")
    if console.verbose:
        for path in year.written:
            console.notice(f"已写 {shown(path)}")
    if year.forms and not year.failed:
        console.result(_summary(year))


def _tell_year_problems(year: PublishedYear, console: Console) -> None:
    """Tell what went wrong; of many files that were left alone only the first."""
    edited = {shown(path) for path in year.edited[_EDITED_TOLD:]}
    console.problems([problem for problem in year.problems if problem.place.file not in edited])
    if edited:
        console.notice(f"手工改过、没有动的文件一共 {len(year.edited)} 个，上面说了 {_EDITED_TOLD} 个")
    if year.bundle and any(path.parent.name == FORMS for path in year.edited):
        console.notice("合订本照 YAML 做，与没有动的表不同")


def _summary(year: PublishedYear) -> str:
    parts = [f"{year.year} 年度：{year.forms} 份申报表在 {shown(year.folder / FORMS)}"]
    if year.bundle:
        volumes = len(year.volumes)
        parts.append(f"合订本 {shown(year.folder / year.bundle_name)}" + (f"等 {volumes} 册" if volumes > 1 else ""))
    elif year.forms < year.every:
        parts.append("合订本没有重做")
    if year.unchanged:
        parts.append(f"{len(year.unchanged)} 个文件没有变化")
    return "，".join(parts)
