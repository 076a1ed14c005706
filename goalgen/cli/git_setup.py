"""`goalgen git-setup`: make git show forms as text and check project files before a commit, or take that away."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from goalgen.authoring import git_setup
from goalgen.cli.chinese import ChineseCommand
from goalgen.cli.common import Console, console_options
from goalgen.files import git
from goalgen.files.git import Repository
from goalgen.files.names import shown


@click.command("git-setup", cls=ChineseCommand)
@click.option("--uninstall", is_flag=True, default=False, help="去掉 git-setup 写的，别的不动")
@click.option("--strict", is_flag=True, default=False, help="有审核错误、写法不规范的也不让提交")
@click.option("-n", "--dry-run", is_flag=True, default=False, help="只说会写什么，不写")
@console_options
def command(uninstall: bool, strict: bool, dry_run: bool, console: Console) -> None:
    """让这个 git 仓库认得申报表：git diff 显示 .docx 表上的行，读不出来的项目文件不让提交。

    写了什么逐行说出来；运行几次都一样；--uninstall 恢复原样。
    """
    here = git.find_repository(Path.cwd())
    if uninstall:
        _take_away(here, dry_run, console)
    else:
        _set_up(here, strict, dry_run, console)


def _set_up(here: Repository, strict: bool, dry_run: bool, console: Console) -> None:
    python = Path(sys.executable)
    changes = git_setup.installation(here, python, strict)
    git_setup.refuse_blocked(changes)
    for change in changes:
        needed = change.needed
        if needed and not dry_run:
            change.make()
        word = "没有变化" if not needed else "会写" if dry_run else "已写"
        console.result(f"{word} {shown(change.path)}：{change.words}")
    foreign = git_setup.foreign_hook(here)
    if foreign:
        console.result(f"{foreign}；要在提交前检查，在你的钩子里加一行：\n{git_setup.hook_line(python, strict)}")
    if not dry_run:
        console.notice("把 .gitattributes 提交上去；别的电脑各运行一次 goalgen git-setup")


def _take_away(here: Repository, dry_run: bool, console: Console) -> None:
    changes = git_setup.removal(here)
    for change in changes:
        if not dry_run:
            change.make()
        console.result(f"{'会去掉' if dry_run else '已去掉'} {shown(change.path)}{change.words}")
    if not dry_run:
        git_setup.forget_texts(here)
    if not changes:
        console.notice("没有装过，没有什么要去掉")
