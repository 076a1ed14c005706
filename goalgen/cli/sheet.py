"""Run `goalgen sheet`: projects to an Excel workbook and back."""

from __future__ import annotations

from pathlib import Path

import click

from goalgen.cli.chinese import ChineseGroup
from goalgen.cli.common import Console, console_options, locate
from goalgen.cli.outcomes import print_written
from goalgen.exchange.excel.importing import import_workbook
from goalgen.exchange.excel.writing import export_workbook
from goalgen.files.names import shown


@click.group("sheet", cls=ChineseGroup)
def command() -> None:
    """Excel 填报：导出给不用 git 的同事填，填好再读回来。"""


@command.command("export")
@click.option("--year", type=int, metavar="年度", help="预算年度；不写就是最近的一年")
@click.option("--only", multiple=True, metavar="项目", help="只导出这些项目：编号、名称、单位、文件名，可用 *")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="默认 out/年度/projects.xlsx",
)
@console_options
def export(year: int | None, only: tuple[str, ...], output: Path | None, console: Console) -> None:
    """写出一个 .xlsx：一行一个项目，另一张表一行一个指标；编号锁住，选项有下拉。"""
    root, _ = locate([])
    console.result(shown(export_workbook(root, year, only, output)))


@command.command("import")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False), metavar="文件")
@click.option("--year", type=int, metavar="年度", help="预算年度；不写就看“说明”表")
@click.option("-n", "--dry-run", is_flag=True, default=False, help="只说会改什么，不写")
@console_options
def import_(path: Path, year: int | None, dry_run: bool, console: Console) -> None:
    """把填好的 .xlsx 读回项目文件：只改有变化的值，注释和次序不动，先列出不同。

    表里没有的项目，文件不动。任何一格有错，就一个文件也不写。
    """
    outcome = import_workbook(path, Path.cwd(), year, dry_run=dry_run, waiting=console.told_to_wait)
    print_written(outcome.written, console)
    if outcome.written.error:
        raise outcome.written.error
    for project in outcome.missing:
        console.notice(f"表里没有 {project.code}（{project.name}），它的文件没有动")
