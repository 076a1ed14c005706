"""`goalgen form`: work on a form pack, the spec of an official form and its Word template."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from goalgen.authoring.learning.pack import learn_pack
from goalgen.authoring.new_files import refuse_existing
from goalgen.authoring.pack_copy import copy_pack
from goalgen.authoring.word_template.template import word_template
from goalgen.cli.chinese import ChineseGroup
from goalgen.cli.common import Console, console_options
from goalgen.cli.template import spec_named
from goalgen.errors import GoalgenError, Place, Problem, errors_in
from goalgen.exchange.pack_check import check_pack
from goalgen.files import writing
from goalgen.files.names import shown
from goalgen.forms.pack import BUILT_IN_FOLDERS, form_specs, load_form
from goalgen.reporting import columns
from goalgen.submission.index import find_root

OVERWRITE: Final = "换一个文件名，或加 --force 覆盖"


@click.group("form", cls=ChineseGroup)
def command() -> None:
    """表样：由空白表学出来、列出、检查、照抄、做出 Word 模板。"""


@command.command("list")
@console_options
def listed(console: Console) -> None:
    """列出有哪些表样：名字、名称、阶段、依据、金额单位、在哪里。"""
    problems: list[Problem] = []
    rows = []
    for spec in form_specs(templates_folder()):
        try:
            form = load_form(spec, shown(spec))
            rows.append((spec.stem, form.title, form.stage, form.source or "-", form.money_unit, shown(spec)))
        except GoalgenError as error:
            problems += error.problems
            rows.append((spec.stem, "（读不了）", "-", "-", "-", shown(spec)))
    for line in columns(rows):
        console.result(line)
    if problems:
        raise GoalgenError(problems)


@command.command("check")
@click.argument("form", default="", metavar="[表样]")
@console_options
def check(form: str, console: Console) -> None:
    """检查一套表样：说明和模板的错误一次说完，哪些审核规则不查、导入读不回什么。"""
    spec = spec_named(form)
    checked = check_pack(spec)
    if errors_in(checked.problems):
        raise GoalgenError(checked.problems)
    console.problems(checked.problems, err=False)
    console.notice(f"{shown(spec)}：表样说明和模板都可以用")


@command.command("new")
@click.argument("name", metavar="名字")
@click.option("--from", "model", required=True, metavar="表样", help="照哪一套表样")
@console_options
def new(name: str, model: str, console: Console) -> None:
    """照一套表样另起一套：说明和模板抄进 templates/，改了名字，再照自己的表改。"""
    for path in copy_pack(spec_named(model), templates_folder(), name):
        console.result(shown(path))
    console.notice(f"下一步：改好以后运行 goalgen form check {name}，在 data/projects.yaml 的年度下写 表样: {name}")


@command.command("learn")
@click.argument("blank", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="空白表.docx")
@click.option("--name", metavar="名字", help="表样的名字；不写就是空白表的文件名")
@click.option(
    *("-o", "--output"),
    type=click.Path(path_type=Path, file_okay=False),
    metavar="文件夹",
    help="写到哪里；不写就是申报文件夹的 templates",
)
@console_options
def learn(blank: Path, name: str | None, output: Path | None, console: Console) -> None:
    """由一张空白的官方表学出表样：写出表样说明、放好标签的模板和对照的网页，列出没有认出来的格子。"""
    folder = output or templates_folder()
    learned = learn_pack(blank, folder, name)
    console.problems(learned.problems, err=False)
    for path in learned.paths:
        console.result(shown(path))
    console.notice(
        f"要填的 {learned.tagged + learned.unread} 处：放了标签 {learned.tagged} 处，没有认出来 {learned.unread} 处"
    )
    console.notice(f"下一步：打开 {shown(learned.paths[-1])} 对着看，改好以后运行 goalgen form check {learned.check}")


@command.command("template")
@click.argument("form", metavar="表样")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="文件",
    help="写到哪里，不写就是表样说明旁边它自己说的那个文件",
)
@click.option("-f", "--force", is_flag=True, default=False, help="覆盖已有的文件")
@console_options
def template(form: str, output: Path | None, force: bool, console: Console) -> None:
    """由表样说明做出第一份 Word 模板：标签都在格子里，样子照官方的表，做好以后随便改。"""
    spec = spec_named(form)
    pack = load_form(spec, shown(spec))
    path = output or _beside(spec, pack.template)
    if not force:
        refuse_existing([path], OVERWRITE)
    writing.write(path, word_template(pack))
    console.result(f"{shown(path)}：已做好，照“{pack.title}”的表样说明")
    check = f"，改好以后运行 goalgen template check {form}" if path == pack.template else ""
    console.notice(f"下一步：用 Word 或 WPS 打开看看{check}")


def _beside(spec: Path, path: Path) -> Path:
    """Return the place of a form's own template. Raises GoalgenError for goalgen's packs, which nobody should change."""
    if spec.parent.resolve() in (folder.resolve() for folder in BUILT_IN_FOLDERS) and spec.is_absolute():
        hint = "用 -o 写要做成哪个文件，例如 -o templates/" + path.name
        raise Problem("S08", "这是 goalgen 自带的表样，不在这里改它", Place(spec.name), hint).error()
    return path


def templates_folder() -> Path:
    """Return the folder for packs of one's own: that of the submission one stands in, else templates/ here."""
    try:
        return find_root(Path.cwd()) / "templates"
    except GoalgenError:
        return Path("templates")
