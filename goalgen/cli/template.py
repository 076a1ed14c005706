"""`goalgen template`: tell what is wrong with a Word template, and which names it may use."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from goalgen.cli.chinese import ChineseGroup
from goalgen.cli.common import Console, console_options
from goalgen.errors import GoalgenError, Place, Problem
from goalgen.files.names import shown
from goalgen.forms.layout import blank_context
from goalgen.forms.pack import DEFAULT_FORM, find_spec, form_names, load_form
from goalgen.printing.printer import Printer
from goalgen.submission.index import find_root, open_index
from goalgen.text.likeness import nearest
from goalgen.word.template import names

HARMLESS: Final = "；印出来的一样，可以不管"
"""What is added to a hint on speed."""


@click.group("template", cls=ChineseGroup)
def command() -> None:
    """检查 Word 模板，列出可以用的标签。"""


@command.command("check")
@click.argument("form", default="", metavar="[表样]")
@console_options
def check(form: str, console: Console) -> None:
    """检查一套表样的 Word 模板：标签写法、用到的名称、与表样说明是否一致。"""
    spec = spec_named(form)
    printer = Printer(load_form(spec, shown(spec)))
    console.problems(printer.warnings, err=False)
    for note in printer.compiled.notes:
        console.result(f"{shown(printer.form.template)}: 提示 {note}")
    for reason in printer.slow:
        console.result(f"{shown(printer.form.template)}: 提示 每份由 docxtpl 重排表格的列，较慢：{reason}{HARMLESS}")
    for reason in printer.by_jinja:
        console.result(f"{shown(printer.form.template)}: 提示 由 Jinja 填写，稍慢：{reason}{HARMLESS}")
    console.notice(f"{shown(printer.form.template)}：标签都认得" + ("" if printer.warnings else "，与表样说明一致"))


@command.command("names")
@click.argument("form", default="", metavar="[表样]")
@console_options
def offered(form: str, console: Console) -> None:
    """列出模板里可以写的名称，例如 {{ 项目概况.立项依据 }}；[] 表示要用循环逐行取。"""
    spec = spec_named(form)
    for path in sorted(names.offered(blank_context(load_form(spec, shown(spec))))):
        console.result(path)


def spec_named(form: str) -> Path:
    """Find the spec of a form by the form's name, or by the path of its spec or template.

    Without either it is the form of the latest year of the submission one stands in, else goalgen's own. Raises
    GoalgenError (S05).
    """
    if not form:
        return _current() or spec_named(DEFAULT_FORM)
    path = Path(form).with_suffix(".yaml")
    spec = path if path.is_file() else find_spec(form, Path("templates"))
    if spec is None:
        near = nearest(form, form_names(Path("templates")))
        hint = f"你是不是想写 {near[0]}" if near else "写表样名，或 templates 里文件的路径"
        raise Problem("S05", f"找不到表样 {form}", Place("template"), hint).error()
    return spec


def _current() -> Path | None:
    """Find the spec of the form that the latest year of the submission here follows; None outside of one."""
    try:
        index = open_index(find_root(Path.cwd()))
    except GoalgenError:
        return None
    latest = max(index.years, key=lambda year: year.year, default=None)
    return latest and latest.form.folder / f"{latest.form.id}.yaml"
