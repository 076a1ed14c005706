"""`goalgen remove`: take projects out of a year, their files and all that projects.yaml says of them."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from goalgen.authoring.changes import not_in_git
from goalgen.authoring.removing import plan_removal
from goalgen.cli.asking import make_asked
from goalgen.cli.chinese import ChineseCommand
from goalgen.cli.common import Console, console_options, folder_option, locate
from goalgen.submission.submission import load


@click.command("remove", cls=ChineseCommand)
@click.argument("words", nargs=-1, required=True, metavar="项目...")
@click.option(
    "--year",
    "years",
    type=int,
    multiple=True,
    metavar="年度",
    help="从这个年度去掉（可以写几次）；不写就是最近的一年",
)
@click.option("--reason", default="", metavar="原因", help="为什么不再报，记入变更说明，goalgen diff 的对照表列出")
@click.option("-y", "--yes", is_flag=True, default=False, help="不问，直接去掉")
@click.option("-n", "--dry-run", is_flag=True, default=False, help="只说会去掉什么，不动")
@folder_option
@console_options
def command(
    words: tuple[str, ...],
    years: tuple[int, ...],
    reason: str,
    yes: bool,
    dry_run: bool,
    folder: Path,
    console: Console,
) -> None:
    """去掉项目：删去项目文件，清单和变更说明跟着改；先列出来，问了再动。写编号、名称、单位或文件名。"""
    root, _ = locate([folder])
    with nullcontext() if dry_run else console.changing(root):
        plan = plan_removal(load(root), words, years, reason)
        gone = [change.old for change in plan.changes if change.new is None]
        warning = "" if dry_run else not_in_git(root, gone)
        if make_asked(plan, console, yes=yes, dry_run=dry_run, warning=warning):
            console.notice("已去掉；它的申报表下次 goalgen render 时删去")
