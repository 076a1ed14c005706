"""`goalgen git-setup`: git shows forms as text and checks project files before a commit; and its removal."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from goalgen.authoring import git_setup
from goalgen.authoring.git_setup import Change
from goalgen.cli.chinese import ChineseCommand
from goalgen.cli.common import Console, console_options
from goalgen.files import git, writing
from goalgen.files.git import Repository
from goalgen.files.names import shown


@click.command("git-setup", cls=ChineseCommand)
@click.option("--uninstall", is_flag=True, default=False, help="去掉 git-setup 写的，别的不动")
@click.option("-n", "--dry-run", is_flag=True, default=False, help="只说会写什么，不写")
@console_options
def command(uninstall: bool, dry_run: bool, console: Console) -> None:
    """让这个 git 仓库认得申报表：git diff 显示 .docx 表上的行，提交前先检查项目文件。

    写了什么逐行说出来；运行几次都一样；--uninstall 恢复原样。
    """
    here = git.find_repository(Path.cwd())
    (_take_away if uninstall else _set_up)(here, dry_run, console)


def _set_up(here: Repository, dry_run: bool, console: Console) -> None:
    python = Path(sys.executable)
    for change in git_setup.installation(here, python):
        console.result(f"{_verb(change.needed, dry_run)} {shown(change.path)}：{change.purpose}")
        if change.needed and not dry_run:
            _make(change)
    included = here.includes(git_setup.SETTINGS)
    console.result(f"{_verb(not included, dry_run)} {shown(here.own / 'config')}：用上 {git_setup.SETTINGS}")
    if not (included or dry_run):
        here.include(git_setup.SETTINGS)
    foreign = git_setup.foreign_hook(here)
    if foreign:
        console.result(f"{foreign}；要在提交前检查，在你的钩子里加一行：\n{git_setup.hook_line(python)}")
    if not dry_run:
        console.notice("把 .gitattributes 提交上去；别的电脑各运行一次 goalgen git-setup")


def _verb(needed: bool, dry_run: bool) -> str:
    return "没有变化" if not needed else "会写" if dry_run else "已写"


def _take_away(here: Repository, dry_run: bool, console: Console) -> None:
    changes = git_setup.removal(here)
    included = here.includes(git_setup.SETTINGS)
    word = "会去掉" if dry_run else "已去掉"
    if included:
        if not dry_run:
            here.exclude(git_setup.SETTINGS)
        console.result(f"{word} {shown(here.own / 'config')} 里的 include.path = {git_setup.SETTINGS}")
    for change in changes:
        if not dry_run:
            _make(change)
        what = "" if change.data is None else " 里 goalgen 写的那一段"
        console.result(f"{word} {shown(change.path)}{what}")
    if not dry_run:
        here.forget(git_setup.CACHE)
    if not (changes or included):
        console.notice("没有装过，没有什么要去掉")


def _make(change: Change) -> None:
    if change.data is None:
        writing.remove(change.path.parent, [change.path.name])
        return
    writing.write(change.path, change.data)
    if change.executable:
        change.path.chmod(0o755)
