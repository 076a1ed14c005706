"""Run `goalgen import`: filled forms to project files."""

from __future__ import annotations

from pathlib import Path

import click

from goalgen.cli.chinese import ChineseCommand
from goalgen.cli.common import Console, console_options
from goalgen.cli.outcomes import print_written
from goalgen.exchange.importing import import_forms
from goalgen.exchange.project_files import Mode


@click.command("import", cls=ChineseCommand)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件或文件夹...")
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="文件夹", help="写到这里；默认 data/年度")
@click.option("--form", "form_name", metavar="表样", help="按哪一套表样读；不写就用最像的一套")
@click.option("--year", type=click.IntRange(1990, 2100), metavar="年度", help="预算年度；不写就看表上印的")
@click.option("--code", metavar="编号", help="这一个项目的编号（只导入一个项目时）")
@click.option("-m", "--mode", type=click.Choice(["new", "update", "force"]), default="new", hidden=True)
@click.option("--update", "mode", flag_value="update", help="并入已有的项目文件，注释和次序不动，先列出不同")
@click.option("-f", "--force", "mode", flag_value="force", help="覆盖已有的项目文件")
@click.option("-n", "--dry-run", is_flag=True, default=False, help="只说会写哪些文件、改什么，不写")
@console_options
def command(
    paths: tuple[Path, ...],
    output: Path | None,
    form_name: str | None,
    year: int | None,
    code: str | None,
    mode: Mode,
    dry_run: bool,
    console: Console,
) -> None:
    """把填好的申报表读成项目文件：.docx（一份或多份表都行）、文本提取器的 .txt、有 LibreOffice 时的 .doc。

    放不到位的内容不会丢：写成注释，并说出在原文件的哪个表、哪一行。
    """
    outcome = import_forms(
        paths,
        output=output,
        form_name=form_name,
        year=year,
        code=code,
        mode=mode,
        dry_run=dry_run,
        waiting=console.told_to_wait,
    )
    console.notice(f"按表样 {outcome.form.id}（{outcome.form.title}）读，共 {outcome.count} 个项目")
    for written in outcome.years:
        print_written(written, console)
    if outcome.error:
        raise outcome.error
