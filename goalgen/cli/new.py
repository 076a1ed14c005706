"""`goalgen new`: add one more project file."""

from __future__ import annotations

from pathlib import Path

import click

from goalgen.authoring.new_files import add_project, doubts
from goalgen.cli.chinese import ChineseCommand
from goalgen.cli.common import Console, console_options, folder_option, locate
from goalgen.files.names import shown
from goalgen.submission.submission import load


@click.command("new", cls=ChineseCommand)
@click.argument("name", metavar="项目名称")
@click.option("--code", metavar="编号", help="编号，例如 da-yuan-lv-hua；不写就给一个，以后可以用 goalgen rename 改")
@click.option("--unit", metavar="单位", help="预算单位；不写就用共用的，或 projects.yaml 里的第一个")
@click.option("--year", type=int, metavar="年度", help="预算年度；不写就是最近的一年")
@folder_option
@console_options
def command(name: str, code: str | None, unit: str | None, year: int | None, folder: Path, console: Console) -> None:
    """新增一个项目文件：表上每一项都列出来，旁边注明该写什么；同时记入 projects.yaml。"""
    root, _ = locate([folder])
    with console.changing(root):
        submission = load(root)
        doubtful = doubts(submission, name, unit, year)
        path = add_project(submission, name, code, unit, year)
    console.result(shown(path))
    console.problems(doubtful)
    console.notice("已记入 data/projects.yaml；用编辑器打开它，按注释填写")
