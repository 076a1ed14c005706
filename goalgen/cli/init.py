"""`goalgen init`: create a submission folder that renders as it is."""

from __future__ import annotations

from pathlib import Path

import click

from goalgen.authoring.new_files import create_folder
from goalgen.cli.chinese import ChineseCommand
from goalgen.cli.common import Console, console_options
from goalgen.files.names import shown
from goalgen.forms.pack import DEFAULT_FORM


@click.command("init", cls=ChineseCommand)
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".", metavar="[文件夹]")
@click.option(
    "--year", type=click.IntRange(1990, 2100), default=2020, show_default=True, metavar="年度", help="预算年度"
)
@click.option("--form", default=DEFAULT_FORM, show_default=True, metavar="表样", help="用哪一套表样")
@click.option("-f", "--force", is_flag=True, default=False, help="覆盖已有的文件")
@console_options
def command(folder: Path, year: int, form: str, force: bool, console: Console) -> None:
    """建一个申报文件夹：一个示例项目、Word 模板、编辑器提示，马上可以 goalgen render。"""
    paths = create_folder(folder, year, form, overwrite=force)
    console.result(f"已建好 {shown(folder)}：{len(paths)} 个文件")
    step = "" if folder.resolve() == Path.cwd() else f"cd {shown(folder)}，再"
    console.notice(f"下一步：{step}运行 goalgen render")
