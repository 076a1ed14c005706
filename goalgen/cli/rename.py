"""`goalgen rename`: give a project, its 编号 or a 预算单位 another name, in every year at once."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from goalgen.authoring.renaming import NewNames, plan_project_names, plan_unit_name
from goalgen.cli.asking import make_asked
from goalgen.cli.chinese import ChineseCommand
from goalgen.cli.common import Console, console_options, folder_option, locate
from goalgen.submission.submission import load


@click.command("rename", cls=ChineseCommand)
@click.argument("word", metavar="项目或单位")
@click.option("--name", default="", metavar="新名称", help="项目改名")
@click.option("--code", default="", metavar="新编号", help="改编号")
@click.option("--unit", default="", metavar="新单位", help="单位改名：前面写的是单位，全称或简称")
@click.option("--year", "years", type=int, multiple=True, metavar="年度", help="项目只在这个年度改名（可以写几次）")
@click.option("-y", "--yes", is_flag=True, default=False, help="不问，直接改")
@click.option("-n", "--dry-run", is_flag=True, default=False, help="只说会改什么，不动")
@folder_option
@console_options
def command(
    word: str,
    name: str,
    code: str,
    unit: str,
    years: tuple[int, ...],
    yes: bool,
    dry_run: bool,
    folder: Path,
    console: Console,
) -> None:
    """改项目名称、编号或单位：各年度的项目文件、文件名、清单、变更说明、单位名录一起改；先列出来，问了再动。"""
    if bool(unit) == bool(name or code):
        raise click.UsageError("写 --name、--code（改项目），或写 --unit（改单位）")
    if unit and years:
        raise click.UsageError("单位改名要各年度一起改，不写 --year")
    root, project = locate([folder])[0], NewNames(name, code)
    with nullcontext() if dry_run else console.changing(root):
        submission = load(root)
        plan = plan_unit_name(submission, word, unit) if unit else plan_project_names(submission, word, project, years)
        if make_asked(plan, console, yes=yes, dry_run=dry_run):
            console.notice("已改；运行 goalgen render 重做申报表")
