"""`goalgen check`: every problem of every file, at its line."""

from __future__ import annotations

from pathlib import Path

import click

from goalgen.cli.chinese import ChineseCommand
from goalgen.cli.common import Console, console_options, locate, paths_argument
from goalgen.errors import GoalgenError, errors_in
from goalgen.report import FORMATS, totals
from goalgen.submission import load


@click.command("check", cls=ChineseCommand)
@paths_argument
@click.option("--year", "years", type=int, multiple=True, metavar="年度", help="只查这个年度（可以写几次）")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", help="输出格式")
@console_options
def command(paths: tuple[Path, ...], years: tuple[int, ...], form: str, console: Console) -> None:
    """检查 projects.yaml 和所有项目文件，一次说完所有问题；不写任何文件。"""
    root, files = locate(paths)
    submission = load(root, years)
    wanted = {entry.file for year in submission.years for entry in year.entries if entry.path.resolve() in files}
    problems = [problem for problem in submission.problems if not files or problem.place.file in wanted]
    if form == "text":
        console.problems(problems, err=False)
        count = sum(len(year.entries) for year in submission.years)
        console.notice(f"{len(files) or count} 个项目文件：{totals(problems)}")
    else:
        console.result(FORMATS[form](problems).rstrip("\n"))
    if errors_in(problems):
        raise GoalgenError([])
