"""`goalgen roll`: make the next budget year from an earlier one."""

from __future__ import annotations

from contextlib import nullcontext

import click

from goalgen.authoring.next_year import PlannedFile, YearPlan, plan_year, write_planned
from goalgen.cli.chinese import ChineseCommand
from goalgen.cli.common import Console, console_options, locate
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
    with nullcontext() if dry_run else console.changing(root):
        plan = plan_year(load(root), old, new, only, drop, overwrite=force)
        for file in plan.files if dry_run else write_planned(plan):
            _tell(file, dry_run, console)
    _summary(plan, old, new, dry_run, console)


def _tell(file: PlannedFile, dry_run: bool, console: Console) -> None:
    console.result(shown(file.path))
    if not (dry_run or console.verbose):
        return
    for change in file.changes:
        what = f"待核，上年 {change.old}" if change.pending else f"{change.old} → {change.new}"
        console.notice(f"  第 {change.line} 行 {change.field}：{' '.join(what.split())}")


def _summary(plan: YearPlan, old: int, new: int, dry_run: bool, console: Console) -> None:
    changes = [change for file in plan.files for change in file.changes]
    pending = sum(change.pending for change in changes)
    moved = sum(bool(change.new) and not change.pending for change in changes)
    dropped = f"，去掉 {'、'.join(plan.dropped)}" if plan.dropped else ""
    done = "会由" if dry_run else "已由"
    console.notice(
        f"{done} {old} 年度开出 {new} 年度：{len(plan.projects)} 个项目{dropped}；年限后移 {moved} 处，待核 {pending} 处"
    )
    for notice in plan.notices:
        console.notice(notice)
    if not dry_run:
        console.notice("下一步：在项目文件里找“待核”，改好数字后删掉这条注释；goalgen check 会列出剩下的")
