"""`goalgen fmt`: mend the hygiene of project files in place."""

from __future__ import annotations

from contextlib import nullcontext
from difflib import unified_diff
from pathlib import Path

import click

from goalgen.authoring.formatting import MendedFile, mend_files
from goalgen.cli.chinese import ChineseCommand
from goalgen.cli.common import Console, chosen, console_options, paths_argument, staged_option
from goalgen.errors import GoalgenError, Problem
from goalgen.submission.index import open_index


@click.command("fmt", cls=ChineseCommand)
@paths_argument
@click.option("--year", "years", type=int, multiple=True, metavar="年度", help="只改这个年度（可以写几次）")
@click.option("--check", is_flag=True, default=False, help="不写文件；有要改的就以 1 退出")
@click.option("--diff", is_flag=True, default=False, help="不写文件，只显示会改成什么样")
@staged_option
@console_options
def command(
    paths: tuple[Path, ...], years: tuple[int, ...], check: bool, diff: bool, staged: bool, console: Console
) -> None:
    """改掉项目文件里只是写得不规范的地方：空白、换行、标点、异体字形、文号括号、键的次序；每一处都列出来。"""
    if staged and not (check or diff):
        raise click.UsageError("--staged 要和 --check 或 --diff 一起用")
    only_look = check or diff
    problems: list[Problem] = []
    changed: list[bool] = []
    with chosen(paths, staged) as folders:
        for root, files in folders:
            with nullcontext() if only_look else console.changing(root):
                index = open_index(root, years)
                console.no_projects(year.year for year in index.years if year.empty)
                for file in mend_files(index, files, must_be_listed=not staged):
                    problems += file.problems
                    changed.append(file.changed)
                    if file.changed:
                        console.result(_difference(file) if diff else "\n".join(map(str, file.after.mendings)))
                    if file.changed and not only_look:
                        file.write()
        console.problems(problems)
    console.notice(f"{len(changed)} 个项目文件，{'要改' if only_look else '已改'} {sum(changed)} 个")
    if problems:
        raise GoalgenError([], 2)
    if check and any(changed):
        raise GoalgenError([], 1)


def _difference(file: MendedFile) -> str:
    old, new = file.before.splitlines(), file.after.text.splitlines()
    return "\n".join(unified_diff(old, new, file.label, file.label, lineterm="", n=1))
