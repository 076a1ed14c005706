"""`goalgen sheet`: projects to an Excel workbook and back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from goalgen.cli.chinese import ChineseGroup
from goalgen.cli.common import Console, console_options, locate
from goalgen.cli.import_ import refuse_unreadable, write
from goalgen.errors import stop_for
from goalgen.exchange.excel.reading import projects, sheets
from goalgen.exchange.excel.writing import workbook
from goalgen.exchange.filing import file as filed
from goalgen.exchange.filled_forms.imported import Imported
from goalgen.files import writing
from goalgen.files.names import shown
from goalgen.files.reading import read_whole
from goalgen.files.refusals import unreadable
from goalgen.submission.index import INDEX
from goalgen.submission.selection import select
from goalgen.submission.submission import load


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
    submission = load(root, [year] if year else [])
    chosen = submission.of(year)
    entries = select(chosen.year, chosen.entries, only, submission.units)
    stop_for(submission.problems, {entry.file for entry in entries})
    path = output or root / "out" / str(chosen.year) / "projects.xlsx"
    found = [entry.project for entry in entries if entry.project]
    writing.write(path, workbook(found, chosen.form, chosen.year))
    console.result(shown(path))


@command.command("import")
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False), metavar="文件")
@click.option("--year", type=int, metavar="年度", help="预算年度；不写就看“说明”表")
@click.option("-n", "--dry-run", is_flag=True, default=False, help="只说会改什么，不写")
@console_options
def read(path: Path, year: int | None, dry_run: bool, console: Console) -> None:
    """把填好的 .xlsx 读回项目文件：只改有变化的值，注释和次序不动，先列出不同。

    表里没有的项目，文件不动。任何一格有错，就一个文件也不写。
    """
    try:
        data = read_whole(path)
    except OSError as error:
        raise unreadable(shown(path), error).error() from error
    found = sheets(data, shown(path))
    noted = found.notes.get("年度", "")
    root, _ = locate([])
    submission = load(root)
    chosen = submission.of(year or (int(noted) if noted.isdigit() else None))
    made = projects(found, chosen.form, chosen.year, shown(path))
    refuse_unreadable(submission, [chosen])
    items = [Imported(project, shown(path), "工作表“项目”", ()) for project in made]
    filing = filed(items, chosen.form, chosen.year, root / INDEX.parent / str(chosen.year), submission)
    write(replace(filing, problems=()), "update", dry_run, console)
    codes = {file.project.code for file in filing.files}
    for project in chosen.projects:
        if project.code not in codes:
            console.notice(f"表里没有 {project.code}（{project.name}），它的文件没有动")
