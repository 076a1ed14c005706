"""`goalgen upgrade`: bring the templates, schemas and settings of a submission folder up to this version of goalgen."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from goalgen.authoring.upgrade import Update, apply_upgrade, difference, plan_upgrade
from goalgen.cli.chinese import ChineseCommand
from goalgen.cli.common import Console, console_options, folder_option, locate
from goalgen.files.names import shown


@click.command("upgrade", cls=ChineseCommand)
@click.option(
    "--replace", multiple=True, metavar="文件", help="改过的也换成新的，例如 templates/form_2020.yaml，可用 *"
)
@click.option("-n", "--dry-run", is_flag=True, default=False, help="只看有什么不同，不写")
@folder_option
@console_options
def command(replace: tuple[str, ...], dry_run: bool, folder: Path, console: Console) -> None:
    """goalgen 升级以后，把申报文件夹里的表样、模板、编辑器提示和 git 的设置换成新的；你改过的不动，给你看不同。"""
    root, _ = locate([folder])
    plan = plan_upgrade(root, replace, Path(sys.executable))
    for update in plan.updates:
        _tell(update, dry_run, console)
    for change in plan.git:
        console.result(f"{'会写' if dry_run else '已写'} {shown(change.path)}：{change.words}")
    if not dry_run:
        with console.changing(root):
            apply_upgrade(plan)
    kept = [update.name for update in plan.updates if update.kept]
    if kept:
        console.notice(f"改过的 {len(kept)} 个没有动；要换成新的，加 --replace，例如 --replace {kept[0]}")
    if not plan.updates and not plan.git:
        console.notice("都是最新的")


def _tell(update: Update, dry_run: bool, console: Console) -> None:
    name = shown(update.path)
    if update.kept:
        console.result(f"改过的，没有动 {name}")
    else:
        console.result(f"{'会' if dry_run else '已'}{'换成新的' if update.old is not None else '写'} {name}")
    lines = difference(update)
    if console.verbose or not update.name.startswith("schema/"):
        for line in lines:
            console.result(f"    {line}")
    elif lines:
        console.notice("    加 -v 看改了什么")
