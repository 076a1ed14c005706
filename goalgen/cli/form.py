"""`goalgen form`: work on a form pack, the spec of an official form and its Word template."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from goalgen.authoring.new_files import refuse_existing
from goalgen.authoring.word_template.template import word_template
from goalgen.cli.chinese import ChineseGroup
from goalgen.cli.common import Console, console_options
from goalgen.cli.template import spec_named
from goalgen.errors import Place, Problem
from goalgen.files import writing
from goalgen.files.names import shown
from goalgen.forms.pack import BUILT_IN_FOLDERS, load_form

OVERWRITE: Final = "换一个文件名，或加 --force 覆盖"


@click.group("form", cls=ChineseGroup)
def command() -> None:
    """表样：由表样说明做出 Word 模板。"""


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
