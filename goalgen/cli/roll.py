"""`goalgen roll`: the next budget year from an earlier one."""

from __future__ import annotations

import click

from goalgen.authoring.new_files import refuse_existing
from goalgen.authoring.next_year import NewFile, Plan, plan
from goalgen.cli.chinese import ChineseCommand
from goalgen.cli.common import Console, console_options, locate
from goalgen.files import writing
from goalgen.files.names import shown
from goalgen.submission.submission import load


@click.command("roll", cls=ChineseCommand)
@click.argument("old", type=click.IntRange(1990, 2100), metavar="原年度")
@click.argument("new", type=click.IntRange(1990, 2100), metavar="新年度")
@click.option("--only", multiple=True, metavar="项目", help="只开这些项目：编号、名称、单位、文件名，可用 *")
@click.option("--drop", multiple=True, metavar="编号", help="新年度不再有的项目（可以写几次）")
@click.option("-f", "--force", is_flag=True, default=False, help="覆盖新年度里已有的项目文件")
@click.option("-n", "--dry-run", is_flag=True, default=False, help="只说会写什么、改什么，不写")
@console_options
def command(
    old: int,
    new: int,
    only: tuple[str, ...],
    drop: tuple[str, ...],
    force: bool,
    dry_run: bool,
    console: Console,
) -> None:
    """开出新的年度：项目文件照抄，年限后移，日期清空，要重定的数字旁边加“# 待核 上年：…”。

    其余的字一个不动；新年度记入 projects.yaml。马上可以 goalgen render。
    """
    root, _ = locate([])
    planned = plan(load(root), old, new, only, drop)
    if not force:
        refuse_existing([file.path for file in planned.files])
    for file in (*planned.files, planned.index):
        if not dry_run:
            writing.write(file.path, file.data)
        _tell(file, dry_run, console)
    _summary(planned, old, new, dry_run, console)


def _tell(file: NewFile, dry_run: bool, console: Console) -> None:
    console.result(shown(file.path))
    if not (dry_run or console.verbose):
        return
    for change in file.changes:
        what = f"待核，上年 {change.old}" if change.pending else f"{change.old} → {change.new}"
        console.notice(f"  第 {change.line} 行 {change.field}：{' '.join(what.split())}")


def _summary(planned: Plan, old: int, new: int, dry_run: bool, console: Console) -> None:
    changes = [change for file in (*planned.files, planned.index) for change in file.changes]
    pending = sum(change.pending for change in changes)
    moved = sum(bool(change.new) and not change.pending for change in changes)
    dropped = f"，去掉 {'、'.join(planned.dropped)}" if planned.dropped else ""
    done = "会由" if dry_run else "已由"
    console.notice(
        f"{done} {old} 年度开出 {new} 年度：{len(planned.files)} 个项目{dropped}；年限后移 {moved} 处，待核 {pending} 处"
    )
    for notice in planned.notices:
        console.notice(notice)
    if not dry_run:
        console.notice("下一步：在项目文件里找“待核”，改好数字后删掉这条注释；goalgen check 会列出剩下的")
